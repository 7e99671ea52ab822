from dataclasses import replace
from functools import partial

import pytest
from agreement import done
from torch_specs import module, spec

from graphc.passes.costs import MEASURED, Costs, When
from graphc.passes.merge_siblings import merge_siblings

always = partial(merge_siblings, when=When.ALWAYS)

BLOCK = spec(
    """
    image: Input
    branch1x1: Conv 4 k=1 ReLU
    branch3x3_1: Conv k=1 ReLU
    branch3x3_2: Conv 6 k=3 p=1 ReLU
    branch5x5_1: Conv 2 k=1
    branch5x5_2: Conv 3 k=5 p=2
    concat: DepthConcat
    """,
    """
    - image -> branch1x1 -> concat: [3*9*9, 4*9*9]
    - image -> branch3x3_1 -> branch3x3_2: [_*9*9, 5*9*9]
    - branch3x3_2 -> concat
    - image -> branch5x5_1 -> branch5x5_2: [_, 2*9*9]
    - branch5x5_2 -> concat
    """,
)


def test_siblings_become_one_and_what_stands_behind_them_reads_parts() -> None:
    found = done(always, BLOCK)
    assert found.nodes() == {
        "branch_merged": "Conv 11 k=1, Split [4,5,2]",
        "branch1x1": "ReLU",
        "branch3x3_1": "ReLU",
        "branch3x3_2": "Conv 6 k=3 p=1, ReLU",
        "branch5x5_2": "Conv 3 k=5 p=2",
        "concat": "DepthConcat",
    }
    assert found.edges() == [
        "image.0 -> branch_merged.0: 3*9*9",
        "branch_merged.0 -> branch1x1.0",
        "branch1x1.0 -> concat.0: 4*9*9",
        "branch_merged.1 -> branch3x3_1.0",
        "branch3x3_1.0 -> branch3x3_2.0: 5*9*9",
        "branch3x3_2.0 -> concat.1",
        "branch_merged.2 -> branch5x5_2.0: 2*9*9",
        "branch5x5_2.0 -> concat.2",
    ]


def test_the_network_computes_the_same() -> None:
    done(always, BLOCK).agree()


def test_only_convolutions_that_differ_in_nothing_but_channels_are_siblings() -> None:
    text = spec(
        """
        image: Input
        plain: Conv 2 k=3 p=1 ReLU
        like: Conv 3 k=[3,3] p=[1,1] ReLU
        bare: Conv 2 k=3 p=1 bias=false ReLU
        wide: Conv 2 k=3 p=2 d=2 ReLU
        grouped: Conv 2 k=3 p=1 g=2 ReLU
        filled: Conv 2 k=3 p=1 padding_mode=circular ReLU
        twice: 2 x Conv 4 k=3 p=1
        concat: DepthConcat
        """,
        """
        - image -> plain -> concat: [4*8*8, _]
        - image -> like -> concat
        - image -> bare -> concat
        - image -> wide -> concat
        - image -> grouped -> concat
        - image -> filled -> concat
        - image -> twice -> concat
        """,
    )
    found = done(always, text)
    assert found.nodes() == {
        "merged": "Conv 7 k=3 p=1, Split [2,3,2]",
        "plain": "ReLU",
        "like": "ReLU",
        "bare": "ReLU",
        "wide": "Conv 2 k=3 p=2 d=2, ReLU",
        "grouped": "Conv 2 k=3 p=1 g=2, ReLU",
        "filled": "Conv 2 k=3 p=1 padding_mode=circular, ReLU",
        "twice": "2 x Conv 4 k=3 p=1",
        "concat": "DepthConcat",
    }
    assert found.remarks == []
    done(always, text).agree()


def test_siblings_without_a_bias_have_none_together() -> None:
    text = spec(
        """
        image: Input
        one: Conv 2 k=1 bias=false BN ReLU
        two: Conv 3 k=1 bias=false BN
        concat: DepthConcat
        """,
        """
        - image -> one -> concat: [4*8*8, _]
        - image -> two -> concat
        """,
    )
    found = done(always, text)
    assert found.nodes()["merged"] == "Conv 5 k=1 bias=false, Split [2,3]"
    done(always, text).agree()


def test_one_without_a_bias_gets_one_of_zeros_beside_others() -> None:
    text = spec(
        """
        image: Input
        one: Conv 2 k=1 bias=false BN ReLU
        two: Conv 3 k=1
        concat: DepthConcat
        """,
        """
        - image -> one -> concat: [4*8*8, _]
        - image -> two -> concat
        """,
    )
    found = done(always, text)
    assert found.nodes()["merged"] == "Conv 5 k=1 bias=true, Split [2,3]"
    done(always, text).agree()


def test_one_that_has_a_bias_in_some_instances_alone_stays() -> None:
    block = module(
        "Block",
        """
        input: Input
        one: Conv 8 k=1 bias=biased
        two: Conv 8 k=1
        three: Conv 8 k=1
        sum: Sum
        output: Output
        """,
        """
        - input -> one -> sum
        - input -> two -> sum
        - input -> three -> sum
        - sum -> output
        """,
        "params: {biased: ~}\n",
    )
    text = spec(
        "image: Input\nfirst: Block true\nlast: Block false",
        "- image -> first -> last: [8*9*9, _]",
        modules=block,
    )
    found = done(always, text)
    assert found.nodes("Block") == {
        "one": "Conv 8 k=1 bias=biased",
        "merged": "Conv 16 k=1, Split [8,8]",
        "sum": "Sum",
    }
    assert found.remarks == [
        "`Conv 8 k=1 bias=biased` stays as it is:"
        " some uses of its module have a bias, and others have none"
    ]


def test_siblings_of_siblings_are_merged_too() -> None:
    text = spec(
        """
        image: Input
        a1: Conv 2 k=1
        a2: Conv 3 k=1
        b1: Conv 4 k=3
        b2: Conv 5 k=3
        concat: DepthConcat
        """,
        """
        - image -> a1 -> b1 -> concat: [4*8*8, 2*8*8, _]
        - image -> a2 -> concat
        - a1 -> b2 -> concat
        """.replace("a2 -> concat", "a2"),
    )
    text = text.replace("- a1 -> b2", "- a2 -> last\n  - a1 -> b2").replace(
        "concat: DepthConcat", "last: ReLU\n  concat: DepthConcat"
    )
    found = done(always, text)
    assert found.nodes() == {
        "a_merged": "Conv 5 k=1, Split [2,3]",
        "b_merged": "Conv 9 k=3, Split [4,5]",
        "last": "ReLU",
        "concat": "DepthConcat",
    }
    assert found.edges() == [
        "image.0 -> a_merged.0: 4*8*8",
        "a_merged.0 -> b_merged.0: 2*8*8",
        "b_merged.0 -> concat.0",
        "a_merged.1 -> last.0",
        "b_merged.1 -> concat.1",
    ]
    done(always, text).agree()


MODULES = module(
    "Block",
    """
    input: Input
    in_1: Conv width k=1 ReLU
    in_2: Conv 2*width k=1 ReLU
    in_3: Conv 8 k=1 ReLU
    concat: DepthConcat
    output: Output
    """,
    """
    - input -> in_1 -> concat
    - input -> in_2 -> concat
    - input -> in_3 -> concat
    - concat -> output
    """,
    "params: {width: ~}\n",
)


def test_channels_are_written_in_the_words_of_the_module() -> None:
    text = spec(
        "image: Input\nfirst: Block 2\nlast: Block 4",
        "- image -> first -> last: [3*8*8, _]",
        modules=MODULES,
    )
    found = done(always, text)
    merged = found.nodes("Block")["in_merged"]
    assert merged == "Conv width+2*width+8 k=1, Split [width,2*width,8]"
    assert found.sized.model.outputs == ((20, 8, 8),)
    found.agree()


def test_channels_that_no_words_are_there_for_leave_a_sibling_out() -> None:
    modules = module(
        "Block",
        """
        input: Input
        in_1: Conv k=1
        in_2: Conv 4 k=1 ReLU
        in_3: Conv k=1 ReLU
        join: DepthConcat
        last: Conv 3 k=1
        output: Output
        """,
        """
        - input -> in_1 -> join: [_, C*H*W]
        - input -> in_2 -> join
        - input -> in_3 -> join: [_, 5*H*W]
        - join -> last -> output: [(C+9)*H*W, 3*H*W]
        """,
    )
    modules = modules.replace("[_, C*H*W]", "[C*H*W, C*H*W]")
    text = spec(
        "image: Input\nfirst: Block\nlast: Block",
        "- image -> first -> last: [4*8*8, _]",
        modules=modules,
    )
    found = done(always, text)
    assert found.nodes("Block")["in_merged"] == "Conv 9 k=1, Split [4,5]"
    assert found.remarks == [
        "`Conv k=1` stays as it is: its channels differ between the uses of its module"
    ]


def test_an_end_and_one_whose_weights_are_shared_stay_and_are_named() -> None:
    text = spec(
        """
        image: Input
        one: Conv 4 k=1
        two: Conv 4 k=1 ReLU
        three: Conv 4 k=1 ReLU
        four: Conv 4 k=1 ReLU
        again: same as four
        sum: Sum
        """,
        """
        - image -> one: 4*8*8
        - image -> two -> sum
        - image -> three -> sum
        - image -> four -> again -> sum
        """,
    )
    found = done(always, text)
    assert found.nodes() == {
        "one": "Conv 4 k=1",
        "merged": "Conv 8 k=1, Split [4,4]",
        "two": "ReLU",
        "three": "ReLU",
        "four": "Conv 4 k=1, ReLU",
        "again": "Conv 4 k=1, ReLU",
        "sum": "Sum",
    }
    assert found.remarks == [
        "`Conv 4 k=1` stays as it is: it is an end of its graph",
        "`Conv 4 k=1` stays as it is: another node has its weights too",
    ]


def test_one_around_which_a_size_is_written_in_different_words_stays() -> None:
    text = BLOCK.replace("_*9*9, 5*9*9", "(2+1)*9*9, 5*9*9")
    found = done(always, text)
    assert found.nodes()["branch_merged"] == "Conv 6 k=1, Split [4,2]"
    assert found.remarks == [
        "`Conv k=1` stays as it is:"
        " the size of one tensor is written in different words around it"
    ]


def test_a_name_is_new() -> None:
    text = BLOCK.replace("concat", "branch_merged")
    assert "branch_merged_2" in done(always, text).nodes()


@pytest.mark.parametrize("read", [0.0, 1e9])
def test_what_costs_say_to_be_faster_is_merged(read: float) -> None:
    costs = replace(MEASURED, read=read)
    found = done(partial(merge_siblings, costs=costs), BLOCK)
    assert ("branch_merged" in found.nodes()) == (read > 0)


def test_open_sizes_leave_it_open_whether_merging_pays() -> None:
    text = BLOCK.replace("9*9", "H*W")
    found = done(merge_siblings, text)
    assert "branch_merged" not in found.nodes()
    assert found.remarks == [
        "`Conv 4 k=1` stays as it is:"
        " whether merging it with others pays depends on sizes that are open"
    ]
    assert "branch_merged" in done(always, text).nodes()


def test_instances_count_as_often_as_they_stand_in_the_model() -> None:
    block = (
        module(
            "Block",
            """
        input: Input
        one: Conv 1 k=1 ReLU
        other: Conv 1 k=1 ReLU
        concat: DepthConcat
        more: Conv C k=1
        output: Output
        """,
            """
        - input -> one -> concat: [C*H*W, _]
        - input -> other -> concat
        - concat -> more -> output
        """,
        )
        .replace("Conv C", "Conv k=1")
        .replace("k=1 k=1", "k=1")
    )
    block = block.replace("more -> output", "more -> output: [_, C*H*W]")
    text = spec(
        "image: Input\nlarge: Block\npool: MaxPool 8\nsmall: {times} Block",
        "- image -> large -> pool -> small: [1*16*16, _, _]",
        modules=block,
    )
    # On the large map 256 of input is read once less, on the small one 4; a kernel
    # costs the same on both.
    costs = Costs(*[0.0] * 7)
    costs = replace(costs, read=1.0, packed=15.0)
    decided = partial(merge_siblings, costs=costs)
    assert "merged" in done(decided, text.format(times="1 x")).nodes("Block")
    assert "merged" not in done(decided, text.format(times="10 x")).nodes("Block")
