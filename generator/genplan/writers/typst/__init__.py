"""PDF, by Typst: the same tree and the same style sheet as WeasyPrint's, with nothing to install besides one package."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

import typst
from fontTools.ttLib import TTFont

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import msg
from genplan.source.files import digest
from genplan.theme.document import Document
from genplan.theme.glyphs import Coverage, coverage_of, joined, load_coverage, uncovered, unreadable
from genplan.theme.resource_checks.fonts import characters
from genplan.theme.resource_checks.problem import UnusableError
from genplan.theme.typography import balance_title, mark_chinese, typeset
from genplan.writers.look import Look
from genplan.writers.options import DATA_NAME, DEFAULTS, PLAIN, Options
from genplan.writers.raster import font_files
from genplan.writers.scratch import refused
from genplan.writers.tightening import TIGHT, is_worthwhile
from genplan.writers.typst.blocks import children, column
from genplan.writers.typst.cascade import Cascade, Computed, wrap
from genplan.writers.typst.content import Writer
from genplan.writers.typst.frame import page, running
from genplan.writers.typst.limits import unsupported
from genplan.writers.typst.sheet import read_sheet

if TYPE_CHECKING:
    from typst import PDFStandard

_PROGRAM = Path(__file__).with_name("document.typ")
_STANDARDS: dict[str, list["PDFStandard"]] = {PLAIN: [], "pdf/a-3a": ["a-3a"], "pdf/ua-1": ["ua-1"], "pdf/a-3a+ua-1": ["a-3a", "ua-1"]}
_REPORT = msg("report it with its plan and template; until then, WeasyPrint may make the PDF (--pdf-engine weasyprint)")
_MIDDLE = 0.38
"""Ems that the middle of a line is above its baseline in most fonts."""


@dataclass
class _Press:
    """What documents of one look share: their styles, and the compiler with its folder, which holds the program and the pictures."""

    cascade: Cascade
    compiler: typst.Compiler
    folder: TemporaryDirectory[str]
    middles: dict[str, float]
    files: tuple[str, ...]
    """Of the fonts."""

    @cached_property
    def coverage(self) -> Coverage:
        """What the fonts can show: Typst takes no others."""
        return joined(map(_coverage, map(Path, self.files)))

    def compile(self, data: dict[str, Any], options: Options) -> bytes:
        """Make a PDF of the data of `document.typ`."""
        inputs = {"document": json.dumps(data, ensure_ascii=False)}
        made = self.compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=_STANDARDS[options.pdf_variant or PLAIN], timestamp=0)
        assert isinstance(made, bytes)
        return made

    def asked(self, label: str) -> Any:  # noqa: ANN401 - JSON
        """Return what `document.typ` says under a label about the pages just made."""
        return json.loads(self.compiler.query(f"<{label}>", field="value"))


@dataclass(frozen=True)
class _Content:
    """A document as `document.typ` takes it; which of its parts have smaller distances; what to look at once it is laid out.

    `runs` are the rows of each table that stay together: the first of each run, and how many. `foreign` are elements that documents
    don't have.
    """

    data: dict[str, Any]
    tight: frozenset[int]
    runs: dict[int, list[list[int]]]
    foreign: set[str]


@lru_cache(maxsize=4)
def _press(css: str, look: Look) -> _Press:
    folder = TemporaryDirectory(prefix="genplan-typst-")
    program = Path(folder.name, _PROGRAM.name)
    program.write_bytes(_PROGRAM.read_bytes())
    files = font_files(look)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=sorted({str(Path(each).parent) for each in files})
    )
    return _Press(
        Cascade(read_sheet(css)), typst.Compiler(input=program, root=folder.name, font_paths=fonts), folder, dict(_middles(files)), files
    )


def _coverage(font: Path) -> Coverage:
    """Return what a font can show; of a bundled one that is written down."""
    written = font.with_name(f"{font.stem.partition('-')[0]}.coverage.txt")
    return load_coverage(written) if written.is_file() else coverage_of(characters(font))


def _middles(files: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    """Give each family's middle of a line, as browsers compute it from the font's own height."""
    for path in files:
        font = TTFont(path, lazy=True)
        head = font["hhea"]
        yield font["name"].getBestFamilyName(), (head.ascent + head.descent) / 2 / font["head"].unitsPerEm


def write(document: Document, look: Look, options: Options = DEFAULTS) -> Outcome[bytes | None]:
    """Write a tagged PDF with bookmarks and metadata, of the standard that the options name; its only dates are the document's own.

    Finds GP541 to GP544 and GP602 (pictures), GP601 (an element that documents don't have), GP603 (a style rule that has no effect),
    GP530 (a character that no font has), GP633 (Typst failed) and GP765 (no room for its temporary files).
    """
    span = Span(document.kind)
    try:
        press = _press(look.css, look)
        texts = (text for body in document.tree.iterfind("body") for text in body.itertext())
        if lacking := uncovered("".join(texts), press.coverage):
            return Outcome(None, [unreadable(character, span) for character in lacking])
        content = _content(document, press, look, options)
        made = press.compile(content.data, options)
        extents = press.asked("end")
        if maybe := [at for at, extent in enumerate(extents) if is_worthwhile(*extent)]:
            press.compile(_content(document, press, look, options, frozenset(maybe)).data, options)
            shorter = press.asked("end")
            tight = frozenset(at for at in maybe if shorter[at][0] < extents[at][0])
            content = _content(document, press, look, options, tight)
            made = press.compile(content.data, options)
        if torn := _torn(press, content):
            made = press.compile(_content(document, press, look, options, content.tight, torn).data, options)
    except OSError as error:  # its program, and pictures, are put into files
        return Outcome(None, [refused(error)])
    except UnusableError as error:
        return Outcome(None, [error.at(span)])
    except typst.TypstError as error:
        return Outcome(None, [diagnose("GP633", span, msg("Typst: {reason}", reason=error.message), help=_REPORT)])
    return Outcome(made, [*unsupported(look.sheets), *(_unknown(name, span) for name in sorted(content.foreign))])


def _unknown(name: str, span: Span) -> Diagnostic:
    return diagnose("GP601", span, msg("<{tag}> is not supported", tag=name), help=msg("use the elements of docs/document-tree.md"))


def _torn(press: _Press, content: _Content) -> frozenset[int]:
    """Return the numbers of the tables that broke between rows that stay together."""
    ((*rows,),) = press.asked("rows")
    page_of = {(place, row): page for place, row, page in rows}
    return frozenset(
        place
        for place, runs in content.runs.items()
        for first, count in runs
        if len({page_of[place, row] for row in range(first, first + count) if (place, row) in page_of}) > 1
    )


def _content(
    document: Document,
    press: _Press,
    look: Look,
    options: Options,
    tight: frozenset[int] = frozenset(),
    tied: frozenset[int] = frozenset(),
) -> _Content:
    """Turn a document into data. `tight` are the parts with smaller distances, `tied` the tables whose rows are tied together."""
    root = wrap(_prepared(document.tree, tight))
    cascade, metadata = press.cascade, document.metadata
    bodies = [each for each in cascade.children(root, cascade.root(root)) if each[0].etree_element.tag == "body"]
    sheet = page(cascade.sheet.pages, bodies[0][1].style.get("page") or "")
    top, right, bottom, left = sheet["margins"]
    writer = Writer(
        cascade,
        lambda names: _middle(names, press),
        lambda name: _picture(name, press, look),
        sheet["width"] - left - right,
        sheet["height"] - top - bottom,
        tied,
    )
    parts = [_part(wrapper, style, writer) for wrapper, style in bodies]
    language, _, region = metadata.language.partition("-")
    data = {
        "title": metadata.title,
        "author": metadata.author,
        "subject": metadata.subject,
        "keywords": [word.strip() for word in metadata.keywords.split(",")],
        "language": [language, region or None],
        "issued": {"year": metadata.issued.year, "month": metadata.issued.month, "day": metadata.issued.day},
        "page": sheet,
        "watermark": _watermark(options, look),
        "duplex": options.duplex,
        "attachment": _attachment(document, options),
        "parts": parts,
        "texts": writer.texts,
        "looks": writer.looks,
    }
    return _Content(data, tight, writer.runs, writer.foreign)


def _prepared(tree: Element, tight: frozenset[int]) -> Element:
    tree = deepcopy(tree)
    for at, body in enumerate(tree.iterfind("body")):
        if at in tight:
            body.set("class", f"{body.get('class', '')} {TIGHT}".strip())
    typeset(tree)
    mark_chinese(tree)
    balance_title(tree)
    return tree


def _middle(families: tuple[str, ...], press: _Press) -> float:
    return next((press.middles[name] for name in families if name in press.middles), _MIDDLE)


def _picture(address: str, press: _Press, look: Look) -> str:
    """Put a picture into the compiler's folder, under the name of its content."""
    found = look.picture(address)
    path = Path(press.folder.name, f"{digest(found.data)}{found.path.suffix}")
    if not path.exists():
        path.write_bytes(found.data)
    return path.name


def _watermark(options: Options, look: Look) -> str | None:
    if not options.watermark:
        return None
    from genplan.writers.watermark import drawing  # noqa: PLC0415 - only documents with one need it

    return drawing(options.watermark, look)


def _attachment(document: Document, options: Options) -> dict[str, str] | None:
    return {"name": DATA_NAME, "text": document.data().decode()} if document.data is not None and options.is_archive else None


def _part(wrapper: Any, computed: Computed, writer: Writer) -> dict[str, Any]:  # noqa: ANN401
    """Return a document, or one of those that a file collects."""
    frame: dict[str, Any] = {"header": None, "footer": None}
    for child, style in writer.cascade.children(wrapper, computed):
        if child.etree_element.tag in frame:
            frame[child.etree_element.tag] = running(child, style, writer)
    flows = list(children(wrapper, computed, writer))
    return {**frame, "above": flows[0].top if flows else 0.0, "text": writer.text(computed.style), "nodes": column(flows)}
