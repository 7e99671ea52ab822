"""Names of specs in Python: what is kept, what is changed, what can never happen."""

import keyword
from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from graphc.emit.torch.names import ATTRIBUTES, LOCALS, MODULE_ATTRIBUTES, Names

PLAIN = st.text(ascii_letters + "_0123456789", min_size=1)
ANY = st.one_of(PLAIN, st.text(), st.sampled_from(sorted(ATTRIBUTES)))


def test_the_attributes_of_a_module_are_known() -> None:
    here = {name for name in dir(nn.Module()) if not name.startswith("__")}
    assert here <= MODULE_ATTRIBUTES


@pytest.mark.parametrize(
    ("name", "given_name"),
    [
        ("conv_1x1", "conv_1x1"),
        ("class", "class_"),
        ("None", "None_"),
        ("type", "type_"),
        ("training", "training_"),
        ("forward", "forward_"),
        ("T_destination", "T_destination_"),
        ("match", "match"),
        ("weight", "weight"),
        ("norm.1", "norm_1"),
        ("1x1", "_1x1"),
        ('a"b', "a_b"),
        ("a\\b", "a_b"),
        ("__mangled", "_mangled"),
        ("\u5377\u79ef", "node"),
        ("\u2028", "node"),
        ("", "node"),
    ],
)
def test_attributes(name: str, given_name: str) -> None:
    names = Names(ATTRIBUTES)
    names.add([name])
    assert names[name] == given_name


def test_names_that_need_no_change_go_first() -> None:
    names = Names(ATTRIBUTES)
    names.add(["a.b", "a_b", "a b"])
    assert [names[name] for name in ("a_b", "a.b", "a b")] == ["a_b", "a_b_", "a_b__"]


@given(st.lists(ANY, unique=True))
def test_every_name_gets_its_own(wanted: list[str]) -> None:
    for reserved, lower in ((ATTRIBUTES, False), (LOCALS, True)):
        names = Names(reserved, lower=lower)
        names.add(wanted)
        found = [names[name] for name in wanted]
        assert len({*found}) == len(found)
        assert not reserved & {*found}
        assert all(name.isidentifier() and name.isascii() for name in found)
        assert not any(keyword.iskeyword(name) for name in found)


@given(st.lists(PLAIN, unique=True))
def test_ordinary_names_are_kept(wanted: list[str]) -> None:
    ordinary = [
        name
        for name in wanted
        if name.isidentifier()
        and name not in ATTRIBUTES
        and name.strip("_")
        and not name.startswith("__")
    ]
    names = Names(ATTRIBUTES)
    names.add(wanted)
    assert [names[name] for name in ordinary] == ordinary
