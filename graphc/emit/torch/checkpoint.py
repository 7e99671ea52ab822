"""The functions by which a file takes a checkpoint whose keys are others.

The class registers ``take_checkpoint`` as a hook, so ``load_state_dict`` accepts the
checkpoint's keys and the model's own, wherever the model stands in another one. Only
keys that the model cannot have itself tell that a ``state_dict`` is a checkpoint's.
"""

import ast
from collections.abc import Iterator, Sequence

from graphc.emit.torch.code import flat, literal
from graphc.emit.torch.text import WIDTH
from graphc.ir import CheckpointMap, Renaming
from graphc.lang import Binary, Expr, Hole, KeyText, Name, Number, Unary

HOOK = "take_checkpoint"
"""The function that the model registers."""

REGISTERED = (
    f"        self.register_load_state_dict_pre_hook({HOOK})"
    "  # type: ignore[no-untyped-call]"  # torch's method has no types
)
"""The line of the constructor that does it."""

_TABLE = "renamed: list[tuple[str, str | Callable[[re.Match[str]], str]]] = ["
_KEY = '''\
def checkpoint_key(key: str) -> str:
    """Return what a key of this model is called in the checkpoint."""
'''
_SEARCH = """\
    for own, given in renamed:
        found, count = re.subn(rf"^{own}(?![^.])", given, key)
        if count:
            return found
    return key
"""
_TAKE = f'''\
def {HOOK}(
    module: nn.Module, state_dict: dict[str, Tensor], prefix: str, *_: object
) -> None:
    """Call the tensors of a checkpoint as this model does, before they are loaded."""
'''
_DROP = """\
    for key in list(state_dict):
        name = key.removeprefix(prefix)
        if any(re.match(rf"{each}(?![^.])", name) for each in unused):
            del state_dict[key]
"""
_RENAME = """\
    own = list(module.state_dict(keep_vars=True))
    names = {prefix + checkpoint_key(key): prefix + key for key in own}
    if (names.keys() - set(names.values())) & state_dict.keys():
        taken = {names.get(key, key): tensor for key, tensor in state_dict.items()}
        state_dict.clear()
        state_dict.update(taken)
"""


def functions(known: CheckpointMap) -> list[str]:
    """Return the lines of the functions that a file needs for a map."""
    take = [*_TAKE.splitlines()]
    if known.unused:
        take += [*_sequence("unused = (", unused_patterns(known), ")")]
        take += _DROP.splitlines()
    if not known.renamings:
        # The hook's signature is torch's: what is not used in it stays.
        return [line.replace("module: nn", "_module: nn") for line in take]
    take += _RENAME.splitlines()
    return [*key_function(known), "", "", *take]


def unused_patterns(known: CheckpointMap) -> Iterator[str]:
    """Return the patterns of keys that are of no use, as literals of Python."""
    return map(_entry, known.unused)


def key_function(known: CheckpointMap) -> list[str]:
    """Return the lines of ``checkpoint_key``, for a map that renames keys."""
    pairs = [_pair(renaming) for renaming in known.ordered]
    typed = any(_is_calculated(renaming.given) for renaming in known.renamings)
    opening = _TABLE if typed else "renamed = ["
    table = [f"    {opening}", *(line for pair in pairs for line in pair), "    ]"]
    return [*_KEY.splitlines(), *table, *_SEARCH.splitlines()]


def imports(known: CheckpointMap | None) -> tuple[str, ...]:
    """Return the lines that import what the functions need besides torch."""
    if known is None:
        return ()
    typed = any(_is_calculated(renaming.given) for renaming in known.renamings)
    return ("import re", *(("from collections.abc import Callable",) * typed), "")


def _sequence(opening: str, items: Iterator[str], closing: str) -> Iterator[str]:
    found = list(items)
    last = "," if len(found) == 1 else ""
    whole = f"    {opening}{', '.join(found)}{last}{closing}"
    if len(whole) <= WIDTH:
        yield whole
        return
    yield f"    {opening}"
    yield from (f"        {item}," for item in found)
    yield f"    {closing}"


def _pair(renaming: Renaming) -> list[str]:
    """Return an entry of the table: a pattern, and a template or a function."""
    own, given = _entry(renaming.own), renaming.given
    calculated = _is_calculated(given)
    groups = renaming.own.names
    to = _formatted(given, groups) if calculated else _template(given, groups)
    before = "lambda at: " if calculated else ""
    whole = f"        ({own}, {before}{to}),"
    if len(whole) <= WIDTH:
        return [whole]
    second = [f"            {before}{to},"]
    if calculated and len(second[0]) > WIDTH:
        second = [f"            {before}(", f"                {to}", "            ),"]
    return ["        (", f"            {own},", *second, "        ),"]


def _entry(key: KeyText) -> str:
    """Return a pattern as a literal of Python."""
    return _raw(key.pattern)


def _raw(text: str) -> str:
    """Return a text without quotes as a literal, raw where it has backslashes."""
    return f'r"{text}"' if "\\" in text and text.isascii() else literal(text)


def _is_calculated(key: KeyText) -> bool:
    holes = (part for part in key.parts if isinstance(part, Hole))
    return any(
        hole.name is None and not isinstance(hole.expr, Number) for hole in holes
    )


def _template(key: KeyText, groups: Sequence[str]) -> str:
    """Return a key as a template of ``re.sub``."""
    text = ""
    for i, part in enumerate(key.parts):
        if isinstance(part, str):
            text += part
        elif part.name is None:
            text += str(part.expr)
        else:
            after = key.parts[i + 1] if i + 1 < len(key.parts) else ""
            number = groups.index(part.name) + 1
            apart = isinstance(after, str) and not after[:1].isdigit()
            text += f"\\{number}" if apart and number < 10 else f"\\g<{number}>"
    return _raw(text)


def _formatted(key: KeyText, groups: Sequence[str]) -> str:
    """Return a key as an f-string over the match ``at``."""
    inside = ""
    for part in key.parts:
        if isinstance(part, str):
            inside += literal(part)[1:-1]
        elif part.name is not None:
            inside += f"{{at[{groups.index(part.name) + 1}]}}"
        else:
            tree = ast.parse(_python(part.expr, groups), mode="eval")
            inside += f"{{{ast.unparse(tree)}}}"
    return f'f"{inside}"'


def _python(expr: Expr, groups: Sequence[str]) -> str:
    match expr:
        case Name(text):
            return f"int(at[{groups.index(text) + 1}])"
        case Unary(operand):
            return f"-({_python(operand, groups)})"
        case Binary(sign, left, right):
            return f"({_python(left, groups)}) {sign} ({_python(right, groups)})"
        case Number(value):
            return flat(value)
        case _:
            raise TypeError(f"{expr} is no calculation")
