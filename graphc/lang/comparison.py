"""Conditions on sizes as written: ``H % 16 == 0``, ``299 <= H <= 330``."""

import re
from collections.abc import Mapping
from dataclasses import field

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.lang.dims import ALWAYS, Condition, Size, at_least, equality, symbol
from graphc.lang.evaluate import Fault, Value, evaluate
from graphc.lang.expr import Expr, names, parse_expr
from graphc.record import record
from graphc.source import Fragment, Span

_SIGN = re.compile(r"<=|>=|==|!=|<|>")
_STRAY = re.compile(r"=|!")


@record
class Comparison:
    """Sizes with a sign between each two neighbours: ``299 <= H <= 330``."""

    sizes: tuple[Expr, ...]
    signs: tuple[str, ...]
    span: Span = field(compare=False)

    def __str__(self) -> str:
        first, *rest = map(str, self.sizes)
        pairs = zip(self.signs, rest, strict=True)
        return " ".join([first, *(f"{sign} {size}" for sign, size in pairs)])

    @property
    def names(self) -> set[str]:
        """The names in it."""
        return set().union(*map(names, self.sizes))

    @property
    def fault(self) -> Fault | None:
        """What is wrong with a size in it for every value, such as ``H // 0``."""
        values: dict[str, Value] = {name: symbol(name) for name in self.names}
        found = [evaluate(size, values) for size in self.sizes]
        return next((one for one in found if isinstance(one, Fault)), None)

    def condition(self, values: Mapping[str, Size]) -> Condition | None:
        """Return for which values of the symbols it holds, None if that is not solved.

        Solved are comparisons of sizes in one symbol (see ``at_least`` and
        ``equality``).
        """
        found: Condition | None = ALWAYS
        sizes = [evaluate(size, values) for size in self.sizes]
        for sign, left, right in zip(self.signs, sizes[:-1], sizes[1:], strict=True):
            if found is None or isinstance(left, bool) or isinstance(right, bool):
                return None
            if not isinstance(left, Size) or not isinstance(right, Size):
                return None
            solved = _solved(sign, left, right)
            found = None if solved is None else found.both(solved)
        return found


def _solved(sign: str, left: Size, right: Size) -> Condition | None:
    match sign:
        case "==":
            return equality(left, right)
        case "!=":
            same = equality(left, right)
            return None if same is None else same.opposite()
        case "<=":
            return at_least(right - left, 0)
        case "<":
            return at_least(right - left, 1)
        case ">=":
            return at_least(left - right, 0)
        case _:
            return at_least(left - right, 1)


def parse_comparison(fragment: Fragment, sink: Sink) -> Comparison | None:
    """Return the comparison that the whole text is, or None and a finding.

    comparison = expr (("<=" | ">=" | "==" | "!=" | "<" | ">") expr)+

    Reports GC122; GC209 for a number beyond 10**18.
    """
    signs = list(_SIGN.finditer(fragment.text))
    if not signs or _STRAY.search(_SIGN.sub("", fragment.text)):
        message = f"`{fragment.text.strip()}` compares no sizes"
        remedy = "write a comparison, such as `H % 16 == 0` or `H >= 32`"
        place = Place(fragment.span)
        sink.add(Diagnostic(Code.GC122, message, place, help=(remedy,)))
        return None
    starts = [0, *(sign.end() for sign in signs)]
    ends = [*(sign.start() for sign in signs), len(fragment.text)]
    sizes = []
    for start, end in zip(starts, ends, strict=True):
        if not fragment.text[start:end].strip():
            place = Place(fragment.span)
            sink.add(Diagnostic(Code.GC122, "a size is missing here", place))
            return None
        size = parse_expr(fragment.cut(start, end), sink, Code.GC122)
        if size is None:
            return None
        sizes.append(size)
    texts = tuple(sign[0] for sign in signs)
    return Comparison(tuple(sizes), texts, fragment.span)
