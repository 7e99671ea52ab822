import pytest
from agreement import done
from torch_specs import chain, spec

from graphc.passes.drop_dropout import drop_dropout
from graphc.passes.fold_batch_norm import fold_batch_norm
from graphc.passes.inline_rows import inline_rows

GONE = [
    ("Conv 8 k=3 p=1 BN ReLU", "Conv 8 k=3 p=1, ReLU"),
    ("Conv 8 k=3 bias=false, BN", "Conv 8 k=3 bias=true"),
    ("Conv 8 3 1 0 1 1 false, BN", "Conv 8 3 1 0 1 1 true"),
    ("Conv 8 k=3, BN affine=false eps=0.1", "Conv 8 k=3"),
    ("Conv 8 k=3 g=4, BN, BN eps=0.01, ReLU", "Conv 8 k=3 g=4, ReLU"),
    ("ConvTranspose 8 k=3 s=2, BN", "ConvTranspose 8 k=3 s=2"),
    ("ConvTranspose 6 k=2 g=2 bias=false, BN", "ConvTranspose 6 k=2 g=2 bias=true"),
    ("GlobalAvgPool, Linear 5 BN ReLU", "GlobalAvgPool, Linear 5, ReLU"),
    ("GlobalAvgPool, BN, Linear 5", "GlobalAvgPool, Linear 5"),
    ("GlobalAvgPool, BN, Linear 5 bias=false", "GlobalAvgPool, Linear 5 bias=true"),
    ("BN affine=false, Conv 8 k=3", "Conv 8 k=3"),
    ("ReLU, BN, Conv 8 k=3 g=2 bias=false", "ReLU, Conv 8 k=3 g=2 bias=true"),
    ("BN, Conv 8 k=3 p=1 padding_mode=reflect, BN", None),
    ("BN, BN, Conv 8 k=[1,3] p=valid, BN, BN, ReLU", "Conv 8 k=[1,3] p=valid, ReLU"),
    ("Dropout, BN, Conv 8 k=1 p=same", "Dropout, Conv 8 k=1 p=same"),
    ("Conv 8 k=3, BN, Conv 4 k=1", "Conv 8 k=3, Conv 4 k=1"),
]


@pytest.mark.parametrize(("label", "left"), GONE)
def test_in_a_row_it_goes_into_the_layer_beside_it(
    label: str, left: str | None
) -> None:
    text = chain([label], "4*6*7")
    found = done(fold_batch_norm, text)
    assert found.remarks == []
    assert found.nodes()["n0"].count("BN") == 0
    if left is not None:
        assert found.nodes()["n0"] == left
    found.agree()


STAYS = [
    ("Conv 8 k=3, ReLU, BN", "no layer stands beside it that could take it in"),
    (
        "Conv 8 k=3, BN track_running_stats=false",
        "it has no running statistics, and takes those of each batch",
    ),
    (
        "BN, Conv 8 k=3 p=1",
        "`Conv 8 k=3 p=1` behind it sees zeros at the border that are not its own",
    ),
    (
        "BN, Conv 8 k=2 p=same",
        "`Conv 8 k=2 p=same` behind it sees zeros at the border that are not its own",
    ),
    (
        "BN, ConvTranspose 8 k=2",
        "`ConvTranspose 8 k=2` behind it sees fewer of its values at the border",
    ),
    ("2 x Conv 4 k=3, BN", "it, or the layer beside it, is repeated"),
    ("Conv 4 k=3, 2 x BN", "it, or the layer beside it, is repeated"),
    (
        "Linear 5, BN",
        "it normalizes the first dim, and the features of `Linear 5` are last",
    ),
]


@pytest.mark.parametrize(("label", "why"), STAYS)
def test_where_it_cannot_it_stays_and_is_named(label: str, why: str) -> None:
    text = chain([label], "4*6*7")
    found = done(fold_batch_norm, text)
    (remark,) = found.remarks
    assert remark.endswith(f"stays as it is: {why}")
    assert remark.startswith("`BN")
    found.agree()


def test_it_goes_over_an_edge_and_what_follows_comes_along() -> None:
    text = spec(
        """
        image: Input
        conv: Conv k=3 bias=false
        bn: BN ReLU
        pool: MaxPool 2
        other: Conv 4 k=3 p=1
        """,
        """
        - image -> conv: 3*10*10
        - conv -> bn: 8*_*_
        - bn -> pool: _*8*8
        - bn -> other
        """,
    )
    found = done(fold_batch_norm, text)
    assert found.nodes() == {
        "conv": "Conv k=3 bias=true, ReLU",
        "pool": "MaxPool 2",
        "other": "Conv 4 k=3 p=1",
    }
    assert found.edges() == [
        "image.0 -> conv.0: 3*10*10",
        "conv.0 -> pool.0: _*8*8",
        "conv.0 -> other.0",
    ]
    assert str(found.sized.network.model.graph.nodes["conv"].terms[0].shape) == "8*_*_"
    found.agree()


def test_before_a_layer_it_goes_over_an_edge_and_what_stands_before_it_stays() -> None:
    text = spec(
        """
        image: Input
        first: BN
        conv: Conv 5 k=3
        pool: MaxPool 2, BN
        fold: Conv 4 k=3 g=1
        """,
        """
        - image -> first: _*12*12
        - first -> conv: 3*_*12
        - conv -> pool -> fold: [5*10*10, _*5*5]
        """,
    )
    found = done(fold_batch_norm, text)
    assert list(found.nodes().values()) == ["Conv 5 k=3", "MaxPool 2", "Conv 4 k=3 g=1"]
    assert found.edges() == [
        "image.0 -> conv.0: 3*12*12",
        "conv.0 -> pool.0: 5*10*10",
        "pool.0 -> fold.0: _*5*5",
    ]
    found.agree()


READ_ELSEWHERE = """
image: Input
conv: Conv 3 k=1
bn: BN
join: Sum
"""


def test_a_layer_that_others_read_keeps_its_values() -> None:
    text = spec(
        READ_ELSEWHERE,
        """
        - image -> conv: 3*4*4
        - conv -> bn -> join
        - conv -> join
        """,
    )
    found = done(fold_batch_norm, text)
    assert "bn" in found.nodes()
    assert found.remarks == ["`BN` stays as it is: `join` reads `conv` too"]
    found.agree()


def test_one_before_a_layer_that_others_read_stays_too() -> None:
    text = spec(
        READ_ELSEWHERE,
        """
        - image -> bn: 3*4*4
        - bn -> conv -> join
        - bn -> join
        """,
    )
    found = done(fold_batch_norm, text)
    assert found.remarks == ["`BN` stays as it is: `join` reads `bn` too"]


def test_nodes_that_share_a_module_keep_theirs() -> None:
    text = spec(
        """
        image: Input
        one: Conv 3 k=1 BN
        two: same as one
        three: Conv 3 k=1
        bn: BN
        four: same as three
        sum: Sum
        """,
        """
        - image -> one -> two -> three -> bn: [3*4*4, 3*4*4, 3*4*4, 3*4*4]
        - bn -> four -> sum
        - image -> sum
        """,
    )
    found = done(fold_batch_norm, text)
    assert list(found.nodes().values()).count("Conv 3 k=1, BN") == 2
    assert found.remarks == [
        "`BN` stays as it is: nodes share its module, or that of the layer beside it",
        "`BN` stays as it is: nodes share its module, or that of the layer beside it",
        "`BN` stays as it is: nodes share its module, or that of the layer beside it",
    ]
    found.agree()


BLOCKS = """
Block:
  params: {PARAMS}
  nodes:
    input: Input
    conv: CONV
    bn: BN eps=eps ReLU
    output: Output
  edges: [input -> conv -> bn -> output]
"""


def blocks(one: str, other: str, params: str, conv: str = "Conv 4 k=1") -> str:
    """Return a spec that uses a block with a normalization in two ways."""
    return spec(
        f"image: Input\none: Block {one}\nother: Block {other}",
        "- image -> one -> other: [4*5*5, 4*5*5]",
        modules=BLOCKS.replace("PARAMS", params).replace("CONV", conv),
    )


def test_all_instances_of_a_module_have_to_agree() -> None:
    alike = blocks("eps=0.1", "", "eps: 0.1")
    found = done(fold_batch_norm, alike)
    assert found.remarks == []
    assert found.nodes("Block") == {"conv": "Conv 4 k=1, ReLU"}
    found.agree()
    differing = blocks("eps=0.1", "", "eps: 0.2")
    found = done(fold_batch_norm, differing)
    assert found.remarks == [
        "`BN eps=eps` stays as it is: its arguments differ between the uses of its"
        " module"
    ]


def test_instances_have_to_agree_on_a_bias_and_where_it_matters_on_groups() -> None:
    params = "eps: 0.1, bias: true, groups: 1"
    text = blocks("bias=false", "", params, "Conv 4 k=1 bias=bias")
    found = done(fold_batch_norm, text)
    (remark,) = found.remarks
    assert remark.endswith("has a bias in some of the uses of its module alone")
    text = blocks("groups=2", "", params, "Conv 4 k=1 g=groups bias=false")
    found = done(fold_batch_norm, text)
    assert found.remarks == []
    found.agree()
    text = text.replace("Conv 4 k=1", "ConvTranspose 4 k=1")
    found = done(fold_batch_norm, text)
    (remark,) = found.remarks
    assert "the groups of `ConvTranspose 4 k=1 g=groups bias=false` differ" in remark


def test_a_row_whose_length_parameters_decide_stays_as_it_is() -> None:
    row = "Conv 4 k=1, BN, Dropout, n x Act, Act, Conv 4 k=1, BN"
    text = spec(
        "image: Input\none: Rows\nother: Rows n=3",
        "- image -> one -> other: [4*5*5, 4*5*5]",
        modules=f"""
        Rows:
          params: {{n: 2}}
          nodes:
            in: Input
            row: {row}
            bn: BN
            other: n x Conv 4 k=1, BN
            last: BN
            end: Conv 4 k=1
          edges: [in -> row -> bn -> other -> last -> end]
        Act:
          label: Conv 4 k=1, ReLU
        """,
    )
    found = done([drop_dropout, inline_rows, fold_batch_norm], text)
    assert found.nodes("Rows") == {
        "row": row,
        "bn": "BN",
        "other": "n x Conv 4 k=1, BN",
        "end": "Conv 4 k=1",
    }
    found.agree()


def test_outputs_that_are_not_drawn_keep_their_order() -> None:
    text = spec(
        """
        image: Input
        conv: Conv 4 k=1
        side: Conv 5 k=1
        bn: BN
        """,
        """
        - image -> side: 3*4*4
        - image -> conv -> bn
        """,
    )
    found = done(fold_batch_norm, text)
    assert found.nodes() == {"side": "Conv 5 k=1", "conv": "Conv 4 k=1"}
    found.agree()


def test_a_note_stays_with_the_layer() -> None:
    text = spec(
        """
        image: Input
        conv: {label: Conv 4 k=1, note: narrow}
        bn: {label: BN ReLU, note: of the batch}
        """,
        "- image -> conv -> bn: [3*4*4, 4*4*4]",
    )
    found = done(fold_batch_norm, text)
    assert found.sized.network.model.graph.nodes["conv"].note == "narrow; of the batch"
