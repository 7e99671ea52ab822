"""What the work takes here that rewritings for inference move: the figures of `Costs`.

    python benchmarks/fit_merge_model.py [ROUNDS]

Measures blocks as Inception networks have them, each way beside the other in turn (one
thread, float32, one image, channels last), fits the figures that
``graphc/passes/costs.py`` decides by, and prints them as that file has them. A table
tells for each block what was saved and what the figures say. It takes about a minute
for 40 rounds, the default; other work on the machine widens what is measured, so that
more rounds help.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from statistics import median

import torch
from torch import Tensor, nn

LAST = torch.channels_last
WAYS: tuple[tuple[int, int, tuple[int, ...]], ...] = (
    (192, 35, (64, 48, 64)),
    (256, 35, (64, 48, 64)),
    (256, 35, (32, 32, 32)),
    (288, 35, (96, 96)),
    (384, 35, (96, 64, 64)),
    (768, 17, (192, 128, 128)),
    (768, 17, (192, 192, 192)),
    (768, 17, (192, 192)),
    (896, 17, (128, 128)),
    (896, 17, (256, 256, 256)),
    (1024, 17, (384, 192, 192)),
    (1280, 8, (320, 384, 448)),
    (1536, 8, (256, 384, 384)),
    (1792, 8, (192, 192)),
    (2048, 8, (320, 384, 448)),
)
"""Convolutions of one tensor: its channels, its height and width, theirs."""

FIGURES = (
    *("read", "packed", "activated", "copied"),
    *("pooled", "added", "multiplied"),
)
"""The figures, in the order in which they are printed."""

MAPS = ((32, 35), (256, 35), (192, 17), (768, 17), (192, 8), (2048, 8))
"""Maps to pool and to add to: channels, height and width."""


@dataclass(frozen=True)
class Sample:
    """What was measured, in nanoseconds, as a sum of figures times these amounts."""

    name: str
    amounts: dict[str, float]
    measured: float
    whole: float


def differences(
    one: Callable[[], object], other: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Return by how much one takes longer, and how long, in nanoseconds: medians."""
    saved, whole = [], []
    for _ in range(rounds):
        times = []
        for run in (one, other):
            start = time.process_time_ns()
            run()
            times.append(time.process_time_ns() - start)
        saved.append(times[0] - times[1])
        whole.append(times[0])
    return median(saved), median(whole)


def convolution(source: int, result: int) -> nn.Conv2d:
    """Return a convolution of one place, ready to be timed."""
    return nn.Conv2d(source, result, 1).to(memory_format=LAST)


def image(channels: int, size: int) -> Tensor:
    """Return a random map."""
    return torch.randn(1, channels, size, size).to(memory_format=LAST)


def apart(x: Tensor, layers: Sequence[nn.Conv2d], *, activated: bool) -> list[Tensor]:
    """Apply convolutions to one tensor."""
    results = [layer(x) for layer in layers]
    return [result.relu_() for result in results] if activated else results


def together(
    x: Tensor, layer: nn.Conv2d, outs: Sequence[int], *, activated: bool
) -> list[Tensor]:
    """Apply one convolution, and part what it gives."""
    parts = torch.split(layer(x), list(outs), dim=1)
    if activated:
        return [part.relu() for part in parts]
    return [part.contiguous(memory_format=LAST) for part in parts]


def merged(rounds: int) -> Iterator[Sample]:
    """Yield what merging saves: where activations read the parts, where others do."""
    for (channels, size, outs), activated in product(WAYS, (True, False)):
        x = image(channels, size)
        layers = [convolution(channels, out) for out in outs]
        whole = convolution(channels, sum(outs))
        saved, took = differences(
            partial(apart, x, layers, activated=activated),
            partial(together, x, whole, outs, activated=activated),
            rounds,
        )
        elements = size * size
        name = f"{channels}*{size}*{size} -> {outs}, {'ReLU' if activated else 'copy'}"
        amounts = {
            "read": float((len(outs) - 1) * channels * elements),
            "packed": float(-channels * sum(outs)),
            "activated" if activated else "copied": float(-sum(outs) * elements),
        }
        yield Sample(name, amounts, saved, took)


def nothing() -> None:
    """Do nothing, for the time of a call."""


def pooled(rounds: int) -> Iterator[Sample]:
    """Yield what averages, additions of a bias and multiplications take."""
    pool = nn.AvgPool2d(3, 1, 1)
    for channels, size in MAPS:
        x = image(channels, size)
        elements = float(channels * size * size)
        ways = {
            "pooled": (partial(pool, x), 9 * elements),
            "added": (partial(torch.add, x, torch.randn(channels, 1, 1)), elements),
            "multiplied": (partial(convolution(channels, 192), x), 192 * elements),
        }
        for name, (run, amount) in ways.items():
            took, _ = differences(run, nothing, rounds)
            yield Sample(f"{name} {channels}", {name: amount}, took, took)


def fitted(samples: Sequence[Sample]) -> dict[str, float]:
    """Return the figures that fit best, errors counted in shares of the whole.

    None is negative: where one would be it is 0, and the others are fitted again.
    """
    names = list(dict.fromkeys(name for each in samples for name in each.amounts))
    while True:
        rows = [
            [each.amounts.get(name, 0.0) / each.whole for name in names]
            for each in samples
        ]
        goals = [[each.measured / each.whole] for each in samples]
        found = torch.linalg.lstsq(
            torch.tensor(rows, dtype=torch.float64),
            torch.tensor(goals, dtype=torch.float64),
        ).solution.flatten()
        figures = dict(zip(names, found.tolist(), strict=True))
        kept = [name for name in names if figures[name] > 0]
        if kept == names:
            return figures
        names = kept


def main() -> None:
    """Measure, and print the figures and how well they tell what was measured."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    torch.set_num_threads(1)
    with torch.inference_mode():
        samples = list(merged(rounds))
        simple = list(pooled(rounds))
    figures = fitted(samples) | fitted(simple)
    print("MEASURED = Costs(")
    for name in FIGURES:
        print(f"    {name}={figures.get(name, 0.0):.3g},")
    print(")\n")
    print("| convolutions | saved, us | share | by the figures, us |")
    print("|:--|--:|--:|--:|")
    for each in samples:
        told = sum(figures.get(n, 0.0) * amount for n, amount in each.amounts.items())
        print(
            f"| {each.name} | {each.measured / 1000:.0f}"
            f" | {each.measured / each.whole:.1%} | {told / 1000:.0f} |"
        )


if __name__ == "__main__":
    main()
