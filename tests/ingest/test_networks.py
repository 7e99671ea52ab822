"""Which diagrams of a document are networks, and which of them are one network."""

from graphc.diagnostics import Sink
from graphc.ingest import Ingested, Model, read
from graphc.reading import Mapping, Scalar
from graphc.source import Language, Source


def ingested(text: str, name: str = "notes.md") -> tuple[Ingested, list[str]]:
    """Return what a document draws, and the codes of what is said of it."""
    sink = Sink()
    found = read(Source(name, text, Language.MERMAID), sink)
    return found, [one.code.name for one in sink.sorted()]


def diagram(*lines: str) -> str:
    return "\n".join(["```mermaid", "graph TD", *lines, "```", ""])


def value(model: Model, *keys: str) -> str:
    """Return a text in the tree of a model."""
    node: object = model.root
    for key in keys:
        assert isinstance(node, Mapping)
        node = node.get(key)
    assert isinstance(node, Scalar)
    return node.text


def modules(model: Model) -> list[str]:
    found = model.root.get("modules")
    return [entry.name for entry in found.entries] if isinstance(found, Mapping) else []


BLOCK = diagram('i["Input"] --> c["Conv 8 k=3 p=1"] --> o["Output"]')
USES = diagram('x["Input"] -->|"8*4*4"| b["3 x My block"] --> y["Output"]')


def test_a_diagram_is_the_module_of_those_that_name_its_title() -> None:
    found, codes = ingested(f"# Whole\n\n{USES}\n## My Block\n\n{BLOCK}")
    (model,) = found.models
    assert model.name == "Whole"
    assert modules(model) == ["MyBlock"]
    assert value(model, "nodes", "b") == "3 x MyBlock"
    assert codes == []


def test_modules_stand_in_the_order_of_the_document() -> None:
    whole = diagram('x["Input"] -->|"8*4*4"| b["Late"] --> a["Early"]')
    text = f"# Early\n\n{BLOCK}\n# Whole\n\n{whole}\n# Late\n\n{BLOCK}"
    (model,) = ingested(text)[0].models
    assert modules(model) == ["Early", "Late"]


def test_diagrams_that_none_names_are_networks_of_their_own() -> None:
    text = f"# One\n\n{BLOCK}\n# Two\n\n{USES}\n# My block\n\n{BLOCK}"
    found, _ = ingested(text)
    assert [model.name for model in found.models] == ["One", "Two"]


def test_a_module_may_be_part_of_two_networks() -> None:
    text = f"# One\n\n{USES}\n# Two\n\n{USES}\n# My block\n\n{BLOCK}"
    found, _ = ingested(text)
    assert [modules(model) for model in found.models] == [["MyBlock"], ["MyBlock"]]


def test_of_diagrams_that_name_one_another_in_a_circle_the_first_is_the_model() -> None:
    left = diagram('i["Input"] -->|"8*4*4"| r["Right"] --> o["Output"]')
    right = diagram('i["Input"] --> l["Left"] --> o["Output"]')
    found, _ = ingested(f"# Left\n\n{left}\n# Right\n\n{right}")
    assert [model.name for model in found.models] == ["Left"]


def test_a_diagram_does_not_name_itself() -> None:
    inner = diagram('i["Input"] -->|"8*4*4"| b["My block"] --> c["Conv 8 k=1"]')
    (model,) = ingested(f"# My block\n\n{inner}")[0].models
    assert modules(model) == []


def test_two_diagrams_under_names_that_are_one_are_told_apart() -> None:
    found, codes = ingested(f"# My block\n\n{BLOCK}\n# My-Block\n\n{BLOCK}")
    assert [model.name for model in found.models] == ["MyBlock", "MyBlock2"]
    assert codes == ["GC510"]


def test_two_diagrams_under_one_title_are_told_apart_without_a_word() -> None:
    found, codes = ingested(f"# My block\n\n{BLOCK}\n{BLOCK}")
    assert [model.name for model in found.models] == ["MyBlock", "MyBlock2"]
    assert codes == []


def test_a_title_that_is_an_op_names_a_block() -> None:
    found, _ = ingested(f"# Conv\n\n{BLOCK}")
    assert found.models[0].name not in ("Conv", "")


def test_what_is_no_network_is_skipped_with_its_reason() -> None:
    company = diagram("a[Boss] --> b{Agree} -->|yes| c[Ship it]")
    pie = "```mermaid\npie\n```\n"
    found, codes = ingested(f"# Plans\n\n{company}\n{pie}\n{BLOCK}")
    reasons = [one.reason for one in found.skipped]
    assert reasons == ["no label names an op, and no size is shown", "a pie diagram"]
    assert len(found.models) == 1
    assert codes == []


def test_a_diagram_that_mermaid_refuses_is_reported_whatever_it_draws() -> None:
    broken = diagram("a[Boss --> b[Agree]")
    found, codes = ingested(f"# Plans\n\n{broken}")
    assert found.models == ()
    assert set(codes) == {"GC501"}


def test_a_diagram_of_words_is_part_of_the_network_that_names_it() -> None:
    words = diagram("a[what comes] --> b[some magic] --> c[what goes]")
    found, _ = ingested(f"# Whole\n\n{USES}\n# My block\n\n{words}")
    assert modules(found.models[0]) == ["MyBlock"]
    assert found.skipped == ()


def test_the_paper_that_is_named_is_the_source() -> None:
    text = f"# My block\n\n{BLOCK}\nSee arXiv:1512.03385, and arXiv:1512.03385 again.\n"
    (model,) = ingested(text)[0].models
    assert value(model, "source") == "arXiv:1512.03385"


def test_of_two_papers_none_is_the_source() -> None:
    text = f"# My block\n\n{BLOCK}\narXiv:1512.03385, arXiv:1602.07261\n"
    (model,) = ingested(text)[0].models
    assert model.root.get("source") is None


def test_dropouts_of_one_rate_share_a_parameter() -> None:
    chart = diagram('x["Input"] -->|"8"| a["fc 8 dp=0.3"] --> b["Dropout 0.3"]')
    (model,) = ingested(f"# My net\n\n{chart}")[0].models
    assert value(model, "params", "drop") == "0.3"
    assert value(model, "nodes", "b") == "Dropout drop"


def test_dropouts_of_two_rates_keep_them() -> None:
    chart = diagram('x["Input"] -->|"8"| a["Dropout 0.5"] --> b["Dropout 0.3"]')
    (model,) = ingested(f"# My net\n\n{chart}")[0].models
    assert model.root.get("params") is None
    assert value(model, "nodes", "b") == "Dropout 0.3"


def test_line_ends_make_no_difference() -> None:
    text = f"# Whole\n\n{USES}\n## My Block\n\n{BLOCK}"
    unix, _ = ingested(text)
    windows, _ = ingested(text.replace("\n", "\r\n"))
    names = [(one.name, modules(one)) for one in unix.models]
    assert names == [(one.name, modules(one)) for one in windows.models]
