"""Figures whose boxes are tensors and whose links are ops, and tensors between ops."""

from drawn_figures import by_hand, drawn


def test_ops_on_links_between_tensors_are_nodes() -> None:
    """A number between them is a size, and no layer of that width."""
    found = drawn(
        """graph TD
        image["image 1*28*28"] -->|"Conv 6 k=5 ReLU"| c1["6*24*24"]
        c1 -->|"MaxPool k=2"| p1["6*12*12"]
        p1 -->|"Flatten"| flat["864"]
        flat -->|"Linear"| last["10"]"""
    )
    assert found.lines == by_hand(
        """
nodes:
  image: Input
  last: Output
  conv: Conv 6 k=5 ReLU
  max_pool: MaxPool k=2
  flatten: Flatten
  linear: Linear
edges:
  - image -> conv: 1*28*28
  - conv -> max_pool: 6*24*24
  - max_pool -> flatten: 6*12*12
  - flatten -> linear: 864
  - linear -> last: 10
"""
    )
    assert found.told == ()


def test_a_number_between_layers_is_a_layer() -> None:
    found = drawn(
        """graph TD
        image["Input"] -->|"400"| a["120"] --> b["ReLU"] --> c["10"]"""
    )
    assert found.lines == by_hand(
        """
nodes: {image: Input, a: Linear 120, b: ReLU, c: Linear 10}
edges:
  - image -> a: 400
  - a -> b
  - b -> c
"""
    )


def test_a_tensor_behind_an_op_is_the_size_on_the_edge() -> None:
    found = drawn(
        """graph TD
        image["Input"] --> t0["3*32*32"] --> c["Conv k=3 p=1"] --> t1["8*32*32"]
        t1 --> r["ReLU"] --> t2["8*32*32"]"""
    )
    assert found.lines == by_hand(
        """
nodes: {image: Input, c: Conv k=3 p=1, r: ReLU, t2: Output}
edges:
  - image -> c: 3*32*32
  - c -> r: 8*32*32
  - r -> t2: 8*32*32
"""
    )


def test_a_tensor_that_several_read_is_read_where_it_is_made() -> None:
    found = drawn(
        """graph TD
        image["Input 3*32*32"] --> a["Conv 8 k=3 p=1"] --> t["8*32*32"]
        t --> b["Conv 8 k=1"] --> s["Add"]
        t --> s"""
    )
    assert found.lines == by_hand(
        """
nodes: {image: Input, a: Conv 8 k=3 p=1, b: Conv 8 k=1, s: Sum}
edges:
  - image -> a: 3*32*32
  - a -> b: 8*32*32
  - b -> s
  - a -> s: 8*32*32
"""
    )


def test_a_size_of_a_tensor_between_ops_is_checked() -> None:
    found = drawn(
        """graph TD
        image["Input 3*32*32"] --> a["Conv 8 k=3"] --> t["8*32*32"] --> b["ReLU"]"""
    )
    assert [one.split(":")[0] for one in found.told] == ["error GC301"]
