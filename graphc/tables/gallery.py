"""A page that shows specs: drawing, stages, costs, source and published results."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from graphc.infer import Sized
from graphc.record import record
from graphc.tables.comparison import compared, comparison, results
from graphc.tables.figures import shapes_text
from graphc.tables.markdown import code, plain
from graphc.tables.summary import Row, Summary, summarize
from graphc.tables.summary_table import by_path, totals

_ARXIV = re.compile(r"arXiv:(\d{4}\.\d{4,5}(?:v\d+)?)")
_MARKABLE = re.compile(r"(?!.*--)[\w./-]+", re.ASCII)
_FEW, _MANY = 8, 40
"""Nodes that are few enough to show what is in them, and rows too many for that."""

_HEAD = """\
# The specs

Every spec of this folder, as `graphc gallery` writes this page from the specs
themselves; to change it, change them. Sizes are channels first without the batch.
Activations are bytes, float32 at batch 1; a field is the part of the input that an
element sees, a jump the distance between the fields of neighbours.
"""


@record(eq=False)
class Shown:
    """A network without errors, and where its files are, relative to the page."""

    sized: Sized
    spec: str
    drawing: str
    module: str


def gallery(networks: Sequence[Shown]) -> str:
    """Return the page, in GitHub's Markdown; what a spec says is never markup."""
    models = compared([one.sized for one in networks])
    compares = comparison(models, "markdown").rstrip("\n").split("\n")
    files = [one.spec for one in networks]
    if len(networks) > 1:
        compares = list(_kept(files, "table", compares))
    parts = [_HEAD, "\n".join([*compares, ""])]
    parts += ["\n".join(_section(one)) for one in networks]
    return "\n".join(parts)


def _section(shown: Shown) -> Iterator[str]:
    network = shown.sized.network
    summary = summarize(shown.sized, 1)
    name = network.model.name
    yield f"## {plain(name)}"
    yield ""
    links = [_link("spec", shown.spec), _link("module", shown.module)]
    source = network.meta.source
    yield " · ".join([*links, *([_source(source)] if source else [])])
    if network.meta.about:
        yield from ("", plain(network.meta.about))
    yield from ("", f"!{_link(name, shown.drawing)}", "")
    yield from _kept([shown.spec], "summary", list(_costs(summary)))
    yield from ("", by_path(_stages(summary)))
    if network.meta.reported:
        yield from ("Published results:", "", results(network.meta.reported))


def _stages(summary: Summary) -> tuple[Row, ...]:
    """Return the nodes of a model; where they are few, what is in them too."""
    nodes = tuple(row for row in summary.rows if row.depth == 0)
    inside = tuple(row for row in summary.rows if row.depth <= 1)
    return inside if len(nodes) < _FEW and len(inside) <= _MANY else nodes


def _costs(summary: Summary) -> Iterator[str]:
    ends = f"{shapes_text(summary.inputs)} -> {shapes_text(summary.outputs)}"
    yield f"- sizes: {code(ends)}"
    yield from (f"- {line}" for line in totals(summary))


def _kept(specs: Sequence[str], kind: str, lines: Sequence[str]) -> Iterator[str]:
    """Yield lines between the comments of a marker, by which `graphc docs` keeps them.

    Where the name of a file cannot stand in a marker, they have none around them.
    """
    if not all(map(_MARKABLE.fullmatch, specs)):
        yield from lines
        return
    yield from (f"<!-- graphc: {' '.join(specs)} as={kind} -->", "")
    yield from (*lines, "", "<!-- /graphc -->")


def _source(source: str) -> str:
    found = _ARXIV.fullmatch(source)
    if found is None:
        return plain(source)
    return f"[{plain(source)}](https://arxiv.org/abs/{found[1]})"


def _link(text: str, path: str) -> str:
    return f"[{plain(text)}]({quote(path)})"
