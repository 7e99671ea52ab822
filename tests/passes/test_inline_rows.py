from itertools import pairwise

from agreement import done
from torch_specs import spec

from graphc.passes.fold_batch_norm import fold_batch_norm
from graphc.passes.inline_rows import inline_rows

CONV_BN = """
ConvBN:
  params: {out: ~, kernel: 1, stride: 1, padding: 0}
  nodes:
    input: Input
    conv: Conv out k=kernel s=stride p=padding bias=false
    bn: BN eps=0.001 ReLU
    output: Output
  edges:
    - input -> conv: C*H*W
    - conv -> bn -> output
"""


def test_a_row_stands_where_it_was_used_with_what_was_given_to_it() -> None:
    found = done(
        inline_rows,
        spec(
            """
            image: Input
            one: ConvBN 8 kernel=3 padding=1
            two: ConvBN 2*width stride=2
            """,
            "- image -> one -> two: [3*8*8, 8*8*8]",
            head="params: {width: 5}\n",
            modules=CONV_BN,
        ),
    )
    assert found.nodes() == {
        "one": "Conv 8 k=3 p=1 bias=false, BN eps=0.001, ReLU",
        "two": "Conv 2*width k=1 s=2 bias=false, BN eps=0.001, ReLU",
    }
    assert found.sized.network.modules == {}
    found.agree()


def test_each_use_takes_the_bias_that_it_has() -> None:
    modules = CONV_BN.replace("padding: 0}", "padding: 0, bias: false}")
    found = done(
        [inline_rows, fold_batch_norm],
        spec(
            "image: Input\none: ConvBN 8 bias=true\nother: ConvBN 4",
            "- image -> one -> other: [3*8*8, 8*8*8]",
            modules=modules.replace("bias=false", "bias=bias"),
        ),
    )
    assert found.nodes() == {
        "one": "Conv 8 k=1, ReLU",
        "other": "Conv 4 k=1 bias=true, ReLU",
    }
    found.agree()


def test_rows_of_rows_come_from_the_inside_out() -> None:
    modules = """
    Inner:
      params: {width: ~, kernels: [3, 1], mode: zeros}
      label: Conv width k=kernels p=[1,0] padding_mode=mode
    Middle:
      params: {wide: ~}
      label: [ReLU, {Inner wide+1: _*6*_}, BN]
    Outer:
      params: {w: 3}
      nodes: {in: Input, half: Middle 2*w, act: ReLU, out: Output}
      edges: [in -> half -> act -> out]
    """
    found = done(
        [inline_rows, fold_batch_norm],
        spec(
            "image: Input\nrow: Outer, Outer 4 MaxPool 2",
            "- image -> row: 3*6*6",
            modules=modules,
        ),
    )
    assert found.nodes() == {
        "row": "ReLU, Conv 7 k=[3,1] p=[1,0], ReLU, "
        "ReLU, Conv 9 k=[3,1] p=[1,0], ReLU, MaxPool 2"
    }
    found.agree()


def test_a_word_of_the_module_stays_one_where_the_user_means_something_by_it() -> None:
    modules = """
    Block:
      params: {reflect: 3}
      nodes: {in: Input, row: Row reflect, other: Conv reflect k=1, sum: Sum}
      edges: [in -> row -> sum, in -> other -> sum]
    Row:
      params: {out: ~}
      label: Conv out k=3 p=1 padding_mode=reflect
    """
    found = done(
        inline_rows,
        spec("image: Input\nblock: Block", "- image -> block: 3*6*6", modules=modules),
    )
    assert found.nodes("Block")["row"] == (
        'Conv reflect k=3 p=1 padding_mode="reflect"'
    )
    found.agree()


def test_sizes_around_a_use_and_in_the_module_are_kept() -> None:
    modules = """
    Widen:
      params: {out: ~}
      nodes: {in: Input, conv: Conv k=1, out: Output}
      edges:
        - in -> conv: 3*H*W
        - conv -> out: (2*out)*H*W
    """
    found = done(
        inline_rows,
        spec(
            """
            image: Input
            row:
              - ReLU
              - Widen 2: _*5*_
              - Conv 3 k=1
              - Widen 4
            other: ReLU
            """,
            """
            - image -> row: _*_*7
            - row -> other: _*_*7
            """,
            modules=modules,
        ),
    )
    relu, widen, conv, last = found.sized.network.model.graph.nodes["row"].terms
    assert [str(term.shape) for term in (relu, widen, conv, last)] == [
        "3*5*7",
        "4*5*7",
        "3*5*7",
        "8*5*7",
    ]
    found.agree()


LEFT = """
Two:
  label: Conv 4 k=1 ReLU, Conv 4 k=1
Branch:
  nodes: {in: Input, conv: Conv 4 k=1, sum: Sum}
  edges: [in -> conv -> sum, in -> sum]
Act:
  label: BN ReLU
"""


def test_blocks_of_several_layers_or_branches_keep_their_names() -> None:
    text = spec(
        "image: Input\na: Two\nb: Branch\nc: Act",
        "- image -> a -> b -> c: [4*3*3, 4*3*3, 4*3*3]",
        modules=LEFT,
    )
    found = done(inline_rows, text)
    assert found.nodes() == {"a": "Two", "b": "Branch", "c": "BN, ReLU"}
    assert list(found.sized.network.modules) == ["Two", "Branch"]
    assert found.remarks == []
    found.agree()


def test_a_use_that_is_repeated_or_shared_stays_and_is_named() -> None:
    text = spec(
        """
        image: Input
        rows: 3 x Act, Act
        one: Act
        two: same as one
        """,
        "- image -> rows -> one -> two: [4*3*3, 4*3*3, 4*3*3]",
        modules=LEFT.replace(
            "Two:\n  label: Conv 4 k=1 ReLU, Conv 4 k=1\n", ""
        ).replace("Branch:", "Unused:"),
    )
    found = done([inline_rows, fold_batch_norm], text)
    assert found.nodes() == {"rows": "3 x Act, BN, ReLU", "one": "Act", "two": "Act"}
    assert list(found.sized.network.modules) == ["Act"]
    assert found.remarks[:3] == [
        "`Act` stays as it is: it is repeated",
        "`Act` stays as it is: nodes share it",
        "`Act` stays as it is: nodes share it",
    ]
    found.agree()


RELATED = """
User:
  nodes: {in: Input, widen: Conv k=1, same: Same, sum: Sum}
  edges: [in -> widen -> same -> sum, in -> sum]
Same:
  nodes: {in: Input, conv: Conv k=1, out: Output}
  edges: [in -> conv: C*H*W, conv -> out: C*H*W]
"""


def test_what_only_the_module_says_of_sizes_is_not_lost() -> None:
    once = spec("image: Input\none: User", "- image -> one: 4*3*3", modules=RELATED)
    found = done(inline_rows, once)
    assert found.nodes("User")["same"] == "Conv k=1"
    assert found.remarks == []
    found.agree()
    # In the user no number says how wide the first convolution is.
    twice = spec(
        "image: Input\none: User\nmore: Conv 6 k=1\nother: User",
        "- image -> one -> more -> other: [4*3*3, 4*3*3, 6*3*3]",
        modules=RELATED,
    )
    found = done(inline_rows, twice)
    assert found.nodes("User")["same"] == "Same"
    assert found.remarks == [
        "`Same` stays as it is: the sizes in it cannot be said outside it"
    ]
    found.agree()


def test_expressions_do_not_grow_without_end() -> None:
    names = [f"Row{number}" for number in range(12)]
    rows = "".join(
        f"{one}:\n  params: {{x: ~}}\n  label: {other} x+x\n"
        for one, other in pairwise(names)
    )
    last = f"{names[-1]}:\n  params: {{x: ~}}\n  label: Conv x//2048 k=1\n"
    user = "User:\n  params: {x: ~}\n  label: [Row0 x, Conv 2 k=1]\n"
    text = spec(
        "image: Input\na: User 3\nb: User 4",
        "- image -> a -> b: [3*2*2, 2*2*2]",
        modules=rows + last + user,
    )
    found = done(inline_rows, text)
    assert found.nodes() == {"a": "User 3", "b": "User 4"}
    assert any("too long" in remark for remark in found.remarks)
    found.agree()
