"""The one notation of specs, op rules and messages."""

from graphc.lang.dims import (
    Bounds,
    Differs,
    Dim,
    Equal,
    Size,
    Unproved,
    Verdict,
    bounds,
    compare,
    divide,
    solve_at_least,
    symbol,
)
from graphc.lang.edge import EdgeText, EndText, parse_edge, split_port
from graphc.lang.evaluate import Fault, Value, evaluate, value_text
from graphc.lang.expr import (
    MAX_INTEGER,
    Binary,
    Expr,
    Items,
    Name,
    Number,
    Text,
    Unary,
    names,
    parse_expr,
    walk,
)
from graphc.lang.key import Hole, KeyText, parse_key
from graphc.lang.label import parse_label
from graphc.lang.shape import ShapeText, parse_dim, parse_shape, shape_of
from graphc.lang.shape_dim import DimText, Unknown
from graphc.lang.term import ArgumentText, TermText, label_text

__all__ = [
    "MAX_INTEGER",
    "ArgumentText",
    "Binary",
    "Bounds",
    "Differs",
    "Dim",
    "DimText",
    "EdgeText",
    "EndText",
    "Equal",
    "Expr",
    "Fault",
    "Hole",
    "Items",
    "KeyText",
    "Name",
    "Number",
    "ShapeText",
    "Size",
    "TermText",
    "Text",
    "Unary",
    "Unknown",
    "Unproved",
    "Value",
    "Verdict",
    "bounds",
    "compare",
    "divide",
    "evaluate",
    "label_text",
    "names",
    "parse_dim",
    "parse_edge",
    "parse_expr",
    "parse_key",
    "parse_label",
    "parse_shape",
    "shape_of",
    "solve_at_least",
    "split_port",
    "symbol",
    "value_text",
    "walk",
]
