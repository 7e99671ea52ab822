"""``graphc render``."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from graphc.cli.report import report
from graphc.cli.result import hand_over, shown
from graphc.diagnostics import Diagnostic, count, nearest
from graphc.draw import Level
from graphc.infer import Sized
from graphc.pipeline.check import check
from graphc.pipeline.files import MERMAID, drawing_file, type_of
from graphc.pipeline.render import level_of, render
from graphc.pipeline.verdict import exit_code
from graphc.record import record

_NOTHING = "nothing was written"


@record(eq=False)
class _Drawn:
    """What was found in drawing, and what was done, in words."""

    findings: tuple[Diagnostic, ...]
    told: str


def run(options: argparse.Namespace) -> int:
    """Draw a spec; with errors in its sizes it is drawn all the same, and exits 1."""
    file_type = options.file_type or type_of(options.output)
    if options.unroll and file_type == MERMAID:
        message = "--unroll draws pictures: Mermaid has each module in its own diagram"
        print(f"graphc: {message}", file=sys.stderr)
        return 2
    checked = check(options.spec, options.import_root, model=options.model)
    if options.module is None:
        checked = checked.with_model()
    stream = sys.stderr if options.output == "-" else sys.stdout
    if checked.sized is None:
        summary = f"{checked.file}: {count(checked.findings)}: nothing was drawn"
        report(checked.findings, options, summary, stream)
        return exit_code(checked.findings)
    if options.module is not None and not _has(checked.sized, options.module):
        return 2
    draw = _diagrams if file_type == MERMAID else _picture
    drawn = draw(checked.sized, options, file_type, checked.sources)
    findings = [*checked.findings, *drawn.findings]
    told = f"{count(findings)}: {drawn.told}" if findings else drawn.told
    report(findings, options, f"{checked.file}: {told}", stream)
    return exit_code(findings)


def _has(sized: Sized, name: str) -> bool:
    modules = sized.network.modules
    if name in modules:
        return True
    meant = nearest(name, modules)
    offer = f": did you mean {meant}?" if meant else ""
    print(f"graphc: the spec has no module {name!r}{offer}", file=sys.stderr)
    return False


def _picture(
    sized: Sized,
    options: argparse.Namespace,
    file_type: str,
    sources: Sequence[str],
) -> _Drawn:
    level, part = level_of(sized, options.module, unroll=options.unroll)
    output = options.output or drawing_file(options.spec, file_type, part)
    picture = render(sized, level, file_type, options.engine, options.timeout)
    if isinstance(picture, Diagnostic):
        return _Drawn((picture,), _without_layout(sized, level, output, sources))
    problem = hand_over(picture.data, output, *sources)
    if problem is not None:
        return _Drawn((problem,), _NOTHING)
    return _Drawn(picture.findings, f"wrote {shown(output)}")


def _without_layout(
    sized: Sized, level: Level, output: str | Path, sources: Sequence[str]
) -> str:
    """Write the graph as DOT, to be laid out elsewhere."""
    graph = render(sized, level, "dot")
    if output == "-" or isinstance(graph, Diagnostic):
        return _NOTHING
    file = Path(output).with_suffix(".dot")
    if hand_over(graph.data, file, *sources) is not None:
        return _NOTHING
    return f"wrote {file}, the graph without a layout"


def _diagrams(
    sized: Sized,
    options: argparse.Namespace,
    file_type: str,
    sources: Sequence[str],
) -> _Drawn:
    part = f"-{options.module}" if options.module is not None else ""
    output = options.output or drawing_file(options.spec, file_type, part)
    # Pictures are drawn by other packages: only who writes Mermaid needs its room.
    drawn = import_module("graphc.pipeline.diagrams").mermaid(
        sized, options.module, output
    )
    written: list[str] = []
    for page in drawn.pages:
        problem = hand_over(page.data, page.file or "-", *sources)
        if problem is not None:
            told = f"wrote {', '.join(written)} only" if written else _NOTHING
            return _Drawn((*drawn.findings, problem), told)
        written.append(shown(page.file or "-"))
    return _Drawn(drawn.findings, f"wrote {', '.join(written)}")
