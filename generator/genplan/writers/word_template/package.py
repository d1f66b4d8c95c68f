"""The Word file that a template is: opened with care, and its parts."""

from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from genplan.messages import msg
from genplan.writers.docx.xml import R, W
from genplan.writers.word_file.contents import declared_types, inspect
from genplan.writers.word_file.opening import parse, serialized, unpack, unusable

TYPES, ROOT = "[Content_Types].xml", "_rels/.rels"
"""The parts that say of what kind the others are, and which is the first."""
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STORIES = {
    f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml": name
    for name in ("document.main", "header", "footer", "footnotes", "endnotes")
}
_TEMPLATE = "attachedTemplate"


@dataclass(frozen=True)
class Package:
    """The parts of a Word document, by name; `stories` are those that hold text, with what each is: header, footer and so on."""

    parts: dict[str, bytes]
    stories: dict[str, str]

    @cached_property
    def main(self) -> str:
        """The part that holds the body."""
        return next(name for name, kind in self.stories.items() if kind == "document.main")


def open_package(data: bytes) -> Package:
    """Open a Word file.

    Raises:
        UnusableFileError: it is no Word document, is encrypted or too large, has macros, takes in things from elsewhere (GP615), or holds
            fields, objects or parts that documents may not have (GP630 to GP632).
    """
    try:
        parts = unpack(data)
        _refuse_damaged(parts)
        stories = _stories(parts)
        inspect(parts, stories)
        if parse(parts[next(iter(stories))]).tag != f"{{{W}}}document":
            raise unusable(msg("the file is in the Strict Open XML format"))
        for name in stories:
            if parse(parts[name]).nsmap.get("w") != W:  # docxtpl finds rows and cells by this prefix
                raise unusable(msg("the file was not written by Word: {part} does not use the prefix w:", part=name))
        for name in [name for name in parts if name.endswith(".rels")]:
            parts[name] = _without_template(parts[name])
    except (KeyError, etree.XMLSyntaxError) as error:
        raise unusable(msg("the file is damaged")) from error
    if "word/settings.xml" in parts:
        parts["word/settings.xml"] = _without_attached_template(parts["word/settings.xml"])
    return Package(parts, stories)


def _refuse_damaged(parts: dict[str, bytes]) -> None:
    """Ensure that the parts every document has are there, and that each can be read: Word opens no file of which one cannot."""
    for name in (TYPES, ROOT):
        if name not in parts:
            raise unusable(msg("the file is damaged: it has no {part}", part=name))
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                parse(data)
            except etree.XMLSyntaxError as error:
                raise unusable(msg("the file is damaged: {part} cannot be read", part=name)) from error


def _stories(parts: dict[str, bytes]) -> dict[str, str]:
    """Find the parts that hold text, the body first."""
    types = declared_types(parts)
    if any("template.main+xml" in kind for kind in types.values()):
        raise unusable(msg("the file is a Word template (.dotx), not a document"))
    stories = {name: _STORIES[kind] for name, kind in types.items() if kind in _STORIES and name in parts}
    if _STORIES[_MAIN] not in stories.values():
        raise unusable(msg("the file is not a Word document"))
    return dict(sorted(stories.items(), key=lambda row: (row[1] != _STORIES[_MAIN], row[0])))


def _without_template(data: bytes) -> bytes:
    """Take out the path of the template that Word made the document from."""
    root = parse(data)
    for row in [row for row in root.iter(f"{_RELATIONSHIPS}Relationship") if str(row.get("Type", "")).endswith(f"/{_TEMPLATE}")]:
        root.remove(row)
    return serialized(root)


def _without_attached_template(data: bytes) -> bytes:
    root = parse(data)
    for element in root.findall(f"{{{W}}}{_TEMPLATE}"):
        if element.get(f"{{{R}}}id"):
            root.remove(element)
    return serialized(root)
