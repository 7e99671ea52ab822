"""Running a module without data, and comparing what every edge carries."""

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from graphc.diagnostics import Code, Diagnostic, Place, counted
from graphc.emit.torch import Draft, drafts, placed, written
from graphc.emit.torch.load import load
from graphc.infer import Instance, Shape, Sized
from graphc.ir import Edge, Module, Network, Node, Op
from graphc.record import record
from graphc.verify.deep import levels, with_room
from graphc.verify.edges import edges_of
from graphc.verify.samples import Point, at, samples, told
from graphc.verify.shortened import shortened

BATCH = 2
"""The batch that is run: no size says 1 by accident."""

MOST = 100_000
"""Instances of modules that are made for a run; each takes about a millisecond."""

FAILURES = (RuntimeError, ValueError, TypeError, IndexError)
"""What PyTorch raises when a module cannot be run."""

Seen = dict[tuple[str, str, int], list[tuple[int, ...]]]
"""The shapes of each value, by the path of its module, its node and its output.

A module that is applied again gives it once more.
"""


@record(eq=False)
class Mismatch:
    """An edge that carries another size than was inferred, or was not reached.

    ``path`` leads to the module it stands in, as ``named_modules`` has it; ``found`` is
    the shape without the batch, None if the value never came about; ``point`` has the
    sizes that were run for the free dims of the input.
    """

    path: str
    instance: Instance
    edge: Edge
    inferred: Shape
    found: tuple[int, ...] | None
    point: Point

    def diagnostic(self) -> Diagnostic:
        """Return the finding to report (GC403)."""
        shape = self.edge.shape
        span = self.edge.span if shape is None else shape.span
        inferred = "*".join(map(str, at(self.inferred, self.point)))
        ran = "no value"
        if self.found is not None:
            ran = "*".join(map(str, self.found)) or "1"
        where = f" in `{self.path}`" if self.path else ""
        with_ = f" with {told(self.point)}" if self.point else ""
        return Diagnostic(
            Code.GC403,
            f"`{self.edge.source}` gives {ran}{where} when it is run{with_}, "
            f"not {inferred}",
            Place(span, f"inferred {inferred}, ran to {ran}"),
            help=("this is a mistake in graphc: please report it with this spec",),
        )


@record(eq=False)
class VerifyReport:
    """How many edges were compared, over all instances, and which did not agree.

    ``points`` are the sizes for the free dims of the input, one for each run, in which
    all edges are compared. ``failure`` is what PyTorch said if the module did not run
    to its end; ``too_many`` are the instances of a module that was not run for them.
    """

    compared: int
    mismatches: tuple[Mismatch, ...]
    points: tuple[Point, ...] = ()
    failure: str | None = None
    too_many: int = 0

    @property
    def runs(self) -> str:
        """With what the module was run, in words; nothing if there is no choice."""
        return " and ".join(told(point) for point in self.points if point)

    def findings(self, file: str) -> tuple[Diagnostic, ...]:
        """Return what to report of a spec in that file (GC403, GC582)."""
        if self.too_many:
            return (too_many(self.too_many, file),)
        if self.failure is None:
            return tuple(mismatch.diagnostic() for mismatch in self.mismatches)
        return (does_not_run(f"the module does not run: {self.failure}", file),)


def does_not_run(why: str, file: str) -> Diagnostic:
    """Return the finding that a module of a spec in that file does not run (GC403)."""
    return Diagnostic(Code.GC403, why, file=file or None)


def too_many(instances: int, file: str) -> Diagnostic:
    """Return the finding that a spec has too many instances to be run (GC582)."""
    return Diagnostic(
        Code.GC582,
        f"the module has {counted(instances, 'instance')}, too many to be run",
        notes=(f"no more than {MOST:,} are made, those of a repeat that differ",),
        help=("verify a module alone: as the model of a spec that imports it",),
        file=file or None,
    )


def verify(sized: Sized) -> VerifyReport:
    """Run a network's module on the meta device and compare the size on every edge.

    What runs is the file that ``emit`` gives, with each value handed to an observer as
    it is made. A network with free dims at its input is run with several sizes for
    them, up to the first that does not agree. It must have been checked without errors.
    Of repeats beyond number those are run that differ, and modules may nest as deep as
    they like.
    """
    sized = shortened(sized)
    if sized.counts.instances > MOST:
        return VerifyReport(0, (), too_many=sized.counts.instances)
    return with_room(lambda: _verified(sized), levels(sized.model))


def _verified(sized: Sized) -> VerifyReport:
    """Run a network that is small enough."""
    classes = drafts(sized)
    source = written(sized, classes, observed=True)
    compared = 0
    points: list[Point] = []
    for point in samples(sized.model):
        points.append(point)
        try:
            seen = _run(source, classes[-1].blueprint.name, sized, point)
        except FAILURES as error:
            return VerifyReport(compared, (), tuple(points), said(error, point))
        count, mismatches = _compared(sized, classes, seen, point)
        compared += count
        if mismatches:
            return VerifyReport(compared, mismatches, tuple(points))
    return VerifyReport(compared, (), tuple(points))


def said(error: Exception, point: Point) -> str:
    """Return what PyTorch said when a module did not run, and with which sizes."""
    text = " ".join(str(error).split())
    with_ = f"with {told(point)}: " if point else ""
    return f"{with_}{text[:1].lower()}{text[1:]}"


def _run(source: str, name: str, sized: Sized, point: Point) -> Seen:
    shapes: dict[tuple[int, str, int], list[tuple[int, ...]]] = {}

    def observed(module: nn.Module, node: str, output: int, value: Tensor) -> Tensor:
        key = id(module), node, output
        shapes.setdefault(key, []).append(tuple(value.shape))
        return value

    loaded = load(source, _observed=observed)
    with torch.device("meta"), torch.no_grad():
        network: nn.Module = getattr(loaded, name)()
        network.eval()(*inputs(sized, point))
    paths = {id(module): path for path, module in network.named_modules()}
    return {(paths[key], node, out): s for (key, node, out), s in shapes.items()}


def inputs(sized: Sized, point: Point) -> Iterator[Tensor]:
    """Yield an input for each of a model's: zeros, with sizes for its free dims."""
    model = sized.model
    for node, known in zip(model.module.inputs, model.inputs, strict=True):
        shape = tuple(size for size in known or () if not isinstance(size, tuple))
        sizes = [size for size in at(shape, point) if isinstance(size, int)]
        index = _takes_indices(sized.network, model.module, node)
        dtype = torch.long if index else torch.get_default_dtype()
        yield torch.zeros(BATCH, *sizes, dtype=dtype)


def _takes_indices(network: Network, module: Module, node: Node) -> bool:
    """Whether an input is said to hold integers, or an Embedding reads it."""
    if any(str(each.value) == "long" for each in node.terms[0].arguments):
        return True
    for edge in module.graph.out_of(node.name):
        target = module.graph.nodes[edge.target].terms[0].target
        if isinstance(target, Op):
            if target.name == "Embedding":
                return True
            continue
        inner = network.modules[target]
        if _takes_indices(network, inner, inner.inputs[edge.input]):
            return True
    return False


def _compared(
    sized: Sized, classes: tuple[Draft, ...], seen: Seen, point: Point
) -> tuple[int, tuple[Mismatch, ...]]:
    """Return how many edges there were to compare, and which did not agree."""
    compared = 0
    mismatches: list[Mismatch] = []
    for place in placed(sized, classes):
        if not isinstance(place.body, Instance):
            continue
        for edge in edges_of(place.body):
            inferred = place.body.shape(edge) or ()
            found = seen.get((place.path, edge.source, edge.output), [])
            compared += bool(found)
            if (BATCH, *at(inferred, point)) not in found:
                shape = found[0][1:] if found else None
                mismatches.append(
                    Mismatch(place.path, place.body, edge, inferred, shape, point)
                )
    return compared, tuple(mismatches)
