import keyword
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphc.ingest.notation import class_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Down-Block-A", "DownBlockA"),
        ("Down Block a", "DownBlockA"),
        ("Down-Net v2", "DownNetV2"),
        ("TinyNet-18 overview", "TinyNet18Overview"),
        ("`stem`", "Stem"),
        ("gr\u00f6\u00dfer", "Gr\u00f6\u00dfer"),
        ("18-layer net", "Net18LayerNet"),
        ("v1.2.3", "V1_2_3"),
        ("\u4e3b\u5e72", "Net\u4e3b\u5e72"),
        ("None", "NetNone"),
        ("", "Block"),
        ("---", "Block"),
    ],
)
def test_a_title_is_a_name(title: str, name: str) -> None:
    assert class_name(title) == name


@given(st.text(max_size=30))
def test_any_title_is_an_identifier_with_a_capital(title: str) -> None:
    name = class_name(title)
    assert name.isidentifier()
    assert not keyword.iskeyword(name)
    assert name[0].isupper()
    assert normalize("NFKC", name) == name


@given(st.text(max_size=30))
def test_a_name_names_itself(title: str) -> None:
    name = class_name(title)
    if "_" not in name:
        assert class_name(name) == name
