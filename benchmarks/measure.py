"""Everything that is claimed of speed, measured in one run: ``docs/performance.md``.

    python benchmarks/measure.py [--smoke] [--part PART ...] [-o FILE]

Peers are measured where they are installed: torchvision, timm, onnx, onnxruntime,
torchinfo, torchview; graphc needs none of them. With ``--smoke`` everything runs once
and small, to see that it runs.
"""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import modules
import processes
from table import machine, table

_PACKAGES = (
    *("torch", "torchvision", "timm", "onnx", "onnxruntime", "torchinfo", "torchview"),
    *("PyYAML", "networkx"),
)
_PARTS = ("processes", "modules", "compiled")
_ABOUT = """\
# Performance

What graphc costs, and what the modules cost that it writes, as ratios of what ran side
by side in one run, in turns: medians of the time that the processor took. The spread is
how far half of the times are apart, in parts of the median. Every figure is from one
run of

    python benchmarks/measure.py{arguments}

"""


def main() -> int:
    """Measure and write the tables; return the exit code."""
    options = _parser().parse_args()
    parts = options.part or _PARTS
    arguments = "".join(f" {each}" for each in sys.argv[1:])
    lines = _ABOUT.format(arguments=arguments).splitlines()
    lines += machine(
        [f"{name} {found}" for name in _PACKAGES if (found := _version(name))]
    )
    lines += [f"Measured on {datetime.now(UTC):%Y-%m-%d}.", ""]
    if "processes" in parts:
        scale = processes.SMOKE if options.smoke else processes.FULL
        with tempfile.TemporaryDirectory() as folder:
            found = list(processes.rows(scale, Path(folder)))
        lines += table("A check and its kin, as whole processes", found)
    if "modules" in parts:
        rounds = 1 if options.smoke else options.rounds
        found = list(modules.rows(rounds, smoke=options.smoke))
        lines += table("Modules, on one thread of the CPU, at batch 1", found)
    if "compiled" in parts and not options.smoke:
        found = list(modules.compiled(options.rounds))
        lines += table("Modules for inference under `torch.compile`", found)
    text = "\n".join(lines)
    if options.output == "-":
        sys.stdout.write(text)
    else:
        Path(options.output).write_text(text, encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--smoke", action="store_true", help="once and small")
    parser.add_argument(
        "--part", action="append", choices=_PARTS, help="only this, and others so named"
    )
    parser.add_argument("--rounds", type=int, default=15, help="of modules")
    parser.add_argument("-o", "--output", default="-", help="where to write")
    return parser


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    sys.exit(main())
