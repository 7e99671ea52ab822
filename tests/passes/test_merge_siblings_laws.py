from functools import partial

from agreement import done
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from steps import growth
from torch_specs import sized, spec

from graphc.passes.costs import When
from graphc.passes.merge_siblings import merge_siblings

always = partial(merge_siblings, when=When.ALWAYS)


def many(count: int, channels: str) -> str:
    nodes = "\n".join(f"conv{n}: Conv {channels} k=1 ReLU" for n in range(count))
    edges = "\n".join(
        f"- image -> conv{n} -> join{': [4*2*2, _]' if not n else ''}"
        for n in range(count)
    )
    return spec(f"image: Input\n{nodes}\njoin: Concat", edges, "params: {width: 2}\n")


def test_many_siblings_take_as_much_longer_as_they_are_more() -> None:
    def merged(text: str) -> None:
        always(sized(text))

    assert growth(merged, many(100, "2"), many(400, "2")) < 4.5


def test_a_sum_of_many_channels_is_no_deep_expression() -> None:
    found = done(always, many(1500, "width"))
    assert found.sized.model.outputs == ((3000, 2, 2),)


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """Return a spec of convolutions, of which some read the same tensor."""
    axes = draw(st.integers(1, 3))
    shape = "*".join(["6", *("7",) * axes])
    lines, arrows, ends = ["image: Input"], [], ["image"]
    for number in range(draw(st.integers(2, 7))):
        kernel = draw(st.sampled_from(["k=1", "k=3 p=1", "k=3 p=same"]))
        bias = draw(st.sampled_from(["", " bias=false"]))
        rest = draw(st.sampled_from(["", " ReLU", " BN ReLU", " MaxPool k=3 s=1 p=1"]))
        out = draw(st.integers(1, 5))
        source = draw(st.sampled_from(ends))
        size = f": {shape}" if source == "image" else ""
        lines.append(f"conv{number}: Conv {out} {kernel}{bias}{rest}")
        arrows.append(f"- {source} -> conv{number}{size}")
        ends.append(f"conv{number}")
    lines.append("concat: DepthConcat")
    arrows += [f"- {end} -> concat" for end in ends[1:]]
    return spec("\n".join(lines), "\n".join(arrows))


@given(blocks())
@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_random_networks_compute_the_same(text: str) -> None:
    done(always, text).agree()
