"""Tables of networks: their rows as data, and text, CSV, Markdown and JSON of them."""

from graphc.tables.comparison import Model, compared, comparison
from graphc.tables.figures import Field, Figures, shapes_text
from graphc.tables.gallery import Shown, gallery
from graphc.tables.markdown import code, plain
from graphc.tables.summary import Row, Summary, summarize
from graphc.tables.summary_table import by_path, totals, written

__all__ = [
    "Field",
    "Figures",
    "Model",
    "Row",
    "Shown",
    "Summary",
    "by_path",
    "code",
    "compared",
    "comparison",
    "gallery",
    "plain",
    "shapes_text",
    "summarize",
    "totals",
    "written",
]
