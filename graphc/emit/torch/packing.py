"""Convolutions of oneDNN, with the ReLU behind them, in a file for a CPU alone."""

from dataclasses import replace

from graphc.emit.torch.blueprint import Blueprint, OpItem, Part
from graphc.emit.torch.copied import copied
from graphc.emit.torch.plan import Lines
from graphc.ir import Call, Form, Input, Word

NAMES = frozenset({"PackedConv2d", "has_onednn", "cache", "warnings"})
"""Names in the file that no class of a network may have."""
IMPORTS = ("import warnings", "from functools import cache")
_CONVOLUTION = Word("nn.Conv2d")
_PACKED = Word("PackedConv2d")
_NOTHING = Form(layer=Call(Word("nn.Identity")), function=Input(0))


def packing(blueprint: Blueprint) -> Blueprint:
    """Return a class whose convolutions are those of oneDNN, each with its ReLU."""
    parts = {node: _joined(each) for node, each in blueprint.parts.items()}
    return replace(blueprint, parts=parts)


def pieces() -> Lines:
    """Return the lines of what a file needs for it."""
    return copied("onednn_pieces.py")


def _joined(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return the terms of a node with its convolutions packed."""
    found: list[Part] = []
    for place, part in enumerate(parts):
        then = parts[place + 1] if place + 1 < len(parts) else None
        joins = then is not None and _is_relu(then) and not part.repeated
        before = parts[place - 1] if place else None
        if _is_convolution(part):
            found.append(_packed(part, relu=joins))
        elif _is_relu(part) and before is not None and _takes_relu(before):
            found.append(_with(part, _NOTHING))
        else:
            found.append(part)
    return tuple(found)


def _takes_relu(part: Part) -> bool:
    return _is_convolution(part) and not part.repeated


def _packed(part: Part, *, relu: bool) -> Part:
    """Return a convolution as one of oneDNN, with the ReLU behind it or without."""
    (item,) = part.items
    if not isinstance(item, OpItem) or item.form.layer is None:
        return part
    keywords = item.form.layer.keywords + ((("relu", True),) if relu else ())
    layer = replace(item.form.layer, function=_PACKED, keywords=keywords)
    return _with(part, replace(item.form, layer=layer))


def _with(part: Part, form: Form) -> Part:
    (group,) = part.groups
    item = group.item
    if not isinstance(item, OpItem):
        return part
    return replace(part, groups=(replace(group, item=replace(item, form=form)),))


def _is_convolution(part: Part) -> bool:
    """Whether a term is a convolution that oneDNN can do as it stands."""
    layer = _layer(part)
    if layer is None or layer.function != _CONVOLUTION:
        return False
    given = dict(layer.keywords)
    return "padding_mode" not in given and not isinstance(given.get("padding"), str)


def _is_relu(part: Part) -> bool:
    layer = _layer(part)
    return not part.repeated and layer is not None and layer.function == Word("nn.ReLU")


def _layer(part: Part) -> Call | None:
    items = part.items
    item = items[0] if len(items) == 1 else None
    return item.form.layer if isinstance(item, OpItem) else None
