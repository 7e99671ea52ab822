"""What tests of passes share: a network after passes, and whether it is the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

import torch
from torch import Tensor, nn
from torch_specs import sized

from graphc.diagnostics import Code, Sink
from graphc.emit.torch import emit_rewritten
from graphc.emit.torch.load import load, module
from graphc.infer import Sized, infer
from graphc.ir import Term, outline, same_network
from graphc.passes.rewriting import Pass


@dataclass(frozen=True)
class Done:
    """A network after passes, beside the one before them.

    ``remarks`` are what the passes say of what they left.
    """

    before: Sized
    sized: Sized
    remarks: list[str]

    def nodes(self, name: str | None = None) -> dict[str, str]:
        """Return the labels of the nodes of a module, or of the model, by name."""
        network = self.sized.network
        graph = (network.model if name is None else network.modules[name]).graph
        return {
            node.name: ", ".join(map(_text, node.terms))
            for node in graph.nodes.values()
            if not node.is_input and not node.is_output
        }

    def edges(self) -> list[str]:
        """Return the edges of the model with their sizes."""
        _, *lines = outline(self.sized.network)
        model = takewhile(lambda line: line.startswith(" "), lines)
        found = [line.strip().replace("'", "") for line in model]
        return [line.removeprefix("edge ") for line in found if line.startswith("edge")]

    @property
    def unchanged(self) -> bool:
        """Whether nothing was rewritten."""
        return same_network(self.before.network, self.sized.network)

    def agree(self, batch: int = 2) -> None:
        """Assert that it computes what it did, from the same training."""
        plain = trained(self.before)
        loaded = load(emit_rewritten(self.sized, self.before))
        made = getattr(loaded, self.before.model.name)
        other = made.from_trained(plain.state_dict())
        given = inputs(self.before, batch)
        with torch.no_grad():
            expected, got = plain(*given), other(*given)
        torch.testing.assert_close(got, expected, rtol=1e-9, atol=1e-9)


def done(rewrite: Pass | Sequence[Pass], given: str | Sized) -> Done:
    """Return a spec, or a network, after passes; nothing is to be found in it.

    That a bias of one value for each channel is stretched over a map is no matter.
    """
    before = sized(given) if isinstance(given, str) else given
    remarks: list[str] = []
    result = before
    for each in rewrite if isinstance(rewrite, Sequence) else [rewrite]:
        found = each(result)
        sink = Sink()
        result = infer(found.network, sink)
        findings = [one for one in sink.sorted() if one.code is not Code.GC309]
        assert [one.message for one in findings] == []
        remarks += [remark.message for remark in found.remarks]
    assert result.model.inputs == before.model.inputs
    assert result.model.outputs == before.model.outputs
    return Done(before, result, remarks)


def _text(term: Term) -> str:
    return term.text if term.repeat is None else f"{term.repeat} x {term.text}"


def trained(found: Sized) -> nn.Module:
    """Return a network's module in float64 as training may leave it, norms included.

    Weights keep the scale of their values, so that none of them loses its say.
    """
    torch.manual_seed(0)
    made = module(found).double().eval()
    for key, tensor in made.state_dict().items():
        if key.endswith("running_var"):
            tensor.uniform_(0.5, 2)
        elif key.endswith(("running_mean", "bias")):
            tensor.normal_()
        elif tensor.dim() == 1 and tensor.is_floating_point():
            tensor.normal_(1, 0.3)
    return made


def inputs(found: Sized, batch: int) -> list[Tensor]:
    """Return random inputs for a network in float64; free dims are 32."""
    torch.manual_seed(1)
    drawn = []
    for shape in found.model.inputs:
        assert shape is not None
        sizes = [size if isinstance(size, int) else 32 for size in shape]
        drawn.append(torch.randn(batch, *sizes, dtype=torch.float64))
    return drawn
