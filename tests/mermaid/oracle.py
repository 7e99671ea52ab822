"""What Mermaid itself reads in a chart, and the same of what graphc reads."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from graphc.mermaid import Flowchart

HERE = Path(__file__).parent
_BREAK = re.compile(r"<br\b[^>]*>")


def node_modules() -> Path | None:
    """Return the folder of Node's packages that holds Mermaid, if there is one."""
    told = os.environ.get("GRAPHC_NODE_MODULES")
    folders = [Path(told)] if told else [one / "node_modules" for one in HERE.parents]
    found = (one for one in folders if (one / "mermaid").is_dir())
    return next(found, None) if shutil.which("node") else None


def ask(charts: list[str], modules: Path) -> list[dict[str, Any]]:
    """Return what Mermaid says of each chart."""
    done = subprocess.run(
        ["node", str(HERE / "oracle.mjs"), str(modules)],
        input=json.dumps(charts),
        capture_output=True,
        text=True,
        check=True,
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def theirs(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer as it is compared: without what graphc has no use for."""
    boxes = {one["id"] for one in answer["subgraphs"]}
    known = boxes | {one["id"] for one in answer["nodes"]}
    nodes = [one for one in answer["nodes"] if one["id"] not in boxes]
    for one in (*nodes, *answer["edges"]):
        one["label"] = told(one["label"])
    for one in answer["edges"]:
        if one["stroke"] == "INVALID":
            one["stroke"] = one["length"] = None
    return {
        "direction": answer["direction"] and answer["direction"].replace("TD", "TB"),
        "nodes": nodes,
        "edges": answer["edges"],
        "subgraphs": [
            {
                "id": one["id"],
                "title": told(one["title"]),
                "direction": one["direction"] and one["direction"].replace("TD", "TB"),
                "members": sorted(
                    name for name in one["members"] if name in known - {one["id"]}
                ),
            }
            for one in answer["subgraphs"]
        ],
    }


def told(label: str) -> str:
    """Return a label as both write it: Mermaid rewrites the tags in it."""
    return _BREAK.sub("<br>", label.replace("&lt;", "<").replace("&gt;", ">")).replace(
        "&amp;", "&"
    )


def ours(chart: Flowchart) -> dict[str, Any]:
    """Return a flowchart in the form of ``theirs``."""
    nodes = [
        {
            "id": one.id,
            "label": told(one.id if one.label is None else one.label.text),
            "shape": one.shape,
            "markdown": one.markdown,
        }
        for one in chart.vertices.values()
    ]
    edges = [
        {
            "source": one.source,
            "target": one.target,
            "label": told("" if one.label is None else one.label.text),
            "stroke": None if one.arrow == "INVALID" else one.stroke.value,
            "arrow": one.arrow,
            "length": None if one.arrow == "INVALID" else one.length,
            "id": one.id,
        }
        for one in chart.links
    ]
    boxes = [
        {
            "id": one.id,
            "title": told(one.title.text),
            "direction": one.direction,
            "members": sorted(one.members),
        }
        for one in chart.subgraphs
    ]
    return {
        "direction": chart.direction,
        "nodes": nodes,
        "edges": edges,
        "subgraphs": boxes,
    }
