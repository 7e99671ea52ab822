"""The arguments of layers in the order of PyTorch and of Keras, where specs differ."""

from graphc.ir import Op

FIRST: dict[str, str] = {
    "Conv": "in_channels",
    "ConvTranspose": "in_channels",
    "Linear": "in_features",
    "BN": "num_features",
    "InstanceNorm": "num_features",
    "Attention": "embed_dim",
}
"""Ops, and PyTorch's name for what comes in, which is the first argument there."""

ORDERS: dict[str, tuple[str, ...]] = {
    "MaxPool": (
        "kernel_size",
        "stride",
        "padding",
        "dilation",
        "return_indices",
        "ceil_mode",
    ),
    "GroupNorm": ("num_groups", "num_channels", "eps", "affine"),
    "Upsample": ("size", "scale_factor", "mode", "align_corners"),
}
"""Ops whose other arguments have another order in PyTorch."""

COMPLETE: dict[str, str] = {
    "Conv": "kernel_size",
    "ConvTranspose": "kernel_size",
    "Linear": "out_features",
    "Attention": "num_heads",
}
"""The argument without which no call in PyTorch's order is one."""

TAKES = frozenset((*FIRST.values(), "num_channels"))
"""PyTorch's names for what comes in."""

KERAS: dict[str, tuple[str, ...]] = {
    "Conv": ("filters", "kernel_size", "strides", "padding"),
    "ConvTranspose": ("filters", "kernel_size", "strides", "padding"),
    "MaxPool": ("pool_size", "strides", "padding"),
    "AvgPool": ("pool_size", "strides", "padding"),
    "Linear": ("units", "activation"),
    "Dropout": ("rate",),
    "Upsample": ("scale_factor",),
    "Embedding": ("input_dim", "output_dim"),
}
"""Ops, and the order of their arguments in Keras."""

KERAS_KEYS: dict[str, str] = {
    "filters": "out_channels",
    "units": "out_features",
    "strides": "stride",
    "pool_size": "kernel_size",
    "dilation_rate": "dilation",
    "use_bias": "bias",
    "rate": "p",
    "input_dim": "num_embeddings",
    "output_dim": "embedding_dim",
    "size": "scale_factor",
}
"""Keras' names, and those of the ops."""

WITHOUT_MEANING: dict[str, tuple[object, ...]] = {
    "inplace": (True, False),
    "return_indices": (False,),
    "device": (None,),
    "dtype": (None,),
    "batch_first": (True,),
    "name": (),
    "add_bias_kv": (False,),
    "add_zero_attn": (False,),
    "recompute_scale_factor": (None, False),
    "divisor_override": (None,),
    "data_format": ("channels_first", "channels_last"),
}
"""Arguments that ops do not have, and the values with which that changes nothing.

None listed: any value.
"""


def torch_order(op: Op) -> tuple[str, ...]:
    """Return the arguments of an op in PyTorch's order."""
    order = ORDERS.get(op.name, tuple(argument.name for argument in op.arguments))
    first = FIRST.get(op.name)
    return (*((first,) if first else ()), *order, "inplace")
