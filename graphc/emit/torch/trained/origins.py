"""From terms of a rewritten network to names in the trained one."""

from collections.abc import Iterable, Iterator, Sequence

from graphc.emit.torch.blueprint import Part
from graphc.emit.torch.classes import Draft
from graphc.emit.torch.nodes import Home
from graphc.emit.torch.trained import rules
from graphc.emit.torch.trained.rules import Bias, Fold, Join, Rule
from graphc.infer import Sized
from graphc.ir import (
    BiasOf,
    Family,
    Folded,
    Joined,
    Kept,
    Op,
    Term,
    Trained,
    Unbiased,
    weights_of,
)
from graphc.record import record


@record(eq=False)
class _Stood:
    """Where a term of the trained network has its modules, in which class."""

    draft: Draft
    home: Home


class Origins:
    """The names that the layers of a trained network have, by their terms."""

    def __init__(self, trained: Sized, classes: Iterable[Draft]) -> None:
        self._stood: dict[int, _Stood] = {}
        for draft in classes:
            for home in draft.homes():
                # Classes for other instances of a module give it the same names.
                self._stood.setdefault(id(home.part.term), _Stood(draft, home))
        self._model = trained.network.model

    def rules(self, draft: Draft) -> dict[str, Rule]:
        """Return what the layers of a class are made of, where it is not their own.

        The names on both sides are those within the class and within the class of the
        same name in the file of the trained network.
        """
        found: dict[str, Rule] = {}
        for home in draft.homes():
            if home.part.stateful and not home.again:
                found |= self._at(draft, home)
        return {name: rule for name, rule in found.items() if name != rule}

    def unused(self, classes: Iterable[Draft]) -> tuple[str, ...]:
        """Return how keys of the trained model begin that some classes do without."""
        used = {
            id(term)
            for draft in classes
            for home in draft.homes()
            for term in _terms(weights_of(home.part.term))
        }
        names = (
            ".".join(stood.draft.path(stood.home.slot)) + _end(stood.home)
            for term, stood in self._stood.items()
            if stood.draft.blueprint.module is self._model and term not in used
            if stood.home.part.stateful and not stood.home.again
        )
        return tuple(dict.fromkeys(names))  # several terms of a node share a name

    def _at(self, draft: Draft, home: Home) -> dict[str, Rule]:
        """Return what stands at a home by its names: several for a repeated term."""
        source = weights_of(home.part.term)
        path = draft.path(home.slot)
        if home.behind is None:
            return {".".join(path): self._rule(source)}
        first = _first(home)
        count = _count(home.part)
        if count is None or first is None:
            # How many there are is a matter of the instance: they stay where they were.
            if self._number(source) != first:
                raise RuntimeError(f"the places of {home.part.term.text} are open")
            return {}
        return {
            ".".join((*path, str(first + i))): self._rule(source, i)
            for i in range(count)
        }

    def _number(self, source: Trained) -> int | None:
        if not isinstance(source, Kept):
            return -1
        return _first(self._stood[id(source.path[-1])].home)

    def _rule(self, source: Trained, number: int = 0) -> Rule:
        """Return a source with names; ``number`` counts in a repeated term."""
        match source:
            case Kept(path):
                return self._name(path, number)
            case Joined(parts):
                return Join(tuple(map(self._rule, parts)))
            case BiasOf(layer, dims):
                return Bias(self._rule(layer), dims)
            case Unbiased(layer):
                return rules.Unbiased(self._rule(layer))
            case Folded():
                return Fold(
                    layer=self._rule(source.layer),
                    norm=str(self._rule(source.norm)),
                    eps=source.eps,
                    bias=source.bias,
                    affine=source.affine,
                    before=source.before,
                    transposed=source.transposed,
                    groups=source.groups,
                )

    def _name(self, path: Sequence[Term], number: int) -> str:
        names: list[str] = []
        for term in path:
            stood = self._stood[id(term)]
            names += stood.draft.path(stood.home.slot)
            first = _first(stood.home)
            if first is not None:
                names.append(str(first + number * (term is path[-1])))
        return ".".join(names)


def _terms(source: Trained) -> Iterator[Term]:
    """Yield the terms of the trained network that are in a source."""
    match source:
        case Kept(path):
            yield from path
        case Joined(parts):
            for part in parts:
                yield from _terms(part)
        case BiasOf(layer) | Unbiased(layer):
            yield from _terms(layer)
        case Folded():
            yield from _terms(source.layer)
            yield from _terms(source.norm)


def _first(home: Home) -> int | None:
    """Return the place of a term in its row; None for no row, or one that is open."""
    if home.behind is None:
        return None
    counts = [_count(part) for part in home.behind]
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _count(part: Part) -> int | None:
    """Return how many layers a term is; None if parameters decide."""
    counts = [group.count for group in part.groups]
    known = [count for count in counts if isinstance(count, int)]
    return sum(known) if len(known) == len(counts) else None


def _end(home: Home) -> str:
    """Return what stands behind the name in the keys of a home: a dot, if any do."""
    target = home.part.term.target
    alone = isinstance(target, Op) and target.family is Family.PARAMETER
    return "" if alone else "."
