"""The parts of a file for inference that take trained weights."""

from collections.abc import Sequence

from graphc.emit.torch.channels import laid_out
from graphc.emit.torch.checkpoint import key_function, unused_patterns
from graphc.emit.torch.classes import Draft
from graphc.emit.torch.code import lines, signature
from graphc.emit.torch.copied import copied
from graphc.emit.torch.plan import Lines, MethodPlan
from graphc.emit.torch.text import WIDTH, docstring, paragraphs
from graphc.emit.torch.trained.origins import Origins
from graphc.emit.torch.trained.rules import Bias, Fold, Join, Unbiased, walk
from graphc.emit.torch.trained.table import table
from graphc.infer import Sized
from graphc.ir import Call, Code, Items, Word

_KINDS = {Fold: "Fold", Join: "Join", Bias: "Bias", Unbiased: "Unbiased"}
_FUNCTIONS = (
    *("trained_state", "made_of", "layers_of", "parts_of", "tensors_in", "joined"),
)
_IMPORTS = (
    "from abc import ABC, abstractmethod",
    "from collections.abc import Callable, Iterator, Mapping, Sequence",
    "from dataclasses import dataclass",
)
RESERVED = frozenset(
    {
        *("ABC", "abstractmethod", "Callable", "ClassVar", "Iterator", "Mapping"),
        *("Sequence", "dataclass", "Rule", "Same", *_KINDS.values(), *_FUNCTIONS),
        *("checkpoint_key", "own_names", "re"),
    }
)
"""Names in the file that no class of a network may have."""


class Loading:
    """What the file of a rewritten network has that takes the trained weights."""

    def __init__(
        self,
        classes: Sequence[Draft],
        trained: Sized,
        trained_classes: Sequence[Draft],
    ) -> None:
        origins = Origins(trained, trained_classes)
        self._rules = {draft: origins.rules(draft) for draft in classes}
        self._unused = origins.unused(classes)
        self._model = classes[-1]
        self._known = trained.network.meta.checkpoint

    def imports(self) -> Lines:
        """Return the lines that import what these parts use besides torch."""
        maps = ["import re"] if self._known is not None else []
        tables = any(self._rules.values())
        typed = ["from typing import ClassVar"] if tables else []
        return (*maps, *_IMPORTS, *typed, "")

    def before(self) -> Lines:
        """Return what stands before the classes: the kinds of rules."""
        every = (rule for rules in self._rules.values() for rule in rules.values())
        found = {type(part) for rule in every for part in walk(rule)}
        names = [name for kind, name in _KINDS.items() if kind in found]
        return copied("trained/pieces.py", ["Rule", "Same", *names])

    def functions(self) -> Lines:
        """Return the functions behind the classes."""
        if self._known is None:
            return copied("trained/pieces.py", _FUNCTIONS)
        renames = key_function(self._known) if self._known.renamings else []
        named = ["", "", *copied("trained/pieces.py", [*_FUNCTIONS, "own_names"])]
        return tuple([*renames, *named] if renames else named[2:])

    def attributes(self, draft: Draft) -> Lines:
        """Return the table of a class, if it needs one."""
        return tuple(table(self._rules[draft]))

    def methods(self, draft: Draft) -> tuple[MethodPlan, ...]:
        """Return the method by which the model is made of trained weights."""
        return (self._from_trained(),) if draft is self._model else ()

    def _from_trained(self) -> MethodPlan:
        name, arguments = self._model.blueprint.name, self._model.arguments()
        given = "state_dict"
        while any(text.startswith(f"{given}:") for text, _ in arguments):
            given += "_"
        start = ["cls", f"{given}: Mapping[str, Tensor]", *(a for a, _ in arguments)]
        told = (
            f"``{given}`` is that of the trained {name}. Raises ValueError, with the "
            "keys, for that of another network."
        )
        first = "Return the network with trained weights, ready to be run."
        about = [first, "", *paragraphs(told, WIDTH - 8)]
        handed = ", ".join(text for _, text in arguments if text)
        body = [f"        network = cls({handed})"]
        source: Code = Word(given)
        if self._known is not None:
            source = self._renamed(source)
            body += lines(source, 8, "trained = ")
            source = Word("trained")
        unused = Items(self._unused, bracket=False)
        call = (Word("network"), source, *([unused] if self._unused else []))
        body += lines(Call(Word("trained_state"), call), 8, "state = ")
        body.append("        network.load_state_dict(state, assign=True)")
        body += [laid_out("network")] if self._model.channels_last else []
        body += [
            "        return network.eval().requires_grad_(requires_grad=False)",
        ]
        opening = signature("from_trained", start, f'"{name}"')
        return MethodPlan(
            ("    @classmethod", *opening), tuple(docstring(about, 8)), tuple(body)
        )

    def _renamed(self, given: Code) -> Code:
        known = self._known
        key = "checkpoint_key" if known is not None and known.renamings else "str"
        patterns = [Word(text) for text in unused_patterns(known)] if known else []
        rest = (Items(tuple(patterns), bracket=False),) if patterns else ()
        return Call(Word("own_names"), (Word("network"), given, Word(key), *rest))
