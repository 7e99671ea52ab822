"""What generated modules cost to run, beside those of torchvision and timm."""

import io
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from racing import Times, race
from table import Row
from torch import Tensor, nn

import graphc
from graphc.emit.torch import Purpose
from graphc.emit.torch.load import load
from graphc.verify.equal import randomize
from graphc.verify.held import peak_of

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Case:
    """A network: its spec, its peer's package and name, its height and width.

    ``aim`` is how much faster the module for inference should be than the peer.
    """

    spec: str
    package: str | None
    peer: str
    size: int
    aim: str
    only: tuple[str, ...] = ()


CASES = (
    Case("inception_v3", "torchvision", "inception_v3", 299, "1.40", ("logits",)),
    Case("inception_v4", "timm", "inception_v4", 299, "1.35"),
    Case("resnet152", "torchvision", "resnet152", 224, "1.12"),
    Case("irv1", None, "", 299, "1.40"),
)


def rows(rounds: int, *, smoke: bool) -> Iterator[Row]:
    """Yield how modules compare; a ``smoke`` run takes one network."""
    torch.set_num_threads(1)
    for case in CASES[-1:] if smoke else CASES:
        yield from _case(case, rounds)


def compiled(rounds: int) -> Iterator[Row]:
    """Yield how modules for inference compare with onnxruntime once they are compiled.

    What PyTorch compiles has the weights in it, ready for oneDNN. Takes minutes.
    """
    torch.set_num_threads(1)
    if not _has_onnxruntime():
        return
    config: Any = import_module("torch._inductor.config")
    for case in CASES:
        networks = networks_of(case)
        image = _image(case)
        run = _forward(torch.compile(networks["inference"]), image)
        with config.patch(freezing=True):
            run()
        runs = {
            "onnxruntime": _in_onnxruntime(networks["plain"], image),
            "compiled": run,
        }
        what = f"{case.spec}: inference, compiled and frozen / onnxruntime's speed"
        yield _row(what, race(runs, rounds), ("onnxruntime", "compiled"), "0.95")
        torch.compiler.reset()


def _case(case: Case, rounds: int) -> Iterator[Row]:
    networks = networks_of(case)
    base = "peer" if "peer" in networks else "plain"
    name = f"{case.package}'s" if base == "peer" else "the plain build's"
    image = _image(case)
    runs = {key: _forward(network, image) for key, network in networks.items()}
    if _has_onnxruntime():
        runs["onnxruntime"] = _in_onnxruntime(networks["plain"], image)
    times = race(runs, rounds)
    peaks = {key: peak_of(network, image) for key, network in networks.items()}
    aims = {"plain": "1.00", "inference": case.aim, "inference-cpu": "1.60"}
    for key in (*aims, "onnxruntime"):
        if key in times and key != base:
            what = f"{case.spec}: {key} / {name} speed"
            yield _row(what, times, (base, key), aims.get(key, ""))
    for key in ("plain", "inference"):
        if key != base:
            what = f"{case.spec}: {name} memory beside the weights / {key}"
            held = f"{peaks[key] / 2**20:.1f} MiB"
            yield Row(what, peaks[base] / peaks[key], "1.00", 0.0, held)
    if base == "peer":
        yield from _training(case, networks, rounds)


def _image(case: Case) -> Tensor:
    return torch.randn(1, 3, case.size, case.size)


def _row(what: str, times: Mapping[str, Times], over: tuple[str, str], aim: str) -> Row:
    base, other = (times[name] for name in over)
    note = f"{1000 * other.median:.0f} ms"
    spread = max(base.spread, other.spread)
    return Row(what, base.median / other.median, aim, spread, note)


def networks_of(case: Case) -> dict[str, nn.Module]:
    """Return a network in all its forms, with the same weights."""
    spec = graphc.load(ROOT / "specs" / f"{case.spec}.yaml", only=case.only)
    whole = graphc.load(ROOT / "specs" / f"{case.spec}.yaml")
    plain = spec.module().eval()
    trained = whole.module().eval()
    with torch.no_grad():
        randomize(trained)
    plain.load_state_dict(trained.state_dict(), strict=not case.only)
    found = {"plain": plain}
    for purpose in Purpose:
        if purpose.for_inference:
            text = spec.code(purpose.value)
            made = getattr(load(text), spec.sized.model.name)
            found[purpose.value] = made.from_trained(trained.state_dict())
    peer = _peer(case)
    if peer is not None:
        peer.load_state_dict(trained.state_dict())
        found["peer"] = peer.eval()
    return found


def _peer(case: Case) -> nn.Module | None:
    """Return the module of the package that people use, None without the package."""
    if case.package is None or find_spec("torchvision") is None:
        return None
    _torchvision()
    if case.package == "timm":
        if find_spec("timm") is None:
            return None
        timm: Any = import_module("timm")
        made: nn.Module = timm.create_model(case.peer)
        return made
    models: Any = import_module("torchvision.models")
    options = {"init_weights": False} if case.peer == "inception_v3" else {}
    network: nn.Module = getattr(models, case.peer)(weights=None, **options)
    return network


def _torchvision() -> None:
    """Import torchvision, beside a torch that it was not compiled for too.

    Its operators for detection are then missing, which no classifier uses.
    """
    if "torchvision" in sys.modules:
        return
    try:
        import_module("torchvision")
    except RuntimeError:
        for name in [name for name in sys.modules if name.startswith("torchvision")]:
            del sys.modules[name]
        library = torch.library.Library("torchvision", "FRAGMENT")
        for name in ("nms", "qnms"):
            library.define(f"{name}(Tensor dets, Tensor scores, float most) -> Tensor")
        import_module("torchvision")
        _kept.append(library)


_kept: list[object] = []


def _forward(network: Callable[..., object], image: Tensor) -> Callable[[], object]:
    def run() -> object:
        with torch.inference_mode():
            return network(image)

    return run


def _has_onnxruntime() -> bool:
    return all(find_spec(name) is not None for name in ("onnxruntime", "onnx"))


def _in_onnxruntime(network: nn.Module, image: Tensor) -> Callable[[], object]:
    runtime: Any = import_module("onnxruntime")
    file = io.BytesIO()
    torch.onnx.export(network, (image,), file, dynamo=False)
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    session = runtime.InferenceSession(
        file.getvalue(), options, providers=["CPUExecutionProvider"]
    )
    name, value = session.get_inputs()[0].name, image.numpy()
    return lambda: session.run(None, {name: value})


def _training(
    case: Case, networks: Mapping[str, nn.Module], rounds: int
) -> Iterator[Row]:
    """Yield how a step of training compares: forward, backward, and an update."""
    image = torch.randn(2, 3, case.size, case.size)
    steps = {key: _step(networks[key], image) for key in ("plain", "peer")}
    times = race(steps, max(rounds // 3, 1))
    what = f"{case.spec}: plain / {case.package}'s speed of a training step"
    yield _row(what, times, ("peer", "plain"), "1.00")


def _step(network: nn.Module, image: Tensor) -> Callable[[], object]:
    network.train()
    optimizer = torch.optim.SGD(network.parameters(), lr=1e-6)

    def run() -> None:
        optimizer.zero_grad()
        found = network(image)
        first = found if isinstance(found, Tensor) else found[0]
        first.float().pow(2).mean().backward()  # type: ignore[no-untyped-call]
        optimizer.step()

    return run
