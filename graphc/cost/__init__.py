"""What a network costs: parameters, multiply-accumulates, memory, receptive fields."""

from graphc.cost.cost import Cost, Costs, cost, layer_cost, node_cost
from graphc.cost.in_place import InPlace
from graphc.cost.memory import BYTES, Memory, input_bytes
from graphc.cost.parts import Part, parts
from graphc.cost.peaks import Peaks
from graphc.cost.sight import Seen, Sight, Sights, chained, untouched

__all__ = [
    "BYTES",
    "Cost",
    "Costs",
    "InPlace",
    "Memory",
    "Part",
    "Peaks",
    "Seen",
    "Sight",
    "Sights",
    "chained",
    "cost",
    "input_bytes",
    "layer_cost",
    "node_cost",
    "parts",
    "untouched",
]
