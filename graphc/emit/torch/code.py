"""Code as Python text, in the lines that a formatter would give it."""

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from graphc.emit.torch.text import WIDTH
from graphc.ir import Call, Code, Index, Infix, Input, Items, Word
from graphc.lang import Dim, symbol
from graphc.record import record


@record
class Run:
    """``*(body for _ in range(count))``: bodies in a row, with an index or without."""

    body: "Piece"
    count: "Piece"
    index: str = "_"


@record
class Column:
    """Layers in a row: an ``nn.Sequential``, or if ``listed`` an ``nn.ModuleList``.

    Several stand on a line each, however short they are. ``opening`` is the call that
    takes those of an ``nn.Sequential``.
    """

    items: "tuple[Piece, ...]"
    listed: bool = False
    opening: str = "nn.Sequential("

    @property
    def ends(self) -> tuple[str, str]:
        """What stands before and behind the layers."""
        return ("nn.ModuleList([", "])") if self.listed else (self.opening, ")")


Piece: TypeAlias = "Code | Run | Column"
"""Code of a form, or code that only a whole file needs."""


def python(dim: Dim, names: Mapping[str, str]) -> Word:
    """Return a size as Python, with symbols by their names there."""
    # As symbols the names are in the order of Python's text, not of the spec's.
    renamed = dim.subs({name: symbol(names[name]) for name in dim.symbols()})
    return Word(ast.unparse(ast.parse(str(renamed), mode="eval")))


def replaced(code: Code, put: Callable[[Code], Code]) -> Code:
    """Return code with ``put`` applied to each of its leaves."""
    match code:
        case Call(function, positional, keywords):
            called = replaced(function, put)
            if not isinstance(called, Word | Call):
                raise TypeError(f"{called!r} cannot be called")
            arguments = tuple(replaced(item, put) for item in positional)
            named = tuple((name, replaced(item, put)) for name, item in keywords)
            return Call(called, arguments, named)
        case Items(items, bracket):
            return Items(tuple(replaced(item, put) for item in items), bracket)
        case Infix(operator, operands):
            return Infix(operator, tuple(replaced(item, put) for item in operands))
        case Index(value, places):
            found = tuple(replaced(place, put) for place in places)
            return Index(replaced(value, put), found)
        case _:
            return put(code)


def flat(code: Piece) -> str:
    """Return code on one line."""
    match code:
        case Word(text):
            line = text
        case str():
            line = literal(code)
        case Call():
            line = f"{flat(code.function)}({', '.join(_arguments(code))})"
        case Column(layers):
            opening, closing = code.ends
            line = f"{opening}{', '.join(map(flat, layers))}{closing}"
        case Items(items, bracket):
            inside = f"{', '.join(map(flat, items))}{_single(code)}"
            line = f"[{inside}]" if bracket else f"({inside})"
        case Infix(operator, operands):
            line = f" {operator} ".join(_operand(item) for item in operands)
        case Index(value, places):
            line = f"{_operand(value)}{_places(places)}"
        case Run(body, count, index):
            line = f"*({flat(body)} for {index} in range({flat(count)}))"
        case Input() | Dim():
            raise TypeError(f"{code!r} has no name yet")
        case _:
            line = repr(code)
    return line


def literal(text: str) -> str:
    """Return a text in double quotes, as ASCII."""
    quoted = ascii(text)[1:-1]
    if ascii(text)[0] == "'":
        quoted = quoted.replace("\\'", "'").replace('"', '\\"')
    return f'"{quoted}"'


def _operand(code: Piece) -> str:
    """Return code that holds together beside an operator or before an index."""
    text = flat(code)
    loose = isinstance(code, Infix) or (isinstance(code, Word) and " " in text)
    return f"({text})" if loose else text


def _places(places: Sequence[Piece]) -> str:
    return f"[{', '.join(map(flat, places))}]"


def _arguments(code: Call) -> list[str]:
    named = [
        f"{name}={flat(item)}" if name else flat(item) for name, item in code.keywords
    ]
    return [*map(flat, code.positional), *named]


def _single(code: Items) -> str:
    return "," if len(code.items) == 1 and not code.bracket else ""


def lines(code: Piece, indent: int, before: str = "", after: str = "") -> list[str]:
    """Return code in lines at most ``WIDTH`` wide where that can be.

    The first begins with ``before`` behind the indent, the last ends in ``after``.
    """
    blanks = " " * indent
    whole = f"{blanks}{before}{flat(code)}{after}"
    short = not isinstance(code, Column) or len(code.items) == 1
    if short and len(whole) <= WIDTH:
        return [whole]
    if before.endswith(" ") and _is_pushed(code, indent + len(before)):
        inner = lines(code, indent + 4)
        return [f"{blanks}{before}(", *inner, f"{blanks}){after}"]
    return _broken(code, indent, before, after) or [whole]


def _broken(code: Piece, indent: int, before: str, after: str) -> list[str]:
    """Return code in several lines, none if it has no place to break."""
    match code:
        case Column(items, True):
            found = _list(items, indent, before, after)
        case Call() | Items() | Column() | Run():
            found = _split(code, indent, before, after)
        case Index(Call() as call, places):
            found = _split(call, indent, before, f"{_places(places)}{after}")
        case Infix():
            found = _operands(code, indent, before, after)
        case _:
            found = []
    return found


def _is_pushed(code: Piece, column: int) -> bool:
    """Whether a statement's code begins on a line of its own, in brackets."""
    while isinstance(code, Index):
        code = code.value
    if not isinstance(code, Call | Column):
        return False
    opening = _content(code)[0]
    return column + len(opening) > WIDTH


def _split(
    code: Call | Items | Column | Run, indent: int, before: str, after: str
) -> list[str]:
    """Return a bracket in lines: each item on its own.

    What a call takes stays on one line if that is enough.
    """
    blanks = " " * indent
    opening, parts, closing = _content(code)
    if not parts:
        return [f"{blanks}{before}{opening}{closing}{after}"]
    first, last = f"{blanks}{before}{opening}", f"{blanks}{closing}{after}"
    content = ", ".join(f"{name}{flat(item)}" for name, item in parts)
    inner = f"{blanks}    {content}"
    if isinstance(code, Run):
        return [first, *_loop(code, indent + 4), last]
    short = isinstance(code, Call) or (isinstance(code, Column) and len(parts) == 1)
    if short and len(inner) <= WIDTH:
        return [first, inner, last]
    found = [first]
    for name, item in parts:
        found += lines(item, indent + 4, name, ",")
    return [*found, last]


def _content(
    code: Call | Items | Column | Run,
) -> tuple[str, list[tuple[str, Piece]], str]:
    match code:
        case Call(function, positional, keywords):
            parts: list[tuple[str, Piece]] = [("", item) for item in positional]
            parts += [(f"{name}=" if name else "", item) for name, item in keywords]
            return f"{flat(function)}(", parts, ")"
        case Column(items):
            opening, closing = code.ends
            return opening, [("", item) for item in items], closing
        case Run(body):
            return "*(", [("", body)], ")"
        case Items(items, bracket):
            opening, closing = ("[", "]") if bracket else ("(", ")")
            return opening, [("", item) for item in items], closing


def _list(items: Sequence[Piece], indent: int, before: str, after: str) -> list[str]:
    """Return an ``nn.ModuleList`` with its list on lines of its own."""
    blanks = " " * indent
    content = [line for item in items for line in lines(item, indent + 8, "", ",")]
    return [
        f"{blanks}{before}nn.ModuleList(",
        f"{blanks}    [",
        *content,
        f"{blanks}    ]",
        f"{blanks}){after}",
    ]


def _loop(run: Run, indent: int) -> list[str]:
    tail = f"for {run.index} in range({flat(run.count)})"
    whole = f"{' ' * indent}{flat(run.body)} {tail}"
    if len(whole) <= WIDTH:
        return [whole]
    return [*lines(run.body, indent), f"{' ' * indent}{tail}"]


def _operands(code: Infix, indent: int, before: str, after: str) -> list[str]:
    """Return an operation in brackets: on one line there, or an operand a line."""
    blanks = " " * indent
    inner = f"{blanks}    {flat(code)}"
    if len(inner) <= WIDTH:
        return [f"{blanks}{before}(", inner, f"{blanks}){after}"]
    first, *others = map(_operand, code.operands)
    rest = [f"{blanks}    {code.operator} {item}" for item in others]
    return [f"{blanks}{before}(", f"{blanks}    {first}", *rest, f"{blanks}){after}"]


def signature(name: str, arguments: Sequence[str], result: str) -> list[str]:
    """Return the first lines of a method."""
    whole = f"    def {name}({', '.join(arguments)}) -> {result}:"
    if len(whole) <= WIDTH:
        return [whole]
    inner = f"        {', '.join(arguments)}"
    if len(inner) <= WIDTH and arguments[-1] != "*":
        return [f"    def {name}(", inner, f"    ) -> {result}:"]
    each = [f"        {argument}," for argument in arguments]
    return [f"    def {name}(", *each, f"    ) -> {result}:"]
