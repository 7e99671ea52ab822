"""Running a module without data, and comparing what every edge carries."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from graphc.diagnostics import Code, Diagnostic, Place
from graphc.emit.torch import Draft, drafts, placed, written
from graphc.emit.torch.load import load
from graphc.infer import Instance, Shape, Sized
from graphc.ir import Edge, Module, Network, Node, Op
from graphc.verify.edges import edges_of

BATCH = 2
"""The batch that is run: no size says 1 by accident."""

Seen = dict[tuple[str, str, int], list[tuple[int, ...]]]
"""The shapes of each value, by the path of its module, its node and its output.

A module that is applied again gives it once more.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Mismatch:
    """An edge that carries another size than was inferred, or was not reached.

    ``path`` leads to the module it stands in, as ``named_modules`` has it; ``found`` is
    the shape without the batch, None if the value never came about.
    """

    path: str
    instance: Instance
    edge: Edge
    inferred: Shape
    found: tuple[int, ...] | None

    def diagnostic(self) -> Diagnostic:
        """Return the finding to report (GC403)."""
        shape = self.edge.shape
        span = self.edge.span if shape is None else shape.span
        inferred = "*".join(map(str, self.inferred))
        ran = "no value"
        if self.found is not None:
            ran = "*".join(map(str, self.found)) or "1"
        where = f" in `{self.path}`" if self.path else ""
        return Diagnostic(
            Code.GC403,
            f"`{self.edge.source}` gives {ran}{where} when it is run, not {inferred}",
            Place(span, f"inferred {inferred}, ran to {ran}"),
            help=("this is a mistake in graphc: please report it with this spec",),
        )


@dataclass(frozen=True, slots=True, eq=False)
class VerifyReport:
    """How many edges were compared, over all instances, and which did not agree.

    ``failure`` is what PyTorch said if the module did not run to its end.
    """

    compared: int
    mismatches: tuple[Mismatch, ...]
    failure: str | None = None

    def findings(self, file: str) -> tuple[Diagnostic, ...]:
        """Return what to report of a spec in that file (GC403)."""
        if self.failure is None:
            return tuple(mismatch.diagnostic() for mismatch in self.mismatches)
        failed = Diagnostic(
            Code.GC403,
            f"the module does not run: {self.failure}",
            file=file or None,
        )
        return (failed,)


def verify(sized: Sized) -> VerifyReport:
    """Run a network's module on the meta device and compare the size on every edge.

    What runs is the file that ``emit`` gives, with each value handed to an observer as
    it is made. The network must have been checked without errors.
    """
    classes = drafts(sized)
    source = written(sized, classes, observed=True)
    try:
        seen = _run(source, classes[-1].blueprint.name, sized)
    except (RuntimeError, ValueError, TypeError, IndexError) as error:
        said = " ".join(str(error).split())
        return VerifyReport(0, (), said[:1].lower() + said[1:])
    return _compared(sized, classes, seen)


def _run(source: str, name: str, sized: Sized) -> Seen:
    shapes: dict[tuple[int, str, int], list[tuple[int, ...]]] = {}

    def observed(module: nn.Module, node: str, output: int, value: Tensor) -> Tensor:
        key = id(module), node, output
        shapes.setdefault(key, []).append(tuple(value.shape))
        return value

    loaded = load(source, _observed=observed)
    with torch.device("meta"), torch.no_grad():
        network: nn.Module = getattr(loaded, name)()
        network.eval()(*_inputs(sized))
    paths = {id(module): path for path, module in network.named_modules()}
    return {(paths[key], node, out): s for (key, node, out), s in shapes.items()}


def _inputs(sized: Sized) -> Iterator[Tensor]:
    model = sized.model
    for node, known in zip(model.module.inputs, model.inputs, strict=True):
        sizes = [size for size in known or () if isinstance(size, int)]
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


def _compared(sized: Sized, classes: tuple[Draft, ...], seen: Seen) -> VerifyReport:
    compared = 0
    mismatches: list[Mismatch] = []
    for place in placed(sized, classes):
        if not isinstance(place.body, Instance):
            continue
        for edge in edges_of(place.body):
            inferred = place.body.shape(edge) or ()
            found = seen.get((place.path, edge.source, edge.output), [])
            compared += bool(found)
            if (BATCH, *inferred) not in found:
                shape = found[0][1:] if found else None
                mismatch = Mismatch(place.path, place.body, edge, inferred, shape)
                mismatches.append(mismatch)
    return VerifyReport(compared, tuple(mismatches))
