"""How much `graphc check` costs, as ratios of processes timed side by side.

    python benchmarks/check_speed.py [ROUNDS]

Prints three ratios, each the median over rounds in which all commands run in turn:

- checking irv1, over ``python -c "import yaml, networkx"`` (target: at most 5);
- checking a chain of 4,000 nodes, over one of 1,000, start-up subtracted (linear: 4);
- checking a block repeated 100,000 times, over the same block once (target: 1).
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
CHECK = [PYTHON, "-m", "graphc", "check"]
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if "BYTECODE" not in name
}
"""As it is, but Python keeps what it compiled, as it does where graphc is installed."""


def chain(nodes: int) -> str:
    """Return a spec of that many convolutions in a row, with a size on every edge."""
    lines = ["graphc: 1", "model: Chain", "nodes:", "  image: Input"]
    lines += [f"  conv{number}: Conv 8 k=3 p=1 ReLU" for number in range(nodes)]
    lines += ["edges:", "  - image -> conv0: 8*32*32"]
    lines += [
        f"  - conv{number} -> conv{number + 1}: 8*32*32" for number in range(nodes - 1)
    ]
    return "\n".join(lines) + "\n"


def repeated(count: int) -> str:
    """Return a spec of one block, repeated."""
    return f"""\
graphc: 1
model: Repeated
nodes:
  image: Input
  blocks: {count} x Block
edges:
  - image -> blocks: 8*32*32
modules:
  Block:
    nodes:
      input: Input
      conv: Conv k=3 p=1 ReLU
      sum: Sum
      output: Output
    edges:
      - input -> conv: C*H*W
      - conv -> sum
      - input -> sum
      - sum -> output
"""


def seconds(command: list[str]) -> float:
    """Return how long a process takes; raises CalledProcessError if it fails."""
    start = time.perf_counter()
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=ENVIRONMENT
    )
    return time.perf_counter() - start


def main() -> None:
    """Time the commands in turn and print the ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        files = {
            "short": chain(1_000),
            "long": chain(4_000),
            "once": repeated(1),
            "often": repeated(100_000),
        }
        commands = {
            "imports": [PYTHON, "-c", "import yaml, networkx"],
            "irv1": [*CHECK, "specs/irv1.yaml"],
        }
        for name, text in files.items():
            path = Path(folder) / f"{name}.yaml"
            path.write_text(text, encoding="utf-8")
            commands[name] = [*CHECK, str(path)]
        seconds(commands["irv1"])  # to compile what all of them import
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                times[name].append(seconds(command))
    took = {name: median(values) for name, values in times.items()}
    base = took["once"]
    growth = (took["long"] - base) / (took["short"] - base)
    print(f"check irv1 / import yaml, networkx   {took['irv1'] / took['imports']:.2f}")
    print(f"4,000 nodes / 1,000 nodes            {growth:.2f}")
    print(f"100,000 repeats / 1                  {took['often'] / took['once']:.2f}")


if __name__ == "__main__":
    main()
