from agreement import done
from torch_specs import spec

from graphc.passes.drop_dropout import drop_dropout

BETWEEN = spec(
    """
    image: Input
    conv: Conv 8 k=3
    drop: Dropout2d 0.1
    again: Dropout 0.2
    pool: MaxPool 2
    side: Conv 4 k=1
    """,
    """
    - image -> conv: 3*10*10
    - conv -> drop -> again: [_*8*8, 8*_*_]
    - again -> pool: _*8*_
    - again -> side
    """,
)


def test_a_node_of_dropout_alone_is_passed_by_and_its_sizes_stay_written() -> None:
    found = done(drop_dropout, BETWEEN)
    assert found.nodes() == {
        "conv": "Conv 8 k=3",
        "pool": "MaxPool 2",
        "side": "Conv 4 k=1",
    }
    assert found.edges() == [
        "image.0 -> conv.0: 3*10*10",
        "conv.0 -> pool.0: 8*8*8",
        "conv.0 -> side.0",
    ]


def test_in_a_row_the_size_behind_dropout_is_that_of_what_stands_before_it() -> None:
    text = spec(
        """
        image: Input
        row:
          - Dropout 0.1: 3*_*_
          - Conv k=1
          - Dropout: 5*4*4
          - ReLU
        """,
        "- image -> row: _*4*4",
    )
    found = done(drop_dropout, text)
    assert found.nodes() == {"row": "Conv k=1, ReLU"}
    conv, relu = found.sized.network.model.graph.nodes["row"].terms
    assert (str(conv.shape), relu.shape) == ("5*4*4", None)
    assert found.edges() == ["image.0 -> row.0: 3*4*4"]


def test_one_that_sizes_stand_around_in_different_words_stays() -> None:
    text = spec(
        """
        image: Input
        row:
          - Conv 4 k=1: C*4*4
          - Dropout: 4*4*4
          - Conv 2 k=1
        """,
        "- image -> row: 3*4*4",
    )
    found = done(drop_dropout, text)
    assert found.nodes() == {"row": "Conv 4 k=1, Dropout, Conv 2 k=1"}


def test_dropout_that_is_an_output_stays_and_is_named() -> None:
    text = spec(
        """
        image: Input
        conv: Conv 4 k=1
        drop: Dropout
        """,
        "- image -> conv -> drop: [3*4*4, 4*4*4]",
    )
    found = done(drop_dropout, text)
    assert found.nodes() == {"conv": "Conv 4 k=1", "drop": "Dropout"}
    assert found.remarks == ["`Dropout` stays as it is: it is an end of its graph"]


def test_nodes_that_share_a_module_lose_the_same() -> None:
    text = spec(
        """
        left: Input
        right: Input
        one:
          - Conv 4 k=1: 4*4*4
          - Dropout: 4*_*_
          - ReLU
        other: same as one
        sum: Sum
        """,
        """
        - left -> one -> sum: [3*4*4, 4*4*4]
        - right -> other -> sum: [3*4*4, 4*4*4]
        """,
    )
    found = done(drop_dropout, text)
    assert found.nodes()["one"] == found.nodes()["other"] == "Conv 4 k=1, ReLU"


def test_an_identity_in_a_module_goes_too_and_nothing_changes() -> None:
    text = spec(
        """
        image: Input
        block: 2 x Block
        drop: Dropout
        head: Head 7
        """,
        "- image -> block -> drop -> head: [3*6*6, 3*6*6, 3*6*6]",
        modules="""
        Block:
          nodes: {input: Input, skip: Identity, conv: Conv 3 k=1 Dropout, sum: Sum}
          edges: [input -> skip -> sum, input -> conv -> sum]
        Head:
          params: {classes: ~}
          label: GlobalAvgPool, 2 x Dropout, Linear classes
        """,
    )
    found = done(drop_dropout, text)
    assert found.nodes("Block") == {"conv": "Conv 3 k=1", "sum": "Sum"}
    assert list(found.nodes("Head").values()) == ["GlobalAvgPool, Linear classes"]
    found.agree()


def test_a_module_of_nothing_else_stays_or_gives_what_it_takes() -> None:
    text = spec(
        """
        image: Input
        row: Row
        block: Block
        conv: Conv 2 k=1
        """,
        "- image -> row -> block -> conv: [3*6*6, 3*6*6, 3*6*6]",
        modules="""
        Row: {label: Dropout}
        Block:
          nodes: {in: Input, drop: Dropout, out: Output}
          edges: [in -> drop -> out]
        """,
    )
    found = done(drop_dropout, text)
    assert list(found.nodes("Row").values()) == ["Dropout"]
    assert found.nodes("Block") == {}
    assert found.remarks == [
        "`Dropout` stays as it is: nothing else stands in its module"
    ]
    found.agree()
