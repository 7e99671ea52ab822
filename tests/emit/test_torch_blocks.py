"""Modules of a spec as classes: arguments, rows, variables; the text is the point."""

from textwrap import indent

import torch
from torch_specs import body, chain, code, loaded, module, spec

BOTTLENECK = module(
    "Bottleneck",
    """
    input: Input
    conv1: Conv width k=1 bias=false BN ReLU
    conv2: Conv width k=3 s=stride p=1 bias=false BN ReLU
    conv3: Conv 4*width k=1 bias=false BN
    short: Conv 4*width k=1 s=stride bias=false BN
    sum: Sum ReLU
    output: Output
    """,
    """
    - input -> conv1 -> conv2 -> conv3 -> sum
    - input -> short -> sum
    - sum -> output
    """,
    "params: {width: 64, stride: 1}\n",
)
RESNET = spec(
    """
    image: Input
    stem: Conv width k=7 s=2 p=3 bias=false BN ReLU
    layer1: 3 x Bottleneck width
    layer2: Bottleneck (2*width) stride=2, 3 x Bottleneck (2*width)
    pool: GlobalAvgPool
    fc: Linear classes
    """,
    "- image -> stem: 3*64*64\n- stem -> layer1 -> layer2 -> pool -> fc",
    "params: {classes: 10, width: 8}\n",
    BOTTLENECK,
)


def test_a_parameterised_block() -> None:
    assert (
        body(RESNET, "Bottleneck")
        == '''\
class Bottleneck(nn.Module):
    """Bottleneck: C*H*W -> (4*width)*H2*W2."""

    def __init__(self, in_channels: int, width: int = 64, stride: int = 1) -> None:
        super().__init__()
        self.conv1 = nn.Sequential(
            nn.Conv2d(in_channels, width, kernel_size=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
        )
        self.conv2 = nn.Sequential(
            nn.Conv2d(
                width, width, kernel_size=3, stride=stride, padding=1, bias=False
            ),
            nn.BatchNorm2d(width),
            nn.ReLU(),
        )
        self.conv3 = nn.Sequential(
            nn.Conv2d(width, 4 * width, kernel_size=1, bias=False),
            nn.BatchNorm2d(4 * width),
        )
        self.short = nn.Sequential(
            nn.Conv2d(in_channels, 4 * width, kernel_size=1, stride=stride, bias=False),
            nn.BatchNorm2d(4 * width),
        )

    def forward(self, x: Tensor) -> Tensor:
        y = self.conv1(x)  # width*H*W
        y = self.conv2(y)  # width*_*_
        y = self.conv3(y)  # (4*width)*H2*W2
        short = self.short(x)  # (4*width)*H2*W2
        return F.relu(y + short)  # (4*width)*H2*W2
'''
    )


def test_rows_whose_first_block_differs() -> None:
    assert (
        body(RESNET, "Net")
        == '''\
class Net(nn.Module):
    """Net: 3*64*64 -> 10."""

    def __init__(self, classes: int = 10, width: int = 8) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(3, width, kernel_size=7, stride=2, padding=3, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
        )
        self.layer1 = nn.Sequential(
            Bottleneck(width, width),
            *(Bottleneck(4 * width, width) for _ in range(2)),
        )
        self.layer2 = nn.Sequential(
            Bottleneck(4 * width, 2 * width, stride=2),
            *(Bottleneck(8 * width, 2 * width) for _ in range(3)),
        )
        self.fc = nn.Linear(8 * width, classes)

    def forward(self, image: Tensor) -> Tensor:
        x = self.stem(image)  # 8*32*32
        x = self.layer1(x)  # 32*32*32
        x = self.layer2(x)  # 64*16*16
        x = torch.mean(x, dim=(2, 3))  # 64
        fc: Tensor = self.fc(x)  # 10
        return fc
'''
    )


def test_other_values_of_the_parameters() -> None:
    net = loaded(RESNET).Net(classes=3, width=4)
    assert net(torch.zeros(2, 3, 32, 32)).shape == (2, 3)
    keys = [*net.state_dict()]
    assert keys[0] == "stem.0.weight"
    assert "layer2.3.conv2.1.running_var" in keys


UNET = spec(
    """
    image: Input
    enc1: Double base
    pool1: MaxPool k=2
    enc2: Double 2*base
    pool2: MaxPool k=2
    mid: Double 4*base
    dec2: Up 2*base
    dec1: Up base
    out: Conv classes k=1
    """,
    """
    - image -> enc1: 3*32*32
    - enc1 -> pool1 -> enc2 -> pool2 -> mid -> dec2.low
    - enc2 -> dec2.skip
    - dec2 -> dec1.low
    - enc1 -> dec1.skip
    - dec1 -> out
    """,
    "params: {classes: 2, base: 4}\n",
    module(
        "Up",
        """
        low: Input
        skip: Input
        up: ConvTranspose width k=2 s=2
        concat: Concat
        conv: Double width
        output: Output
        """,
        """
        - low -> up
        - skip -> concat
        - up -> concat
        - concat -> conv -> output
        """,
        "params: {width: 32}\n",
    )
    + module(
        "Double",
        """
        input: Input
        conv1: Conv width k=3 p=1 BN ReLU
        conv2: Conv width k=3 p=1 BN ReLU
        output: Output
        """,
        "- input -> conv1 -> conv2 -> output",
        "params: {width: 32}\n",
    ),
)


def test_helpers_stand_before_users() -> None:
    text = code(UNET)
    places = [text.index(f"class {name}(") for name in ("Double", "Up", "Net")]
    assert places == sorted(places)


def test_several_inputs() -> None:
    assert (
        body(UNET, "Up")
        == '''\
class Up(nn.Module):
    """Up: low C*H*W, skip C2*(2*H)*(2*W) -> width*(2*H)*(2*W)."""

    def __init__(self, in_channels: int, skip_channels: int, width: int = 32) -> None:
        super().__init__()
        self.up = nn.ConvTranspose2d(in_channels, width, kernel_size=2, stride=2)
        self.conv = Double(skip_channels + width, width)

    def forward(self, low: Tensor, skip: Tensor) -> Tensor:
        up = self.up(low)  # width*(2*H)*(2*W)
        x = torch.cat([skip, up], dim=1)  # (C2 + width)*(2*H)*(2*W)
        conv: Tensor = self.conv(x)  # width*(2*H)*(2*W)
        return conv
'''
    )


def test_skips_keep_their_names() -> None:
    forward = body(UNET, "Net").split("def forward")[1]
    assert (
        forward
        == """\
(self, image: Tensor) -> Tensor:
        enc1 = self.enc1(image)  # 4*32*32
        enc2 = self.pool1(enc1)  # 4*16*16
        enc2 = self.enc2(enc2)  # 8*16*16
        mid = self.pool2(enc2)  # 8*8*8
        mid = self.mid(mid)  # 16*8*8
        dec2 = self.dec2(mid, enc2)  # 8*16*16
        x = self.dec1(dec2, enc1)  # 4*32*32
        out: Tensor = self.out(x)  # 2*32*32
        return out
"""
    )


def test_attention_and_indices() -> None:
    text = spec(
        """
        tokens: Input dtype=long
        embed: Embedding vocab dim
        blocks: depth x Block dim heads=heads
        norm: LayerNorm
        """,
        "- tokens -> embed: 16\n- embed -> blocks -> norm",
        "params: {vocab: 50, dim: 8, heads: 2, depth: 3}\n",
        module(
            "Block",
            """
            input: Input
            attn: Attention heads drop=drop
            sum: Sum
            mlp: Linear 4*dim GELU Dropout drop Linear dim
            """,
            "- input -> attn: T*dim\n- attn -> sum\n- input -> sum\n- sum -> mlp",
            "params: {dim: 8, heads: 4, drop: 0.0}\n",
        ),
    )
    assert (
        body(text, "Block").split("super().__init__()\n")[1]
        == """\
        self.attn = nn.MultiheadAttention(dim, heads, dropout=drop, batch_first=True)
        self.mlp = nn.Sequential(
            nn.Linear(dim, 4 * dim),
            nn.GELU(),
            nn.Dropout(p=drop),
            nn.Linear(4 * dim, dim),
        )

    def forward(self, x: Tensor) -> Tensor:
        attn = self.attn(x, x, x, need_weights=False)[0]  # 16*8
        x = attn + x  # 16*8
        mlp: Tensor = self.mlp(x)  # 16*8
        return mlp
"""
    )
    net = loaded(text).Net(depth=2, dim=12, heads=3)
    assert net(torch.zeros(2, 5, dtype=torch.long)).shape == (2, 5, 12)
    assert len(net.blocks) == 2


def test_parameters_that_are_no_numbers() -> None:
    text = spec(
        "image: Input\na: Block\nb: Block k=[3,1] p=[1,0] mode=bilinear bias=true",
        "- image -> a: 3*8*8\n- a -> b",
        "",
        module(
            "Block",
            "input: Input\nconv: Conv 3 k=k p=p bias=bias Upsample 2 mode=mode",
            "- input -> conv",
            "params: {k: [1, 3], p: [0, 1], mode: nearest, bias: false}\n",
        ),
    )
    assert (
        body(text, "Block").split('"""\n\n')[1]
        == """\
    def __init__(
        self,
        k: tuple[int, int] = (1, 3),
        p: tuple[int, int] = (0, 1),
        mode: str = "nearest",
        *,
        bias: bool = False,
    ) -> None:
        super().__init__()
        self.mode = mode
        self.conv = nn.Conv2d(3, 3, kernel_size=k, padding=p, bias=bias)

    def forward(self, x: Tensor) -> Tensor:
        # 3*(2*H)*(2*W)
        return F.interpolate(self.conv(x), scale_factor=2, mode=self.mode)
"""
    )
    uses = body(text, "Net")
    assert "self.a = Block()\n" in uses
    assert 'self.b = Block(k=(3, 1), p=(1, 0), mode="bilinear", bias=True)\n' in uses


def test_a_module_whose_instances_differ_in_rank_is_two_classes() -> None:
    text = spec(
        "image: Input\na: Block\nflat: Flatten\nb: Block\n",
        "- image -> a: 3*8*8\n- a -> flat -> b",
        "",
        module("Block", "input: Input\nbn: BN ReLU", "- input -> bn"),
    )
    assert "nn.BatchNorm2d(in_channels)" in body(text, "Block")
    assert "nn.BatchNorm1d(192)" in body(text, "Block2")
    assert "self.b = Block2()" in body(text, "Net")


def test_what_nothing_determines_but_the_surroundings_is_an_argument() -> None:
    text = spec(
        "image: Input\na: Block\nb: Block",
        "- image -> a: 3*8*8\n- a -> b: 16*8*8\n- b -> c: 24*8*8".replace(
            "b -> c", "b -> c"
        ),
        "",
        module(
            "Block",
            "input: Input\nconv: Conv k=1\nproj: Conv k=1",
            "- input -> conv: C*H*W\n- conv -> proj: 5*H*W",
        ),
    ).replace("b: Block\n", "b: Block\n  c: ReLU\n")
    assert (
        body(text, "Block")
        .split('"""\n\n')[1]
        .startswith("""\
    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(in_channels, 5, kernel_size=1)
        self.proj = nn.Conv2d(5, out_channels, kernel_size=1)
""")
    )
    assert "self.b = Block(16, 24)" in body(text, "Net")


def test_parts_that_are_read_in_another_order() -> None:
    text = spec(
        "image: Input\nparts: Chunk 2\nback: Concat\nfirst: Split [2, 4]\n",
        """
        - image -> parts: 12*4
        - parts.1 -> back
        - parts.0 -> back
        - parts.0 -> first
        """,
    )
    forward = body(text, "Net").split("-> ", 2)[2]
    assert "parts_0, parts_1 = torch.chunk(image, 2, dim=1)  # 6*4, 6*4" in forward
    assert "back = torch.cat([parts_1, parts_0], dim=1)  # 12*4" in forward


def test_layers_with_a_function_between() -> None:
    text = chain(
        ["Conv 8 k=3 p=1 BN Permute [0, 1, 3, 2] Conv 4 k=1 Flatten Linear 10"], "3*8*6"
    )
    assert (
        body(text, "Net").split("super().__init__()\n")[1]
        == """\
        self.n0 = nn.ModuleList(
            [
                nn.Conv2d(3, 8, kernel_size=3, padding=1),
                nn.BatchNorm2d(8),
                nn.Conv2d(8, 4, kernel_size=1),
                nn.Linear(192, 10),
            ]
        )

    def forward(self, image: Tensor) -> Tensor:
        x = torch.permute(self.n0[1](self.n0[0](image)), (0, 1, 3, 2))
        n0: Tensor = self.n0[3](torch.flatten(self.n0[2](x), 1))  # 10
        return n0
"""
    )


def test_padding_that_no_layer_does() -> None:
    text = chain(["Conv 8 k=3 s=2 p=same BN ReLU", "MaxPool k=2 Dropout 0.1"], "3*8*8")
    found = body(text, "Net")
    assert "x = self.n0(F.pad(image, (0, 1, 0, 1)))  # 8*4*4" in found
    assert (
        "self.n1 = nn.Sequential(\n            nn.MaxPool2d(kernel_size=2),\n" in found
    )


def test_a_layer_without_weights_beside_one_with_them() -> None:
    text = chain(["Conv 8 k=3 ReLU MaxPool k=2"], "3*8*8")
    found = body(text, "Net")
    assert "self.n0 = nn.Conv2d(3, 8, kernel_size=3)" in found
    assert "self.n0_max_pool = nn.MaxPool2d(kernel_size=2)" in found


def test_what_nothing_reads_is_not_built() -> None:
    text = spec(
        "image: Input\nused: Conv 4 k=1\nunused: Conv 4 k=1\nout: Output",
        "- image -> used: 3*8*8\n- image -> unused\n- used -> out",
    )
    assert "unused" not in code(text)


def test_outputs_in_their_order() -> None:
    text = spec(
        "image: Input\na: ReLU\nb: Sigmoid\nlast: Output\nfirst: Output",
        "- image -> a: 3*8*8\n- image -> b\n- b -> last\n- a -> first",
    )
    found = body(text, "Net")
    assert "def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:" in found
    assert found.endswith("        return last, first\n")
    assert '"""Net: 3*8*8 -> last 3*8*8, first 3*8*8."""' in found


def test_scores_before_a_softmax() -> None:
    text = chain(["Linear 8 ReLU", "Linear 4 LogSoftmax"], "16")
    assert (
        body(text, "Net").split("\n\n", 2)[2]
        == '''\
    def forward(self, image: Tensor) -> Tensor:
        return F.log_softmax(self.logits(image), dim=1)  # 4

    def logits(self, image: Tensor) -> Tensor:
        """Return the scores before the softmax."""
        x = F.relu(self.n0(image))  # 8
        logits: Tensor = self.n1(x)  # 4
        return logits
'''
    )


def test_a_softmax_on_its_own_and_a_node_called_logits() -> None:
    text = spec(
        "x: Input\nlogits: Linear 4\nsoftmax: Softmax",
        "- x -> logits: 16\n- logits -> softmax",
    )
    net = loaded(text).Net()
    assert [*net.state_dict()] == ["logits_.weight", "logits_.bias"]
    x = torch.ones(2, 16)
    assert torch.equal(net(x), net.logits(x).softmax(1))


def test_no_logits_without_a_softmax() -> None:
    assert "logits" not in code(chain(["Linear 8"], "16"))


def test_fractions_of_parameters() -> None:
    head = "params: {rate: 0.5, keep: 0.75, slope: 0.3}\n"
    labels = [
        "Dropout rate/2",
        "Dropout 1-keep",
        "LeakyReLU 0.5*slope",
        "Block rate*0.1",
    ]
    block = module(
        "Block", "x: Input\ndrop: Dropout p", "- x -> drop", "params: {p: 0.2}\n"
    )
    found = body(
        f"{chain(labels, '3*8*8', head)}modules:\n{indent(block, '  ')}", "Net"
    )
    assert (
        found.split('"""\n\n')[1]
        == """\
    def __init__(
        self, rate: float = 0.5, keep: float = 0.75, slope: float = 0.3
    ) -> None:
        super().__init__()
        self.slope = slope
        self.n0 = nn.Dropout(p=rate / 2)
        self.n1 = nn.Dropout(p=1 - keep)
        self.n3 = Block(rate * 0.1)

    def forward(self, image: Tensor) -> Tensor:
        x = self.n0(image)  # 3*8*8
        x = self.n1(x)  # 3*8*8
        x = F.leaky_relu(x, negative_slope=0.5 * self.slope)  # 3*8*8
        n3: Tensor = self.n3(x)  # 3*8*8
        return n3
"""
    )


def test_a_second_head_leaves_the_trunk_its_name() -> None:
    text = spec(
        """
        image: Input
        low: Conv 8 k=3
        side: Conv 4 k=1
        high: Conv 8 k=3
        top: Conv 2 k=1
        main: Output
        aux: Output
        """,
        """
        - image -> low: 3*8*8
        - low -> side -> aux
        - low -> high -> top -> main
        """,
    )
    assert body(text, "Net").endswith(
        """\
        x = self.low(image)  # 8*6*6
        aux = self.side(x)  # 4*6*6
        x = self.high(x)  # 8*4*4
        main = self.top(x)  # 2*4*4
        return main, aux
"""
    )


def test_two_shortcuts_one_after_the_other() -> None:
    text = spec(
        "image: Input\nblock: Block",
        "- image -> block: 4*8*8",
        "",
        module(
            "Block",
            """
            input: Input
            a: Conv 4 k=1
            b: Conv 4 k=1
            first: Sum
            c: Conv 4 k=1
            d: Conv 4 k=1
            second: Sum
            """,
            "- input -> a -> b -> first\n- input -> first\n"
            "- first -> c -> d -> second\n- first -> second",
        ),
    )
    forward = body(text, "Block").split("Tensor:\n")[1]
    assert (
        forward
        == """\
        y = self.a(x)  # 4*8*8
        y = self.b(y)  # 4*8*8
        x = y + x  # 4*8*8
        y = self.c(x)  # 4*8*8
        y = self.d(y)  # 4*8*8
        second: Tensor = y + x  # 4*8*8
        return second
"""
    )


def test_branches_of_a_join_keep_their_names() -> None:
    text = spec(
        "image: Input\na: Conv 4 k=1\nb: Conv 4 k=1\nc: Conv 4 k=1\nd: Conv 4 k=1\n"
        "e: Concat",
        "- image -> a: 4*8*8\n- a -> b -> e\n- image -> c -> d -> e",
    )
    assert "torch.cat([b, d], dim=1)" in body(text, "Net")
