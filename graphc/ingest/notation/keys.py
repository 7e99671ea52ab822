"""What people call the arguments of ops, beside the names in their declarations."""

OUT = ("out_channels", "out_features", "embedding_dim")

KEYS: dict[str, tuple[str, ...]] = {
    "kernelsize": ("kernel_size",),
    "filtersize": ("kernel_size",),
    "poolsize": ("kernel_size",),
    "windowsize": ("kernel_size",),
    "window": ("kernel_size",),
    "strides": ("stride",),
    "pad": ("padding",),
    "dilationrate": ("dilation",),
    "rate": ("dilation", "p"),
    "prob": ("p",),
    "probability": ("p",),
    "filters": OUT,
    "channels": OUT,
    "outchannels": OUT,
    "outputchannels": OUT,
    "outfeatures": OUT,
    "maps": OUT,
    "featuremaps": OUT,
    "units": OUT,
    "neurons": OUT,
    "classes": OUT,
    "outputs": OUT,
    "hidden": OUT,
    "numheads": ("num_heads",),
    "heads": ("num_heads",),
    "numgroups": ("num_groups", "groups"),
    "usebias": ("bias",),
    "factor": ("scale_factor",),
    "alpha": ("negative_slope",),
    "\u03b1": ("negative_slope", "alpha"),
    "ceilmode": ("ceil_mode",),
    "outputpadding": ("output_padding",),
    "outputsize": ("output_size",),
    "aligncorners": ("align_corners",),
}
"""Keys, without blanks, and the arguments they may stand for, the first that an op has.
"""

UNITS: dict[str, tuple[str, ...]] = {
    "filters": OUT,
    "filter": OUT,
    "kernels": OUT,
    "channels": OUT,
    "channel": OUT,
    "maps": OUT,
    "featuremaps": OUT,
    "features": OUT,
    "units": OUT,
    "unit": OUT,
    "neurons": OUT,
    "neuron": OUT,
    "nodes": OUT,
    "node": OUT,
    "classes": OUT,
    "outputs": OUT,
    "hidden": OUT,
    "hiddenunits": OUT,
    "logits": OUT,
    "rate": ("p",),
    "heads": ("num_heads",),
    "groups": ("num_groups", "groups"),
    "\ub274\ub7f0": OUT,
    "\ud074\ub798\uc2a4": OUT,
    "\ucc44\ub110": OUT,
    "\u901a\u9053": OUT,
    "\u985e": OUT,
    "\u7c7b": OUT,
}
"""Words behind a number, and the arguments whose value it may be."""

TAKEN = frozenset(
    (
        "in",
        "inchannels",
        "infeatures",
        "inputchannels",
        "inputfeatures",
        "inputdim",
        "inputsize",
        "embeddim",
        "numfeatures",
        "numchannels",
    )
)
"""Keys, without blanks, of what comes in."""

DROPOUTS = frozenset(("dp", "dropout", "drop"))
"""Keys of a dropout that follows the layer."""

ACTIVATIONS = frozenset(("activation", "act", "nonlinearity"))
"""Keys of an activation that follows the layer."""

NEGATED: dict[str, tuple[str, str]] = {
    "nobias": ("bias", "false"),
    "withoutbias": ("bias", "false"),
    "nopadding": ("padding", "0"),
    "nopad": ("padding", "0"),
    "withoutpadding": ("padding", "0"),
    "samepadding": ("padding", "same"),
    "samepad": ("padding", "same"),
    "paddingsame": ("padding", "same"),
    "padsame": ("padding", "same"),
    "same": ("padding", "same"),
    "validpadding": ("padding", "valid"),
    "paddingvalid": ("padding", "valid"),
    "valid": ("padding", "valid"),
    "padded": ("padding", "same"),
}
"""Phrases, without blanks, that are an argument with its value."""
