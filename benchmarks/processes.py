"""What commands cost as whole processes, beside others that infer sizes."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from racing import Times, race_processes
from table import Row
from texts import chain, nested, repeated

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
GRAPHC = [PYTHON, "-m", "graphc"]
IMPORTS = [PYTHON, "-c", "import yaml, networkx"]

NETWORKS: Mapping[str, tuple[str, int]] = {
    "irv1": ("InceptionResNetV1", 299),
    "inception_v4": ("InceptionV4", 299),
    "resnet152": ("ResNet152", 224),
}
"""Files in ``specs/`` and ``generated/``: the model's class, its height and width."""

_LOADED = """\
import sys, torch
sys.path.insert(0, {generated!r})
import {name}
"""
_PEERS = {
    "torch, meta device": """
with torch.device("meta"):
    {name}.{model}().eval()(torch.zeros(1, 3, {size}, {size}))
""",
    "torchinfo": """
import torchinfo
torchinfo.summary({name}.{model}(), (1, 3, {size}, {size}), verbose=0)
""",
    "torchview": """
import torchview
shape = [(1, 3, {size}, {size})]
torchview.draw_graph({name}.{model}(), input_size=shape, device="meta")
""",
}
_ONNX = "import onnx; onnx.shape_inference.infer_shapes(onnx.load({path!r}))"
_COMPOSE = "import yaml; yaml.compose(open({path!r}, 'rb'), Loader=yaml.CSafeLoader)"


@dataclass(frozen=True)
class Scale:
    """How much is measured: rounds, and how large what is made for it is."""

    rounds: int
    nodes: tuple[int, ...]
    repeats: tuple[int, ...]
    levels: int
    drawn: int
    files: int
    networks: tuple[str, ...]


FULL = Scale(
    rounds=3,
    nodes=(1_000, 10_000, 100_000),
    repeats=(2, 2_000, 2_000_000),
    levels=1_000,
    drawn=1_000,
    files=100,
    networks=tuple(NETWORKS),
)
SMOKE = Scale(
    rounds=1,
    nodes=(20, 40),
    repeats=(2, 2_000_000),
    levels=20,
    drawn=20,
    files=3,
    networks=("irv1",),
)


def rows(scale: Scale, folder: Path) -> Iterator[Row]:
    """Yield what commands cost; texts are written to a folder."""
    yield from _start(scale)
    yield from _beside_others(scale, folder)
    yield from _growth(scale, folder)
    yield from _repeats(scale, folder)
    yield from _depth(scale, folder)
    yield from _files(scale, folder)
    yield from _drawing(scale, folder)


def ratio(
    what: str,
    times: Mapping[str, Times],
    over: tuple[str, str],
    aim: str,
    note: str = "",
) -> Row:
    """Return the ratio of two contestants as a row."""
    one, other = (times[name] for name in over)
    spread = max(one.spread, other.spread)
    return Row(what, one.median / other.median, aim, spread, note)


def uncached(path: Path | str) -> list[str]:
    """Return the command that checks a file anew."""
    return [*GRAPHC, "check", "--no-cache", str(path)]


def _start(scale: Scale) -> Iterator[Row]:
    spec = ROOT / "specs" / "irv1.yaml"
    times = race_processes(
        {
            "nothing": [PYTHON, "-c", "pass"],
            "imports": IMPORTS,
            "irv1": uncached(spec),
            "again": [*GRAPHC, "check", str(spec)],
        },
        2 * scale.rounds + 1,
    )
    told = f"{1000 * times['irv1'].median:.0f} ms"
    what = '`check specs/irv1.yaml` / `python -c "import yaml, networkx"`'
    yield ratio(what, times, ("irv1", "imports"), "at most 1.5", told)
    told = f"{1000 * times['again'].median:.0f} ms"
    what = "the same, unchanged since the last time / the same imports"
    yield ratio(what, times, ("again", "imports"), "", told)
    what = "the same, unchanged / `python -c pass`"
    yield ratio(what, times, ("again", "nothing"), "", told)


def _beside_others(scale: Scale, folder: Path) -> Iterator[Row]:
    for name in scale.networks:
        model, size = NETWORKS[name]
        fields = {"name": name, "model": model, "size": size}
        commands = {"check": uncached(ROOT / "specs" / f"{name}.yaml")}
        for peer, code in _PEERS.items():
            if find_spec(peer.partition(",")[0]) is not None:
                loaded = _LOADED.format(generated=str(ROOT / "generated"), name=name)
                commands[peer] = [PYTHON, "-c", loaded + code.format(**fields)]
        file = _exported(name, model, size, folder)
        if file is not None:
            commands["onnx"] = [PYTHON, "-c", _ONNX.format(path=str(file))]
        times = race_processes(commands, scale.rounds)
        for peer in _PEERS:
            if peer in times:
                what = f"{peer} / `check`, {name}"
                yield ratio(what, times, (peer, "check"), "at least 10")
        if file is not None:
            what = f"`check` / `onnx.shape_inference`, {name}"
            yield ratio(what, times, ("check", "onnx"), "at most 1")


def _exported(name: str, model: str, size: int, folder: Path) -> Path | None:
    """Return a generated module as an ONNX file without weights; None without onnx."""
    if find_spec("onnx") is None or find_spec("torch") is None:
        return None
    file = folder / f"{name}.onnx"
    code = f"""\
import io, sys, torch, onnx
sys.path.insert(0, {str(ROOT / "generated")!r})
import {name}
held = io.BytesIO()
given = (torch.zeros(1, 3, {size}, {size}),)
torch.onnx.export({name}.{model}().eval(), given, held, dynamo=False)
graph = onnx.load_from_string(held.getvalue())
for each in graph.graph.initializer:
    if len(each.dims) and each.name not in [one.name for one in graph.graph.input]:
        graph.graph.input.append(
            onnx.helper.make_tensor_value_info(each.name, each.data_type, each.dims)
        )
small = [each for each in graph.graph.initializer if not len(each.dims)]
del graph.graph.initializer[:]
graph.graph.initializer.extend(small)
onnx.save(graph, {str(file)!r})
"""
    race_processes({"export": [PYTHON, "-c", code]}, 0)
    return file


def _growth(scale: Scale, folder: Path) -> Iterator[Row]:
    for size in scale.nodes:
        (folder / f"chain{size}.yaml").write_text(chain(size), encoding="utf-8")
    files = {size: folder / f"chain{size}.yaml" for size in scale.nodes}
    most = max(scale.nodes)
    commands: dict[str, Sequence[str]] = {
        str(size): uncached(file) for size, file in files.items()
    }
    commands["start"] = uncached(_written(folder, "start.yaml", chain(1)))
    commands["compose"] = [PYTHON, "-c", _COMPOSE.format(path=str(files[most]))]
    if find_spec("onnx") is not None:
        file = _chain_in_onnx(most, folder)
        commands["onnx"] = [PYTHON, "-c", _ONNX.format(path=str(file))]
    times = race_processes(commands, scale.rounds)
    start = times["start"].median
    for small, large in zip(scale.nodes, scale.nodes[1:], strict=False):
        grown = (times[str(large)].median - start) / (times[str(small)].median - start)
        spread = max(times[str(size)].spread for size in (small, large))
        what = f"`check` of {large:,} nodes / of {small:,}, both without the start"
        yield Row(what, grown, f"{large // small}", spread)
    held = f"{times[str(most)].peak / 2**20:.0f} MiB, {times[str(most)].median:.1f} s"
    what = f"`check` of {most:,} nodes / libyaml composes them"
    yield ratio(what, times, (str(most), "compose"), "at most 3", held)
    if "onnx" in times:
        what = f"`check` of {most:,} nodes / `onnx.shape_inference`"
        told = f"{times['onnx'].median:.1f} s"
        yield ratio(what, times, (str(most), "onnx"), "", told)


def _chain_in_onnx(nodes: int, folder: Path) -> Path:
    """Return the chain as an ONNX file without weights."""
    file = folder / f"chain{nodes}.onnx"
    code = f"""\
import onnx
from onnx import TensorProto, helper
sized = helper.make_tensor_value_info
given = [sized("x0", TensorProto.FLOAT, [1, 8, 32, 32])]
nodes = []
for i in range({nodes}):
    given.append(sized(f"w{{i}}", TensorProto.FLOAT, [8, 8, 3, 3]))
    shape = dict(kernel_shape=[3, 3], pads=[1, 1, 1, 1])
    nodes.append(helper.make_node("Conv", [f"x{{i}}", f"w{{i}}"], [f"c{{i}}"], **shape))
    nodes.append(helper.make_node("Relu", [f"c{{i}}"], [f"x{{i + 1}}"]))
made = [sized("x{nodes}", TensorProto.FLOAT, None)]
graph = helper.make_graph(nodes, "chain", given, made)
onnx.save(helper.make_model(graph), {str(file)!r})
"""
    race_processes({"write": [PYTHON, "-c", code]}, 0)
    return file


def _repeats(scale: Scale, folder: Path) -> Iterator[Row]:
    few, *_, many = scale.repeats
    files = {
        count: _written(folder, f"repeated{count}.yaml", repeated(count))
        for count in scale.repeats
    }
    built = str(folder / "built.py")
    for name, options in {
        "check": ["--no-cache"],
        "build": ["-o", built],
        "summary": [],
    }.items():
        commands = {
            str(count): [*GRAPHC, name, str(file), *options]
            for count, file in files.items()
        }
        times = race_processes(commands, scale.rounds)
        what = f"`{name}` of a block repeated {many:,} times / {few} times"
        yield ratio(what, times, (str(many), str(few)), "1")


def _depth(scale: Scale, folder: Path) -> Iterator[Row]:
    deep = _written(folder, "deep.yaml", nested(scale.levels))
    flat = _written(folder, "flat.yaml", nested(max(scale.levels // 10, 1)))
    times = race_processes(
        {"deep": uncached(deep), "flat": uncached(flat)}, scale.rounds
    )
    what = f"`check` of modules {scale.levels:,} deep / a tenth of it"
    yield ratio(what, times, ("deep", "flat"), "at most 10")


def _files(scale: Scale, folder: Path) -> Iterator[Row]:
    project = folder / "project"
    project.mkdir(exist_ok=True)
    text = (ROOT / "specs" / "irv1.yaml").read_text(encoding="utf-8")
    for number in range(scale.files):
        _written(project, f"spec{number}.yaml", f"{text}# {number}\n")
    check = [*GRAPHC, "check", str(project)]
    times = race_processes(
        {
            "one": [*check, "--no-cache", "--jobs", "1"],
            "all": [*check, "--no-cache"],
            "cached": check,
        },
        scale.rounds,
        clock="wall",
        GRAPHC_CACHE_DIR=str(folder / "cache"),
    )
    what = f"`check` of {scale.files} specs: one process / the machine's cores (time)"
    yield ratio(what, times, ("one", "all"), "more than 1")
    what = f"`check` of {scale.files} specs: anew / from the cache (time)"
    yield ratio(what, times, ("all", "cached"), "")


def _drawing(scale: Scale, folder: Path) -> Iterator[Row]:
    file = _written(folder, "drawn.yaml", chain(scale.drawn))
    drawn = str(folder / "drawn.svg")
    times = race_processes(
        {
            "check": uncached(file),
            "render": [*GRAPHC, "render", str(file), "-o", drawn],
        },
        scale.rounds,
    )
    seconds = f"{times['render'].median:.1f} s"
    what = f"`render` of {scale.drawn:,} nodes / `check`"
    yield ratio(what, times, ("render", "check"), "", seconds)


def _written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file
