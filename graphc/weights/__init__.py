"""What a checkpoint holds, compared with what a model's ``state_dict`` takes."""

from graphc.weights.mapped import check_map

__all__ = ["check_map"]
