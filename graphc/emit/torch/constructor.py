"""The arguments of a class: what they are called and how they are declared.

A parameter keeps its name. A dim that surroundings decide is ``in_channels``,
``out_channels``, ``height``, ``tokens`` and the like for the usual letters, and its own
name in lower case for any other; at a second input or output the node's name stands in
front.
"""

from collections.abc import Mapping, Sequence

from graphc.emit.torch.blueprint import Argument
from graphc.emit.torch.code import flat
from graphc.emit.torch.merge import code_of
from graphc.emit.torch.names import LOCALS, Names, plain
from graphc.infer import Symbol
from graphc.ir import Module, Value

_WORDS = {
    "C": "channels",
    "D": "depth",
    "H": "height",
    "L": "length",
    "T": "tokens",
    "W": "width",
}


def keywords(module: Module, arguments: Sequence[Argument]) -> Mapping[str, str]:
    """Return the name of each argument of a constructor, by its symbol."""
    names = Names(LOCALS, lower=True)
    names.add(each.symbol for each in arguments if each.parameter is not None)
    found = {}
    for each in arguments:
        if each.parameter is not None:
            found[each.symbol] = names[each.symbol]
        elif each.dim is not None:
            found[each.symbol] = names.take(_dim_name(module, each.dim))
        else:
            found[each.symbol] = names.take(each.symbol)
    return found


def _dim_name(module: Module, dim: Symbol) -> str:
    letter = dim.name.rstrip("0123456789")
    word = _WORDS.get(letter)
    if word is None:
        return plain(dim.name)
    nodes = module.inputs if dim.inward else module.outputs
    if dim.port:
        return f"{plain(nodes[dim.port].name)}_{word}"
    if word == "channels":
        return "in_channels" if dim.inward else "out_channels"
    return word if dim.inward else f"out_{word}"


def declared(name: str, argument: Argument) -> str:
    """Return an argument with its type and default: ``classes: int = 1000``."""
    typed = f"{name}: {_type(argument)}"
    if argument.required:
        return typed
    return f"{typed} = {flat(code_of(argument.default))}"


def _type(argument: Argument) -> str:
    values = [*argument.values]
    if not argument.required:
        values.insert(0, argument.default)
    names = list(dict.fromkeys(map(_type_of, values)))
    if "float" in names and "int" in names:
        names.remove("int")
    return " | ".join(sorted(names, key=lambda name: name == "None"))


def _type_of(value: Value) -> str:
    match value:
        case None:
            return "None"
        case bool():
            return "bool"
        case float():
            return "float"
        case str():
            return "str"
        case tuple():
            inner = ", ".join(map(_type_of, value))
            return f"tuple[{inner}]"
        case _:
            return "int"
