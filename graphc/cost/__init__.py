"""What a network costs: parameters, buffers and multiply-accumulates."""

from graphc.cost.cost import Cost, cost, layer_cost, node_cost

__all__ = ["Cost", "cost", "layer_cost", "node_cost"]
