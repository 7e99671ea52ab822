"""Parameters with their defaults."""

from collections.abc import Mapping as ReadOnly
from dataclasses import replace

from graphc.diagnostics import Code, Diagnostic, Place, Sink
from graphc.frontend.fields import is_empty, refuse_kind, section
from graphc.frontend.numbers import is_usable
from graphc.frontend.scope import check_parameter_name
from graphc.ir import Parameter, Value
from graphc.reading import Entry, Mapping, Node, Scalar, Sequence
from graphc.source import Span

_NONE = ("none", "None")


def parameters(
    body: Mapping, taken: ReadOnly[str, Span], sink: Sink
) -> tuple[Parameter, ...]:
    """Return what stands under ``params``: names with defaults.

    A default is a number, a truth value, a word or a list; ``~`` means that there is
    none, so a value must be given. ``taken`` are names with another meaning. Codes:
    GC014, GC103, GC105, GC106, GC209.
    """
    entries = section(body, "params", sink)
    read = (_parameter(entry, taken, sink) for entry in entries)
    return tuple(parameter for parameter in read if parameter is not None)


def _parameter(
    entry: Entry, taken: ReadOnly[str, Span], sink: Sink
) -> Parameter | None:
    usable = check_parameter_name(entry.key, taken, sink)
    required = is_empty(entry.value)
    readable = required or _is_value(entry.value, sink)
    # A keyword of Python is refused, but labels that use it are right otherwise.
    if not usable and (not entry.name.isidentifier() or entry.name in taken):
        return None
    default = _value(entry.value) if readable and not required else None
    span = entry.key.span if required else _whole(entry)
    return Parameter(entry.name, default, required, span, faulty=not readable)


def _whole(entry: Entry) -> Span:
    """Return where name and default stand; the name, if the default is an alias."""
    key, default = entry.key.span, entry.value.span
    return key.to(default) if default.start >= key.end else key


def given(found: tuple[Parameter, ...], sink: Sink) -> tuple[Parameter, ...]:
    """Return the parameters of the model; those without a value are faulty.

    Nobody gives it one, so they are reported (GC103).
    """
    return tuple(_given(one, sink) if one.required else one for one in found)


def _given(parameter: Parameter, sink: Sink) -> Parameter:
    message = f"the parameter `{parameter.name}` of the model needs a value"
    remedy = (f"write the value to check with, as in `{parameter.name}: 10`",)
    place = Place(parameter.span, "only a module is given its values where it is used")
    sink.add(Diagnostic(Code.GC103, message, place, help=remedy))
    return replace(parameter, faulty=True)


def _is_value(node: Node, sink: Sink) -> bool:
    """Return whether a default can be used; report what cannot."""
    if isinstance(node, Sequence):
        sound = [_is_value(item, sink) for item in node.items]
        return all(sound)
    if isinstance(node, Mapping):
        refuse_kind(node, "a default is a number, a word or a list", sink)
        return False
    return is_usable(node, sink)


def _value(node: Node) -> Value:
    if isinstance(node, Sequence):
        return tuple(map(_value, node.items))
    if isinstance(node, Scalar) and not (node.plain and node.text in _NONE):
        return node.value
    return None
