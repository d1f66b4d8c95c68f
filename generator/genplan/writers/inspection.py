"""Pages as laid out, looked over: text that runs over or into other text, tables without heads, headings alone, empty pages.

The one module that knows WeasyPrint's box tree. It reads boxes' places and sizes, in CSS pixels from the page's upper left corner.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from weasyprint.formatting_structure import boxes

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg
from genplan.theme.typography import BOUNDARY, JOINER

_TOLERANCE = 1.0
"""Pixels that a place may be off: positions are sums of rounded numbers."""
_CORE_ABOVE, _CORE_BELOW = 0.7, 0.0
"""The part of a line, in ems above and below its baseline, that is ink whatever the font's own height."""
_OVERLAP = 0.15
"""Ems that two pieces of text must share, in both directions, to be told from type that is set tight."""
_OPENING, _CLOSING = frozenset("（〔［｛〈《「『【〖"), frozenset("）〕］｝〉》」』】〗，。、；：！？”’")
_BLANK_HALF = 0.5
"""Ems of a full-width mark that have no ink: markers are set up to them, and lines end with them."""
_KEPT, _GROUP = "keep", "group"
"""Classes of the blocks, and of the rows together, that should stand whole on one page."""
SPLIT, OVERLEAF = "split", "overleaf"
"""Classes of what may break all the same, and of what starts on a new page."""
_FEW = 0.25
"""The share of a page's height in which a row that breaks should not begin, and which a row has that should not be alone."""
_FULL_SPACES = "\u3000\u2003"
"""One em that has no ink: at the end of a line it may stand outside."""
_MM = 25.4 / 96
_EXCERPT = 16
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WIDTHLESS = dict.fromkeys(map(ord, (BOUNDARY, JOINER)))
"""What the typesetter puts between characters to say where lines may break."""
_INK = re.compile(rf"[^\s{BOUNDARY}{JOINER}]")
"""A character that is seen."""


class Rect(NamedTuple):
    """A place on a page, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def beyond(self, other: "Rect") -> float:
        """Tell by how much this reaches out of another, at most on any side."""
        return max(other.left - self.left, other.top - self.top, self.right - other.right, self.bottom - other.bottom)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a page (from 1): a diagnostic's code, and what it is, for people."""

    code: str
    page: int
    message: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a laid-out document has: its number of pages, and what is wrong with them."""

    pages: int
    findings: tuple[Finding, ...]

    def diagnostics(self, name: str) -> list[Diagnostic]:
        """Tell the findings as diagnostics about the document of that name."""
        return [
            diagnose(f.code, Span(name), msg("page {page}: {message}", page=f.page, message=f.message), help=f.help) for f in self.findings
        ]


class _Run(NamedTuple):
    """A box of text, and the boxes that should hold it. `apart` are runs of the head and foot of pages."""

    box: Any
    block: Any
    cell: Any
    apart: bool


@dataclass(slots=True)
class _Piece:
    """A run of text as it is seen: where its ink is, and its size."""

    rect: Rect
    size: float
    text: str
    block: Any
    cell: Any
    apart: bool


@dataclass
class _Sheet:
    """A page, gone through once."""

    number: int
    paper: Rect
    frame: Rect
    runs: list[_Run] = field(default_factory=list)
    pictures: list[Rect] = field(default_factory=list)
    tables: list[Any] = field(default_factory=list)
    content_boxes: list[Any] = field(default_factory=list)
    """Boxes that should stay whole: blocks, and rows but for those of heads."""
    rows: int = 0
    last: Any = None
    """The block that the page's last content stands in."""

    @cached_property
    def pieces(self) -> list[_Piece]:
        """The page's text; measured when it is asked for, as whoever looks for what is torn does not."""
        return [_piece(run) for run in self.runs]


def inspect(document: Any) -> Inspection:  # noqa: ANN401 - weasyprint has no types
    """Look over a document as `writers.pdf.lay_out` gives it."""
    sheets = [_sheet(number, page._page_box) for number, page in enumerate(document.pages, 1)]  # noqa: SLF001 - there is no other way to the boxes
    findings = [finding for sheet in sheets for find in _FINDERS for finding in find(sheet, len(sheets))]
    return Inspection(len(sheets), tuple(findings))


def _border(box: Any) -> Rect:  # noqa: ANN401
    left, top = box.border_box_x(), box.border_box_y()
    return Rect(left, top, left + box.border_width(), top + box.border_height())


def _sheet(number: int, page: Any) -> _Sheet:  # noqa: ANN401
    left, top = page.content_box_x(), page.content_box_y()
    sheet = _Sheet(number, Rect(0, 0, page.margin_width(), page.margin_height()), Rect(left, top, left + page.width, top + page.height))
    for child in page.children:
        _visit(child, sheet, None, None, apart=isinstance(child, boxes.MarginBox))
    return sheet


def _visit(box: Any, sheet: _Sheet, block: Any, cell: Any, *, apart: bool) -> None:  # noqa: ANN401
    box = getattr(box, "_box", box)  # what stands in for a positioned box leads to it
    if box.style["visibility"] != "visible":
        return
    if isinstance(box, boxes.TextBox):
        _add(_Run(box, block, cell, apart), sheet)
        return
    if isinstance(box, boxes.ReplacedBox):
        if not apart:
            sheet.pictures.append(_border(box))
            sheet.last = block
        return
    if isinstance(box, boxes.TableCellBox):
        block = cell = box
    elif isinstance(box, boxes.BlockBox | boxes.InlineBlockBox | boxes.MarginBox | boxes.FlexContainerBox):
        block = box
    elif isinstance(box, boxes.TableBox):
        sheet.tables.append(box)
    elif isinstance(box, boxes.TableRowBox) and not apart:
        sheet.rows += 1
        sheet.last = box
    sheet.content_boxes += () if apart else _content_boxes(box)
    for child in getattr(box, "children", ()):
        _visit(child, sheet, block, cell, apart=apart)


def _add(run: _Run, sheet: _Sheet) -> None:
    if _INK.search(run.box.text):
        sheet.runs.append(run)
        sheet.last = sheet.last if run.apart else run.block


def _content_boxes(box: Any) -> Sequence[Any]:  # noqa: ANN401
    """Return the box if it should stay whole, or the rows of a group.

    A row whose cells span others goes on wherever these do: it is its group that is broken.
    """
    if isinstance(box, boxes.TableRowGroupBox):
        rows = [row for row in box.children if all(cell.rowspan == 1 for cell in row.children)]
        return () if box.is_header else [*([box] if _GROUP in _classes(box) else []), *rows]
    return (box,) if isinstance(box, boxes.BlockBox) and _KEPT in _classes(box) else ()


def _piece(run: _Run) -> _Piece:
    box, block, cell, apart = run
    size = box.style["font_size"]
    baseline = box.position_y + box.baseline
    said = box.text.translate(_WIDTHLESS).strip(" ")
    text = said.strip()
    before = _full_spaces(said[: said.index(text)]) + (_BLANK_HALF if text[0] in _OPENING else 0)
    after = _full_spaces(said[said.rindex(text) + len(text) :]) + (_BLANK_HALF if text[-1] in _CLOSING else 0)
    left, right = box.position_x + before * size, box.position_x + box.width - after * size
    rect = Rect(left, baseline - _CORE_ABOVE * size, right, baseline + _CORE_BELOW * size)
    return _Piece(rect, size, text, block, cell, apart)


def _full_spaces(text: str) -> int:
    return sum(map(text.count, _FULL_SPACES))


def _excerpt(text: str) -> str:
    return f"“{text[:_EXCERPT]}{'…' if len(text) > _EXCERPT else ''}”"


def _mm(pixels: float) -> str:
    return msg("{length} mm", length=f"{max(0.1, pixels * _MM):.1f}")


def _overflow(sheet: _Sheet, _pages: int) -> Iterator[Finding]:
    """Find text and pictures outside the page's content area, and text outside the cell or block that holds it; once a box."""
    reported: set[int] = set()
    for piece in sheet.pieces:
        for holder, message in (
            (piece.cell, msg("{text} overflows its cell by {length}")),
            (piece.block, msg("{text} overflows its box by {length}")),
        ):
            if holder is None or id(holder) in reported or piece.rect.beyond(_border(holder)) <= _TOLERANCE:
                continue
            reported.add(id(holder))
            length = _mm(piece.rect.beyond(_border(holder)))
            yield Finding(
                "GP525",
                sheet.number,
                message.with_values(text=_excerpt(piece.text), length=length),
                msg("give it more width, or let the text wrap"),
            )
            break
        else:
            area, message = (
                (sheet.paper, msg("{text} extends {length} beyond the paper"))
                if piece.apart
                else (sheet.frame, msg("{text} extends {length} beyond the text area"))
            )
            if piece.rect.beyond(area) > _TOLERANCE and id(piece.block) not in reported:
                reported.add(id(piece.block))
                yield Finding(
                    "GP525",
                    sheet.number,
                    message.with_values(text=_excerpt(piece.text), length=_mm(piece.rect.beyond(area))),
                )
    for picture in sheet.pictures:
        if picture.beyond(sheet.frame) > _TOLERANCE:
            yield Finding(
                "GP525", sheet.number, msg("a picture extends {length} beyond the text area", length=_mm(picture.beyond(sheet.frame)))
            )


def _wide_tables(sheet: _Sheet, _pages: int) -> Iterator[Finding]:
    for table in sheet.tables:
        rect = _border(table)
        over = max(rect.right - sheet.frame.right, sheet.frame.left - rect.left)
        if over > _TOLERANCE:
            yield Finding(
                "GP525",
                sheet.number,
                msg("a table is {length} wider than the text area", length=_mm(over)),
                msg("give its columns widths that add up to 100 %"),
            )


def _overlaps(sheet: _Sheet, _pages: int) -> Iterator[Finding]:
    """Find text over text, by a sweep from the top."""
    open_: list[_Piece] = []
    for piece in sorted(sheet.pieces, key=lambda p: (p.rect.top, p.rect.left)):
        open_ = [other for other in open_ if other.rect.bottom > piece.rect.top]
        for other in open_:
            least = _OVERLAP * min(piece.size, other.size)
            across = min(piece.rect.right, other.rect.right) - max(piece.rect.left, other.rect.left)
            down = min(piece.rect.bottom, other.rect.bottom) - max(piece.rect.top, other.rect.top)
            if across > least and down > least:
                yield Finding("GP526", sheet.number, msg("{text} overlaps {other}", text=_excerpt(piece.text), other=_excerpt(other.text)))
                break
        open_.append(piece)


def _headless(sheet: _Sheet, _pages: int) -> Iterator[Finding]:
    for _ in filter(_lacks_head, sheet.tables):
        yield Finding("GP527", sheet.number, msg("a table continues without its header row"), msg("keep its rows shorter than a page"))


def _lacks_head(table: Any) -> bool:  # noqa: ANN401
    element = table.element
    if element is None or element.find("thead/tr") is None or any(_tag(group) == "thead" for group in table.children):
        return False
    return any(group.children for group in table.children)


def filled(document: Any) -> float:  # noqa: ANN401
    """Return the share of the last page's text area, from its top, that a document takes."""
    page = document.pages[-1]._page_box  # noqa: SLF001
    root = page.children[0]
    return float((root.position_y + root.margin_height() - page.content_box_y()) / page.height)


def amendments(document: Any) -> Iterator[tuple[Any, str]]:  # noqa: ANN401
    """Return the elements that what should stay whole cannot be kept whole for, and the class that helps them in another layout.

    SPLIT are tables that go on without their heads on some page, and the rows that they go on with; rows, groups of them and blocks that
    stand on two pages; and blocks that do not fit on a page together with their heading. OVERLEAF are rows that break after a few lines,
    of which a name beside a long text may be torn, and rows that keep another company.
    """
    sheets = [_sheet(number, page._page_box) for number, page in enumerate(document.pages, 1)]  # noqa: SLF001
    for sheet in sheets:
        for table in filter(_lacks_head, sheet.tables):
            yield table.element, SPLIT
            yield table.children[0].children[0].element, SPLIT
    for sheet, following in pairwise(sheets):
        goes_on = {box.element for box in following.content_boxes}
        for box in sheet.content_boxes:
            if box.element in goes_on:
                yield from _overleaf(box, sheet) if _is_torn(box, sheet) else [(box.element, SPLIT)]
        if _ends_in_heading(sheet) and following.content_boxes:
            moved = following.tables and OVERLEAF in _classes(following.tables[0])
            yield (sheet.last.element, OVERLEAF) if moved else (following.content_boxes[0].element, SPLIT)
        yield from _company(sheet, following)


def _company(sheet: _Sheet, following: _Sheet) -> Iterator[tuple[Any, str]]:
    """Return the last row before one that is alone on the next page, where it is no loss to what stays."""
    before = {table.element: _body_rows(table) for table in sheet.tables}
    few = _FEW * (sheet.frame.bottom - sheet.frame.top)
    for table in following.tables:
        stays, rows = before.get(table.element, []), _body_rows(table)
        alone = len(rows) == 1 and rows[0].height < few and stays[1:] and stays[-1].element is not rows[0].element
        if alone and (stays[2:] or stays[0].height >= few):
            yield stays[-1].element, OVERLEAF


def _body_rows(table: Any) -> list[Any]:  # noqa: ANN401
    return [row for group in table.children if not group.is_header for row in group.children]


def _is_torn(box: Any, sheet: _Sheet) -> bool:  # noqa: ANN401
    low = _border(box).top > sheet.frame.bottom - _FEW * (sheet.frame.bottom - sheet.frame.top)
    return low and _tag(box) == "tr" and SPLIT in _classes(box)


def _overleaf(row: Any, sheet: _Sheet) -> Iterator[tuple[Any, str]]:  # noqa: ANN401
    """Return the row, and the table that begins with it: no break stands between a table's head and its first row."""
    yield row.element, OVERLEAF
    for table in sheet.tables:
        if any(row is group.children[0] for group in table.children if not group.is_header):
            yield table.element, OVERLEAF


def _tag(box: Any) -> str:  # noqa: ANN401
    return str(box.element_tag or "")


def _classes(box: Any) -> list[str]:  # noqa: ANN401
    return (box.element.get("class") or "").split() if box.element is not None else []


def _ends_in_heading(sheet: _Sheet) -> bool:
    if sheet.last is None:
        return False
    classes = _classes(sheet.last)
    return _tag(sheet.last) in _HEADINGS or ("caption" in classes and "below" not in classes)


def _alone(sheet: _Sheet, pages: int) -> Iterator[Finding]:
    if sheet.number < pages and _ends_in_heading(sheet):
        text = "".join(piece.text for piece in sheet.pieces if piece.block is sheet.last)
        yield Finding("GP528", sheet.number, msg("{text} is alone at the bottom of the page", text=_excerpt(text)))


def _empty(sheet: _Sheet, _pages: int) -> Iterator[Finding]:
    if not sheet.rows and not sheet.pictures and all(run.apart for run in sheet.runs):
        yield Finding("GP529", sheet.number, msg("the page is empty"))


_FINDERS: tuple[Callable[[_Sheet, int], Iterator[Finding]], ...] = (_overflow, _wide_tables, _overlaps, _headless, _alone, _empty)
