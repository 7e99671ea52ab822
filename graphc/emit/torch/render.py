"""The template laid out."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from graphc.emit.torch.plan import FilePlan


def render(plan: FilePlan) -> str:
    """Return a file as text, with a line end behind its last line."""
    environment = Environment(
        loader=PackageLoader("graphc.emit.torch"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # what comes out is Python
    )
    template = environment.get_template("module.py.j2")
    return template.render(file=plan)
