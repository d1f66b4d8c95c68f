"""PDF, by WeasyPrint."""

import hashlib
import os
import traceback
from calendar import timegm
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from genplan.collector import uncollected
from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose, has_errors
from genplan.messages import msg
from genplan.source.files import digest
from genplan.theme.document import Document
from genplan.theme.resource_checks.problem import UnusableError
from genplan.theme.typography import balance_title, mark_chinese, typeset
from genplan.writers.inspection import amendments, filled
from genplan.writers.look import Look
from genplan.writers.options import DEFAULTS, PLAIN, Options
from genplan.writers.pdf.complaints import collecting, to_diagnostic
from genplan.writers.pdf.fetcher import BASE, ThemeFetcher
from genplan.writers.pdf.footing import move_to_foot
from genplan.writers.pdf.justification import justify
from genplan.writers.pdf.sheet_mistakes import mistakes
from genplan.writers.pdf.speedups import install
from genplan.writers.pdf.tree import TreeHTML
from genplan.writers.scratch import refused
from genplan.writers.standards import STANDARDS
from genplan.writers.tagging import repair_tags
from genplan.writers.tightening import TIGHT, is_worthwhile

_CLOCK = "SOURCE_DATE_EPOCH"
_ROUNDS = 4
"""Times that a document is laid out again: what should stay whole is taller than a page, that leaves a few lines, a caption, a heading."""


@contextmanager
def _fixed_time(document: Document) -> Iterator[None]:
    """Pass the document's date to the font subsetter that WeasyPrint uses where HarfBuzz's is missing, which asks the clock otherwise."""
    before = os.environ.get(_CLOCK)
    os.environ[_CLOCK] = str(timegm(document.metadata.issued.timetuple()))
    try:
        yield
    finally:
        os.environ.pop(_CLOCK) if before is None else os.environ.update({_CLOCK: before})


@dataclass(frozen=True)
class _Press:
    """What documents of one look share: parsed styles, fonts, and pictures already decoded. `refused` is what the styles may not use."""

    styles: weasyprint.CSS | None
    fetcher: ThemeFetcher
    fonts: FontConfiguration
    images: dict[str, Any]
    complaints: tuple[tuple[str, str], ...]
    refused: tuple[UnusableError, ...]

    SIZE: ClassVar[int] = 4


@lru_cache(maxsize=_Press.SIZE)
def _press(css: str, look: Look) -> _Press:
    install()
    fetcher = ThemeFetcher(look)
    fonts = FontConfiguration()
    with collecting() as log:
        try:
            styles = weasyprint.CSS(string=css, font_config=fonts, url_fetcher=fetcher, base_url=BASE)
        except FatalURLFetchingError:
            styles = None
        except RecursionError:
            styles = None
            cure = msg("nest fewer blocks, brackets or selectors in styles/custom.css")
            fetcher.refused.append(UnusableError("GP547", msg("the style sheet is nested too deep"), cure))
    return _Press(styles, fetcher, fonts, {}, tuple(log.messages), tuple(fetcher.refused))


def write(document: Document, look: Look, options: Options = DEFAULTS, *, laid_out: list[Any] | None = None) -> Outcome[bytes | None]:
    """Write a tagged PDF with bookmarks and metadata, of the standard that the options name; its only dates are the document's own.

    `laid_out` is given what was laid out, for `writers.inspection` to look over without laying it out again.

    Finds GP541 to GP545 and GP602 (pictures, fonts and files that cannot be used or are not there), GP547 and GP601 (nested too deep),
    GP603 (what WeasyPrint could not do), GP530 (a character that no font has) and GP765 (no room for its temporary files).
    """
    try:
        press = _press(look.css, look)
    except OSError as error:  # WeasyPrint puts fonts into files, and nothing else is written here
        return Outcome(None, [refused(error)])
    fetcher = press.fetcher.anew()
    span = Span(document.kind)
    with collecting() as log, _fixed_time(document), uncollected():
        try:
            data = _print(document, press, fetcher, options, laid_out)
        except FatalURLFetchingError:
            data = None
        except RecursionError:
            return Outcome(None, [diagnose("GP601", span, msg("elements are nested too deep for a PDF"), help=msg("use fewer levels"))])
        except Exception as error:
            if not _is_of_fonts(error):
                raise
            data = None
            cure = msg("use another file of the font: TrueType (.ttf) or OpenType (.otf)")
            fetcher.refused.append(
                UnusableError("GP545", msg("a font of the theme is damaged ({error})", error=type(error).__name__), cure)
            )
    diagnostics: list[Diagnostic] = [error.at(span) for error in (*press.refused, *fetcher.refused)]
    diagnostics += _complaints((*press.complaints, *log.messages), look, span)
    diagnostics = list(dict.fromkeys(diagnostics))
    return Outcome(None if has_errors(diagnostics) else data, diagnostics)


def _complaints(messages: Sequence[tuple[str, str]], look: Look, span: Span) -> list[Diagnostic]:
    """Describe what WeasyPrint said: of the workspace's style sheets by their places, of anything else with the document."""
    placed, others = mistakes([text for _, text in messages], look.css, look.sheets) if messages else ([], [])
    return [*placed, *(to_diagnostic(module, text, span) for module, text in messages if text in others)]


_READS_FONTS = ("weasyprint/pdf/fonts.py", "weasyprint/text/fonts.py", "speedups/fonts.py", "fontTools/")


def _is_of_fonts(error: Exception) -> bool:
    """Return whether an exception comes from the reading of fonts: what is damaged within them shows only where it is used."""
    frames = (frame.f_code.co_filename.replace(os.sep, "/") for frame, _ in traceback.walk_tb(error.__traceback__))
    return not isinstance(error, MemoryError) and any(part in file for file in frames for part in _READS_FONTS)


def lay_out(document: Document, look: Look, options: Options = DEFAULTS) -> Any:  # noqa: ANN401 - weasyprint has no types
    """Lay a document out on pages, for `writers.inspection` to look over; None where a PDF would not be written either."""
    press = _press(look.css, look)
    with collecting(), _fixed_time(document):
        try:
            return _lay_out_all(document, press, press.fetcher.anew(), options)
        except (FatalURLFetchingError, RecursionError):
            return None


def _print(document: Document, press: _Press, fetcher: ThemeFetcher, options: Options, laid_out: list[Any] | None) -> bytes | None:
    standard = STANDARDS[options.pdf_variant or PLAIN]

    def finish(laid_out: Any, pdf: Any) -> None:  # noqa: ANN401
        repair_tags(laid_out, pdf)
        standard.finish(pdf)

    pages = _lay_out_all(document, press, fetcher, options)
    data: bytes | None = pages.write_pdf(finisher=finish, **_options(document, options))
    if laid_out is not None:
        laid_out.append(pages)
    return data


def _options(document: Document, options: Options) -> dict[str, Any]:
    identifier = bytes.fromhex(document.metadata.identifier)
    return {"pdf_tags": True, "pdf_identifier": identifier, **STANDARDS[options.pdf_variant or PLAIN].print_options(document)}


def _lay_out_all(document: Document, press: _Press, fetcher: ThemeFetcher, options: Options) -> Any:  # noqa: ANN401
    """Lay out a document; where it collects others, each by itself, so that its pages are counted and headed as they are alone."""
    if not document.parts:
        return _lay_out(document, press, fetcher, options)
    laid_out = [_lay_out(part, press, fetcher, options) for part in document.parts]
    blank = _blank(document, press, fetcher, options) if options.duplex else []
    pages = [page for each in laid_out for page in (*each.pages, *blank[: len(each.pages) % 2])]
    whole = laid_out[0].copy(pages)
    whole.metadata.title = document.metadata.title
    return whole


def _blank(document: Document, press: _Press, fetcher: ThemeFetcher, options: Options) -> list[Any]:
    """Lay out the empty back of a sheet."""
    tree = Element("html", dict(document.tree.attrib))
    SubElement(tree, "head")
    body = document.tree.find("body")
    SubElement(tree, "body", dict(body.attrib) if body is not None else {})
    pages: list[Any] = _render(tree, document, press, fetcher, options).pages
    return pages


def _lay_out(document: Document, press: _Press, fetcher: ThemeFetcher, options: Options) -> Any:  # noqa: ANN401
    tree = deepcopy(document.tree)
    fetcher.own = {}
    if not _bring(tree, fetcher):
        raise FatalURLFetchingError(BASE)
    typeset(tree)
    mark_chinese(tree)
    balance_title(tree)
    pages = _whole(tree, document, press, fetcher, options)
    if is_worthwhile(len(pages.pages), filled(pages)):
        _amend([(tree, TIGHT)])
        tight = _whole(tree, document, press, fetcher, options)
        pages = min(pages, tight, key=lambda laid_out: len(laid_out.pages))
    justify(pages)
    move_to_foot(pages)
    return pages


def _whole(tree: Element, document: Document, press: _Press, fetcher: ThemeFetcher, options: Options) -> Any:  # noqa: ANN401
    """Lay out until nothing is torn that could be whole."""
    pages = _render(tree, document, press, fetcher, options)
    for _ in range(_ROUNDS):
        if not _amend(amendments(pages)):
            break
        pages = _render(tree, document, press, fetcher, options)
    return pages


def _bring(tree: Element, fetcher: ThemeFetcher) -> bool:
    """Have the document bring its pictures along; tell whether all can be shown.

    WeasyPrint keeps pictures by their addresses, so each is named by its content.
    """
    for image in tree.iter("img"):
        try:
            picture = fetcher.look.picture(image.get("src", ""))
        except UnusableError as error:
            fetcher.refused.append(error)
            continue
        url = f"{BASE}{digest(picture.data)}/{quote(picture.path.name)}"
        fetcher.own[url] = picture.data, picture.facts.type
        image.set("src", url)
    return not fetcher.refused


def _amend(amended: Iterable[tuple[Element, str]]) -> bool:
    """Set the classes of elements; tell whether any is new."""
    new = False
    for element, name in amended:
        names = element.get("class", "").split()
        if name not in names:
            element.set("class", " ".join([*names, name]))
            new = True
    return new


def _render(tree: Element, document: Document, press: _Press, fetcher: ThemeFetcher, options: Options) -> Any:  # noqa: ANN401
    page = TreeHTML(tree, BASE, fetcher)
    styles = [*([press.styles] if press.styles else []), *_watermark(fetcher, options)]
    return page.render(stylesheets=styles, font_config=press.fonts, cache=press.images, **_options(document, options))


def _watermark(fetcher: ThemeFetcher, options: Options) -> list[weasyprint.CSS]:
    """Return the style that draws the watermark behind every page."""
    if not options.watermark:
        return []
    url, svg, styles = _stamp(options.watermark, fetcher.look)
    fetcher.own[url] = svg.encode(), "image/svg+xml"
    return [styles]


@lru_cache(maxsize=_Press.SIZE)
def _stamp(text: str, look: Look) -> tuple[str, str, weasyprint.CSS]:
    """Draw a watermark: its address, picture and style. Pictures are kept by their addresses, so each text has its own."""
    from genplan.writers.watermark import drawing  # noqa: PLC0415 - fontTools waits until it is used

    svg = drawing(text, look)
    url = f"{BASE}watermark-{hashlib.sha256(svg.encode()).hexdigest()[:16]}.svg"
    css = f"@page{{background-image:url({url});background-repeat:no-repeat;background-position:center}}"
    return url, svg, weasyprint.CSS(string=css, url_fetcher=ThemeFetcher(look), base_url=BASE)
