"""A pass that is mistaken costs speed, and no module."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from torch_specs import module, optimized, sized, spec

from graphc.infer import Sized
from graphc.ir import Module, Network, Node
from graphc.lang import Number
from graphc.passes import PASSES, optimize
from graphc.passes.rewriting import Rewritten, with_argument

INNER = module(
    "Inner",
    "in: Input\nrow: 'Conv 4 k=1, n x ReLU'\nbn: BN",
    "- in -> row -> bn: [4*H*W, _]",
    "params: {n: ~}\n",
)
NET = sized(
    spec(
        "image: Input\nconv: Conv 4 k=1 BN\none: Inner 1\ntwo: Inner 2\nhead: Conv 5",
        "- image -> conv -> one -> two: [4*6*6, _, _]\n- two -> head: 4*6*6",
        modules=INNER,
    ).replace("Conv 5", "Conv 5 k=1")
)


def changed(graph_of: Module, name: str, change: Callable[[Node], Node]) -> Module:
    graph = graph_of.graph
    nodes = [
        change(node) if node.name == name else node for node in graph.nodes.values()
    ]
    return replace(graph_of, graph=type(graph)(nodes, graph.edges))


def channels(count: int, node: Node) -> Node:
    conv, *rest = node.terms
    wide = with_argument(conv, "out_channels", Number(count, conv.span))
    return replace(node, terms=(wide, *rest))


def unsound(network: Network) -> Network:
    model = changed(network.model, "conv", partial(channels, 3))
    return replace(network, model=model)


def other_ends(network: Network) -> Network:
    model = changed(network.model, "head", partial(channels, 3))
    return replace(network, model=model)


def shorter_row(network: Network) -> Network:
    inner = changed(
        network.modules["Inner"], "row", lambda one: replace(one, terms=one.terms[1:])
    )
    return replace(network, modules=network.modules | {"Inner": inner})


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (unsound, "the size on `in -> row` is 3*6*6, not 4*H*W"),
        (other_ends, "it changes the sizes at the ends"),
        (shorter_row, "it changes a row whose length parameters decide"),
    ],
)
def test_a_mistaken_pass_is_left_out_and_named(
    change: Callable[[Network], Network], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(given: Sized, **_: Any) -> Rewritten:
        return Rewritten(change(given.network))

    monkeypatch.setitem(PASSES, "inline-rows", broken)
    found = optimize(NET)
    assert found.broken == ("inline-rows",)
    (remark,) = [one for one in found.remarks if "left out" in one.message]
    assert remark.message.startswith("the rewriting `inline-rows` was left out: ")
    assert told in remark.message
    assert "please report it" in remark.help[0]
    # What the others do is done all the same.
    (folded,) = found.sized.network.model.graph.nodes["conv"].terms
    assert folded.text == "Conv 4 k=1"
    with pytest.raises(AssertionError, match="left out"):
        optimized(NET)
