"""A row of a module as terms of the one who uses it."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from graphc.infer import Shape
from graphc.infer.arguments import assign
from graphc.ir import (
    BiasOf,
    Folded,
    Joined,
    Kept,
    Module,
    Op,
    Term,
    Trained,
    Unbiased,
    reworded,
    weights_of,
)
from graphc.lang import (
    ArgumentText,
    DimText,
    Expr,
    Number,
    ShapeText,
    Size,
    Unknown,
    evaluate,
    names,
    shape_of,
)
from graphc.passes.rows import Row
from graphc.passes.substitution import Substitution, expression
from graphc.record import record
from graphc.source import Span

_WORDS = frozenset({"true", "false", "none", "True", "False", "None"})


@record(eq=False)
class Placed:
    """A row at one use, in the words of the user.

    ``before`` is what is said of the tensor before the first term. If it is not
    ``exact``, the module says more of how sizes hang together.
    """

    terms: tuple[Term, ...]
    before: ShapeText | None
    exact: bool


def placed(
    row: Row,
    module: Module,
    use: Term,
    taken: Collection[str],
    found: Sequence[Sequence[Shape]],
) -> Placed | None:
    """Return the row of a module as a use of it is: None if an argument gets too long.

    ``taken`` are the parameters of the user. ``found`` has for each tensor of the row,
    from the first, its shape in every instance of the user.
    """
    written, _ = assign(use, module)
    given = {
        each.name: written[each.name].value
        if each.name in written
        else expression(each.default, each.span)
        for each in module.parameters
    }
    substitution = Substitution(given, taken)
    sizes = _Sizes(row, substitution, use.span)
    shapes = [sizes.of(place, known) for place, known in enumerate(found)]
    terms = [
        _term(term, use, shape, substitution)
        for term, shape in zip(row.terms, shapes[1:], strict=True)
    ]
    whole = tuple(term for term in terms if term is not None)
    if len(whole) < len(terms):
        return None
    return Placed(whole, shapes[0], sizes.exact)


def _term(
    term: Term, use: Term, shape: ShapeText | None, substitution: Substitution
) -> Term | None:
    arguments = [_argument(each, substitution) for each in term.arguments]
    repeat = None if term.repeat is None else substitution(term.repeat)
    kept = tuple(each for each in arguments if each is not None)
    if len(kept) < len(arguments) or (repeat is None and term.repeat is not None):
        return None
    changed = reworded(
        term,
        arguments=tuple(each for each in kept if not _is_default(each, term)),
        repeat=repeat,
        span=use.span,
        name_span=use.name_span,
    )
    trained = _within(weights_of(use), weights_of(term))
    return replace(changed, shape=shape, trained=trained)


def _argument(written: ArgumentText, substitution: Substitution) -> ArgumentText | None:
    value = substitution(written.value)
    return None if value is None else replace(written, value=value)


def _is_default(written: ArgumentText, term: Term) -> bool:
    """Whether an argument has a key, and the value that it would have without."""
    if written.key is None or names(written.value) - _WORDS:
        return False
    declared = (
        term.target.argument(written.key) if isinstance(term.target, Op) else None
    )
    if declared is None or declared.required:
        return False
    value = evaluate(written.value, {})
    return type(value) is type(declared.default) and value == declared.default


def _within(use: Trained, held: Trained) -> Trained:
    """Return where weights come from that the module of a use holds."""
    match held:
        case Kept(path):
            if not isinstance(use, Kept):
                raise TypeError(f"{use!r} is no use of a module")
            return Kept((*use.path, *path))
        case Folded(layer, norm):
            return replace(held, layer=_within(use, layer), norm=_within(use, norm))
        case BiasOf(layer) | Unbiased(layer):
            return replace(held, layer=_within(use, layer))
        case Joined(parts):
            return Joined(tuple(_within(use, part) for part in parts))


class _Sizes:
    """The sizes between the terms of a row, as they can be written at a use.

    A dim that a module names by itself is the number that it is in all instances, or
    else left open. ``exact`` is false if that lost what a name said of several dims, or
    if what was to be inferred from sizes may have been.
    """

    def __init__(self, row: Row, substitution: Substitution, span: Span) -> None:
        self._row, self._span = row, span
        self._substitution = substitution
        dims = [dim for sizes in row.sizes for size in sizes for dim in size.dims]
        self._free = Counter(name for dim in dims for name in self._own(dim))
        self.exact = True

    def of(self, place: int, found: Sequence[Shape]) -> ShapeText | None:
        """Return the size of a tensor, None if nothing need be said of it."""
        written = self._row.sizes[place]
        open_ = place > 0 and _is_open(self._row.terms[place - 1])
        if not written and not open_:
            return None
        dims = tuple(
            self._dim([size.dims[axis] for size in written], [s[axis] for s in found])
            for axis in range(len(found[0]))
        )
        if open_ and any(isinstance(dim, Unknown) for dim in dims):
            self.exact = False
        return shape_of(dims, self._span)

    def _dim(self, written: Sequence[DimText], found: Sequence[Size]) -> DimText:
        said = (self._said(dim) for dim in written)
        first = next((dim for dim in said if dim is not None), None)
        if first is not None:
            return first
        size = found[0]
        if isinstance(size, int) and all(other == size for other in found):
            return Number(size, self._span)
        named = (name for dim in written for name in self._own(dim))
        if any(self._free[name] > 1 for name in named):
            self.exact = False
        return Unknown(self._span)

    def _said(self, dim: DimText) -> Expr | None:
        """Return a dim as the user would say it, None if it has names of its own."""
        if isinstance(dim, Unknown) or self._own(dim):
            return None
        return self._substitution(dim)

    def _own(self, dim: DimText) -> set[str]:
        """Return the names that are none of a parameter."""
        if isinstance(dim, Unknown):
            return set()
        return names(dim) - self._substitution.given.keys()


def _is_open(term: Term) -> bool:
    """Whether sizes decide an argument of a term."""
    op = term.target
    if not isinstance(op, Op):
        return False
    keys = {each.key for each in term.arguments}
    unkeyed = sum(each.key is None for each in term.arguments)
    return any(
        argument.inferred and place >= unkeyed and not keys & set(argument.names)
        for place, argument in enumerate(op.arguments)
    )
