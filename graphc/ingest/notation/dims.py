"""The words and letters that stand for dims."""

BATCH = frozenset(
    ("B", "N", "b", "bs", "BS", "batch", "Batch", "BATCH", "batch_size", "batchsize")
)
HEIGHT = frozenset(("H", "h", "height", "Height"))
WIDTH = frozenset(("W", "w", "width", "Width"))
CHANNELS = frozenset(("C", "c", "channels", "Channels", "Cin", "Cout", "C_in", "C_out"))

LAYOUTS: dict[str, bool] = {
    "CHW": False,
    "NCHW": False,
    "BCHW": False,
    "HWC": True,
    "NHWC": True,
    "BHWC": True,
    "channels first": False,
    "channels-first": False,
    "channels_first": False,
    "channels last": True,
    "channels-last": True,
    "channels_last": True,
}
"""Names of layouts, and whether channels are last in them."""

IMAGES: dict[str, str] = {
    "rgb": "3",
    "rgb image": "3",
    "color image": "3",
    "colour image": "3",
    "grayscale": "1",
    "greyscale": "1",
    "grayscale image": "1",
    "greyscale image": "1",
    "gray": "1",
    "image": "_",
    "images": "_",
    "pixels": "_",
    "px": "_",
    "patch": "_",
    "patches": "_",
    "\uc774\ubbf8\uc9c0": "_",
    "\u753b\u50cf": "_",
    "\u56fe\u50cf": "_",
    "\u56fe\u7247": "_",
}
"""Words behind a height and width, and the channels that they tell of."""

UNITS = (
    "d",
    "D",
    "dim",
    "dims",
    "dimensional",
    "dimensions",
    "features",
    "feature",
    "units",
    "neurons",
    "nodes",
    "classes",
    "logits",
    "outputs",
    "\ub274\ub7f0",
    "\ud074\ub798\uc2a4",
)
"""Words behind one number that tell that it counts the features of a vector."""
