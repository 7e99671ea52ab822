"""Which layer of a checkpoint is which of a model: by order, sizes and names.

Two layers can be one if their tensors have the same names and sizes. Of the ways to
pair layers without changing the order of either side, one with most pairs is taken, and
of these one in which most names are alike (Needleman and Wunsch, 1970, with free gaps).
What is then left is paired where sizes, or else names, leave no choice.
"""

import re
from collections.abc import Sequence

from graphc.record import record
from graphc.weights.layers import KeyedLayer, likeness

_PAIR = 10**7


@record
class Choice:
    """A layer of the model that could be one of several of the checkpoint."""

    own: KeyedLayer
    given: tuple[KeyedLayer, ...]


@record
class Alignment:
    """Pairs of layers, what is undecided, and what is left on either side."""

    pairs: tuple[tuple[KeyedLayer, KeyedLayer], ...]
    choices: tuple[Choice, ...]
    own: tuple[KeyedLayer, ...]
    given: tuple[KeyedLayer, ...]


def align(
    own: Sequence[KeyedLayer], given: Sequence[KeyedLayer], *, ordered: bool = True
) -> Alignment:
    """Return how the layers of a model and of a checkpoint go together.

    If the checkpoint's are not ``ordered`` as its modules are, the order says nothing.
    """
    pairs: dict[int, int] = {}
    choices: dict[int, list[int]] = {}
    table = _Scores(own, given if ordered else ())
    for i, j in table.best():
        rivals = table.rivals(i)
        if rivals == [j]:
            pairs[i] = j
        else:
            choices[i] = rivals
    choices |= _crossed(own, given, pairs)
    pairs = {i: j for i, j in pairs.items() if i not in choices}
    _pair_rest(own, given, pairs, choices)
    taken = set(pairs.values())
    rest = [j for j in range(len(given)) if j not in taken]
    return Alignment(
        tuple((own[i], given[j]) for i, j in sorted(pairs.items())),
        tuple(
            Choice(own[i], tuple(given[j] for j in rivals if j not in taken))
            for i, rivals in sorted(choices.items())
        ),
        tuple(o for i, o in enumerate(own) if i not in pairs and i not in choices),
        tuple(given[j] for j in rest),
    )


class _Scores:
    """The best scores of the beginnings and of the ends of two rows of layers."""

    def __init__(self, own: Sequence[KeyedLayer], given: Sequence[KeyedLayer]) -> None:
        self._own, self._given = own, given
        self._alike = {
            (i, j): _PAIR + likeness(one, other)
            for i, one in enumerate(own)
            for j, other in enumerate(given)
            if one.signature == other.signature
        }
        self._before = self._table(backwards=False)
        self._behind = self._table(backwards=True)

    def best(self) -> list[tuple[int, int]]:
        """Return the pairs of one of the best ways, in their order."""
        found = []
        i, j = len(self._own), len(self._given)
        before = self._before
        while i and j:
            if before[i][j] == before[i][j - 1]:
                j -= 1
            elif before[i][j] == before[i - 1][j]:
                i -= 1
            else:
                i, j = i - 1, j - 1
                found.append((i, j))
        return found[::-1]

    def rivals(self, i: int) -> list[int]:
        """Return all that a layer of the model is in one of the best ways."""
        whole = self._before[-1][-1]
        return [
            j
            for j in range(len(self._given))
            if (i, j) in self._alike
            and self._before[i][j] + self._alike[i, j] + self._behind[i + 1][j + 1]
            == whole
        ]

    def _table(self, *, backwards: bool) -> list[list[int]]:
        rows, columns = len(self._own), len(self._given)
        table = [[0] * (columns + 1) for _ in range(rows + 1)]
        step = 1 if backwards else -1
        own = range(rows - 1, -1, -1) if backwards else range(1, rows + 1)
        given = range(columns - 1, -1, -1) if backwards else range(1, columns + 1)
        for i in own:
            row, last = table[i], table[i + step]
            for j in given:
                score = max(last[j], row[j + step])
                pair = (i, j) if backwards else (i - 1, j - 1)
                if pair in self._alike:
                    score = max(score, last[j + step] + self._alike[pair])
                row[j] = score
        return table


def _crossed(
    own: Sequence[KeyedLayer], given: Sequence[KeyedLayer], pairs: dict[int, int]
) -> dict[int, list[int]]:
    """Return siblings whose names say that they stand in another order."""
    found: dict[int, list[int]] = {}
    groups: dict[object, list[int]] = {}
    for i, j in pairs.items():
        ends = _parent(own[i]), _parent(given[j])
        groups.setdefault((*ends, own[i].signature), []).append(i)
    for members in groups.values():
        for number, i in enumerate(members):
            for k in members[number + 1 :]:
                straight = _called(own[i], given[pairs[i]]) + _called(
                    own[k], given[pairs[k]]
                )
                across = _called(own[i], given[pairs[k]]) + _called(
                    own[k], given[pairs[i]]
                )
                if across > straight:
                    both = sorted({pairs[i], pairs[k]})
                    found[i] = sorted({*found.get(i, []), *both})
                    found[k] = sorted({*found.get(k, []), *both})
    return found


def _parent(layer: KeyedLayer) -> str:
    return layer.path.rpartition(".")[0]


def _called(one: KeyedLayer, other: KeyedLayer) -> int:
    """Return how many words of their own names two siblings share; numbers shift."""
    first, second = (
        set(re.findall(r"[a-z]+", layer.path.rpartition(".")[2].lower()))
        for layer in (one, other)
    )
    return len(first & second)


def _pair_rest(
    own: Sequence[KeyedLayer],
    given: Sequence[KeyedLayer],
    pairs: dict[int, int],
    choices: dict[int, list[int]],
) -> None:
    """Pair what no order explains, where sizes leave one, or names are most alike."""
    taken = {*pairs.values(), *(j for rivals in choices.values() for j in rivals)}
    free = [j for j in range(len(given)) if j not in taken]
    rest = [i for i in range(len(own)) if i not in pairs and i not in choices]
    for signature in dict.fromkeys(own[i].signature for i in rest):
        mine = [i for i in rest if own[i].signature == signature]
        theirs = [j for j in free if given[j].signature == signature]
        for i in mine:
            best = _most_alike(own[i], [given[j] for j in theirs])
            if not theirs:
                continue
            if len(best) == 1 and _is_wanted(own, given, mine, theirs[best[0]], i):
                pairs[i] = theirs[best[0]]
            else:
                choices[i] = theirs


def _most_alike(layer: KeyedLayer, others: Sequence[KeyedLayer]) -> list[int]:
    scores = [likeness(layer, other) for other in others]
    return [n for n, score in enumerate(scores) if score == max(scores)]


def _is_wanted(
    own: Sequence[KeyedLayer],
    given: Sequence[KeyedLayer],
    mine: Sequence[int],
    j: int,
    i: int,
) -> bool:
    """Whether the layer ``i`` alone is most like ``j`` among its rivals."""
    best = _most_alike(given[j], [own[k] for k in mine])
    return [mine[n] for n in best] == [i]
