"""Whether a run gives the inferred sizes; and whether a lie would be seen."""

from pathlib import Path

import pytest
from torch_specs import chain, module, sized, spec

from graphc import load
from graphc.emit.torch import emit
from graphc.ops import OPS
from graphc.verify import verify

IRV1 = Path(__file__).parents[2] / "specs" / "irv1.yaml"
EDGES = 9 + 9 + 5 * 14 + 10 + 10 * 11 + 14 + 5 * 11
SHAPES = ("8*16*16", "8*8", "256*8*8", "64*512", "256", "8*1", "10000")


def test_every_edge_of_irv1() -> None:
    report = verify(load(IRV1).sized)
    assert (report.compared, report.mismatches, report.failure) == (EDGES, (), None)


def test_a_wrong_size_is_seen_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    network = sized(chain(["Conv 4 k=3", "ReLU", "Conv 4 k=3", "Flatten"], "3*8*8"))
    wrong = emit(network).replace("kernel_size=3", "kernel_size=3, padding=1", 1)
    assert wrong != emit(network)
    monkeypatch.setattr(
        "graphc.verify.run.written",
        lambda *_, **__: _observed(wrong),
    )
    report = verify(network)
    found = [
        (each.edge.source, each.found, each.inferred) for each in report.mismatches
    ]
    assert found == [
        ("n0", (4, 8, 8), (4, 6, 6)),
        ("n1", (4, 8, 8), (4, 6, 6)),
        ("n2", (4, 6, 6), (4, 4, 4)),
    ]
    first = report.findings("spec.yaml")[0]
    assert first.message == "`n0` gives 4*8*8 when it is run, not 4*6*6"


def _observed(text: str) -> str:
    """Return a file with its values observed, as the emitter would write it."""
    return "\n".join(map(_seen, text.splitlines())).replace(
        "        return", '        _observed(self, "image", 0, image)\n        return'
    )


def _seen(line: str) -> str:
    """Return a line that makes a value with the observer around its code."""
    calls = {"n0": "self.n0(", "n1": "F.relu(", "n2": "self.n2("}
    for node, call in calls.items():
        if line.startswith(f"        x = {call}"):
            code = line.removeprefix("        x = ").split("  #")[0]
            return f'        x = _observed(self, "{node}", 0, {code})'
    return line


def test_a_module_that_does_not_run_is_a_finding() -> None:
    network = sized(chain(["Conv 4 k=1", "Embedding 9 4"], "3*8*8"))
    report = verify(network)
    (finding,) = report.findings("spec.yaml")
    assert finding.message.startswith("the module does not run: expected tensor")


def test_rows_parts_and_nested_modules_are_found() -> None:
    text = spec(
        "image: Input\na: Conv 4 k=1 Outer BN 2 x Inner\nb: 2 x Outer\nc: Two\nd: Sum",
        "- image -> a: 3*8*8\n- a -> b -> c\n- c.0 -> d\n- c.1 -> d",
        "",
        module("Inner", "input: Input\nconv: Conv 4 k=3 p=1", "- input -> conv")
        + module("Outer", "input: Input\nin: 3 x Inner", "- input -> in")
        + module(
            "Two",
            "x: Input\ny: Inner\nz: Tanh\nfirst: Output\nsecond: Output",
            "- x -> y -> first\n- x -> z -> second",
        ),
    )
    report = verify(sized(text))
    assert report.findings("") == ()
    outer = 1 + 3 * 1
    assert report.compared == 5 + (outer + 2) + 2 * outer + (4 + 1)


@pytest.mark.parametrize(
    "op", [op.name for op in OPS if op.name not in {"Input", "Output", "Parameter"}]
)
def test_every_op_alone_and_in_a_row(op: str) -> None:
    (found,) = (each for each in OPS if each.name == op)
    inputs = max(found.inputs.least, 2 if found.inputs.many else 1)
    kind = "Input dtype=long" if op == "Embedding" else "Input"
    nodes = "".join(f"in{number}: {kind}\n" for number in range(inputs))
    labels = [found.example]
    if found.name not in {"Chunk", "Split", "TensorSplit"}:
        labels.append(f"{found.example} Identity Dropout Dropout")
    for label in labels:
        for shape in SHAPES:
            edges = "".join(
                f"- in{number} -> op: {shape}\n" for number in range(inputs)
            )
            try:
                network = sized(spec(f'{nodes}op: "{label}"', edges))
            except AssertionError:
                continue
            assert verify(network).findings("") == ()
            break
        else:
            pytest.fail(f"no size fits {label}")
