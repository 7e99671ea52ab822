"""What tests of passes share: a network after a pass, and what is left to be seen."""

from collections.abc import Collection

import torch
from torch import Tensor, nn
from torch_specs import sized

from graphc.diagnostics import Code, Sink
from graphc.emit.torch.load import module
from graphc.infer import Sized, infer
from graphc.ir import outline
from graphc.passes.rewriting import Pass


def after(rewrite: Pass, text: str, apart: Collection[Code] = ()) -> Sized:
    """Return a spec after a pass, in which nothing is to be found but some codes."""
    result, _ = with_remarks(rewrite, text, apart)
    return result


def with_remarks(
    rewrite: Pass, text: str, apart: Collection[Code] = ()
) -> tuple[Sized, list[str]]:
    """Return a spec after a pass, and what the pass says of what it left.

    Nothing may be found in it apart from some codes.
    """
    rewritten = rewrite(sized(text))
    sink = Sink()
    result = infer(rewritten.network, sink)
    found = [finding.message for finding in sink.sorted() if finding.code not in apart]
    assert found == []
    return result, [remark.message for remark in rewritten.remarks]


def nodes(found: Sized, name: str | None = None) -> dict[str, str]:
    """Return the labels of the nodes of a module, or of the model, by their names."""
    network = found.network
    graph = (network.model if name is None else network.modules[name]).graph
    return {
        node.name: ", ".join(
            term.text if term.repeat is None else f"{term.repeat} x {term.text}"
            for term in node.terms
        )
        for node in graph.nodes.values()
        if not node.is_input and not node.is_output
    }


def edges(found: Sized, name: str | None = None) -> list[str]:
    """Return the lines of an outline that tell edges of a module, or of the model."""
    network = found.network
    wanted = network.model.name if name is None else name
    lines, inside = [], False
    for line in outline(network):
        inside = line.endswith(f" {wanted}") if line[0] != " " else inside
        if inside and line.startswith("  edge "):
            lines.append(line.removeprefix("  edge ").replace("'", ""))
    return lines


def ready(found: Sized) -> nn.Module:
    """Return a network's module for evaluation in float64."""
    return module(found).double().eval()


def inputs(found: Sized, batch: int = 2) -> list[Tensor]:
    """Return random inputs for a network in float64."""
    drawn = []
    for shape in found.model.inputs:
        assert shape is not None
        drawn.append(torch.randn(batch, *map(int, shape), dtype=torch.float64))
    return drawn
