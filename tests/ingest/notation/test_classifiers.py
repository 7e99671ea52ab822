"""Classifiers with their widths, shapes told in words, and ops that are misspelt."""

import pytest

from graphc.ingest.notation import read_label, respelt
from graphc.source import Fragment, Language, Source, Span


def label(text: str) -> str | None:
    source = Source("net.mmd", text, Language.MERMAID)
    found = read_label(Fragment(text, Span(source, 0, len(text))), lambda _: None)
    return None if found.label is None else found.label.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("softmax classifier 10", "Linear 10 Softmax"),
        ("Softmax classifier (10)", "Linear 10 Softmax"),
        ("Softmax classifier (10 classes)", "Linear 10 Softmax"),
        ("softmax classifier", "Linear Softmax"),
        ("10-way softmax", "Linear 10 Softmax"),
        ("1000-way fully connected", "Linear 1000"),
        ("Softmax 10", None),
        ("10-way mirror", None),
    ],
)
def test_a_classifier_has_its_width(text: str, expected: str | None) -> None:
    assert label(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reshape to 64x7x7", "Reshape [64, 7, 7]"),
        ("Reshape to tensor<64x7x7> feature maps", "Reshape [64, 7, 7]"),
        ("View -> (64, 49)", "Reshape [64, 49]"),
        ("Reshape to matrix form", None),
        ("Reshape to 64x7x7 with 3 heads", None),
    ],
)
def test_a_shape_is_told_in_words(text: str, expected: str | None) -> None:
    assert label(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BatchNorm2d(64, eps=1e-05, momentum=0.1, affine=True)", "BN"),
        ("BatchNorm2d(64, eps=0.001)", "BN eps=0.001"),
        ("Dropout(p=0.5, inplace=False)", "Dropout 0.5"),
    ],
)
def test_defaults_of_calls_are_dropped(text: str, expected: str) -> None:
    assert label(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Covn k=3", "Conv k=3"),
        ("Flaten", "Flatten"),
        ("Conv 8 k=3 Relluu", "Conv 8 k=3 ReLU"),
        ("Conv 8 k=3", None),
        ("a picture of a cat", None),
    ],
)
def test_a_misspelt_op_is_put_right(text: str, expected: str | None) -> None:
    assert respelt(text, lambda _: None) == expected
