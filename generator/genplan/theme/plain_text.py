"""The text of markup, for formats that cannot take it as it is: a line a block."""

from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "div", "section", "h1", "h2", "h3", "h4", "ul", "ol", "table", "tr", "blockquote", "figure"})
_CELLS = frozenset({"td", "th"})
_BULLET = "• "


class _Reader(HTMLParser):
    """Gathers lines; white space counts as in HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [""]
        self.lists: list[int | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base class's signature
        if tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ol" else None)
        if tag in _BLOCKS or tag == "br":
            self.lines.append("")
        if tag in _CELLS and self.lines[-1]:
            self.lines[-1] += "\t"
        if tag == "li":
            self.lines.append(self._mark())

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        line = self.lines[-1]
        text = " ".join(data.split())
        before = " " if text and line and data[0].isspace() and not line.endswith(("\t", " ")) else ""
        after = " " if text and data[-1].isspace() else ""
        self.lines[-1] = line + before + text + after

    def _mark(self) -> str:
        count = self.lists[-1] if self.lists else None
        if count is None:
            return _BULLET
        self.lists[-1] = count + 1
        return f"{count + 1}. "


def plain_text(html: str) -> str:
    """Return the text of HTML: a line for each block and list item, cells with tabs between, `•` and numbers before list items."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n".join(line.strip() for line in reader.lines if line.strip())
