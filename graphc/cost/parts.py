"""What a node is made of: ops in a row, module instances, repeats of either."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from graphc.infer import Body, Instance, Shape, Stage
from graphc.ir import Op, Term
from graphc.record import record


@record(eq=False)
class Piece:
    """One body, and the term that it is of."""

    term: Term
    body: Body

    @property
    def op(self) -> Op | None:
        """The op of a layer; None for a module instance."""
        return self.term.target if isinstance(self.term.target, Op) else None


@record(eq=False)
class Part:
    """Bodies in a row that belong together, ``count`` times.

    ``pieces`` are layers that a tensor passes one after the other, or one module
    instance; each of the ``count`` has the same sizes. ``first`` is the place of the
    first body among those of the node, from 0, as in the keys of the ``state_dict``.
    """

    pieces: tuple[Piece, ...]
    count: int
    first: int

    @property
    def last(self) -> int:
        """The place of the last body."""
        return self.first + self.count * len(self.pieces) - 1

    @property
    def instance(self) -> Instance | None:
        """The module instance that it is; None for layers."""
        body = self.pieces[0].body
        return body if isinstance(body, Instance) else None

    @property
    def outputs(self) -> tuple[Shape, ...]:
        """The shapes that one of it hands on, as far as they are known."""
        body = self.pieces[-1].body
        if not isinstance(body, Instance):
            return body.outputs
        return tuple(
            tuple(dim for dim in shape or () if not isinstance(dim, tuple))
            for shape in body.outputs
        )

    @property
    def label(self) -> str:
        """One of it in words: ``Conv 64 k=3 BN ReLU``."""
        return " ".join(piece.term.text for piece in self.pieces)


def parts(stages: Sequence[Stage]) -> tuple[Part, ...]:
    """Return what a node is made of, in order; ops in a row without repeats are one."""
    found: list[Part] = []
    layers: list[Piece] = []
    place = 0
    for piece, count in _bodies(stages):
        alone = count == 1 and piece.op is not None and piece.term.repeat is None
        if alone:
            layers.append(piece)
        else:
            found += _row(layers, place)
            layers = []
            found.append(Part((piece,), count, place))
        place += count
    return (*found, *_row(layers, place))


def _row(layers: list[Piece], end: int) -> list[Part]:
    return [Part(tuple(layers), 1, end - len(layers))] if layers else []


def _bodies(stages: Sequence[Stage]) -> Iterator[tuple[Piece, int]]:
    """Yield the bodies of each stage in order, those that are alike together."""
    for stage in stages:
        for _, alike in groupby(stage.runs, key=lambda run: _key(run.body)):
            runs = list(alike)
            yield Piece(stage.term, runs[0].body), sum(run.count for run in runs)


def _key(body: Body) -> object:
    """Return what bodies of one stage are alike by: sizes, and parameters."""
    if isinstance(body, Instance):
        return body.inputs, body.outputs, body.values
    return body
