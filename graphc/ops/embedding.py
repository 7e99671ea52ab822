"""Embedding: a learned vector for each index."""

from graphc.diagnostics import Code as Finding
from graphc.ir import (
    Argument,
    Call,
    Code,
    Family,
    Form,
    Kind,
    Layer,
    Op,
    Sizes,
    View,
    Weight,
    Word,
    moved,
)


def _sizes(sizes: Sizes) -> None:
    _check_padding(sizes)
    source, result = sizes.inputs[0], sizes.outputs[0]
    if source.dims is not None:
        sizes.shape(result, len(source.dims) + 1)
    elif result.dims is not None:
        sizes.shape(source, len(result.dims) - 1)
    if source.dims is None or result.dims is None:
        return
    for before, after in zip(source.dims, result.dims, strict=False):
        sizes.equal(before, after)
    if sizes.arguments["embedding_dim"] is not None:
        sizes.equal(result.dims[-1], sizes.arguments.integer("embedding_dim"))


def _check_padding(sizes: Sizes) -> None:
    padding = sizes.arguments["padding_idx"]
    count = sizes.arguments["num_embeddings"]
    if not isinstance(padding, int) or not isinstance(count, int):
        return
    if not -count <= padding < count:
        sizes.fail(
            Finding.GC206,
            f"`padding_idx` {padding} is not an index of {count} embeddings",
        )


def _torch(layer: Layer) -> Form:
    padding = layer.arguments["padding_idx"]
    keywords: list[tuple[str, Code]] = []
    if padding is not None and not isinstance(padding, tuple):
        keywords.append(("padding_idx", padding))
    rows, columns = _weight(layer)[0].shape
    return Form(layer=Call(Word("nn.Embedding"), (rows, columns), tuple(keywords)))


def _weight(layer: Layer) -> tuple[Weight, ...]:
    count = layer.arguments.integer("num_embeddings")
    return (Weight("weight", (count, layer.outputs[0][-1])),)


def _views(layer: Layer) -> tuple[View, ...]:
    return moved(layer, [*([dim] for dim in range(len(layer.inputs[0]))), []])


EMBEDDING = (
    Op(
        name="Embedding",
        family=Family.LINEAR,
        about="a learned vector for each index, such as a token's",
        example="Embedding 30522 768",
        sizes=_sizes,
        torch=_torch,
        arguments=(
            Argument(
                "num_embeddings",
                Kind.INTEGER,
                "the number of different indices",
                short=("num", "vocab"),
                required=True,
                least=1,
            ),
            Argument(
                "embedding_dim",
                Kind.INTEGER,
                "the length of each vector",
                short=("dim", "out"),
                inferred=True,
                least=1,
            ),
            Argument(
                "padding_idx",
                Kind.INTEGER,
                "the index whose vector stays 0; negative ones count from the end",
            ),
        ),
        weights=_weight,
        views=_views,
        rule="T -> T*dim; any shape of indices gets one dim more",
    ),
)
