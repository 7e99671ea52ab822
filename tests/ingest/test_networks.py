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


def test_of_no_network_nothing_is_reported_even_if_mermaid_refuses_it() -> None:
    broken = diagram("a[Boss --> b[Agree]")
    found, codes = ingested(f"# Plans\n\n{broken}")
    assert found.models == ()
    assert [one.reason[:20] for one in found.skipped] == ["Mermaid refuses it: "]
    assert codes == []


def test_a_refused_diagram_that_names_an_op_or_stands_alone_is_reported() -> None:
    _, codes = ingested(diagram("a[Linear 4] --> b[Boss", "c[x] --> d[y]"))
    assert set(codes) == {"GC501"}
    _, codes = ingested("graph TD\na[Boss --> b[Agree]", "plan.mmd")
    assert set(codes) == {"GC501"}


def test_talk_about_an_op_is_no_network() -> None:
    talk = diagram(
        "p[MaxPool] --> a[Has no weight]", "p --> b[Is fast]", "b --> c[Why]"
    )
    found, _ = ingested(talk)
    assert found.models == ()
    assert found.skipped[0].reason == (
        "of 4 nodes 1 names an op, and 0 sizes stand in it"
    )


def test_signs_and_numbers_alone_make_no_network() -> None:
    signs = diagram('p["+"] --> q["*"] --> n["3"]')
    assert ingested(signs)[0].models == ()


def test_a_title_of_an_ordinary_flowchart_is_no_op() -> None:
    flow = diagram("a[Branch] --> b[Change] --> c[Submit]")
    text = f"# Workflow\n\n{flow}\n# Branch\n\n{flow}\n# Submit\n\n{flow}"
    assert ingested(text)[0].models == ()


def test_sizes_in_words_about_matrices_make_no_network() -> None:
    talk = diagram('m["A<br/>3x4"] --> s["factors"] --> t["B<br/>4x4"]')
    assert ingested(talk)[0].models == ()


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


def test_of_many_labels_that_are_not_read_one_finding_tells() -> None:
    boxes = [f'w{n}["Mystery {n} thing"]' for n in "abcde"]
    chain = " --> ".join(['i["Input"]', 'c["Linear 4"]', *boxes, 'o["Output"]'])
    chain = f'{chain}\ni -->|"8"| f["Linear 2"] --> r["ReLU"] --> o'
    (model,) = ingested(diagram(chain))[0].models
    (finding,) = [one for one in model.findings if one.code.name == "GC506"]
    assert finding.message.startswith("5 labels of ")


def test_few_labels_that_are_not_read_are_told_one_by_one() -> None:
    chain = (
        'i["Input"] -->|8| a["Linear 4"] --> b["Mystery"] --> c["Other"] --> r[ReLU]'
    )
    (model,) = ingested(diagram(chain))[0].models
    told = [one.message for one in model.findings if one.code.name == "GC506"]
    assert len(told) == 2


def test_an_image_with_its_channels_last_is_read_so_though_both_would_fit() -> None:
    chain = 'i["Input: 28x28x1"] --> c["Conv 8 k=3"] --> o["Output"]'
    (model,) = ingested(diagram(chain))[0].models
    assert "1*28*28" in str(model.root)


def test_a_map_with_few_rows_is_no_image_with_its_channels_last() -> None:
    chain = 'i["Input: 64x3x3"] --> c["Conv 8 k=3"] --> o["Output"]'
    (model,) = ingested(diagram(chain))[0].models
    assert "64*3*3" in str(model.root)


def test_channels_that_come_in_tell_which_dim_is_theirs() -> None:
    chain = 'i["Input: 10x10x4"] --> c["Conv2d 4 -> 8, k=3"] --> o["Output"]'
    (model,) = ingested(diagram(chain))[0].models
    assert "4*10*10" in str(model.root)
    assert "GC512" not in [one.code.name for one in model.findings]


def test_of_a_layer_without_its_kernel_no_channels_are_compared() -> None:
    chain = 'i["Input: 3x32x32"] --> c["Conv2d<br/>3 -> 8"] --> r["ReLU"]'
    (model,) = ingested(diagram(chain))[0].models
    assert "GC512" not in [one.code.name for one in model.findings]


def test_a_layer_that_is_not_read_keeps_its_size_and_is_no_tensor() -> None:
    odd = 'c["Conv2d<br/>k=p, s=p<br/>Output: (8, 30, 30)"]'
    (model,) = ingested(diagram(f'i["Input: 3x32x32"] --> {odd} --> r["ReLU"]'))[
        0
    ].models
    assert "8*30*30" in str(model.root)
    (finding,) = [one for one in model.findings if one.code.name == "GC506"]
    assert "`c`" in finding.message


def test_a_diagram_without_sizes_is_a_sketch() -> None:
    bare = 'i["Input"] --> r["ReLU"] --> o["Output"]'
    assert ingested(diagram(bare))[0].models[0].is_sketch
    sized = 'i["Input"] -->|"4*8*8"| r["ReLU"] --> o["Output"]'
    assert not ingested(diagram(sized))[0].models[0].is_sketch


def test_a_diagram_without_a_title_is_called_as_its_file_is() -> None:
    found, _ = ingested(BLOCK, "tiny-net.md")
    assert [model.name for model in found.models] == ["TinyNet"]


def test_a_diagram_without_a_title_from_standard_input_is_a_model() -> None:
    for text in (BLOCK, BLOCK.removeprefix("```mermaid\n").removesuffix("```\n")):
        found, _ = ingested(text, "<stdin>")
        assert [model.name for model in found.models] == ["Model"]
