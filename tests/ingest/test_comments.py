"""What comments of a figure say beside it, and remedies in its own notation."""

from pathlib import Path

from graphc.pipeline.document import CheckedDocument, check_document

NET = """# Net

```mermaid
flowchart TD
  %% graphc: where: [H % 2 == 0]
  %% graphc: params: {classes: 7}
  %% graphc: source: a page
  x["Input"] -->|"3*H*8"| p["MaxPool k=2"]
  p --> u["Upsample 2"] -->|"3*H*8"| s["Sum"]
  x --> s --> i["Inner"] --> f["Flatten"]
```

## Inner

```mermaid
flowchart TD
  %% graphc: where: [W >= 4, H >= 4]
  %% graphc: about: one convolution
  y["Input"] --> c["Conv 8 k=3 p=1"]
```
"""


def checked(tmp_path: Path, text: str, name: str = "net.md") -> CheckedDocument:
    path = tmp_path / name
    path.write_text(text)
    return check_document(path)


def test_comments_add_to_the_spec_of_the_model(tmp_path: Path) -> None:
    document = checked(tmp_path, NET.replace("W >= 4, ", ""))
    (one,) = document.networks
    assert document.all_findings == ()
    assert one.sized is not None
    network = one.sized.network
    assert [clause.text for clause in network.where] == ["H % 2 == 0", "H >= 4"]
    assert network.meta.source == "a page"
    assert [parameter.name for parameter in network.model.parameters] == ["classes"]
    assert network.modules["Inner"].about == "one convolution"


def test_a_misspelt_key_of_a_comment_is_told(tmp_path: Path) -> None:
    document = checked(tmp_path, NET.replace("where: [W >= 4, ", "whre: ["))
    (finding,) = document.all_findings
    assert finding.code.name == "GC101"
    assert finding.help == ("did you mean `where`?",)
    assert finding.place.span.text == "whre"


def test_a_condition_is_offered_as_a_comment(tmp_path: Path) -> None:
    lines = [line for line in NET.splitlines(keepends=True) if "where" not in line]
    document = checked(tmp_path, "".join(lines))
    helps = [one.help for one in document.all_findings if one.code.name == "GC310"]
    assert helps == [
        ("state it in the diagram: `%% graphc: where: [H % 2 == 0]`",),
    ]


def annotated(tmp_path: Path, size: str, first: str = "3*32*32") -> str:
    text = (
        f'flowchart TD\n  x["Input {first}"] --> c["Conv 8 k=5"]\n'
        f'  c -->|"{size}"| r["ReLU"] -->|"8*28*28"| d["Conv 8 k=5"]'
        ' -->|"8*24*24"| e["ReLU"]\n'
    )
    findings = checked(tmp_path, text, "net.mmd").all_findings
    (found,) = [one for one in findings if one.code.name == "GC301"]
    return found.help[0]


def test_a_size_is_offered_in_the_notation_it_is_written_in(tmp_path: Path) -> None:
    assert annotated(tmp_path, "8x28x30") == "annotate 8x28x28"
    assert annotated(tmp_path, "8@28x30") == "annotate 8@28x28"
    assert annotated(tmp_path, "[B, 8, 28, 30]") == "annotate [B, 8, 28, 28]"


def test_channels_that_stand_last_are_offered_last(tmp_path: Path) -> None:
    text = """flowchart TD
  x["Input 32x32x3"] --> c["Conv 8 k=5<br/>28x28x9"]
  c --> r["ReLU<br/>28x28x8"] --> e["Conv 8 k=5<br/>24x24x8"]
"""
    findings = checked(tmp_path, text, "net.mmd").all_findings
    (found,) = [one for one in findings if one.code.name == "GC301"]
    assert found.help == ("annotate 28x28x8",)
    (edit,) = found.fixes
    assert edit.span.text == "9"
    assert edit.text == "8"
