"""What the parts of a Word file may be, hold and refer to."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from genplan.messages import msg
from genplan.writers.word_file.fields import field_problems
from genplan.writers.word_file.opening import SAVE_AGAIN, UnusableFileError, WordFileProblem, parse, unusable
from genplan.writers.word_file.places import Paragraphs

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_RELATIONSHIPS = frozenset(
    {
        "officeDocument",
        "core-properties",
        "extended-properties",
        "custom-properties",
        "thumbnail",
        "styles",
        "stylesWithEffects",
        "settings",
    }
    | {"webSettings", "fontTable", "font", "theme", "themeOverride", "numbering", "footnotes", "endnotes", "header", "footer", "image"}
    | {"hdphoto", "hyperlink", "glossaryDocument", "comments", "commentsExtended", "commentsIds", "commentsExtensible", "people"}
    | {"customXml", "customXmlProps", "printerSettings", "chart", "chartUserShapes", "chartStyle", "chartColorStyle"}
    | {"diagramColors", "diagramData", "diagramDrawing", "diagramLayout", "diagramQuickStyle", "documenttasks", "classificationlabels"}
)
"""What parts may be to each other."""
_TEMPLATE = "attachedTemplate"
_TYPES = "[Content_Types].xml"
_LINK = re.compile(r"(https?|mailto):", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]{2}")

_OBJECTS = {
    "object": msg("an embedded object"),
    "OLEObject": msg("an embedded object"),
    "objectEmbed": msg("an embedded object"),
    "objectLink": msg("a linked object"),
    "control": msg("an ActiveX control"),
    "ocx": msg("an ActiveX control"),
    "altChunk": msg("another file as a part of the text"),
    "subDoc": msg("another document as a part of the text"),
    "contentPart": msg("ink or another content"),
    "webVideoPr": msg("a video from the web"),
    "videoFile": msg("a video"),
    "audioFile": msg("a sound"),
    "wavAudioFile": msg("a sound"),
    "quickTimeFile": msg("a video"),
    "audioCd": msg("a sound"),
    "movie": msg("a video"),
    "mailMerge": msg("the data source of a mail merge"),
    "externalData": msg("a workbook behind a chart"),
    "saveThroughXslt": msg("a transformation to save through"),
    "webextension": msg("an add-in"),
    "taskpane": msg("an add-in"),
    "customUI": msg("buttons of its own"),
}
"""Elements that hold or fetch something else than text and pictures, whatever their namespace."""
_SHAPES = "urn:schemas-microsoft-com:"
_ADDRESSES = frozenset({"src", "href", "althref"})
"""Attributes by which old drawings name files."""
_CURE = msg("remove it; insert a picture of it instead (选择性粘贴 → 图片)")

_PICTURES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"\xd7\xcd\xc6\x9a",
    b"\x01\x00\x09\x00",
    b"\x01\x00\x00\x00",
    b"II\xbc\x01",
)
"""How pictures begin: PNG, JPEG, GIF, BMP, TIFF, WMF (two ways), EMF, JPEG XR."""
_SETTINGS_OF_PRINTERS = re.compile(r"printersettings\d*\.bin", re.IGNORECASE)
_FONT_SUFFIX = ".odttf"


def inspect(parts: Mapping[str, bytes], kinds: Mapping[str, str]) -> None:
    """Ensure that a file holds text and pictures and nothing else. `kinds` says what parts are, such as `header`.

    Raises:
        UnusableFileError: GP630 (fields), GP631 (objects, controls, other files), GP615 (what stands outside the file), all of them.
        KeyError: it lacks the list of its parts.
        etree.XMLSyntaxError: a part is damaged.
    """
    declared_types(parts)
    problems = [problem for name, data in parts.items() for problem in _of_part(name, data, kinds.get(name, posixpath.basename(name)))]
    if problems:
        raise UnusableFileError(*dict.fromkeys(problems))


def declared_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the types that a file declares, by the names of parts, or by suffixes behind a star (`*.png`).

    Raises:
        UnusableFileError: it has macros.
        KeyError: it lacks the list of its parts.
        etree.XMLSyntaxError: that is damaged.
    """
    rows = parse(parts[_TYPES])
    types = {_declared(row): str(row.get("ContentType", "")) for row in rows.iter(etree.Element) if row.get("ContentType")}
    if any("macroEnabled" in kind for kind in types.values()) or any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise unusable(msg("the file has macros"))
    return types


def _declared(row: etree._Element) -> str:
    return str(row.get("PartName", "")).lstrip("/") or f"*.{row.get('Extension', '')}"


def _of_part(name: str, data: bytes, kind: str) -> Iterator[WordFileProblem]:
    if _is_binary(name, data):
        return
    try:
        root = parse(data)
    except etree.XMLSyntaxError:
        if name.lower().endswith((".xml", ".rels", ".vml", ".svg")):
            raise
        yield WordFileProblem("GP631", msg("the part `{name}` is neither text nor a picture", name=name), _CURE)
        return
    if name.lower().endswith(".rels"):
        yield from _of_relationships(root, name)
    else:
        yield from problems_of(root, "" if kind == "document.main" else kind)


def _is_binary(name: str, data: bytes) -> bool:
    base = posixpath.basename(name).lower()
    return data.startswith(_PICTURES) or base.endswith(_FONT_SUFFIX) or bool(_SETTINGS_OF_PRINTERS.fullmatch(base))


def problems_of(root: etree._Element, kind: str) -> Iterator[WordFileProblem]:
    """Find the fields, objects and addresses of a part that documents may not have: GP630 and GP631."""
    paragraphs = Paragraphs(root, kind)
    yield from field_problems(root, paragraphs)
    for element in root.iter(etree.Element):
        space, _, name = str(element.tag).rpartition("}")
        if name in _OBJECTS:
            yield WordFileProblem(
                "GP631", msg("{place}: {object} (<{element}>)", place=paragraphs.of(element), object=_OBJECTS[name], element=name), _CURE
            )
        if space.startswith("{" + _SHAPES):
            yield from _of_shape(element, name, paragraphs)


def _of_shape(element: etree._Element, name: str, paragraphs: Paragraphs) -> Iterator[WordFileProblem]:
    for attribute, value in ((str(name), str(value)) for name, value in element.attrib.items()):
        short = attribute.rpartition("}")[2]
        if short in _ADDRESSES and value and not (short == "href" and (_LINK.match(value) or value.startswith("#"))):
            yield WordFileProblem(
                "GP631",
                msg("{place}: <{element}> loads `{address}`", place=paragraphs.of(element), element=name, address=value[:80]),
                msg("insert the picture without a link"),
            )


def _of_relationships(root: etree._Element, name: str) -> Iterator[WordFileProblem]:
    folder = posixpath.dirname(posixpath.dirname(name))
    for row in root.iter(_RELATIONSHIP):
        kind, target = str(row.get("Type", "")).rpartition("/")[2], str(row.get("Target", ""))
        if row.get("TargetMode") == "External":
            if kind != _TEMPLATE and not (kind == "hyperlink" and _LINK.match(target)):
                yield _outside(kind, target, name)
        elif kind not in _RELATIONSHIPS:
            yield WordFileProblem(
                "GP631",
                msg(
                    "the file has a part that is {kind}: `{target}` ({part})",
                    kind=_KINDS.get(kind, msg("of another kind ({kind})", kind=kind)),
                    target=target,
                    part=name,
                ),
                _CURE,
            )
        elif _leads_out(target, folder):
            yield WordFileProblem(
                "GP632", msg("the file refers to `{target}`, which is not in it ({part})", target=target, part=name), SAVE_AGAIN
            )


_KINDS = {
    "oleObject": msg("an embedded object"),
    "package": msg("an embedded file"),
    "control": msg("an ActiveX control"),
    "activeXControlBinary": msg("an ActiveX control"),
    "aFChunk": msg("another file as a part of the text"),
    "subDocument": msg("another document"),
    "vbaProject": msg("a project of macros"),
    "wordVbaData": msg("a project of macros"),
    "attachedToolbars": msg("a set of toolbars"),
    "keyMapCustomizations": msg("a set of keys"),
    "extensibility": msg("a set of buttons"),
    "webextensiontaskpanes": msg("an add-in"),
    "video": msg("a video"),
    "audio": msg("a sound"),
    "media": msg("a video or sound"),
    "frame": msg("another page in a frame"),
    _TEMPLATE: msg("a template of Word's"),
}


def _outside(kind: str, target: str, name: str) -> WordFileProblem:
    if kind == "hyperlink":
        message, cure = msg("the file links to `{target}` ({part})", target=target, part=name), msg("link to the web or to mail only")
    else:
        message = msg("the file takes its {kind} from `{target}` ({part})", kind=kind, target=target, part=name)
        cure = msg("insert the picture without a link")
    return WordFileProblem("GP615", message, cure)


def _leads_out(target: str, folder: str) -> bool:
    """Return whether the target of a relationship within the file is not within it."""
    decoded = unquote(target)
    if target.startswith("#") or not target:
        return False
    if "\\" in decoded or _ELSEWHERE.match(decoded):
        return True
    path = decoded.lstrip("/") if decoded.startswith("/") else posixpath.join(folder, decoded)
    return posixpath.normpath(path).startswith("..")
