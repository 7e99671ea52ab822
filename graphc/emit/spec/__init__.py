"""A spec as YAML text, as a person would write it."""

from graphc.emit.spec.write import write_spec

__all__ = ["write_spec"]
