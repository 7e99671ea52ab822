"""The document of seven bare diagrams is Inception-ResNet-v1, whole and exact."""

import ast
from pathlib import Path

from graphc.diagnostics import Severity, Sink
from graphc.emit.torch import emit
from graphc.frontend import elaborate, load
from graphc.infer import infer
from graphc.ir import Network, outline
from graphc.pipeline.check import check
from graphc.pipeline.importing import import_spec
from graphc.source import Source

REPOSITORY = Path(__file__).parents[2]
DOCUMENT = Path(__file__).parent / "data" / "inception_resnet_v1.md"
SPEC = REPOSITORY / "specs" / "irv1.yaml"
BUILT = REPOSITORY / "generated" / "irv1.py"


def imported() -> str:
    found = import_spec(DOCUMENT)
    assert found.text is not None
    return found.text


def network(text: str) -> Network:
    sink = Sink()
    found = elaborate(Source("spec.yaml", text), sink)
    assert found is not None
    infer(found, sink)
    assert [one.message for one in sink.sorted()] == []
    return found


def drawn() -> Network:
    sink = Sink()
    found = load(SPEC, sink)
    assert found is not None
    return found


def code_alone(source: str) -> str:
    tree = ast.parse(source)
    tree.body = tree.body[1:]
    return ast.unparse(tree)


def test_the_spec_of_the_document_is_the_one_written_by_hand() -> None:
    assert outline(network(imported()), notes=False) == outline(drawn(), notes=False)


def test_its_lines_are_those_of_the_one_written_by_hand() -> None:
    def lines(text: str) -> list[str]:
        body = text[text.index("\nnodes:") :].splitlines()
        return [line for line in body if not line.strip().startswith("note:")]

    assert lines(imported()) == lines(SPEC.read_text(encoding="utf-8"))


def test_its_module_is_that_of_the_spec_but_for_the_text_before_it() -> None:
    checked = check(DOCUMENT).with_code()
    assert checked.ok
    assert checked.sized is not None
    built = code_alone(str(emit(checked.sized)))
    assert built == code_alone(BUILT.read_text(encoding="utf-8"))


def test_what_was_decided_is_told_and_stands_in_notes() -> None:
    found = import_spec(DOCUMENT)
    told = [(one.code.name, one.severity) for one in found.findings]
    assert sorted(told, key=str) == [
        ("GC503", Severity.WARNING),
        ("GC507", Severity.NOTE),
        ("GC507", Severity.NOTE),
    ]
    notes = [line for line in imported().splitlines() if "note:" in line]
    assert len(notes) == 2
    assert "1792" in notes[0]
    assert "Linear" in notes[1]


def test_a_fault_in_the_document_is_found_where_it_is_drawn(tmp_path: Path) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.md"
    wrong.write_text(text.replace("64*73*73", "64*74*74"), encoding="utf-8")
    found = import_spec(wrong)
    errors = [one for one in found.findings if one.severity is Severity.ERROR]
    assert [one.code.name for one in errors] == ["GC301"]
    place = errors[0].place
    assert place is not None
    assert place.span.source.name == str(wrong)
    assert place.span.text == "64*74*74"
    assert found.text is not None
    assert "conv4 -> conv5: 64*74*74" in found.text
