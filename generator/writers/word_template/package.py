"""The Word file that a template is: opened with care, and its parts."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from generator.writers.docx.xml import R, W

MAX_UNPACKED_BYTES = 64 * 1024 * 1024
"""A template with many photographs unpacks to a few megabytes."""
MAX_PARTS = 4_000

TYPES, ROOT = "[Content_Types].xml", "_rels/.rels"
"""The parts that say of what kind the others are, and which is the first."""
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STORIES = {
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml": name
    for name in ("document.main", "header", "footer", "footnotes", "endnotes")
}
_COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_FLAG = 1
_ALLOWED_LINK = re.compile(r"(https?|mailto):", re.IGNORECASE)
_SAVE_AGAIN = "open it in Word or WPS and save it as a Word document (.docx)"


class UnusableTemplateError(Exception):
    """The file cannot be a template; `cure` says what to do."""

    def __init__(self, message: str, cure: str = _SAVE_AGAIN) -> None:
        super().__init__(message)
        self.cure = cure


@dataclass(frozen=True)
class Package:
    """The parts of a Word document, by name; `stories` are those that hold text, with what each is: header, footer and so on."""

    parts: dict[str, bytes]
    stories: dict[str, str]

    @cached_property
    def main(self) -> str:
        """The part that holds the body."""
        return next(name for name, kind in self.stories.items() if kind == "document.main")


def parse(data: bytes | str) -> etree._Element:
    """Read XML; entities and the network are out of reach.

    Raises:
        etree.XMLSyntaxError: it is not XML.
        UnusableTemplateError: it holds a document type.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(data.encode() if isinstance(data, str) else data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnusableTemplateError("the file holds a document type, which Word never writes")
    return root


def serialized(root: etree._Element) -> bytes:
    """Write XML as a part holds it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def open_package(data: bytes) -> Package:
    """Open a Word file.

    Raises:
        UnusableTemplateError: it is no Word document, is encrypted or too large, has macros, or takes in things from elsewhere.
    """
    parts = _unpack(data)
    _refuse_damaged(parts)
    stories = _stories(parts)
    for name in list(parts):
        if name.endswith(".rels"):
            parts[name] = _checked_relationships(parts[name], name)
    if parse(parts[next(iter(stories))]).tag != f"{{{W}}}document":
        raise UnusableTemplateError("the file is in the Strict Open XML format")
    for name in stories:
        if parse(parts[name]).nsmap.get("w") != W:  # docxtpl finds rows and cells by this prefix
            raise UnusableTemplateError(f"the file is not as Word writes it: {name} does not use the prefix w:")
    if "word/settings.xml" in parts:
        parts["word/settings.xml"] = _without_attached_template(parts["word/settings.xml"])
    return Package(parts, stories)


def _unpack(data: bytes) -> dict[str, bytes]:
    if data.startswith(_COMPOUND_FILE):
        raise UnusableTemplateError("the file is protected by a password, or a document of Word 97–2003 (.doc)")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            _refuse(members)
            return {member.filename: archive.read(member) for member in members}
    except UnusableTemplateError:
        raise
    except Exception as error:
        raise UnusableTemplateError("the file is not a Word document") from error


def _refuse(members: Sequence[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise UnusableTemplateError("the file is protected by a password")
    # zipfile never unpacks more of a member than this declared size.
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES or len(members) > MAX_PARTS:
        cure = "make its pictures smaller (图片格式 → 压缩图片)"
        raise UnusableTemplateError(f"the file unpacks to more than {MAX_UNPACKED_BYTES // 2**20} MiB", cure)


def _refuse_damaged(parts: dict[str, bytes]) -> None:
    """See that the parts every document has are there, and that each can be read: Word opens no file of which one cannot."""
    for name in (TYPES, ROOT):
        if name not in parts:
            raise UnusableTemplateError(f"the file is damaged: it has no {name}")
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                parse(data)
            except etree.XMLSyntaxError as error:
                raise UnusableTemplateError(f"the file is damaged: {name} cannot be read") from error


def _stories(parts: dict[str, bytes]) -> dict[str, str]:
    """Find the parts that hold text, the body first."""
    types = {
        str(row.get("PartName", "")).lstrip("/"): str(row.get("ContentType", ""))
        for row in parse(parts[TYPES]).iter(f"{CONTENT_TYPES}Override")
    }
    if any("macroEnabled" in kind for kind in types.values()) or any(name.endswith("vbaProject.bin") for name in parts):
        raise UnusableTemplateError("the file has macros")
    if any("template.main+xml" in kind for kind in types.values()):
        raise UnusableTemplateError("the file is a template of Word's own (.dotx), not a document")
    found = {name: _STORIES[kind] for name, kind in types.items() if kind in _STORIES and name in parts}
    if _STORIES[_MAIN] not in found.values():
        raise UnusableTemplateError("the file is not a Word document")
    return dict(sorted(found.items(), key=lambda row: (row[1] != _STORIES[_MAIN], row[0])))


def _checked_relationships(data: bytes, name: str) -> bytes:
    """Take out the path of the template that Word made the document from; refuse all else that stands outside the file but links."""
    root = parse(data)
    for row in _outside(root):
        kind, target = str(row.get("Type", "")).rpartition("/")[2], str(row.get("Target", ""))
        if kind == "attachedTemplate":
            root.remove(row)
        elif kind != "hyperlink" or not _ALLOWED_LINK.match(target):
            what = "links to" if kind == "hyperlink" else f"takes its {kind} from"
            cure = "link to the web or to mail only" if kind == "hyperlink" else "put it into the file: insert the picture without a link"
            raise UnusableTemplateError(f"the file {what} `{target}` ({name})", cure)
    return serialized(root)


def _outside(root: etree._Element) -> Iterator[etree._Element]:
    yield from [row for row in root.iter(f"{_RELATIONSHIPS}Relationship") if row.get("TargetMode") == "External"]


def _without_attached_template(data: bytes) -> bytes:
    root = parse(data)
    for element in root.findall(f"{{{W}}}attachedTemplate"):
        if element.get(f"{{{R}}}id"):
            root.remove(element)
    return serialized(root)
