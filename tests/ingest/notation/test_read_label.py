import pytest
from places import written

from graphc.ingest.notation import LabelReading, Unsaid, read_label

MODULES = {"stem": "Stem", "down block": "DownBlock", "tiny v2": "TinyV2"}


def modules(words: str) -> str | None:
    """Return the class of the module that words name, whatever their hyphens."""
    return MODULES.get(words.lower().replace("-", " ").strip())


def read(text: str) -> LabelReading:
    return read_label(written(text), modules)


# Layers and their arguments

LAYERS = [
    ("fc 96", "Linear 96"),
    ("FC-96", "Linear 96"),
    ("FC: 96", "Linear 96"),
    ("Fully Connected (96)", "Linear 96"),
    ("Fully connected layer (96) + ReLU", "Linear 96 ReLU"),
    ("Dense layer 96 units", "Linear 96"),
    ("Dense (96, tanh)", "Linear 96 Tanh"),
    ("fc6\n96", "Linear 96"),
    ("96 dp=0.25", "Linear 96 Dropout 0.25"),
    ("96\nReLU", "Linear 96 ReLU"),
    ("AvgPool k=8 dp=0.25", "AvgPool k=8 Dropout 0.25"),
    ("Conv k=11 s=4 LRN ReLU", "Conv k=11 s=4 LRN ReLU"),
    ("5x5 conv, 24", "Conv 24 k=5"),
    ("5\u00d75 conv, 24, /2", "Conv 24 k=5 s=2"),
    ("5x5 conv / 2", "Conv k=5 s=2"),
    ("conv5-24", "Conv 24 k=5"),
    ("conv5x5, 24", "Conv 24 k=5"),
    ("24 filters 5x5 conv", "Conv 24 k=5"),
    ("Conv 5x5, 24, stride 2, pad 1", "Conv 24 k=5 s=2 p=1"),
    ("Conv k5s2p1", "Conv k=5 s=2 p=1"),
    ("Conv 1x7 same padding (no bias)", "Conv k=[1,7] p=same bias=false"),
    ("Conv 5x5\n24 filters\nstride 2", "Conv 24 k=5 s=2"),
    ("Convolution\nkernel: 5x5\nactivation: tanh", "Conv k=5 Tanh"),
    ("1x1 conv, 24, 5x5 conv, 32", "Conv 24 k=1 Conv 32 k=5"),
    ("Conv(5x5)-BN-ReLU", "Conv k=5 BN ReLU"),
    ("Conv 5x5 \u2192 BN \u2192 ReLU", "Conv k=5 BN ReLU"),
    ("Batch Normalization & ReLU", "BN ReLU"),
    ("2D Convolution 5x5", "Conv k=5"),
    ("Conv Layer 1\n24 filters, 5x5", "Conv 24 k=5"),
    ("3x3 max pool, /2", "MaxPool k=3 s=2"),
    ("Max Pooling 2x2, stride 2", "MaxPool k=2 s=2"),
    ("global average pool", "GlobalAvgPool"),
    ("Global Average Pooling (GAP)", "GlobalAvgPool"),
    ("Adaptive Avg Pool (1x1)", "AdaptiveAvgPool 1"),
    ("SoftmaxActivation", "Softmax"),
    ("softmax classifier", "Linear Softmax"),
    ("Classifier (12 classes)", "Linear 12"),
    ("Dropout (p=0.25)", "Dropout 0.25"),
    ("Dropout 25%", "Dropout 0.25"),
    ("Leaky ReLU (\u03b1=0.3)", "LeakyReLU 0.3"),
    ("Filter concat", "Concat"),
    ("Element-wise Add", "Sum"),
    ("+", "Sum"),
    ("\u2297", "Mul"),
    ("Previous Layer", "Input"),
    ("Input image", "Input"),
    ("upsample x2", "Upsample 2"),
    ("2x upsample", "Upsample 2"),
    ("Multi-Head Attention (8 heads)", "Attention 8"),
    ("Deconv 4x4 s2", "ConvTranspose k=4 s=2"),
    ("same as conv1", "same as conv1"),
    ("Step 1: Conv 5x5", "Conv k=5"),
    ("ReLU (in place)", "ReLU"),
    ("Dense 96 + ReLU", "Linear 96 ReLU"),
    ("Dense(96, relu)\n+ Dropout(0.25)", "Linear 96 ReLU Dropout 0.25"),
    ("Linear\n96\u219212 classes\nNo bias", "Linear 12 bias=false"),
    ("Dropout\n0.25 rate", "Dropout 0.25"),
    ("2x Conv3x3", "2 x Conv k=3"),
    ("AvgPool 8x8", "AvgPool k=8"),
    ("Conv 2 (8 Filters, 5x5, Pad=0)", "Conv 8 k=5 p=0"),
    ("Max Pool 1 (2x2, stride=2)", "MaxPool k=2 s=2"),
    ("Conv 8 (5x5)", "Conv 8 k=5"),
    ("Conv 8 -> BN -> ReLU -> Drop(0.25)", "Conv 8 BN ReLU Dropout 0.25"),
    ("Fully Connected Dense Layer", "Linear"),
    ("Dense 96 unit relu", "Linear 96 ReLU"),
    ("linear(96->12)|batch_norm|relu|dropout(0.25)", "Linear 12 BN ReLU Dropout 0.25"),
    ("ReLU \u6fc0\u6d3b", "ReLU"),
    ("ReLU\n\u6fc0\u6d3b\u51fd\u6570", "ReLU"),
]


@pytest.mark.parametrize(("text", "label"), LAYERS)
def test_a_layer_is_read(text: str, label: str) -> None:
    reading = read(text)
    assert (reading.label and reading.label.text, reading.reason) == (label, "")


# PyTorch and Keras

CALLS = [
    ("Conv2d(8, 24, 5)", "Conv 24 k=5"),
    ("nn.Conv2d(8, 24, kernel_size=(5, 5), stride=(2, 2))", "Conv 24 k=5 s=2"),
    ("Conv2d[8, 24, kernel_size=[1, 7], bias=False]", "Conv 24 k=[1,7] bias=false"),
    ("Conv2d(24, k=5)", "Conv 24 k=5"),
    ("Conv1d(1, 24, 5, padding='same')", "Conv 24 k=5 p=same"),
    ("BatchNorm2d[8, eps=1e-05, affine=True, track_running_stats=True]", "BN"),
    ("BatchNorm2d(8, eps=0.001)", "BN eps=0.001"),
    ("torch.nn.ReLU(inplace=True)", "ReLU"),
    ("F.relu", "ReLU"),
    ("F.relu(x)", "ReLU"),
    ("F.max_pool2d(x, 2)", "MaxPool k=2"),
    ("torch.cat([a, b], dim=1)", "Concat 1"),
    ("MaxPool2d(kernel_size=3, stride=2, padding=1, ceil_mode=True)",
     "MaxPool k=3 s=2 p=1 ceil=true"),
    ("AdaptiveAvgPool2d(output_size=(1, 1))", "AdaptiveAvgPool 1"),
    ("Linear(in_features=96, out_features=12, bias=True)", "Linear 12"),
    ("Linear(12)", "Linear 12"),
    ("Dropout(p=0.25, inplace=False)", "Dropout 0.25"),
    ("GroupNorm(4, 24)", "GroupNorm 4"),
    ("LayerNorm((96,), eps=1e-05)", "LayerNorm 96"),
    ("nn.Conv2d(8, 24, 5), nn.ReLU()", "Conv 24 k=5 ReLU"),
    ("nn.Sequential(nn.Linear(96, 12), nn.ReLU())", "Linear 12 ReLU"),
    ("Conv2D(24, (5, 5), strides=2, activation='relu')", "Conv 24 k=5 s=2 ReLU"),
    ("Dense(12, activation=\"softmax\")", "Linear 12 Softmax"),
    ("MaxPooling2D(pool_size=(2, 2))", "MaxPool k=2"),
    ("GlobalAveragePooling2D()", "GlobalAvgPool"),
    ("UpSampling2D(size=(2, 2))", "Upsample 2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "label"), CALLS)
def test_a_call_is_read(text: str, label: str) -> None:
    reading = read(text)
    assert (reading.label and reading.label.text, reading.reason) == (label, "")
    assert Unsaid.PADDING not in reading.unsaid


@pytest.mark.parametrize(
    ("text", "takes"),
    [
        ("Conv2d(8, 24, 5)", "8"),
        ("Linear(96, 12)", "96"),
        ("Linear 96 \u2192 12", "96"),
        ("Linear(4*5*5 -> 12)", "100"),
        ("BatchNorm2d(8)", "8"),
        ("nn.Conv2d(8, 24, 5), nn.BatchNorm2d(24)", "8"),
        ("ReLU, Linear(96, 12)", None),
        ("BN 8", "8"),
        ("BatchNorm\n8 channels", "8"),
        ("GroupNorm(4, 24)", "24"),
        ("Conv2d: 8 -> 24, Kernel: 5x5", "8"),
        ("Dense 12", None),
    ],
)
def test_what_comes_in_is_handed_back(text: str, takes: str | None) -> None:
    reading = read(text)
    assert reading.label is not None
    assert (reading.takes and reading.takes.text) == takes


# Sizes

SIZED = [
    ("C1: Convolution (8@28x28)", "Conv", "8*28*28"),
    ("conv1\n\u3008call_module\u3009\nshape: \u3008B, 8, 28, 28\u3009", "Conv",
     "8*28*28"),
    ("stage1_0_relu_1\n(call_module)\nshape: (8, 28, 28)", "ReLU", "8*28*28"),
    ("Conv 3x3 8x28x28", "Conv k=3", "8*28*28"),
    ("Conv1: 8@28x28, 5x5", "Conv k=5", "8*28*28"),
    ("ReLU\n8*28*28", "ReLU", "8*28*28"),
    ("Flatten Operation\n\U0001f504 Reshape 3D \u2192 1D\nOutput: (1, 96)", "Flatten",
     "1*96"),
    ("Linear Layer\n96 \u2192 12\nParameters: 1,164\nW: (96\u00d712)", "Linear 12",
     None),
    ("Input (28x28 pixels)", "Input", "_*28*28"),
    ("Input: 28\u00d728 RGB image", "Input", "3*28*28"),
    ("Input 96", "Input", "96"),
    ("Output (12)", "Output", "12"),
    ("Output\n(1x12 logits)", "Output", "1*12"),
    ("Input (96,)", "Input", "96"),
    ("Flatten\n96", "Flatten", "96"),
    ("Concatenation Layer [B, 96]", "Concat", "96"),
    ("Concat (96 dims)", "Concat", "96"),
    ("Conv2d(3\u219232, k=3) \u2192 ReLU\n[batch, 32, 26, 26]", "Conv 32 k=3 ReLU",
     "32*26*26"),
    ("Flatten \u2192 96", "Flatten", "96"),
    ("ReLU\n96 features", "ReLU", "96"),
    ("Stem: 8x28x28", "Stem", "8*28*28"),
    ("Conv 3x3\ninput: (None, 28, 28, 3)\noutput: (None, 26, 26, 8)", "Conv k=3",
     "26*26*8"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "label", "size"), SIZED)
def test_a_size_stands_beside_a_layer(text: str, label: str, size: str | None) -> None:
    reading = read(text)
    assert (reading.label and reading.label.text, reading.reason) == (label, "")
    assert (reading.size and reading.size.fragment.text) == size


def test_a_size_of_what_comes_in_is_told_apart() -> None:
    source = read("Conv 3x3\ninput: (8, 28, 28)").source
    assert source is not None
    assert source.fragment.text == "8*28*28"


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("x\nshape: (1, 8, 28, 28)", "1*8*28*28"),
        ("Unrolled tensor<784x72>", "784*72"),
        ("28x28x8", "28*28*8"),
        ("Hidden Layer 2\n96 neurons", "96"),
        ("Queue (8)", None),
        ("from (1, 2) to (3, 4)", None),
    ],
)
def test_a_size_is_told_where_no_layer_is(text: str, size: str | None) -> None:
    reading = read(text)
    assert reading.label is None
    assert (reading.size and reading.size.fragment.text) == size


# Modules

NAMED = [
    ("Stem", "Stem"),
    ("5 x Down-Block", "5 x DownBlock"),
    ("5\u00d7 Down Block", "5 x DownBlock"),
    ("Down Block (x5)", "5 x DownBlock"),
    ("Down-Block \u00d75", "5 x DownBlock"),
    ("3 x Stem", "3 x Stem"),
    ("Tiny v2", "TinyV2"),
]


@pytest.mark.parametrize(("text", "label"), NAMED)
def test_a_module_is_named(text: str, label: str) -> None:
    reading = read(text)
    assert reading.label is not None
    assert reading.label.text == label


# What is left out

K, S, P, POOL = Unsaid.KERNEL, Unsaid.STRIDE, Unsaid.PADDING, Unsaid.POOL_STRIDE
LEFT_OUT = [
    ("Conv k=3", ()),
    ("Conv 8", (K, S)),
    ("Conv s=2", (K, P)),
    ("3x3 conv", (S,)),
    ("3x3 conv, /2", (P,)),
    ("3x3 conv, pad 1", ()),
    ("1x1 conv", ()),
    ("AvgPool k=3 p=1", (POOL,)),
    ("MaxPool k=3", (POOL,)),
    ("MaxPool k=3 s=2", ()),
    ("max pool", (K, POOL, P)),
    ("3x3 max pool", (POOL, P)),
    ("2x2 max pool", (POOL,)),
    ("MaxPool2d(3)", ()),
    ("Conv2d(8, 24, 3)", ()),
    ("softmax classifier", (Unsaid.WIDTH,)),
    ("fc", (Unsaid.WIDTH,)),
    ("fc 12", ()),
]


@pytest.mark.parametrize(("text", "unsaid"), LEFT_OUT)
def test_what_a_label_leaves_out_is_told(text: str, unsaid: tuple[Unsaid, ...]) -> None:
    reading = read(text)
    assert reading.label is not None
    assert reading.unsaid == unsaid


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("softmax classifier", "a `Linear` that is not drawn stands before it"),
        ("96", "a number alone is the width of a `Linear`"),
        ("Stage 1\n3x3 conv", "`Stage 1` is left out"),
        ("Conv Layer 1\n5x5", "`1` is taken as the layer's number"),
    ],
)
def test_a_reading_that_is_not_letter_by_letter_is_told(text: str, told: str) -> None:
    assert read(text).told == (told,)


# Refusals

UNREAD = [
    ("", "the label is empty"),
    ("Start", "`Start` names no op and no module"),
    ("Add user", "`user` beside `Sum` is not understood"),
    ("Check the pool", "`Check the pool` names no op and no module"),
    ("Pool 2x2", "`Pool` does not tell whether the largest value is taken or the"
     " average"),
    ("Split", "`Split` needs `split_size_or_sections`, which is not told"),
    ("Conv 3x3\ndepthwise", "`depthwise` beside `Conv` is not understood"),
    ("Conv 3x3x64", "`3x3x64` beside `Conv` is not understood"),
    ("Conv2d(64, 3)", "`(64, 3)` beside `Conv` is not understood"),
    ("MaxPool\n16 x 16", "`16 x 16` beside `MaxPool` is not understood"),
    ("2x Conv3x3 + ReLU", "`2 x` may repeat `Conv` alone or the whole row"),
    ("nn.\u00bd", "`nn.\u00bd` names no op and no module"),
    ("99999999999999999999", "`99999999999999999999` names no op and no module"),
    ("012 dp=0.2", "`012 dp=0.2` names no op and no module"),
    ("Softmax 12", "`12` beside `Softmax` is not understood"),
    ("MaxPool2d(2, return_indices=True)",
     "`MaxPool` has no `return_indices`, which is true here"),
    ("Dense(12, activation='spline')", "`spline` is no activation that graphc knows"),
    ("C5: Fully Connected Convolution (12)", "`Fully Connected Convolution` may be a"
     " fully connected layer and may be a convolution"),
    ("Multi-Head Attention", "`Attention` needs `num_heads`, which is not told"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), UNREAD)
def test_what_cannot_be_read_is_told(text: str, reason: str) -> None:
    reading = read(text)
    assert (reading.label, reading.reason) == (None, reason)


ORDINARY = [
    "Is it valid?", "Yes", "User login", "Input data", "Input form data?", "View cart",
    "Output the report", "Select an option", "Resize image", "Upload image", "Cat 9",
    "Split the order", "Merge branches", "Transform", "Linear search", "Layer 2: API",
    "Thread pool (8)", "Pool size: 10", "Step 2", "10 items", "Filter results",
    "Deploy (3x3 grid)", "K-means k=3", "Activate account", "Identity provider",
    "Concat strings", "Add (2)", "Send 2 emails", "Kernel 5.10", "Dense forest",
    "Flatten the list", "Normalize names", "Print output", "Start", "1. Review input",
    "Drop table", "Padding: 3px", "Gap analysis", "Max retries: 3", "Reshape data",
]  # fmt: skip
EITHER = [
    "Add", "Sum", "Input", "Output", "Image", "Concat", "Flatten", "Identity", "+",
    "7", "1. Input", "Output: 10", "Parameter", "Cat", "Stem", "Input data: 5",
]  # fmt: skip


@pytest.mark.parametrize("text", ORDINARY)
def test_flowcharts_of_other_things_have_no_layers(text: str) -> None:
    reading = read(text)
    assert reading.label is None
    assert reading.size is None


@pytest.mark.parametrize("text", EITHER)
def test_words_of_any_flowchart_are_not_sure(text: str) -> None:
    assert not read(text).sure


@pytest.mark.parametrize("text", ["Conv", "fc 12", "3x3 conv", "ReLU", "BN ReLU"])
def test_words_of_networks_are_sure(text: str) -> None:
    assert read(text).sure


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("AveragePooling2D\n(3x3)", "AvgPool k=3"),
        ("MaxPool\n2x2", "MaxPool k=2"),
        ("Conv2d\n4 to 16, k=5", "Conv 16 k=5"),
    ],
)
def test_a_line_behind_a_layer_may_be_its_arguments(text: str, label: str) -> None:
    reading = read_label(written(text), lambda _: None)
    assert reading.label is not None
    assert reading.label.text == label
    assert reading.size is None


def test_the_size_behind_what_is_not_read_is_read() -> None:
    reading = read_label(
        written("Conv2d\nk=p, s=p\nOutput: (8, 30, 30)"), lambda _: None
    )
    assert reading.label is None
    assert reading.is_layer
    assert reading.size is not None
    assert reading.size.fragment.text == "8*30*30"
