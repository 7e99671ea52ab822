"""A small spec with a module, for tests of many rooms."""

TINY = """\
graphc: 1
model: Tiny
nodes:
  image: Input
  conv: Conv 8 k=3 ReLU
  block: Block
edges:
  - image -> conv: 3*9*9
  - conv -> block: 8*7*7
modules:
  Block:
    nodes: {input: Input, act: ReLU}
    edges: [input -> act]
"""
