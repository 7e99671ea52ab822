"""A batch normalization in the weights of the layer beside it: when, and how.

In evaluation batch normalization is ``scale * x + shift`` for each channel, with fixed
numbers; see ``graphc.ir.Folded`` for what they become in a layer.
"""

from collections.abc import Sequence
from dataclasses import replace

from graphc.diagnostics import Diagnostic
from graphc.infer import Instance
from graphc.ir import Folded, Graph, Joined, Kept, Layer, Module, Op, Term, weights_of
from graphc.lang import Name
from graphc.passes.instances import Origin, origin
from graphc.passes.rewriting import left, with_argument
from graphc.passes.sites import is_padded
from graphc.record import record

_LAYERS = frozenset({"Conv", "ConvTranspose", "Linear"})
_ALONE = "no layer stands beside it that could take it in"


def is_layer(term: Term) -> bool:
    """Whether a term is of an op that can take a normalization in, perhaps repeated."""
    return isinstance(term.target, Op) and term.target.name in _LAYERS


def is_norm(term: Term) -> bool:
    """Whether a term is a batch normalization, perhaps repeated."""
    return isinstance(term.target, Op) and term.target.name == "BN"


class Absorber:
    """Puts the normalizations of one module into its layers.

    It knows what the terms are in each instance of the module, and remembers why a
    normalization could not go.
    """

    def __init__(self, graph: Graph, instances: Sequence[Instance]) -> None:
        self._layers = _layers(graph, instances)
        self._reasons: dict[Origin, str] = {}

    def behind(self, layer: Term, norm: Term) -> Term | None:
        """Return a layer with the normalization behind it; None if it has to stay."""
        return self._absorbed(layer, norm, before=False)

    def before(self, layer: Term, norm: Term) -> Term | None:
        """Return a layer with the normalization before it; None if it has to stay."""
        return self._absorbed(layer, norm, before=True)

    def stays(self, norm: Term, why: str) -> None:
        """Remember why a normalization stays; of several reasons the first is told."""
        self._reasons.setdefault(origin(norm), why)

    def remarks(self, module: Module) -> list[Diagnostic]:
        """Return a remark for each normalization that is left, if there are uses."""
        terms = [term for node in module.graph.nodes.values() for term in node.terms]
        return [
            left(term, self._reasons.get(origin(term), _ALONE))
            for term in terms
            if is_norm(term) and self._layers
        ]

    def _absorbed(self, layer: Term, norm: Term, *, before: bool) -> Term | None:
        layers, norms = (self._layers.get(origin(one), ()) for one in (layer, norm))
        if not layers or not norms:
            if self._layers:
                self.stays(norm, "it, or the layer beside it, is repeated")
            return None
        pair = _Pair(layer, norm, layers, norms, before)
        why = pair.hindrance()
        if why is not None:
            self.stays(norm, why)
            return None
        return pair.absorbed()


def _layers(
    graph: Graph, instances: Sequence[Instance]
) -> dict[Origin, tuple[Layer, ...]]:
    """Return what the terms that are no modules and no repeats are in each instance."""
    found: dict[Origin, list[Layer]] = {}
    for instance in instances:
        for node in graph.nodes.values():
            for stage in instance.stages(node):
                body = stage.runs[0].body
                if stage.term.repeat is None and isinstance(body, Layer):
                    found.setdefault(origin(stage.term), []).append(body)
    return {key: tuple(layers) for key, layers in found.items()}


@record(eq=False)
class _Pair:
    """A layer and a normalization beside it, and what they are in each instance.

    ``before`` tells that the normalization is what the layer reads.
    """

    layer: Term
    norm: Term
    layers: Sequence[Layer]
    norms: Sequence[Layer]
    before: bool

    @property
    def _by_groups(self) -> bool:
        """Whether the groups decide which channel of the norm a weight is for."""
        return self.before or _named(self.layer, "ConvTranspose")

    def hindrance(self) -> str | None:
        """Return why the normalization stays; None if the layer can take it in."""
        text = self.layer.text
        if not all(norm.arguments.flag("track_running_stats") for norm in self.norms):
            return "it has no running statistics, and takes those of each batch"
        if len({_settings(norm) for norm in self.norms}) > 1:
            return "its arguments differ between the uses of its module"
        if _named(self.layer, "Linear") and any(
            len(n.inputs[0]) > 1 for n in self.norms
        ):
            return f"it normalizes the first dim, and the features of `{text}` are last"
        if len({layer.arguments.flag("bias") for layer in self.layers}) > 1:
            return f"`{text}` has a bias in some of the uses of its module alone"
        if self._by_groups and len(set(map(_groups, self.layers))) > 1:
            return f"the groups of `{text}` differ between the uses of its module"
        return self._border() if self.before else None

    def _border(self) -> str | None:
        """Return what the layer sees at the border that the norm did not give."""
        text = self.layer.text
        if _named(self.layer, "ConvTranspose"):
            return f"`{text}` behind it sees fewer of its values at the border"
        if _named(self.layer, "Conv") and not all(map(_sees_no_zeros, self.layers)):
            return f"`{text}` behind it sees zeros at the border that are not its own"
        return None

    def absorbed(self) -> Term:
        """Return the layer with the normalization in it, and with a bias."""
        eps, affine = _settings(self.norms[0])
        held = weights_of(self.layer)
        biased = all(each.arguments.flag("bias") for each in self.layers)
        trained = Folded(
            held,
            weights_of(self.norm),
            eps,
            bias=biased or not isinstance(held, Kept | Joined),
            affine=affine,
            before=self.before,
            transposed=_named(self.layer, "ConvTranspose"),
            groups=_groups(self.layers[0]) if self._by_groups else 1,
        )
        layer = self.layer
        if not biased:
            layer = with_argument(layer, "bias", Name("true", layer.span))
        return replace(layer, trained=trained)


def _settings(norm: Layer) -> tuple[float, bool]:
    """Return eps, and whether scale and shift are learnt."""
    eps = norm.arguments["eps"]
    if not isinstance(eps, int | float):
        raise TypeError(f"eps is {eps!r}, not a number")
    return float(eps), norm.arguments.flag("affine")


def _named(term: Term, name: str) -> bool:
    return isinstance(term.target, Op) and term.target.name == name


def _groups(layer: Layer) -> int:
    groups = layer.arguments.mapping().get("groups", 1)
    return groups if isinstance(groups, int) else 1


def _sees_no_zeros(layer: Layer) -> bool:
    """Whether a convolution has no padding, or one that holds values of its input."""
    return layer.arguments["padding_mode"] != "zeros" or not is_padded(layer)
