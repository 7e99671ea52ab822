"""What people call layers: words for words, and phrases for rows of ops.

What ops and their aliases are called stands in their declarations.
"""

SYNONYMS: dict[str, str] = {
    "convolution": "conv",
    "convolutional": "conv",
    "convolutions": "conv",
    "pooling": "pool",
    "average": "avg",
    "maximum": "max",
    "normalization": "norm",
    "normalisation": "norm",
    "concatenate": "concat",
    "concatenation": "concat",
    "addition": "add",
    "multiply": "mul",
    "multiplication": "mul",
    "subtract": "sub",
    "transposed": "transpose",
    "sampling": "sample",
    "upsampling": "upsample",
    "headed": "head",
    "deconvolution": "deconv",
}
"""Words, and the words of ops for them."""

PHRASES: dict[str, str] = {
    "globalavgpool2d": "GlobalAvgPool",
    "globalavgpool1d": "GlobalAvgPool",
    "globalmaxpool": "AdaptiveMaxPool 1 Flatten",
    "globalmaxpool2d": "AdaptiveMaxPool 1 Flatten",
    "transposeconv": "ConvTranspose",
    "conv2dtranspose": "ConvTranspose",
    "upsample2d": "Upsample",
    "zeropadding2d": "Pad",
    "filterconcat": "Concat",
    "filtersconcat": "Concat",
    "channelconcat": "Concat",
    "elementwiseadd": "Sum",
    "elementwisesum": "Sum",
    "residualadd": "Sum",
    "skipadd": "Sum",
    "plus": "Sum",
    "elementwisemul": "Mul",
    "elementwiseproduct": "Mul",
    "matrixmul": "MatMul",
    "scaleddotproductattention": "ScaledDotProductAttention",
    "selfattention": "Attention",
    "multiheadselfattention": "Attention",
    "image": "Input",
    "inputimage": "Input",
    "inputtensor": "Input",
    "inputlayer": "Input",
    "fullyconnecteddense": "Linear",
    "fullyconnectedlinear": "Linear",
    "denselinear": "Linear",
    "inputx": "Input",
    "previouslayer": "Input",
    "outputtensor": "Output",
}
"""Phrases, without blanks and in the words of ops, and the labels of specs for them."""

UNDRAWN: dict[str, str] = {
    "softmaxclassifier": "Linear Softmax",
    "classifier": "Linear",
    "classification": "Linear",
}
"""Phrases for rows that begin with a Linear nobody draws."""

UNCLEAR: dict[str, str] = {
    "pool": "does not tell whether the largest value is taken or the average",
    "globalpool": "does not tell whether the largest value is taken or the average",
    "norm": "does not tell which normalization",
    "activation": "does not tell which activation",
    "fullyconnectedconv": "may be a fully connected layer and may be a convolution",
    "outputlayer": "does not tell what the layer does",
    "hiddenlayer": "does not tell what the layer does",
    "depthwiseconv": "has as many groups as channels: write them, `groups=64`",
    "separableconv": "stands for two convolutions: draw them, or make a module of them",
    "depthwiseseparableconv": "stands for two convolutions: draw them,"
    " or make a module of them",
}
"""Phrases that are of networks and say too little, and what is wrong with them."""

SIGNS: dict[str, str] = {
    "+": "Sum",
    "\u2295": "Sum",
    "\u271a": "Sum",
    "\u2795": "Sum",
    "\u03a3": "Sum",
    "\u2211": "Sum",
    "\u00d7": "Mul",
    "\u2297": "Mul",
    "\u2299": "Mul",
}
"""Signs that stand for an op where they are the whole label."""

KINDS = frozenset(("layer", "layers", "operation", "op", "activation", "function"))
"""Words behind the name of an op that tell nothing new."""

RANKS = frozenset(("1d", "2d", "3d"))
"""Words beside the name of an op that sizes tell as well."""

JOINERS = frozenset(
    (",", "+", "&", "\u2192", ";", "|", "-", "/", ":", "and", "with", "then")
)
"""Signs and words between parts of a label that tell nothing themselves."""

EXACT = frozenset(("IN", "GAP", "Cat", "View", "Resize", "Select"))
"""Names of ops that are words of a language, and hold as they are written alone."""
