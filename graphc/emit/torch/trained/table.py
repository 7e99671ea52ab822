"""The table of a class: what its layers take from the trained network."""

from collections.abc import Mapping

from graphc.emit.torch.code import lines, literal
from graphc.emit.torch.trained.rules import Bias, Fold, Join, Rule, Unbiased
from graphc.ir import Call, Code, Items, Word

TABLE = "TRAINED"
"""The attribute of a class that has the table."""


def table(rules: Mapping[str, Rule]) -> list[str]:
    """Return the lines of a class that say what its layers are made of."""
    if not rules:
        return []
    found = [f"    {TABLE}: ClassVar[Mapping[str, Rule]] = {{"]
    for name, rule in rules.items():
        found += lines(_code(rule), 8, f"{literal(name)}: ", ",")
    return [*found, "    }"]


def _code(rule: Rule) -> Code:
    match rule:
        case Fold():
            options: dict[str, Code] = {"eps": rule.eps}
            options |= {"bias": True} if rule.bias else {}
            options |= {} if rule.affine else {"affine": False}
            options |= {"before": True} if rule.before else {}
            options |= {"transposed": True} if rule.transposed else {}
            options |= {"groups": rule.groups} if rule.groups > 1 else {}
            norm = (_code(rule.layer), rule.norm)
            return Call(Word("Fold"), norm, tuple(options.items()))
        case Join(parts):
            return Call(Word("Join"), (Items(tuple(map(_code, parts)), bracket=True),))
        case Bias():
            return Call(Word("Bias"), (_code(rule.layer), rule.dims))
        case Unbiased(layer):
            return Call(Word("Unbiased"), (_code(layer),))
        case _:
            return Call(Word("Same"), (rule,))
