"""What a network costs: parameters, buffers and multiply-accumulates."""

from graphc.cost.cost import Cost, Costs, cost, layer_cost, node_cost

__all__ = ["Cost", "Costs", "cost", "layer_cost", "node_cost"]
