"""Subgraphs of figures are modules of specs."""

from drawn_figures import by_hand, drawn
from steps import growth

from graphc.diagnostics import Code

PLAIN = """
nodes:
  image: Input
  body: Body
  last: Conv 4 k=1
edges:
  - image -> body: 3*32*32
  - body -> last: 8*32*32
modules:
  Body:
    nodes:
      input: Input
      a: Conv 8 k=3 p=1
      b: BN ReLU
      output: Output
    edges:
      - input -> a
      - a -> b
      - b -> output
"""


def test_links_over_the_border_are_the_ends_of_a_module() -> None:
    found = drawn(
        """graph TD
        image["Input"] -->|"3*32*32"| a
        subgraph body ["Body"]
          a["Conv 8 k=3 p=1"] --> b["BN ReLU"]
        end
        b -->|"8*32*32"| last["Conv 4 k=1"]"""
    )
    assert found.lines == by_hand(PLAIN)
    assert found.told == ()


def test_a_subgraph_may_be_an_end_of_a_link() -> None:
    found = drawn(
        """graph TD
        image["Input"] -->|"3*32*32"| body
        subgraph body ["Body"]
          a["Conv 8 k=3 p=1"] --> b["BN ReLU"]
        end
        body -->|"8*32*32"| last["Conv 4 k=1"]"""
    )
    assert found.lines == by_hand(PLAIN)


def test_what_is_read_within_and_behind_is_read_where_it_is_drawn() -> None:
    found = drawn(
        """graph TD
        image["Input"] -->|"3*32*32"| body
        subgraph body ["Body"]
          a["Conv 8 k=3 p=1"] --> b["ReLU"]
        end
        body --> pool["GlobalAvgPool"]
        b --> flat["Flatten"]"""
    )
    assert "  edge 'body'.0 -> 'pool'.0" in found.lines
    assert "  edge 'body'.0 -> 'flat'.0" in found.lines
    assert found.wrong == ()


def test_a_link_between_subgraphs_leads_from_the_end_to_the_beginning() -> None:
    found = drawn(
        """graph TD
        image["Input"] -->|"3*32*32"| outer
        subgraph outer ["Stages"]
          subgraph one ["First"]
            a["Conv 8 k=3 s=2 p=1"] --> b["ReLU"]
          end
          subgraph two ["Second"]
            c["Conv 16 k=3 s=2 p=1"] --> d["ReLU"]
          end
          one -->|"8*16*16"| two
        end
        outer --> pool["GlobalAvgPool"]"""
    )
    assert found.lines == by_hand(
        """
nodes: {image: Input, outer: Stages, pool: GlobalAvgPool}
edges:
  - image -> outer: 3*32*32
  - outer -> pool
modules:
  First:
    nodes: {input: Input, a: Conv 8 k=3 s=2 p=1, b: ReLU, output: Output}
    edges:
      - input -> a
      - a -> b
      - b -> output
  Second:
    nodes: {input: Input, c: Conv 16 k=3 s=2 p=1, d: ReLU, output: Output}
    edges:
      - c -> d
      - input -> c
      - d -> output
  Stages:
    nodes: {input: Input, one: First, two: Second, output: Output}
    edges:
      - input -> one
      - one -> two: 8*16*16
      - two -> output
"""
    )


def test_several_tensors_over_the_border_are_ports() -> None:
    found = drawn(
        """graph TD
        image["Input"] -->|"3*32*32"| a
        other["Input"] -->|"2*32*32"| b
        subgraph paths ["Two paths"]
          a["Conv 8 k=3 p=1"]
          b["Conv 4 k=1"]
        end
        a --> cat["Concat"]
        b --> cat
        b --> last["ReLU"]"""
    )
    assert found.lines == by_hand(
        """
nodes: {image: Input, paths: TwoPaths, other: Input, cat: Concat, last: ReLU}
edges:
  - image -> paths.image: 3*32*32
  - other -> paths.other: 2*32*32
  - paths.a_out -> cat
  - paths.b_out -> cat
  - paths.b_out -> last
modules:
  TwoPaths:
    nodes:
      image: Input
      other: Input
      a: Conv 8 k=3 p=1
      b: Conv 4 k=1
      a_out: Output
      b_out: Output
    edges:
      - image -> a
      - other -> b
      - a -> a_out
      - b -> b_out
"""
    )
    assert found.told == ()


def test_inputs_of_a_join_keep_the_order_in_which_they_are_drawn() -> None:
    """Whether they come from within a subgraph or not: a Concat asks for the order."""
    found = drawn(
        """graph TD
        image["Input"] -->|"3*32*32"| cat
        subgraph dense ["Dense layer"]
          c["Conv 8 k=3 p=1"] --> cat["Concat"]
        end
        image --> c
        cat --> last["Conv 2 k=1"]"""
    )
    into = [line for line in found.lines if "-> 'cat'" in line]
    assert into == [
        "  edge 'input'.0 -> 'cat'.0",
        "  edge 'c'.0 -> 'cat'.1",
    ]
    assert found.told == ()


def test_a_subgraph_in_a_subgraph_is_a_module_in_a_module() -> None:
    """So it is if its id is no name of a node."""
    found = drawn(
        """graph TD
        image["Input"] -->|"3*32*32"| a
        subgraph outer ["Stage 1"]
          a["Conv 8 k=3 p=1"] --> b
          subgraph in-ner ["Block"]
            b["Conv 8 k=3 p=1"] --> c["BN ReLU"]
          end
          c --> d["MaxPool k=2"]
        end
        d -->|"8*16*16"| last["Conv 4 k=1"]"""
    )
    assert found.lines == by_hand(
        """
nodes: {image: Input, outer: Stage1, last: Conv 4 k=1}
edges:
  - image -> outer: 3*32*32
  - outer -> last: 8*16*16
modules:
  Stage1:
    nodes:
      input: Input
      a: Conv 8 k=3 p=1
      in_ner: Block
      d: MaxPool k=2
      output: Output
    edges:
      - input -> a
      - a -> in_ner
      - in_ner -> d
      - d -> output
  Block:
    nodes: {input: Input, b: Conv 8 k=3 p=1, c: BN ReLU, output: Output}
    edges:
      - input -> b
      - b -> c
      - c -> output
"""
    )


def test_a_subgraph_around_one_op_is_no_module() -> None:
    found = drawn(
        """graph TD
        image["Input"] -->|"3*32*32"| a
        subgraph layer ["Layer 1"]
          a["Conv 8 k=3 p=1"]
        end
        a --> b["ReLU"]"""
    )
    assert found.lines == by_hand(
        """
nodes: {image: Input, a: Conv 8 k=3 p=1, b: ReLU}
edges:
  - image -> a: 3*32*32
  - a -> b
"""
    )


def test_a_subgraph_that_something_leaves_and_enters_again_stays_flat() -> None:
    found = drawn(
        """graph TD
        image["Input"] -->|"3*32*32"| a
        subgraph convs ["Convolutions"]
          a["Conv 8 k=3 p=1"]
          c["Conv 8 k=1"]
        end
        a --> b["ReLU"] --> c --> d["BN"]"""
    )
    assert [line for line in found.lines if line.startswith("module")] == ["module Net"]
    assert found.told == ()


def test_a_subgraph_around_all_is_no_module() -> None:
    found = drawn(
        """graph TD
        subgraph net ["Tiny"]
          image["Input 3*32*32"] --> a["Conv 8 k=3 p=1"] --> b["ReLU"]
        end"""
    )
    assert found.lines == by_hand(
        """
nodes: {image: Input, a: Conv 8 k=3 p=1, b: ReLU}
edges:
  - image -> a: 3*32*32
  - a -> b
"""
    )


def test_the_inputs_and_outputs_of_the_figure_stay_outside() -> None:
    found = drawn(
        """graph TD
        subgraph enc ["Encoder"]
          image["Input 3*32*32"] --> a["Conv 8 k=3 s=2 p=1"] --> b["ReLU"]
        end
        subgraph dec ["Decoder"]
          c["Upsample 2"] --> d["Conv 3 k=3 p=1"] --> out["Output"]
        end
        b --> c"""
    )
    model = found.lines[1 : found.lines.index("module Decoder")]
    assert model == (
        "  node 'image': Input",
        "  node 'enc': Encoder",
        "  node 'dec': Decoder",
        "  node 'out': Output",
        "  edge 'image'.0 -> 'enc'.0: 3*32*32",
        "  edge 'dec'.0 -> 'out'.0",
        "  edge 'enc'.0 -> 'dec'.0",
    )
    assert found.told == ()


def test_names_that_ops_and_other_subgraphs_have_are_not_taken_again() -> None:
    found = drawn(
        """graph TD
        image["Input 3*32*32"] --> a
        subgraph s1 ["Conv"]
          a["Conv 8 k=3 p=1"] --> b["ReLU"]
        end
        b --> c
        subgraph s2 ["Conv"]
          c["Conv 16 k=3 p=1"] --> d["ReLU"]
        end
        d --> e["GlobalAvgPool"]"""
    )
    modules = [line for line in found.lines if line.startswith("module")]
    assert modules == ["module Net", "module ConvBlock", "module ConvBlock2"]
    assert found.told == ()


def test_a_tensor_at_the_border_is_the_size_there() -> None:
    found = drawn(
        """graph TD
        image["Input"] --> body
        subgraph body ["Body"]
          t["3*32*32"] --> a["Conv 8 k=3 p=1"] --> b["BN ReLU"] --> u["8*32*32"]
        end
        body --> last["Conv 4 k=1"]"""
    )
    assert found.lines == by_hand(PLAIN)


def test_a_size_within_a_module_is_checked_where_it_is_drawn() -> None:
    found = drawn(
        """graph TD
        image["Input"] -->|"3*32*32"| a
        subgraph body ["Body"]
          a["Conv 8 k=3 p=1"] -->|"8*30*30"| b["BN ReLU"]
        end
        b --> last["Conv 4 k=1"]"""
    )
    assert [one.split(":")[0] for one in found.told] == [f"error {Code.GC301.name}"]


def test_a_group_that_something_flows_out_of_and_back_into_stays_open() -> None:
    found = drawn(
        """graph TD
        image["Input"] -->|"8*9*9"| a
        subgraph one ["One"]
          a["Conv 8 k=1"]
          c["Conv 8 k=1"]
        end
        subgraph two ["Two"]
          b["Conv 8 k=1"]
          d["ReLU"]
        end
        a --> b
        b --> c
        c --> d"""
    )
    assert not any(line.startswith("module O") for line in found.lines)
    assert not any(line.startswith("module T") for line in found.lines)


def test_groups_whose_boxes_stand_in_turns_are_modules() -> None:
    found = drawn(
        """graph TD
        image["Input"] -->|"8*9*9"| a
        image --> b
        subgraph left ["Left"]
          a["Conv 8 k=1"]
        end
        subgraph right ["Right"]
          b["Conv 4 k=1"]
          d["ReLU"]
        end
        a --> c
        b --> d
        c["BN"] --> e
        d --> f["Concat"]
        e["Tanh"] --> f
        subgraph tail ["Tail"]
          c
          e
        end"""
    )
    modules = [line for line in found.lines if line.startswith("module ")]
    assert modules == ["module Net", "module Right", "module Tail"]
    assert found.wrong == ()


def blocks(count: int) -> str:
    """Return a chain of blocks, each a subgraph."""
    lines = ["graph TD", 'image["Input"] -->|"8*9*9"| a0']
    for number in range(count):
        lines += [f'subgraph g{number} ["Block {number}"]']
        lines += [f'a{number}["Conv 8 k=3 p=1"] --> b{number}["ReLU"]', "end"]
        lines += [f"b{number - 1} --> a{number}"] if number else []
    return "\n".join(lines)


def test_twice_as_many_groups_cost_twice_as_much() -> None:
    assert growth(drawn, blocks(40), blocks(80)) < 2.3
