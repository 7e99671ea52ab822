"""What is told of conditions under ``where`` that cannot be used."""

from pathlib import Path

import pytest

from graphc.pipeline.check import check

SPEC = """\
graphc: 1
model: Tiny
where: {where}
nodes: {{image: Input, down: MaxPool k=2}}
edges: [image -> down: 3*H*W]
"""


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("H % 0 == 0", "`H%0` divides by zero"),
        ("H / 2 > 3", "`H/2` has no value: a symbolic size takes no `/`"),
        (
            "H > 1.5",
            "`H > 1.5` cannot be solved for one size: a size is a whole number",
        ),
        ("H == W", "`H == W` cannot be solved for one size"),
        ("[H > 5, H < 3]", "no size of the input meets both `H > 5` and `H < 3`"),
        ("3 > 10", "no size of the input meets `3 > 10`"),
    ],
)
def test_a_condition_is_refused_for_what_is_wrong(
    tmp_path: Path, where: str, told: str
) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(SPEC.format(where=where))
    assert [one.message for one in check(str(spec)).findings] == [told]


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("Block 8", "did you mean `o.Block`?"),
        ("p.Block 8", "did you mean `o.Block`?"),
        ("o.Other 8", "the import has `o.Block`, `o.Rest`"),
    ],
)
def test_a_module_that_is_named_without_its_import_is_found(
    tmp_path: Path, label: str, told: str
) -> None:
    library = "graphc: 1\nmodules: {Block: {label: ReLU}, Rest: {label: ReLU}}\n"
    (tmp_path / "lib.yaml").write_text(library)
    spec = tmp_path / "spec.yaml"
    spec.write_text(
        "graphc: 1\nmodel: Tiny\nimports: {o: lib.yaml}\n"
        f"nodes: {{image: Input, act: {label}}}\nedges: [image -> act: 3]\n"
    )
    helps = [one.help for one in check(str(spec)).findings if one.help]
    assert helps == [(told,)]


@pytest.mark.parametrize(
    ("edge", "told"),
    [("'image -> down: 3*8*8'", "leave out the quotes around the edge: ")],
)
def test_a_size_in_the_quotes_of_an_edge(tmp_path: Path, edge: str, told: str) -> None:
    spec = tmp_path / "spec.yaml"
    text = SPEC.format(where="~").replace("image -> down: 3*H*W", edge)
    spec.write_text(text)
    (found,) = check(str(spec)).findings
    assert found.help == (f"{told}`image -> down: 3*8*8`",)
