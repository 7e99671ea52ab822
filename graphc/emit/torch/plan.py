"""A PyTorch file, decided down to its lines: what the template lays out."""

from graphc.record import record

Lines = tuple[str, ...]
"""Lines without their ends, indented as they stand in the file."""


@record
class MethodPlan:
    """A method: the lines of its ``def``, its docstring and its statements."""

    signature: Lines
    docstring: Lines
    body: Lines


@record
class ClassPlan:
    """A class: its attributes and its methods."""

    name: str
    docstring: Lines
    methods: tuple[MethodPlan, ...]
    base: str = "nn.Module"
    attributes: Lines = ()


@record
class FilePlan:
    """A file: its docstring, the lines that import, its classes and functions.

    What stands ``before`` the classes is what their attributes need.
    """

    docstring: Lines
    imports: Lines
    classes: tuple[ClassPlan, ...]
    functions: Lines = ()
    before: Lines = ()
