"""Attention: multi-head with its projections, and the scaled dot product alone."""

from collections.abc import Sequence

from graphc.diagnostics import Code as Finding
from graphc.ir import (
    GONE,
    POINT,
    WHOLE,
    Argument,
    Call,
    Cell,
    Code,
    Family,
    Form,
    Input,
    Inputs,
    Kind,
    Layer,
    Op,
    Sizes,
    View,
    Weight,
    Word,
    aligned,
)
from graphc.lang import Size
from graphc.record import record

_PORTS = ("query", "key", "value")


@record
class _Leading:
    """The dims of a tensor that come before its tokens and features."""

    dims: Sequence[Cell]


# Multi-head attention


def _attention_sizes(sizes: Sizes) -> None:
    """State ``query: L*E, key: S*K, value: S*V -> L*E``; inputs may be left out."""
    query, *others = sizes.inputs
    dims = sizes.shape(query, 2)
    sizes.same(query, sizes.outputs[0])
    if dims is None:
        return
    heads = sizes.arguments["num_heads"]
    if isinstance(heads, int):
        shown = "the features" if dims[1].value is None else f"{dims[1].value} features"
        sizes.divisible(dims[1], heads, f"{shown} cannot be shared by {heads} heads")
    tokens = [cells[0] for cells in (sizes.shape(each, 2) for each in others) if cells]
    for each in tokens[1:]:
        sizes.equal(tokens[0], each)


def _roles(count: int) -> tuple[int, int, int]:
    """Return which inputs serve as query, key and value when so many are connected."""
    return (0, min(1, count - 1), count - 1)


def _features(layer: Layer) -> tuple[Size, Size, Size]:
    query, key, value = (layer.inputs[i][-1] for i in _roles(len(layer.inputs)))
    return query, key, value


def _attention(layer: Layer) -> Form:
    query, key, value = _features(layer)
    keywords: list[tuple[str, Code]] = []
    dropout = layer.arguments["dropout"]
    if dropout != 0 and not isinstance(dropout, tuple):
        keywords.append(("dropout", dropout))
    if not layer.arguments.flag("bias"):
        keywords.append(("bias", False))
    if key != query:
        keywords.append(("kdim", key))
    if value != query:
        keywords.append(("vdim", value))
    keywords.append(("batch_first", True))
    heads = layer.arguments.integer("num_heads")
    roles = tuple(("", Input(index)) for index in _roles(len(layer.inputs)))
    return Form(
        layer=Call(Word("nn.MultiheadAttention"), (query, heads), tuple(keywords)),
        arguments=(*roles, ("need_weights", False)),
        select=0,
    )


def _attention_weights(layer: Layer) -> tuple[Weight, ...]:
    query, key, value = _features(layer)
    projections: tuple[Weight, ...]
    if query == key == value:
        projections = (Weight("in_proj_weight", (3 * query, query)),)
    else:
        projections = (
            Weight("q_proj_weight", (query, query)),
            Weight("k_proj_weight", (query, key)),
            Weight("v_proj_weight", (query, value)),
        )
    out = Weight("out_proj.weight", (query, query))
    if not layer.arguments.flag("bias"):
        return (*projections, out)
    biases = Weight("in_proj_bias", (3 * query,)), Weight("out_proj.bias", (query,))
    return (*projections, biases[0], out, biases[1])


def _attention_macs(layer: Layer) -> Size:
    """Return those of four projections and two matrix products."""
    query, key, value = _features(layer)
    places = _roles(len(layer.inputs))
    targets, sources = layer.inputs[0][0], layer.inputs[places[1]][0]
    projections = 2 * targets * query * query + sources * query * (key + value)
    return projections + 2 * targets * sources * query


def _attention_views(layer: Layer) -> tuple[View, ...]:
    """Return the views: one token of the query, all of what it attends to."""
    tokens = WHOLE if len(layer.inputs) == 1 else POINT
    query = aligned(layer, 0, {-1: GONE, -2: tokens})
    others = range(1, len(layer.inputs))
    return (query, *(aligned(layer, i, {-1: GONE, -2: GONE}) for i in others))


# The scaled dot product


def _product_sizes(sizes: Sizes) -> None:
    """State ``S*L*E, S*T*E, S*T*V -> S*L*V``; dims before the tokens broadcast."""
    rank = sizes.alike(*sizes.inputs, *sizes.outputs)
    if rank is None:
        return
    if rank < 2:
        sizes.fail(
            Finding.GC303,
            "attention takes shapes of 2 dims or more, such as `tokens*features`",
        )
        return
    shapes = [sizes.shape(each, rank) for each in (*sizes.inputs, *sizes.outputs)]
    known = [dims for dims in shapes if dims is not None]
    if len(known) < len(shapes):
        return
    query, key, value, result = known
    sizes.equal(query[-1], key[-1])
    sizes.equal(key[-2], value[-2])
    sizes.equal(query[-2], result[-2])
    sizes.equal(value[-1], result[-1])
    leading = [_Leading(dims[:-2]) for dims in (query, key, value)]
    sizes.broadcast(leading, _Leading(result[:-2]))


def _product(layer: Layer) -> Form:
    keywords: list[tuple[str, Code]] = []
    if layer.arguments.flag("is_causal"):
        keywords.append(("is_causal", True))
    scale = layer.arguments["scale"]
    if scale is not None and not isinstance(scale, tuple):
        keywords.append(("scale", scale))
    name = Word("F.scaled_dot_product_attention")
    return Form(function=Call(name, (Input(0), Input(1), Input(2)), tuple(keywords)))


def _product_macs(layer: Layer) -> Size:
    """Return those of the scores and of the weighted values."""
    query, key, value = layer.inputs
    pairs = query[-2] * key[-2]
    for size in layer.outputs[0][:-2]:
        pairs = pairs * size
    return pairs * (query[-1] + value[-1])


def _product_views(layer: Layer) -> tuple[View, ...]:
    return (
        aligned(layer, 0, {-1: GONE}),
        aligned(layer, 1, {-1: GONE, -2: GONE}),
        aligned(layer, 2, {-2: GONE}),
    )


ATTENTION = (
    Op(
        name="Attention",
        family=Family.ATTENTION,
        about="multi-head attention with its projections; one input: self-attention, "
        "two: a query and what it attends to",
        example="Attention 8",
        sizes=_attention_sizes,
        torch=_attention,
        arguments=(
            Argument(
                "num_heads",
                Kind.INTEGER,
                "the number of heads; it divides the query's features",
                short=("heads",),
                required=True,
                least=1,
            ),
            Argument(
                "dropout",
                Kind.NUMBER,
                "the share of the attention weights that is set to 0 in training",
                short=("drop",),
                default=0.0,
                least=0,
                most=1,
            ),
            Argument(
                "bias",
                Kind.FLAG,
                "whether the projections add a bias",
                default=True,
            ),
        ),
        aliases=("MultiheadAttention", "MultiHeadAttention", "MHA"),
        inputs=Inputs(ports=_PORTS),
        weights=_attention_weights,
        macs=_attention_macs,
        views=_attention_views,
        rule="query: L*E, key: S*K, value: S*V -> L*E; heads divides E",
    ),
    Op(
        name="ScaledDotProductAttention",
        family=Family.ATTENTION,
        about="softmax(query key^T scale) value, without projections",
        example="SDPA causal=true",
        sizes=_product_sizes,
        torch=_product,
        arguments=(
            Argument(
                "is_causal",
                Kind.FLAG,
                "whether a token attends only to those up to its own place",
                short=("causal",),
                default=False,
            ),
            Argument(
                "scale",
                Kind.NUMBER,
                "what the scores are multiplied by; 1/sqrt(E) if not given",
            ),
        ),
        aliases=("SDPA",),
        inputs=Inputs(ports=_PORTS, least=3),
        macs=_product_macs,
        views=_product_views,
        rule="query: heads*L*E, key: heads*S*E, value: heads*S*V -> heads*L*V",
    ),
)
