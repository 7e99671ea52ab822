"""Tables of networks: their rows as data, and text, CSV, Markdown and JSON of them."""

from graphc.tables.comparison import Model, compared, comparison
from graphc.tables.figures import Field, Figures
from graphc.tables.gallery import Shown, gallery
from graphc.tables.summary import Row, Summary, summarize
from graphc.tables.summary_table import written

__all__ = [
    "Field",
    "Figures",
    "Model",
    "Row",
    "Shown",
    "Summary",
    "compared",
    "comparison",
    "gallery",
    "summarize",
    "written",
]
