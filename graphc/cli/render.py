"""``graphc render``."""

import argparse
import sys
from pathlib import Path

from graphc.cli.report import report
from graphc.cli.result import hand_over, shown
from graphc.diagnostics import Diagnostic, count, nearest
from graphc.draw import Level
from graphc.infer import Sized
from graphc.pipeline.check import check, exit_code
from graphc.pipeline.files import drawing_file, type_of
from graphc.pipeline.render import level_of, render


def run(options: argparse.Namespace) -> int:
    """Draw a spec; with errors in its sizes it is drawn all the same, and exits 1."""
    checked = check(options.spec, options.import_root)
    if options.module is None:
        checked = checked.with_model()
    stream = sys.stderr if options.output == "-" else sys.stdout
    if checked.sized is None:
        summary = f"{checked.file}: {count(checked.findings)}: nothing was drawn"
        report(checked.findings, options, summary, stream)
        return exit_code(checked.findings)
    if options.module is not None and not _has(checked.sized, options.module):
        return 2
    findings = list(checked.findings)
    problem, told = _draw(checked.sized, options, checked.sources)
    findings += [problem] if problem else []
    if findings:
        told = f"{count(findings)}: {told}"
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


def _draw(
    sized: Sized, options: argparse.Namespace, sources: tuple[str, ...]
) -> tuple[Diagnostic | None, str]:
    """Return what went wrong, and what was done, in words."""
    file_type = options.file_type or type_of(options.output)
    level, part = level_of(sized, options.module, unroll=options.unroll)
    output = options.output or drawing_file(options.spec, file_type, part)
    picture = render(sized, level, file_type, options.engine)
    if isinstance(picture, Diagnostic):
        return picture, _without_layout(sized, level, output, sources)
    problem = hand_over(picture, output, *sources)
    return problem, "nothing was written" if problem else f"wrote {shown(output)}"


def _without_layout(
    sized: Sized, level: Level, output: str | Path, sources: tuple[str, ...]
) -> str:
    """Write the graph as DOT, to be laid out elsewhere."""
    graph = render(sized, level, "dot")
    if output == "-" or isinstance(graph, Diagnostic):
        return "nothing was written"
    file = Path(output).with_suffix(".dot")
    if hand_over(graph, file, *sources) is not None:
        return "nothing was written"
    return f"wrote {file}, the graph without a layout"
