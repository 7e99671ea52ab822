"""Statements that say how something looks or what a click does.

    style     = "style" _ id _ looks          link-style = "linkStyle" _ links _ look
    class-def = "classDef" _ id _ looks       links = "default" | number ("," number)*
    class     = "class" _ id _ id             look  = "interpolate" _ word (_ looks)?
    click     = "click" id action                   | looks

They are read by Mermaid's rules, so that what it refuses is refused, and then left
alone; only a style of an unknown node makes one. Reports GC501.
"""

from graphc.mermaid.chart import Chart, Name
from graphc.mermaid.stream import Stream
from graphc.mermaid.tokens import ID, STYLE, WORD, Kind
from graphc.mermaid.wrong import faulty


class Styles:
    """Reads the statements of looks."""

    def __init__(self, stream: Stream, chart: Chart) -> None:
        self._stream = stream
        self._chart = chart

    def style(self) -> bool:
        """Read ``style A fill:red``; whether it could be."""
        self._stream.take()
        name = self._spaced(ID, "the id of a node")
        if name is None or not self._looks():
            return False
        self._chart.style(name)
        return True

    def class_def(self) -> bool:
        """Read ``classDef name fill:red``; whether it could be."""
        self._stream.take()
        name = self._spaced(ID, "the name of a class")
        return name is not None and self._looks()

    def class_of(self) -> bool:
        """Read ``class A,B name``; whether it could be."""
        self._stream.take()
        nodes = self._spaced(ID, "the id of a node")
        return nodes is not None and self._spaced(ID, "the name of a class") is not None

    def link_style(self) -> bool:
        """Read ``linkStyle 0,1 stroke:red``; whether it could be."""
        self._stream.take()
        if not self._space("a blank") or not self._links():
            return False
        if not self._space("a style"):
            return False
        if not self._stream.accept(Kind.INTERPOLATE):
            return self._style_list()
        if self._spaced(WORD, "the name of a curve") is None:
            return False
        return not self._stream.at(Kind.SPACE) or self._looks()

    def click(self) -> bool:
        """Read ``click A ...``; whether it could be."""
        stream = self._stream
        stream.take()
        if stream.accept(Kind.CALLBACK):
            stream.accept(Kind.CALLBACK_ARGS)
            return self._tip()
        if stream.at(Kind.HREF, Kind.STRING):
            if stream.accept(Kind.HREF) and not stream.at(Kind.STRING):
                stream.wrong("an address in quotes")
                return False
            stream.take()
            return self._target()
        if self._word(WORD, "what a click does") is None:
            return False
        return self._tip()

    def _tip(self) -> bool:
        if self._stream.accept(Kind.SPACE) and not self._stream.accept(Kind.STRING):
            self._stream.wrong("a text in quotes")
            return False
        return True

    def _target(self) -> bool:
        stream = self._stream
        if not stream.accept(Kind.SPACE):
            return True
        if stream.accept(Kind.TARGET):
            return True
        if not stream.accept(Kind.STRING):
            stream.wrong("a text in quotes, or a target such as `_blank`")
            return False
        if stream.accept(Kind.SPACE) and not stream.accept(Kind.TARGET):
            stream.wrong("a target such as `_blank`")
            return False
        return True

    def _links(self) -> bool:
        stream = self._stream
        if stream.accept(Kind.DEFAULT):
            return True
        while number := stream.accept(Kind.NUMBER):
            self._link(number.start, number.end)
            if not stream.accept(Kind.COMMA):
                return True
        stream.wrong("the number of a link, or `default`")
        return False

    def _link(self, start: int, end: int) -> None:
        written = self._stream.text(start, end)
        links = self._chart.links
        if len(written) < 10 and int(written) < links:
            return
        there = f"links 0 to {links - 1} are" if links > 1 else "link 0 is"
        label = f"only {there} there so far" if links else "no link is there so far"
        message = f"`linkStyle` names link {written}, which is not there"
        self._stream.report(faulty(self._stream.span(start, end), message, label))

    def _looks(self) -> bool:
        return self._space("a style") and self._style_list()

    def _style_list(self) -> bool:
        """Take styles, parted by commas: ``fill:red,stroke:#333``."""
        stream = self._stream
        while True:
            if not stream.accept(*STYLE):
                stream.wrong("a style such as `fill:#eee`")
                return False
            while stream.accept(*STYLE):
                pass
            if not stream.accept(Kind.COMMA):
                return True

    def _space(self, expected: str) -> bool:
        if self._stream.accept(Kind.SPACE):
            return True
        self._stream.wrong(expected)
        return False

    def _spaced(self, kinds: frozenset[Kind], expected: str) -> Name | None:
        return self._word(kinds, expected) if self._space(expected) else None

    def _word(self, kinds: frozenset[Kind], expected: str) -> Name | None:
        stream = self._stream
        first = stream.accept(*kinds)
        if first is None:
            stream.wrong(expected)
            return None
        end = first.end
        while token := stream.accept(*kinds):
            end = token.end
        return Name(stream.text(first.start, end), stream.span(first.start, end))
