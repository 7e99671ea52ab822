"""What figures leave unsaid is decided by the sizes that they show."""

from pathlib import Path

import pytest
from drawn_figures import by_hand, drawn

from graphc.pipeline.document import check_model


@pytest.mark.parametrize(
    ("label", "before", "behind", "meant"),
    [
        ("AvgPool k=3 p=1", "64*35*35", "64*35*35", "AvgPool k=3 p=1 s=1"),
        ("MaxPool k=2", "64*32*32", "64*16*16", "MaxPool k=2"),
        ("AvgPool k=3", "64*3*3", "64*1*1", "AvgPool k=3"),
        ("AvgPool k=8", "1792*8*8", "1792", "AvgPool k=8 Flatten"),
        ("AvgPool k=8 dp=0.2", "9*8*8", "9", "AvgPool k=8 Dropout drop Flatten"),
        ("Conv", "3*32*32", "64*28*28", "Conv k=5"),
        ("fc 120", "16*5*5", "120", "Flatten Linear 120"),
    ],
)
def test_sizes_decide(label: str, before: str, behind: str, meant: str) -> None:
    found = drawn(
        f"""graph TD
        image["Input"] -->|"{before}"| a["{label}"] -->|"{behind}"| b["Identity"]"""
    )
    params = "params: {drop: 0.2}\n" if "drop" in meant else ""
    assert found.lines == by_hand(
        f"""{params}
nodes:
  image: Input
  a: {meant}
  b: Identity
edges:
  - image -> a: {before}
  - a -> b: {behind}
"""
    )
    assert found.wrong == ()


def test_what_is_decided_is_told() -> None:
    found = drawn(
        """graph TD
        image["Input"] -->|"64*35*35"| p["AvgPool k=3 p=1"] -->|"64*35*35"| b["ReLU"]"""
    )
    message = "`p` does not say `s=1`, and its sizes do: 64*35*35 -> 64*35*35"
    assert found.told == (f"note GC507: {message}",)


def test_a_kernel_that_nothing_decides_is_no_error_until_code_is_asked_for(
    tmp_path: Path,
) -> None:
    file = tmp_path / "net.mmd"
    file.write_text(
        """graph TD
        image["Input"] -->|"3*32*32"| a["Conv"] -->|"8*32*32"| b["ReLU"]"""
    )
    checked = check_model(file, None)
    (finding,) = checked.findings
    assert finding.code.name == "GC507"
    assert finding.help == (
        "`k=1`, or `k=3 p=1`, or `k=5 p=2` would fit the sizes around it",
    )
    assert checked.ok
    assert not checked.with_code().ok


def test_sizes_behind_what_is_undecided_are_checked() -> None:
    found = drawn(
        """graph TD
        image["Input"] -->|"3*32*32"| a["Conv"] -->|"8*32*32"| b["MaxPool k=2"]
        b -->|"8*15*15"| c["ReLU"]"""
    )
    assert any(one.startswith("error GC301") for one in found.told)


@pytest.mark.parametrize(
    ("image", "maps"),
    [("224x224x3", "112x112x64"), ("3x224x224", "64x112x112")],
)
def test_channels_stand_where_the_sizes_say(image: str, maps: str) -> None:
    found = drawn(
        f"""graph TD
        image["Input {image}"] --> a["Conv k=3 s=2 p=1"]
        a -->|"{maps}"| b["ReLU"]"""
    )
    assert found.lines == by_hand(
        """
nodes: {image: Input, a: Conv k=3 s=2 p=1, b: ReLU}
edges:
  - image -> a: 3*224*224
  - a -> b: 64*112*112
"""
    )


@pytest.mark.parametrize(
    ("image", "flat"), [("[1, 3, 32, 32]", "[1, 3072]"), ("3*32*32", "3072")]
)
def test_a_batch_of_1_is_left_out(image: str, flat: str) -> None:
    found = drawn(
        f"""graph TD
        image["Input"] -->|"{image}"| a["Flatten"] -->|"{flat}"| b["Linear 10"]"""
    )
    assert found.lines == by_hand(
        """
nodes: {image: Input, a: Flatten, b: Linear 10}
edges:
  - image -> a: 3*32*32
  - a -> b: 3072
"""
    )


def test_only_the_first_of_layers_behind_maps_flattens_them() -> None:
    found = drawn(
        """graph TD
        image["Input"] -->|"16*5*5"| a["fc 120"] --> r["ReLU"] --> b["84"]
        b --> c["10"]"""
    )
    assert found.lines == by_hand(
        """
nodes: {image: Input, a: Flatten Linear 120, r: ReLU, b: Linear 84, c: Linear 10}
edges:
  - image -> a: 16*5*5
  - a -> r
  - r -> b
  - b -> c
"""
    )


@pytest.mark.parametrize(
    "figure",
    [
        'a["Linear 6"] -->|"7*7*6"| b["ReLU"]',
        """a["Linear 6"] --> b["ReLU"] -->|"7*7*6"| c["Identity"]""",
    ],
)
def test_a_layer_over_the_last_dim_of_maps_stays_where_that_is_drawn(
    figure: str,
) -> None:
    found = drawn(f'graph TD\n image["Input"] -->|"7*7*6"| {figure}')
    assert "  node 'a': Linear 6" in found.lines
    assert found.wrong == ()


def test_a_softmax_classifier_has_a_layer_that_is_not_drawn() -> None:
    found = drawn(
        """graph TD
        image["Input"] -->|"1792"| a["softmax classifier"] -->|"10"| b["Output"]"""
    )
    assert found.lines == by_hand(
        """
nodes: {image: Input, a: Linear Softmax, b: Output}
edges:
  - image -> a: 1792
  - a -> b: 10
"""
    )


def test_a_classifier_has_the_classes_of_the_data_that_is_named() -> None:
    figure = """
```mermaid
graph TD
  image["Input"] -->|"1792"| a["softmax classifier"]
```
"""
    without = drawn(f"# Net\n{figure}", "net.md")
    assert [one.split(":")[0] for one in without.wrong] == ["error GC306"]
    found = drawn(f"# Net\nTrained on ImageNet.\n{figure}", "net.md")
    assert found.lines == by_hand(
        """
params: {classes: 1000}
nodes: {image: Input, a: Linear classes Softmax}
edges:
  - image -> a: 1792
"""
    )
    assert found.wrong == ()


def test_a_number_that_is_only_named_is_left_to_the_sizes() -> None:
    chart = drawn(
        'graph TD\n a["Input"] -->|"10*512"| b["Linear(d_model, d_ff)"]'
        ' -->|"10*64"| c["Output"]'
    )
    assert chart.wrong == ()
    assert any("Linear" in line for line in chart.lines)


def test_a_kernel_that_is_only_named_is_read_as_nothing() -> None:
    chart = drawn(
        'graph TD\n a["Input"] -->|"3*8*8"| b["Conv2d(3, C, kernel_size=K)"]'
        ' -->|"8*8*8"| c["ReLU"] --> d["Output"]'
    )
    assert [one.split(":")[0] for one in chart.wrong] == ["warning GC506"]
