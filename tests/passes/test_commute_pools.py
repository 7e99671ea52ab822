from dataclasses import replace
from functools import partial

import pytest
from agreement import done
from checking import check_text
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from torch_specs import module, sized, spec

from graphc.passes.commute_pools import commute_pools
from graphc.passes.costs import MEASURED, When

always = partial(commute_pools, costs=replace(MEASURED, multiplied=0, added=0))


def branch(pool: str, conv: str) -> str:
    """Return a spec of a block that pools its input before a convolution."""
    return spec(
        f"image: Input\npool: {pool}\nbranch: {conv}\nlast: Tanh",
        """
        - image -> pool -> branch: [8*9*9, 8*_*_]
        - branch -> last: 2*_*_
        """,
    )


EXCLUDED = branch("AvgPool k=3 s=1 p=1 count_include_pad=false", "Conv 2 k=1 ReLU")
COUNTED = branch("AvgPool k=3 s=1 p=1", "Conv k=1 ReLU")


def test_a_convolution_goes_in_front_of_the_average_that_it_reads() -> None:
    found = done(always, EXCLUDED)
    assert found.nodes() == {
        "branch_conv": "Conv 2 k=1",
        "pool": "AvgPool k=3 s=1 p=1 count_include_pad=false",
        "branch": "ReLU",
        "last": "Tanh",
    }
    assert found.edges() == [
        "image.0 -> branch_conv.0: 8*9*9",
        "pool.0 -> branch.0",
        "branch.0 -> last.0: 2*_*_",
        "branch_conv.0 -> pool.0",
    ]
    done(always, EXCLUDED).agree()


def test_a_bias_is_added_behind_an_average_that_counts_its_padding() -> None:
    found = done(always, COUNTED)
    assert found.nodes() == {
        "branch_conv": "Conv k=1 bias=false",
        "pool": "AvgPool k=3 s=1 p=1",
        "branch_bias": "Parameter [2,1,1] batch=false",
        "branch": "Sum, ReLU",
        "last": "Tanh",
    }
    assert found.edges()[-2:] == [
        "branch_bias.0 -> branch.1",
        "branch_conv.0 -> pool.0",
    ]
    done(always, COUNTED).agree()


@pytest.mark.parametrize(
    ("pool", "conv"),
    [
        ("AvgPool 3", "Conv 2 k=1"),
        ("AvgPool 3 s=1 p=1", "Conv 2 k=1 bias=false"),
        ("AvgPool 2 p=same", "Conv 2 k=1 bias=false g=2"),
        ("AvgPool 3 s=2 ceil=true", "Conv 2 k=1 p=same ReLU"),
        ("AvgPool 3 s=1 p=1 count_include_pad=false", "Conv 2 k=1 BN"),
    ],
)
def test_a_bias_stays_where_an_average_does_not_change_it(pool: str, conv: str) -> None:
    text = branch(pool, conv)
    found = done(always, text)
    assert not [label for label in found.nodes().values() if "Parameter" in label]
    assert next(iter(found.nodes().values())).startswith("Conv")
    done(always, text).agree()


def test_nodes_of_nothing_else_change_places() -> None:
    text = branch("AvgPool 3", "Conv 2 k=1")
    assert done(always, text).nodes() == {
        "pool": "Conv 2 k=1",
        "branch": "AvgPool 3",
        "last": "Tanh",
    }


ROW = spec(
    """
    image: Input
    row:
      - Conv 8 k=3: 8*9*9
      - AvgPool k=3 s=1 p=1: C*9*9
      - Conv 2 k=1: 2*9*9
      - ReLU
    """,
    "- image -> row: 3*11*11",
)


def test_in_a_row_the_average_ends_a_node_of_its_own() -> None:
    text = ROW.replace("C*9*9", "_*9*9")
    found = done(always, text)
    assert found.nodes() == {
        "row_pool": "Conv 8 k=3, Conv 2 k=1 bias=false, AvgPool k=3 s=1 p=1",
        "row_bias": "Parameter [2,1,1] batch=false",
        "row": "Sum, ReLU",
    }
    terms = found.sized.network.model.graph.nodes["row_pool"].terms
    assert [str(term.shape) for term in terms] == ["8*9*9", "None", "2*9*9"]
    done(always, text).agree()


def test_a_size_in_other_words_forbids_it() -> None:
    found = done(always, ROW)
    assert found.unchanged
    assert found.remarks == [
        "`AvgPool k=3 s=1 p=1` stays as it is:"
        " the size of one tensor is written in different words around it"
    ]


def test_averages_one_behind_the_other_are_all_moved() -> None:
    text = spec(
        """
        image: Input
        row: AvgPool 2 s=1 Conv 6 k=1 AvgPool 2 s=1 Conv 3 k=1 ReLU
        pool: AvgPool 2 s=1
        last: Conv 2 k=1
        """,
        "- image -> row -> pool -> last: [8*9*9, 3*_*_, _]",
    )
    found = done(always, text)
    assert found.nodes() == {
        "row_pool_2_conv": "Conv 6 k=1",
        "row_pool": "AvgPool 2 s=1",
        "row_conv": "Conv 3 k=1",
        "row_pool_2": "AvgPool 2 s=1",
        "row": "ReLU",
        "pool": "Conv 2 k=1",
        "last": "AvgPool 2 s=1",
    }
    done(always, text).agree()


def test_what_is_known_of_the_input_behind_the_average_stays_known() -> None:
    text = spec(
        """
        image: Input
        first: Conv k=1
        pool: AvgPool 3
        last: Conv 2 k=1 ReLU
        """,
        "- image -> first -> pool -> last: [3*9*9, _, 8*3*3]",
    )
    found = done(always, text)
    assert "first.0 -> last_conv.0: 8*_*_" in found.edges()
    done(always, text).agree()


@pytest.mark.parametrize(
    "conv",
    ["Conv 8 k=1", "Conv 2 k=3", "Conv 2 k=1 s=2", "Conv 2 k=1 p=1", "2 x Conv 8 k=1"],
)
def test_what_would_not_be_faster_or_not_the_same_stays(conv: str) -> None:
    text = branch("AvgPool k=3 s=1 p=1", conv).replace(": 2*_*_", "")
    found = done(always, text)
    assert found.unchanged
    assert found.remarks == []


def test_an_activation_between_them_forbids_it() -> None:
    text = branch("AvgPool k=3 s=1 p=1 ReLU", "Conv 2 k=1")
    assert done(always, text).unchanged


def test_a_larger_map_for_the_convolution_can_cost_more_than_it_saves() -> None:
    costs = replace(MEASURED, pooled=1.0, multiplied=1.0)
    text = branch("AvgPool k=3", "Conv 2 k=1 ReLU")
    found = done(partial(commute_pools, costs=costs), text)
    assert found.unchanged


def test_open_sizes_decide_nothing_where_the_map_stays_as_large() -> None:
    text = EXCLUDED.replace("9*9", "H*W")
    assert "branch_conv" in done(commute_pools, text).nodes()
    striding = text.replace("s=1 p=1", "s=2 p=1")
    assert "branch_conv" not in done(commute_pools, striding).nodes()


def test_an_average_that_others_read_or_share_stays_and_is_named() -> None:
    text = spec(
        """
        image: Input
        pool: AvgPool 3
        one: Conv 2 k=1
        two: ReLU
        pool_2: AvgPool 3
        three: Conv 2 k=1
        four: same as three
        """,
        """
        - image -> pool -> one: [8*9*9, _]
        - pool -> two
        - image -> pool_2 -> three
        - pool -> four
        """,
    )
    found = done(always, text)
    assert found.unchanged
    assert found.remarks == [
        "`AvgPool 3` stays as it is: others read it beside `Conv 2 k=1`",
        "`AvgPool 3` stays as it is: others read it beside `Conv 2 k=1`",
        "`AvgPool 3` stays as it is: another node has its weights,"
        " or those of what reads it",
    ]


def test_every_instance_of_a_module_decides() -> None:
    block = module(
        "Block",
        """
        input: Input
        pool: AvgPool k=3 s=1 p=1
        branch: Conv width k=1 ReLU
        output: Output
        """,
        "- input -> pool -> branch -> output: [C*H*W, _, width*H*W]",
        "params: {width: ~}\n",
    )
    text = spec(
        "image: Input\nfirst: Block 4\nlast: Block 2",
        "- image -> first -> last: [8*9*9, _]",
        modules=block,
    )
    found = done(always, text)
    assert found.nodes("Block")["branch_bias"] == "Parameter [width,1,1] batch=false"
    assert found.sized.model.outputs == sized(text).model.outputs


def test_a_bias_that_only_some_uses_of_a_module_have_is_not_held_apart() -> None:
    block = module(
        "Block",
        """
        input: Input
        pool: AvgPool k=3 s=1 p=1
        branch: Conv 2 k=1 bias=biased ReLU
        output: Output
        """,
        "- input -> pool -> branch -> output: [8*H*W, _, _]",
        "params: {biased: ~}\n",
    )
    text = spec(
        "image: Input\none: Block true\nother: Block false\nsum: Sum",
        """
        - image -> one -> sum: [8*9*9, _]
        - image -> other -> sum
        """,
        modules=block,
    )
    found = done(always, text)
    assert found.unchanged
    assert found.remarks == [
        "`AvgPool k=3 s=1 p=1` stays as it is:"
        " some uses of its module have a bias behind it, and others have none"
    ]


@st.composite
def chains(draw: st.DrawFn) -> str:
    """Return a spec of averages and convolutions in rows of one to four."""
    axes = draw(st.integers(1, 3))
    pools = ["", " s=1", " s=1 p=1", " p=1 count_include_pad=false", " s=2 ceil=true"]
    convs = ["", " bias=false", " padding_mode=reflect", " g=2"]
    labels = []
    for _ in range(draw(st.integers(2, 5))):
        terms = []
        for _ in range(draw(st.integers(1, 4))):
            if draw(st.booleans()):
                terms.append(f"AvgPool {draw(st.integers(2, 3))}")
                terms[-1] += draw(st.sampled_from(pools))
            elif draw(st.booleans()):
                terms.append(f"Conv {2 * draw(st.integers(1, 3))} k=1")
                terms[-1] += draw(st.sampled_from(convs))
            else:
                terms.append(draw(st.sampled_from(["ReLU", "BN"])))
        labels.append(" ".join(terms))
    names = [f"n{number}" for number in range(len(labels))]
    rows = [f"{name}: {label}" for name, label in zip(names, labels, strict=True)]
    size = "*".join(["8", *("60",) * axes]) if axes < 3 else "8*20*20*20"
    return spec(
        "\n".join(["image: Input", *rows]),
        f"- {' -> '.join(['image', *names])}: [{size}{', _' * (len(names) - 1)}]",
    )


@given(chains())
@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_random_networks_compute_the_same(text: str) -> None:
    assume(not check_text(text).codes)
    everywhere = partial(commute_pools, when=When.ALWAYS)
    done(everywhere, text).agree()
