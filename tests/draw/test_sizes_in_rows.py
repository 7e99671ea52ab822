"""Sizes behind the items of a row as they are drawn, right ones and mistaken ones."""

from checking import check_text, sound

from graphc.draw import Arrow, Overview, Standing, Unrolled, draw

ROW = """\
graphc: 1
model: Tiny
nodes:
  image: Input
  body:
    - Conv 8 k=3: 8*7*7
    - ReLU: 8*_*_
    - 2 x Block: 8*7*7
    - MaxPool k=2: 8*3*3
  head: Conv 4 k=1
edges:
  - image -> body -> head: [3*9*9, _]
modules:
  Block:
    label: Conv 8 k=1, ReLU
"""


def test_each_part_of_a_row_with_sizes_is_a_box() -> None:
    drawing = draw(sound(ROW), Overview())
    ids = {box.id for box in drawing.all_boxes()}
    assert {f"Tiny/body.{number}" for number in (0, 1, 2, 4)} <= ids
    first, second, third = _behind(list(drawing.all_arrows()), 0, 1, 2)
    assert (first.size, first.standing) == ("8*7*7", Standing.ANNOTATED)
    assert (second.size, second.standing) == ("8*7*7", Standing.INFERRED)
    assert (third.size, third.standing) == ("8*7*7", Standing.ANNOTATED)


def test_a_mistaken_size_in_a_row_is_red() -> None:
    wrong = check_text(ROW.replace("Block: 8*7*7", "Block: 8*7*6")).sized
    assert wrong is not None
    arrows = list(draw(wrong, Overview()).all_arrows())
    (red,) = [one for one in arrows if one.standing is Standing.MISTAKEN]
    assert [red] == _behind(arrows, 2)
    assert red.size == "8*7*6 \u2260 8*7*7"


def test_a_mistaken_size_behind_a_repeat_is_behind_its_last() -> None:
    wrong = check_text(ROW.replace("Block: 8*7*7", "Block: 8*7*6")).sized
    assert wrong is not None
    arrows = list(draw(wrong, Unrolled()).all_arrows())
    (red,) = [one for one in arrows if one.standing is Standing.MISTAKEN]
    assert red.source.startswith("Tiny/body.3")
    assert red.target == "Tiny/body.4"


def test_a_mistaken_size_behind_a_row_is_on_the_edge_out_of_it() -> None:
    wrong = check_text(ROW.replace("8*3*3", "8*3*4")).sized
    assert wrong is not None
    arrows = list(draw(wrong, Overview()).all_arrows())
    (red,) = [one for one in arrows if one.standing is Standing.MISTAKEN]
    assert (red.target, red.size) == ("Tiny/head", "8*3*4 \u2260 8*3*3")


def _behind(arrows: list[Arrow], *numbers: int) -> list[Arrow]:
    return [
        arrow
        for number in numbers
        for arrow in arrows
        if arrow.source == f"Tiny/body.{number}"
    ]
