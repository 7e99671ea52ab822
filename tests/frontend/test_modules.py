"""Modules: how they use one another."""

from spec_texts import HEAD, body, found, only, run, sound
from steps import growth

from graphc.diagnostics import Sink
from graphc.frontend import elaborate
from graphc.ir import Op
from graphc.source import Source


def block(name: str, label: str) -> str:
    return f"  {name}: {{nodes: {{i: Input, n: {label}}}, edges: [i -> n]}}\n"


def elaborate_text(text: str) -> None:
    elaborate(Source("spec.yaml", text), Sink())


def model(label: str, *blocks: str) -> str:
    top = f"nodes: {{image: Input, n: {label}}}\nedges: [image -> n: 3*4*4]\n"
    return HEAD + top + "modules:\n" + "".join(blocks)


def test_a_module_that_contains_itself() -> None:
    finding = only(model("A", block("A", "A")))
    assert finding.message == "`A` contains itself: A -> A"
    assert finding.place is not None
    assert finding.place.span.first.line == 6


def test_modules_that_contain_one_another_are_told_once_with_the_whole_chain() -> None:
    text = model("A", block("A", "B"), block("B", "C"), block("C", "2 x A"))
    finding = only(text)
    assert finding.message == "`A` contains itself: A -> B -> C -> A"
    assert finding.place is not None
    places = [finding.place, *finding.related]
    assert [place.span.first.line for place in places] == [6, 7, 8]
    assert [place.message for place in places] == [
        "`A` uses `B` here",
        "`B` uses `C` here",
        "`C` uses `A` here",
    ]


def test_two_circles_are_two_reports() -> None:
    text = model("A B", block("A", "A"), block("B", "B"))
    assert found(text) == ["GC113 6:28", "GC113 7:28"]


def test_what_contains_itself_goes_on_without_that_use() -> None:
    network, _ = run(model("A", block("A", "A")))
    assert network is not None
    target = network.modules["A"].graph.nodes["n"].terms[0].target
    assert isinstance(target, Op)
    assert not target.known


def chain(count: int) -> str:
    inner = [block(f"M{n}", f"M{n + 1}") for n in range(count - 1)]
    return model("M0", *inner, block(f"M{count - 1}", "ReLU"))


def test_a_chain_of_modules_may_be_thousands_deep_and_no_deeper() -> None:
    sound(chain(1999))
    finding = only(chain(2500))
    assert finding.code.name == "GC012"
    assert finding.place is not None
    assert finding.place.span.text == "M1999"


def test_a_circle_of_a_thousand_modules_is_told_once() -> None:
    inner = [block(f"M{n}", f"M{(n + 1) % 1000}") for n in range(1000)]
    finding = only(model("M0", *inner))
    assert finding.message.startswith("`M0` contains itself: M0 -> M1 -> M2")
    assert finding.message.endswith("... -> M0")


def test_modules_within_one_another_take_as_long_as_beside_one_another() -> None:
    assert growth(elaborate_text, chain(50), chain(200)) < 4.5


def test_a_module_that_nothing_uses_is_a_warning_and_what_it_uses_is_not() -> None:
    text = model("ReLU", block("Outer", "Inner"), block("Inner", "BN"))
    assert found(text) == ["warning GC118 6:3"]


def test_a_label_with_another_mistake_uses_its_module_all_the_same() -> None:
    assert found(model("A n+1", block("A", "ReLU"))) == ["GC208 3:28"]


def test_modules_keep_their_order_and_their_about() -> None:
    text = model("B A", block("A", "ReLU"), block("B", "BN")) + (
        "  C:\n    about: unused\n    nodes: {i: Input, r: ReLU}\n    edges: [i -> r]\n"
    )
    network, findings = run(text)
    assert network is not None
    assert list(network.modules) == ["A", "B", "C"]
    assert network.modules["C"].about == "unused"
    assert [finding.code.name for finding in findings] == ["GC118"]


def test_a_module_with_mistakes_is_no_mistake_where_it_is_used() -> None:
    head = "modules:\n  M:\n    nodes: {i: Inptu, r: ReLU, o: Output, p: Output}\n"
    head += "    edges: [i -> r -> o]"
    nodes = "i: Input\nm: M\nr: ReLU\no: Output"
    text = body(nodes, "- i -> m\n- m.q -> r\n- m -> o\n- i -> m", head)
    assert [row for row in found(text) if "GC117" not in row] == ["GC202 5:16"]
