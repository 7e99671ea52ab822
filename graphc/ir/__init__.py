"""What a network is: ops and their contract, nodes, edges, modules."""

from graphc.ir.checkpoint import CheckpointMap, Renaming
from graphc.ir.edge import Edge
from graphc.ir.form import Call, Code, Form, Index, Infix, Input, Items, Word
from graphc.ir.graph import (
    Clause,
    Graph,
    Meta,
    Module,
    Network,
    Node,
    Parameter,
    Reported,
)
from graphc.ir.layer import Layer
from graphc.ir.op import (
    Argument,
    Family,
    Inputs,
    Kind,
    Op,
    Weight,
    by_name,
    no_macs,
    no_weights,
    one_output,
    opaque,
)
from graphc.ir.order import ordered
from graphc.ir.outline import outline, same_network
from graphc.ir.reach import (
    GONE,
    POINT,
    WHOLE,
    Reach,
    View,
    aligned,
    moved,
    pointwise,
    sliding,
    spatial,
)
from graphc.ir.sizes import Cell, Sizes, Tensor, Window
from graphc.ir.term import Phrase, Term, reworded, term_of
from graphc.ir.trained import BiasOf, Folded, Joined, Kept, Trained
from graphc.ir.value import Arguments, Value

__all__ = [
    "GONE",
    "POINT",
    "WHOLE",
    "Argument",
    "Arguments",
    "BiasOf",
    "Call",
    "Cell",
    "CheckpointMap",
    "Clause",
    "Code",
    "Edge",
    "Family",
    "Folded",
    "Form",
    "Graph",
    "Index",
    "Infix",
    "Input",
    "Inputs",
    "Items",
    "Joined",
    "Kept",
    "Kind",
    "Layer",
    "Meta",
    "Module",
    "Network",
    "Node",
    "Op",
    "Parameter",
    "Phrase",
    "Reach",
    "Renaming",
    "Reported",
    "Sizes",
    "Tensor",
    "Term",
    "Trained",
    "Value",
    "View",
    "Weight",
    "Window",
    "Word",
    "aligned",
    "by_name",
    "moved",
    "no_macs",
    "no_weights",
    "one_output",
    "opaque",
    "ordered",
    "outline",
    "pointwise",
    "reworded",
    "same_network",
    "sliding",
    "spatial",
    "term_of",
]
