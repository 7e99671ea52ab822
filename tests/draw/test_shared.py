"""What a drawing tells of modules that are shared, and of those of other files."""

from pathlib import Path

from checking import sound

from graphc.draw import Drawing, Overview, Unrolled, draw
from graphc.pipeline.check import check

SHARED = """\
graphc: 1
model: Tiny
nodes:
  left: Input
  right: Input
  embed: Conv 8 k=3
  embed_right: same as embed
  block: Block
  block_right: same as block
  sum: Sum
edges:
  - left -> embed -> block -> sum: [3*9*9, _, _]
  - right -> embed_right -> block_right -> sum: [3*9*9, _, _]
modules:
  Block:
    nodes: {input: Input, conv: Conv 8 k=1, act: ReLU}
    edges: [input -> conv -> act]
"""


def titles(drawing: Drawing) -> set[str]:
    found: set[str] = set()
    pending = list(drawing.groups)
    while pending:
        group = pending.pop()
        found.add(group.title)
        pending += group.groups
    return found


def test_a_shared_module_is_marked_and_costs_no_parameters() -> None:
    boxes = {box.id: box for box in draw(sound(SHARED), Overview()).all_boxes()}
    first, again = boxes["Tiny/embed"], boxes["Tiny/embed_right"]
    assert (first.name, again.name) == ("embed", "embed_right = embed")
    assert first.lines == again.lines == ("Conv 8 k=3",)
    assert "224 parameters" in first.tooltip
    assert "0 parameters" in again.tooltip
    assert "the same as embed" in again.tooltip


def test_it_is_marked_where_it_is_unrolled() -> None:
    drawing = draw(sound(SHARED), Unrolled())
    assert {"block \u00b7 Block", "block_right = block \u00b7 Block"} <= titles(drawing)


def test_a_module_of_another_file_is_called_as_its_sheet(tmp_path: Path) -> None:
    (tmp_path / "lib.yaml").write_text(
        "graphc: 1\nmodules:\n  Block: {label: Conv 8 k=1 ReLU}\n"
    )
    spec = tmp_path / "spec.yaml"
    spec.write_text(
        "graphc: 1\nmodel: Tiny\nimports: {lib: lib.yaml}\n"
        "nodes: {image: Input, one: lib.Block}\nedges:\n  - image -> one: 3*9*9\n"
    )
    sized = check(spec).sized
    assert sized is not None
    drawing = draw(sized, Overview())
    boxes = {box.id: box for box in drawing.all_boxes()}
    assert boxes["Tiny/one"].lines == ("Block",)
    assert "Block" in titles(drawing)
