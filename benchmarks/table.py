"""What was measured, as Markdown."""

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One comparison: a ratio, what it was aimed at, and how much the times spread."""

    what: str
    ratio: float | None
    aim: str
    spread: float = 0.0
    note: str = ""


def table(title: str, rows: Iterable[Row]) -> list[str]:
    """Return a table under its title, in lines; a ratio of None was not measured."""
    lines = [
        f"## {title}",
        "",
        "| | ratio | aim | spread | |",
        "|---|---:|---:|---:|---|",
    ]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        spread = f"{100 * row.spread:.0f} %" if row.ratio is not None else ""
        lines.append(f"| {row.what} | {ratio} | {row.aim} | {spread} | {row.note} |")
    return [*lines, ""]


def machine(versions: Sequence[str]) -> list[str]:
    """Return what it was measured on and with, in lines."""
    return [
        f"- {_processor()}, {os.cpu_count()} cores, {platform.system()}",
        f"- Python {platform.python_version()}, {', '.join(versions)}",
        "",
    ]


def _processor() -> str:
    """Return what the processor is called, as far as the system tells."""
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
