"""Specs that are as large, as deep or as often repeated as is asked for."""


def chain(nodes: int) -> str:
    """Return a spec of that many convolutions in a row, with a size on every edge."""
    lines = ["graphc: 1", "model: Chain", "nodes:", "  image: Input"]
    lines += [f"  conv{number}: Conv 8 k=3 p=1 ReLU" for number in range(nodes)]
    lines += ["edges:", "  - image -> conv0: 8*32*32"]
    lines += [
        f"  - conv{number} -> conv{number + 1}: 8*32*32" for number in range(nodes - 1)
    ]
    return "\n".join(lines) + "\n"


def repeated(count: int) -> str:
    """Return a spec of one block, repeated."""
    return f"""\
graphc: 1
model: Repeated
nodes:
  image: Input
  blocks: {count} x Block
edges:
  - image -> blocks: 8*32*32
modules:
  Block:
    nodes:
      input: Input
      conv: Conv k=3 p=1 ReLU
      sum: Sum
      output: Output
    edges:
      - input -> conv: C*H*W
      - conv -> sum
      - input -> sum
      - sum -> output
"""


def nested(levels: int) -> str:
    """Return a spec of modules that stand in each other, so many levels deep."""
    lines = ["graphc: 1", "model: Nested", "nodes:", "  image: Input", "  top: Level0"]
    lines += ["edges:", "  - image -> top: 8*32*32", "modules:"]
    for level in range(levels):
        inner = f"Level{level + 1}" if level + 1 < levels else "Conv k=3 p=1"
        lines += [f"  Level{level}:", "    nodes:", "      input: Input"]
        lines += [f"      inner: {inner}", "      sum: Sum", "    edges:"]
        lines += ["      - input -> inner", "      - inner -> sum: C*H*W"]
        lines += ["      - input -> sum"]
    return "\n".join(lines) + "\n"
