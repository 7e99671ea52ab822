"""Records, and that they are what frozen dataclasses are."""

import pickle
import sys
from dataclasses import field, fields, replace
from functools import cached_property
from pathlib import Path

import pytest

import graphc
from graphc.record import record


@record
class Point:
    x: int
    y: int = 0
    note: str = field(default="", compare=False, repr=False)


@record
class Named(Point):
    name: str = "p"


@record(eq=False)
class Thing:
    x: int


@record(slots=False)
class Square:
    side: int

    @cached_property
    def area(self) -> int:
        return self.side * self.side


@record
class Loose:
    x: float

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Loose)

    def __hash__(self) -> int:
        return 7

    def __repr__(self) -> str:
        return "loose"


@record
class Empty:
    pass


@record
class Many:
    parts: list["Many"]


def test_records_of_equal_fields_are_equal() -> None:
    assert Point(1, 2, "a") == Point(1, 2, "b")
    assert hash(Point(1, 2, "a")) == hash(Point(1, 2, "b"))
    assert Point(1, 2) != Point(2, 1)
    assert Empty() == Empty()
    assert len({Point(1), Point(1), Point(2)}) == 2


def test_records_of_two_classes_differ() -> None:
    assert Point(1) != Named(1)
    assert Point(1) != (1, 0)
    assert Empty() != Loose(1)


def test_one_object_equals_itself_whatever_is_in_it() -> None:
    odd = Point(float("nan"))  # type: ignore[arg-type]
    assert odd == odd  # noqa: PLR0124


def test_without_eq_an_object_equals_itself_alone() -> None:
    one = Thing(1)
    assert one == one  # noqa: PLR0124
    assert one != Thing(1)
    assert len({one, Thing(1)}) == 2


def test_what_a_class_has_itself_stays() -> None:
    assert Loose(1) == Loose(2)
    assert hash(Loose(1)) == 7
    assert repr(Loose(1)) == "loose"


def test_it_is_printed_as_it_is_written() -> None:
    assert repr(Named(1, 2, "hidden")) == "Named(x=1, y=2, name='p')"
    assert repr(Empty()) == "Empty()"
    loop = Many([])
    loop.parts.append(loop)
    assert repr(loop) == "Many(parts=[...])"


def test_dataclasses_and_match_know_it() -> None:
    assert replace(Point(1, 2), y=3) == Point(1, 3)
    assert [one.name for one in fields(Named)] == ["x", "y", "note", "name"]
    match Point(4, 5):
        case Point(x, y):
            assert (x, y) == (4, 5)
    assert pickle.loads(pickle.dumps(Point(1, 2))) == Point(1, 2)


def test_it_has_slots_unless_it_is_told_not_to() -> None:
    with pytest.raises(AttributeError):
        Point(1).z = 2  # type: ignore[attr-defined]
    assert Square(3).area == 9


def test_a_wrong_call_is_refused() -> None:
    with pytest.raises(TypeError, match="missing 1 required"):
        Point()  # type: ignore[call-arg]


def test_only_its_constructor_is_compiled() -> None:
    class Plain:
        x: int
        y: int

    calls = []

    def note(_: object, event: str, what: object) -> None:
        if event == "c_call":
            calls.append(what)

    sys.setprofile(note)
    try:
        record(Plain)
    finally:
        sys.setprofile(None)
    assert calls.count(exec) == 1


WRITTEN = {"emit/torch/trained/pieces.py"}
"""What is written into modules, which import nothing of graphc."""


def test_every_frozen_class_is_a_record() -> None:
    root = Path(graphc.__file__).parent
    dear = {
        file.relative_to(root).as_posix()
        for file in root.rglob("*.py")
        if "@dataclass(frozen=True" in file.read_text()
    }
    assert dear <= WRITTEN, "write `@record` for `@dataclass(frozen=True, slots=True)`"
