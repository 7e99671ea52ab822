"""Normalizations: BN, LayerNorm, GroupNorm, InstanceNorm.

None changes a size; what differs is over which dims the mean is taken.
"""

from graphc.diagnostics import Code as Finding
from graphc.ir import (
    WHOLE,
    Argument,
    Call,
    Family,
    Form,
    Kind,
    Layer,
    Op,
    Sizes,
    View,
    Weight,
    Word,
    aligned,
    pointwise,
)
from graphc.lang import Size
from graphc.ops.spatial import cells, spatial_axes, told
from graphc.ops.written import code, options

_EPS = Argument(
    "eps", Kind.NUMBER, "what is added to the variance", default=1e-5, least=0
)
_MOMENTUM = Argument(
    "momentum",
    Kind.NUMBER,
    "the weight of a new batch in the running statistics",
    default=0.1,
    least=0,
    most=1,
)


def _affine(*, default: bool) -> Argument:
    return Argument(
        "affine",
        Kind.FLAG,
        "whether each channel gets a learnt scale and shift",
        default=default,
    )


def _tracking(*, default: bool) -> Argument:
    return Argument(
        "track_running_stats",
        Kind.FLAG,
        "whether mean and variance are kept for evaluation",
        default=default,
    )


_BATCH = (_EPS, _MOMENTUM, _affine(default=True), _tracking(default=True))
_INSTANCE = (_EPS, _MOMENTUM, _affine(default=False), _tracking(default=False))
_GROUP = (
    Argument(
        "num_groups",
        Kind.INTEGER,
        "the groups of channels that are normalized together",
        short=("groups", "g"),
        required=True,
        least=1,
    ),
    _EPS,
    _affine(default=True),
)
_LAYER = (
    Argument(
        "normalized_shape",
        Kind.PARTS,
        "the last dims, which are normalized together; not written, the last one alone",
        least=1,
    ),
    _EPS,
    Argument(
        "elementwise_affine",
        Kind.FLAG,
        "whether each element gets a learnt scale and shift",
        default=True,
    ),
    Argument("bias", Kind.FLAG, "whether there is a learnt shift", default=True),
)


def _batch_sizes(sizes: Sizes) -> None:
    source, result = sizes.inputs[0], sizes.outputs[0]
    sizes.same(source, result)
    if source.dims is not None and not 1 <= len(source.dims) <= 4:
        sizes.fail(
            Finding.GC303, f"`BN` takes C, C*L, C*H*W or C*D*H*W, not {told(source)}"
        )


def _batch(layer: Layer) -> Form:
    axes = max(layer.axes, 1)
    return Form(
        layer=Call(
            Word(f"nn.BatchNorm{axes}d"),
            (layer.inputs[0][0],),
            options(layer.arguments, _BATCH),
        )
    )


def _instance_sizes(sizes: Sizes) -> None:
    axes = spatial_axes(sizes, "InstanceNorm")
    if axes is None:
        return
    source = sizes.inputs[0]
    sizes.same(source, sizes.outputs[0])
    if all(cell.value == 1 for cell in cells(source)[1:]):
        sizes.fail(
            Finding.GC303,
            "`InstanceNorm` needs more than one value in a channel, and"
            f" {told(source)} has one",
        )


def _instance(layer: Layer) -> Form:
    return Form(
        layer=Call(
            Word(f"nn.InstanceNorm{layer.axes}d"),
            (layer.inputs[0][0],),
            options(layer.arguments, _INSTANCE),
        )
    )


def _channel_weights(layer: Layer) -> tuple[Weight, ...]:
    """Return scale, shift and running statistics, one number each for a channel."""
    channels = (layer.inputs[0][0],)
    weights: tuple[Weight, ...] = ()
    if layer.arguments.flag("affine"):
        weights = (Weight("weight", channels), Weight("bias", channels))
    if not layer.arguments.flag("track_running_stats"):
        return weights
    return (
        *weights,
        Weight("running_mean", channels, buffer=True),
        Weight("running_var", channels, buffer=True),
        Weight("num_batches_tracked", (), buffer=True, integer=True),
    )


def _group_sizes(sizes: Sizes) -> None:
    source = sizes.inputs[0]
    sizes.same(source, sizes.outputs[0])
    groups = sizes.arguments["num_groups"]
    if source.dims is None or not isinstance(groups, int):
        return
    if not source.dims:
        sizes.fail(Finding.GC303, "`GroupNorm` takes C, C*L, C*H*W or C*D*H*W, not 1")
        return
    channels = source.dims[0]
    sizes.divisible(
        channels,
        groups,
        f"`num_groups` of `GroupNorm` is {groups}, which does not divide the"
        f" {channels.value} channels",
    )


def _group(layer: Layer) -> Form:
    ends = (layer.arguments.integer("num_groups"), layer.inputs[0][0])
    return Form(
        layer=Call(Word("nn.GroupNorm"), ends, options(layer.arguments, _GROUP[1:]))
    )


def _group_weights(layer: Layer) -> tuple[Weight, ...]:
    channels = (layer.inputs[0][0],)
    if not layer.arguments.flag("affine"):
        return ()
    return (Weight("weight", channels), Weight("bias", channels))


def _layer_sizes(sizes: Sizes) -> None:
    source, result = sizes.inputs[0], sizes.outputs[0]
    shape = sizes.arguments.integers("normalized_shape")
    if sizes.alike(source, result) is None or source.dims is None:
        return
    if len(source.dims) < max(len(shape), 1):
        wanted = f" over {'*'.join(map(str, shape))}" if shape else ""
        sizes.fail(
            Finding.GC303,
            f"`LayerNorm`{wanted} does not fit an input of {told(source)}",
        )
        return
    last = source.dims[len(source.dims) - len(shape) :]
    for cell, size in zip(last, shape, strict=True):
        sizes.equal(cell, size)
    sizes.same(source, result)


def _normalized(layer: Layer) -> tuple[Size, ...]:
    """Return the sizes of the dims that are normalized together."""
    return layer.arguments.integers("normalized_shape") or layer.inputs[0][-1:]


def _layer(layer: Layer) -> Form:
    shape = _normalized(layer)
    written = code(shape[0] if len(shape) == 1 else shape)
    return Form(
        layer=Call(
            Word("nn.LayerNorm"), (written,), options(layer.arguments, _LAYER[1:])
        )
    )


def _layer_weights(layer: Layer) -> tuple[Weight, ...]:
    shape = _normalized(layer)
    if not layer.arguments.flag("elementwise_affine"):
        return ()
    weight = Weight("weight", shape)
    return (
        (weight, Weight("bias", shape)) if layer.arguments.flag("bias") else (weight,)
    )


def _channel_views(layer: Layer) -> tuple[View, ...]:
    """Return the view in evaluation: statistics are kept, or taken over all axes."""
    if layer.arguments.flag("track_running_stats"):
        return pointwise(layer)
    return (aligned(layer, 0, dict.fromkeys(range(1, 1 + layer.axes), WHOLE)),)


def _group_views(layer: Layer) -> tuple[View, ...]:
    return (aligned(layer, 0, dict.fromkeys(range(1 + layer.axes), WHOLE)),)


def _layer_views(layer: Layer) -> tuple[View, ...]:
    dims = range(-len(_normalized(layer)), 0)
    return (aligned(layer, 0, dict.fromkeys(dims, WHOLE)),)


NORM = (
    Op(
        name="BN",
        family=Family.NORMALIZATION,
        about="batch normalization: each channel over the batch and all axes",
        example="BN",
        sizes=_batch_sizes,
        torch=_batch,
        arguments=_BATCH,
        aliases=(
            "BatchNorm",
            "BatchNorm1d",
            "BatchNorm2d",
            "BatchNorm3d",
            "BatchNormalization",
        ),
        weights=_channel_weights,
        views=_channel_views,
        rule="C, C*L, C*H*W or C*D*H*W -> the same",
    ),
    Op(
        name="LayerNorm",
        family=Family.NORMALIZATION,
        about="layer normalization over the last dim, or over the last dims as listed;"
        " on an image C*H*W the last dim is W: to normalize all of it write the three"
        " sizes or GroupNorm 1, to normalize the channels at each place permute first",
        example="LayerNorm",
        sizes=_layer_sizes,
        torch=_layer,
        arguments=_LAYER,
        aliases=("LN", "LayerNormalization"),
        weights=_layer_weights,
        views=_layer_views,
        rule="T*C -> T*C, each row of C normalized by itself",
    ),
    Op(
        name="GroupNorm",
        family=Family.NORMALIZATION,
        about="group normalization: each group of channels over all axes",
        example="GroupNorm 8",
        sizes=_group_sizes,
        torch=_group,
        arguments=_GROUP,
        aliases=("GN",),
        weights=_group_weights,
        views=_group_views,
        rule="C*H*W -> the same; num_groups divides C",
    ),
    Op(
        name="InstanceNorm",
        family=Family.NORMALIZATION,
        about="instance normalization: each channel of each image over all axes",
        example="InstanceNorm",
        sizes=_instance_sizes,
        torch=_instance,
        arguments=_INSTANCE,
        aliases=("InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d", "IN"),
        weights=_channel_weights,
        views=_channel_views,
        rule="C*L, C*H*W or C*D*H*W -> the same",
    ),
)
