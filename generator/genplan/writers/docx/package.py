"""The parts that all documents of one look share, prepared once: styles, theme, settings, fonts and lists.

This is the only place that python-docx works in. It reads reference.docx and walks its parts; each document is then
written as text around what is prepared here, which costs a fraction of building it through the library's objects.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import docx
from docx.opc.exceptions import OpcError
from docx.opc.part import Part
from lxml import etree

from genplan.messages import msg, reason
from genplan.theme.languages import FACES, Faces
from genplan.theme.numbering import Schemes
from genplan.writers.docx import multilevel
from genplan.writers.docx.archive import ArchiveMember, entry
from genplan.writers.docx.branding import Skin, rewrite_theme, scale, scale_distances, sync, use_faces
from genplan.writers.docx.distances import cell_margins, fix_lines, lineage
from genplan.writers.docx.lettering import letter, show_paper
from genplan.writers.docx.multilevel import LINKED, Multilevel, bare
from genplan.writers.docx.relations import Relations, kind
from genplan.writers.docx.western import LANGUAGE, hyphenate, set_western
from genplan.writers.docx.xml import W, escape
from genplan.writers.word_file.contents import inspect
from genplan.writers.word_file.opening import UnusableFileError, WordFileProblem, unpack

_W = f"{{{W}}}"
_CELL_LOOKS = frozenset({f"{_W}tcBorders", f"{_W}shd"})
_KEPT = frozenset(
    {"styles", "settings", "theme", "fontTable", "webSettings", "numbering", "footnotes", "endnotes"},
)
_NUMBERING = "word/numbering.xml"
_NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
# What a template of a company may have left in its settings: paths of machines, data sources, editing sessions.
_LEFTOVERS = ("attachedTemplate", "mailMerge", "rsids", "writeProtection", "documentProtection", "revisionView")


class UnusableReferenceError(Exception):
    """reference.docx cannot be taken as a model; the message says why, or the `problems` do."""

    def __init__(self, message: str, problems: tuple[WordFileProblem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class PackageRequest:
    """What the shared parts depend on."""

    reference: Path
    stamp: tuple[int, int, int]
    """The reference's time and size, so that an edited one is read again."""
    skin: Skin
    language: str
    scheme: str | None
    """The numbering of the document's headings."""
    schemes: Schemes
    landscape: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The section of the reference, turned as the document wants it. Lengths in twips."""

    size: str
    margins: str
    rest: str
    width: int
    """Width of the text."""
    height: int
    """Height of the text."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The shared parts, compressed, and what a document has to know of them."""

    entries: tuple[ArchiveMember, ...]
    types: dict[str, str]
    """Content type by part name."""
    extensions: dict[str, str]
    relations: tuple[tuple[str, str], ...]
    """What the document part refers to: type and target."""
    styles: dict[tuple[str, str], str]
    """Style id by type and lower-case name. Word renames ids (Chinese Word calls `heading 1` "1"), but never names."""
    conditions: dict[tuple[str, str], tuple[str, str]]
    """Borders with shading, and run properties, of a table style's conditional format, by the style's lower-case name and its type."""
    lines: dict[str, int]
    """Height in twips of the lines that are exactly so high, by the paragraph style's lower-case name: a picture does not fit into one."""
    margins: dict[str, int]
    """What the margins of its cells add to the height of a row, in twips, by the table style's lower-case name."""
    bold: frozenset[str]
    """Lower-case names of the paragraph styles that are bold: a bold character style would undo it there."""
    linked: dict[str, tuple[str, int]]
    """Paragraph style → the scheme and level that it numbers by itself."""
    nums: dict[str, int]
    """List → the instance that styles number by, for the lists of the headings' scheme."""
    numbering: str
    """Name of the part that each document writes its lists to."""
    page: Page
    lists: Multilevel


def request(reference: Path, skin: Skin, language: str, scheme: str | None, schemes: Schemes, *, landscape: bool) -> PackageRequest:
    """Describe the shared parts of a document.

    Raises:
        UnusableReferenceError: there is no such file.
    """
    try:
        status = reference.stat()
    except OSError as error:
        raise UnusableReferenceError(reason(error)) from error
    return PackageRequest(reference, (status.st_mtime_ns, status.st_size, status.st_ctime_ns), skin, language, scheme, schemes, landscape)


@lru_cache(maxsize=64)
def prepare(wanted: PackageRequest) -> Prepared:
    """Make the shared parts from reference.docx and the brand.

    Raises:
        UnusableReferenceError: the file is no Word document, lacks its styles, or holds what documents may not have.
    """
    try:
        data = wanted.reference.read_bytes()
        inspect(unpack(data), {})
        return _prepare(docx.Document(BytesIO(data)).part, wanted)
    except UnusableFileError as error:
        raise UnusableReferenceError(str(error), error.problems) from error
    except (OpcError, OSError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise UnusableReferenceError(msg("it is not a Word document (.docx) that can be read")) from error


def _prepare(main: Part, wanted: PackageRequest) -> Prepared:
    parts = dict(_reachable(main))
    contents = {name: part.blob for name, part in parts.items()}
    by_kind = {
        relation.reltype.rpartition("/")[2]: _name(relation.target_part) for relation in main.rels.values() if not relation.is_external
    }
    styles = etree.fromstring(contents[by_kind["styles"]], _PARSER)
    numbering = etree.fromstring(contents.get(by_kind.get("numbering", ""), _empty_numbering()), _PARSER)
    text = etree.fromstring(main.blob, _PARSER)
    if any(root.nsmap.get("w") != W for root in (styles, numbering, text)):
        raise ValueError("another dialect, such as Strict Open XML")
    page = _page(text, landscape=wanted.landscape)

    lists = multilevel.lists_of(wanted.schemes)
    ids = multilevel.define(numbering, lists, wanted.language)
    named = {name: style for (type_, name), style in _named(styles).items() if type_ == "paragraph"}
    instances = multilevel.link(numbering, named, ids, lists, wanted.scheme, wanted.language)
    _rebrand(contents, by_kind, (styles, numbering), wanted.skin, wanted.language)
    set_western(styles, numbering, wanted.language)
    lines = fix_lines(styles, named)
    _set_language(styles, wanted.language)
    _fit_tabs(named, page.width)
    contents[by_kind["styles"]] = _bytes(styles)
    if "settings" in by_kind:
        contents[by_kind["settings"]] = _settings(contents[by_kind["settings"]], wanted.language, wanted.skin)

    numbering_name = by_kind.get("numbering", _NUMBERING)
    contents.pop(numbering_name, None)
    types = {name: part.content_type for name, part in parts.items()} | {numbering_name: _NUMBERING_TYPE}
    relations = [
        (relation.reltype, _name(relation.target_part).removeprefix("word/"))
        for relation in main.rels.values()
        if not relation.is_external and _name(relation.target_part) in types
    ]
    if "numbering" not in by_kind:
        relations.append((kind("numbering"), "numbering.xml"))
    own = {list_ for (scheme, _), (list_, _) in lists.homes.items() if scheme == wanted.scheme and scheme in LINKED}
    return Prepared(
        entries=tuple(entry(name, contents[name]) for name in sorted(contents)) + tuple(_relation_parts(parts)),
        types=types,
        extensions={"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"},
        relations=tuple(sorted(relations)),
        styles={key: escape(style.get(f"{_W}styleId", "")) for key, style in _named(styles).items()},
        conditions=dict(_conditions(styles)),
        lines=lines,
        margins={name: cell_margins(style, styles) for (type_, name), style in _named(styles).items() if type_ == "table"},
        bold=frozenset(name for name, style in named.items() if _is_bold(style, styles)),
        linked={style: (wanted.scheme or "", level) for style, level in LINKED.get(wanted.scheme or "", {}).items() if style in named},
        nums={list_: num for list_, num in instances.items() if list_ in own},
        numbering=numbering_name,
        page=page,
        lists=multilevel.finish(numbering, ids, lists.homes),
    )


def _name(part: Part) -> str:
    return str(part.partname).lstrip("/")


def _reachable(main: Part) -> Iterator[tuple[str, Part]]:
    """Yield the parts to take over: those of `_KEPT`, and whatever belongs to them, such as embedded fonts."""
    waiting = [
        relation.target_part for relation in main.rels.values() if not relation.is_external and relation.reltype.rpartition("/")[2] in _KEPT
    ]
    seen: set[str] = set()
    while waiting:
        part = waiting.pop()
        if _name(part) not in seen:
            seen.add(_name(part))
            yield _name(part), part
            waiting += [relation.target_part for relation in part.rels.values() if not relation.is_external]


def _relation_parts(parts: dict[str, Part]) -> Iterator[ArchiveMember]:
    """Yield the relationship parts of the taken-over parts, with the ids that their contents use."""
    for name, part in sorted(parts.items()):
        inner = [relation for relation in part.rels.values() if not relation.is_external]
        if inner:
            root = etree.fromstring(Relations().xml().encode())
            for relation in inner:
                etree.SubElement(
                    root,
                    f"{{{etree.QName(root).namespace}}}Relationship",
                    {"Id": relation.rId, "Type": relation.reltype, "Target": "/" + _name(relation.target_part)},
                )
            folder, _, file = name.rpartition("/")
            yield entry(f"{folder}/_rels/{file}.rels", _bytes(root))


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _empty_numbering() -> bytes:
    return f'<w:numbering xmlns:w="{W}"/>'.encode()


def _named(styles: etree._Element) -> dict[tuple[str, str], etree._Element]:
    return {
        (style.get(f"{_W}type", "paragraph"), str(name.get(f"{_W}val")).casefold()): style
        for style in styles.iterfind(f"{_W}style")
        if (name := style.find(f"{_W}name")) is not None
    }


def _conditions(styles: etree._Element) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for (type_, name), style in _named(styles).items():
        if type_ == "table":
            for condition in style.iterfind(f"{_W}tblStylePr"):
                look = "".join(bare(child) for child in condition.iterfind(f"{_W}tcPr/*") if child.tag in _CELL_LOOKS)
                run = "".join(bare(child) for child in condition.iterfind(f"{_W}rPr/*"))
                yield (name, condition.get(f"{_W}type", "")), (look, run)


def _is_bold(style: etree._Element, styles: etree._Element) -> bool:
    """Return whether a style is bold, by itself or by the one it is based on."""
    stated = (each.find(f"{_W}rPr/{_W}b") for each in lineage(style, styles))
    bold = next((each for each in stated if each is not None), None)
    return bold is not None and bold.get(f"{_W}val", "1") not in {"0", "false", "off"}


def _rebrand(
    contents: dict[str, bytes], by_kind: dict[str, str], roots: tuple[etree._Element, etree._Element], skin: Skin, language: str
) -> None:
    """Rewrite the theme, and the styles and lists (`roots`) that refer to it or name faces of another language."""
    styles, numbering = roots
    ratio = scale(styles, skin)
    if ratio != 1:
        scale_distances(numbering, ratio)
    if "theme" in by_kind:
        theme = etree.fromstring(contents[by_kind["theme"]], _PARSER)
        rewrite_theme(theme, skin)
        contents[by_kind["theme"]] = _bytes(theme)
        for root in roots:
            sync(root, theme)
    for root in roots:
        use_faces(root, FACES.get(language, Faces()).word)
    letter(styles, skin)
    if "fontTable" in by_kind:
        contents[by_kind["fontTable"]] = _font_table(
            contents[by_kind["fontTable"]], skin, {face for root in roots for face in _faces(root)}
        )


def _faces(root: etree._Element) -> Iterator[str]:
    """Yield the faces that styles or lists name."""
    for fonts in root.iter(f"{_W}rFonts"):
        yield from (face for name in ("ascii", "hAnsi", "eastAsia", "cs") if (face := fonts.get(_W + name)))


def _font_table(blob: bytes, skin: Skin, named: set[str]) -> bytes:
    """List the brand's fonts, so that a program without them knows what kind to put in their place.

    A face that the reference lists and the rebranded styles no longer name is left out, unless its file is embedded.
    """
    root = etree.fromstring(blob, _PARSER)
    for font in root.findall(f"{_W}font"):
        if font.get(f"{_W}name") not in named and not any(str(child.tag).startswith(f"{_W}embed") for child in font):
            root.remove(font)
    listed = {font.get(f"{_W}name") for font in root}
    for face in (skin.body_font, skin.heading_font, skin.latin_font):
        if face not in listed:
            listed.add(face)
            font = etree.SubElement(root, f"{_W}font", {f"{_W}name": face})
            for tag, value in (("charset", "00" if face == skin.latin_font else "86"), ("family", "auto")):
                etree.SubElement(font, _W + tag, {f"{_W}val": value})
            etree.SubElement(font, f"{_W}pitch", {f"{_W}val": "variable"})
    substitutes = dict(skin.substitutes)
    for font in root:
        if substitute := substitutes.get(str(font.get(f"{_W}name"))):
            for old in font.findall(f"{_W}altName"):
                font.remove(old)
            font.insert(0, etree.Element(f"{_W}altName", {f"{_W}val": substitute}))
    return _bytes(root)


def _languages(language: str) -> dict[str, str]:
    """Return the language of Latin text and the one of East Asian text in a document of `language`."""
    if not LANGUAGE.fullmatch(language):
        language = "zh-CN"
    if language.startswith("zh"):
        return {f"{_W}val": "en-US", f"{_W}eastAsia": language if "-" in language else "zh-CN"}
    return {f"{_W}val": "en-US" if language == "en" else language, f"{_W}eastAsia": "zh-CN"}


def _set(element: etree._Element, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        element.set(name, value)


def _set_language(styles: etree._Element, language: str) -> None:
    for lang in styles.iterfind(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang"):
        _set(lang, _languages(language))


def _settings(blob: bytes, language: str, skin: Skin) -> bytes:
    root = etree.fromstring(blob, _PARSER)
    for tag in _LEFTOVERS:
        for leftover in root.findall(_W + tag):
            root.remove(leftover)
    for lang in root.iterfind(f"{_W}themeFontLang"):
        _set(lang, _languages(language))
    show_paper(root, skin)
    if not language.startswith("zh"):
        hyphenate(root)
    return _bytes(root)


def _fit_tabs(styles: dict[str, etree._Element], width: int) -> None:
    """Set tab stops to the middle and the right of the text, whatever the page: the header's, the footer's, those of contents."""
    for name in ("header", "footer"):
        for tabs in styles[name].iterfind(f"{_W}pPr/{_W}tabs") if name in styles else ():
            tabs[:] = [
                etree.Element(f"{_W}tab", {f"{_W}val": side, f"{_W}pos": str(position)})
                for side, position in (("center", width // 2), ("right", width))
            ]
    for name in ("toc 1", "toc 2", "toc 3"):
        for tab in styles[name].iterfind(f"{_W}pPr/{_W}tabs/{_W}tab[@{_W}val='right']") if name in styles else ():
            tab.set(f"{_W}pos", str(width))


def _page(main: etree._Element, *, landscape: bool) -> Page:
    section = main.find(f"{_W}body/{_W}sectPr")
    size = section.find(f"{_W}pgSz") if section is not None else None
    margins = section.find(f"{_W}pgMar") if section is not None else None
    if section is None or size is None or margins is None:
        raise ValueError("no page size")
    wide, high = (int(size.get(_W + name, "0")) for name in ("w", "h"))
    if landscape != (wide > high):
        wide, high = high, wide
    orientation = ' w:orient="landscape"' if landscape else ""
    left, right, gutter, top, bottom = (abs(int(margins.get(_W + name, "0"))) for name in ("left", "right", "gutter", "top", "bottom"))
    rest = "".join(bare(child) for child in section if etree.QName(child).localname in {"cols", "docGrid"})
    return Page(
        size=f'<w:pgSz w:w="{wide}" w:h="{high}"{orientation}/>',
        margins=bare(margins),
        rest=re.sub(r"\s+", " ", rest),
        width=wide - left - right - gutter,
        height=high - top - bottom,
    )
