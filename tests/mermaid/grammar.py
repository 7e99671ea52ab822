"""Flowcharts made at random, from the grammar and by small changes."""

import random

IDS = (
    "A",
    "B",
    "conv1",
    "conv_1x1",
    "a-b",
    "x",
    "o",
    "v",
    "n.1",
    "7",
    "7a",
    "层",
    "é",
    "A",
)
TEXTS = (
    *(
        "Conv 64 k=3",
        "ReLU",
        "3*224*224",
        "x",
        "a & b",
        "a; b",
        "100%",
        "v1",
        "-",
        "a-b",
    ),
    *(
        "3x3, s=2",
        "é 层",
        "tensor<3x3>",
        "#quot;q#quot;",
        "a#35;b",
        "one<br/>two",
        "k = 3",
    ),
    *(
        "a/b",
        "end",
        "graph",
        "style: x",
        "A --> B",
        "fa:fa-car go",
        "a@b",
        "~~~",
        "p | q",
    ),
)
BRACKETS = (
    *(("[", "]"), ("(", ")"), ("((", "))"), ("(((", ")))"), ("([", "])"), ("[[", "]]")),
    *(("[(", ")]"), ("{", "}"), ("{{", "}}"), (">", "]"), ("[/", "/]"), ("[/", "\\]")),
    *(("[\\", "\\]"), ("[\\", "/]"), ("(-", "-)"), ("[|a:b|", "]")),
)
LINES = (
    *("-->", "---", "--->", "----", "--x", "--o", "<-->", "x--x", "o--o", "==>", "==="),
    *("-.->", "-.-", "-..->", "~~~", "~~~~", "<==>", "x-.-x", "====>", "-->", "-->"),
)
SPLIT = (
    *(("--", "-->"), ("--", "---"), ("==", "==>"), ("-.", ".->"), ("<--", "-->")),
    *(("x--", "--x"), ("-.", "..->"), ("==", "===="), ("--", "--o"), ("x--", "-->")),
)
PLAIN = (
    *("classDef big fill:#f9f,stroke:#333,stroke-width:4px", "style A fill:#bbf;"),
    *("class A,B big", "linkStyle default stroke:red", 'click A "https://x.y" _blank'),
    *(
        "click A call go(1) ",
        "accTitle: a title",
        "accDescr: what it is",
        "%% a remark",
    ),
    *('click A href "https://x.y" "tip"', "accDescr {\n two\n lines }", "direction LR"),
    *("%%{init: {'theme': 'dark'}}%%", "style new stroke-dasharray: 5 5", ";", "   "),
    *("linkStyle 0 interpolate basis stroke:#333", "class A big;", "click A go"),
    *(
        'A@{ shape: cyl, label: "Disk <br/> x" }',
        "B@{ shape: lin-rect }",
        "direction TD",
    ),
    *("e1@{ animate: true }", 'A@{\n  shape: rect\n  label: "two\n    lines"\n}'),
)


class Charts:
    """Makes charts of a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def chart(self) -> str:
        """Return a flowchart that Mermaid mostly takes."""
        lines = [self._header()]
        self._lines(lines, 0)
        text = "\n".join(lines)
        if self.random.random() < 0.1:
            text = f"---\ntitle: Net\n---\n{text}"
        if self.random.random() < 0.1:
            text = text.replace("\n", "\r\n")
        return text

    def mutated(self) -> str:
        """Return a flowchart with a few characters lost, doubled or put elsewhere."""
        characters = list(self.chart())
        for _ in range(self.random.randint(1, 3)):
            at = self.random.randrange(len(characters))
            piece = self.random.choice('[](){}"|;&-=.<>xo \n@%#:,~/\\`')
            change = self.random.choice(("drop", "double", "put"))
            if change == "drop":
                characters[at] = ""
            elif change == "double":
                characters[at] *= 2
            else:
                characters[at] += piece
        return "".join(characters)

    def _header(self) -> str:
        word = self.random.choice(("graph", "flowchart"))
        way = self.random.choice((" TD", " LR", " TB", " BT", " RL", "", " LR;", " <"))
        return word + way

    def _lines(self, lines: list[str], depth: int) -> None:
        for _ in range(self.random.randint(1, 4)):
            kind = self.random.random()
            if kind < 0.12 and depth < 3:
                lines.append(self._subgraph())
                self._lines(lines, depth + 1)
                lines.append(self.random.choice(("end", "  end", "end;")))
            elif kind < 0.3:
                lines.append(self.random.choice(PLAIN))
            else:
                lines.append("  " * depth + self._statement())

    def _subgraph(self) -> str:
        name = self.random.choice(("one", "two", "A", "S1"))
        return self.random.choice(
            (
                f"subgraph {name}",
                f"subgraph {name} [Title of {name}]",
                f'subgraph {name}["{self.random.choice(TEXTS)}"]',
                "subgraph Two words",
                'subgraph "In quotes: 1"',
                f"subgraph {name};",
            )
        )

    def _statement(self) -> str:
        parts = [self._names()]
        for _ in range(self.random.choice((0, 1, 1, 1, 2, 3))):
            parts += [self._link(), self._names()]
        return "".join(parts) + self.random.choice(("", "", "", ";", " "))

    def _names(self) -> str:
        count = self.random.choice((1, 1, 1, 1, 2, 3))
        return " & ".join(self._node() for _ in range(count))

    def _node(self) -> str:
        name = self.random.choice(IDS)
        if self.random.random() < 0.4:
            start, end = self.random.choice(BRACKETS)
            name += start + self._label() + end
        return name + (":::big" if self.random.random() < 0.05 else "")

    def _label(self) -> str:
        text = self.random.choice(TEXTS)
        return self.random.choice(
            (text, f'"{text}"', f'"{text}"', f'"`{text}`"', f" {text} ")
        )

    def _link(self) -> str:
        blank = self.random.choice((" ", " ", " ", ""))
        own = "e1@" if self.random.random() < 0.05 else ""
        kind = self.random.random()
        if kind < 0.25:
            start, end = self.random.choice(SPLIT)
            return f" {own}{start} {self._label()} {end}{blank}"
        text = f"|{self._label()}|" if kind < 0.5 else ""
        line = self.random.choice(LINES)
        return f"{blank if not own else ' '}{own}{line}{text}{blank}"
