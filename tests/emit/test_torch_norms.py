"""What built norms calculate, against their formulas."""

import torch
from torch_specs import chain, sized

from graphc.emit.torch.load import module


def test_local_response_normalization_is_as_its_formula_says() -> None:
    """``x/(k + alpha/n*s)**beta``, s the squares of n channels around the own one.

    Of an even n one more channel stands before the own than behind.
    """
    network = sized(chain(["LRN", "LRN n=4 alpha=0.5 beta=0.5 k=2"], "7*3*2"))
    image = torch.rand(2, 7, 3, 2)
    found = image
    for size, alpha, beta, k in ((5, 1e-4, 0.75, 1), (4, 0.5, 0.5, 2)):
        squares = torch.stack(
            [
                found[:, max(0, own - size // 2) : own + (size + 1) // 2]
                .square()
                .sum(1)
                for own in range(7)
            ],
            1,
        )
        found = found / (k + alpha / size * squares) ** beta
    torch.testing.assert_close(module(network)(image), found)
