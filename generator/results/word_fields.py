"""What people filled into a Word form: its content controls, read back by their tags."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

import defusedxml.ElementTree as SafeXml
from defusedxml.common import DefusedXmlException

from generator.diagnostics import Diagnostic, Outcome, Span, diagnose

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FieldValue: TypeAlias = str | bool
"""What a control holds: text, a date as 2026-07-01, or whether a box is ticked. A control still to be filled in holds an empty text."""

MAX_FILE_BYTES = 32 * 1024 * 1024
"""A form of ten pages takes some 50 kilobytes, and more with the pictures of a letterhead."""
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
"""Of the whole file. A form of ten pages unpacks to about one megabyte."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 1
_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_DAY = re.compile(r"\s*(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?\s*")
_ON = frozenset({"1", "true", "on"})
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# Of a change that was tracked, the text taken out; of alternatives, the one for programs older than Word 2010.
_PASSED_OVER = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_MC}Fallback", f"{_W}sdtPr"})


def read_fields(data: bytes, file: str) -> Outcome[Mapping[str, FieldValue] | None]:
    """Read the fields of a Word form, by tag, in the order of the document; none where the file cannot be read.

    Controls of one tag are one field; the first that holds something gives its value. `file` is the file's name for messages.

    Finds GP611 (not a Word document that can be read), GP612 (controls of one name that hold different values) and GP613 (no fields).
    """
    try:
        parts = _text_parts(data)
    except _UnreadableError as error:
        return Outcome(None, [diagnose("GP611", Span(file), str(error), help="open it in Word or WPS and save it as .docx (Word 文档)")])
    values: dict[str, FieldValue] = {}
    found: dict[str, Diagnostic] = {}
    for tag, value in (pair for root in parts for pair in _controls(root)):
        if not values.get(tag):
            values[tag] = value
        elif value and value != values[tag]:
            message = f"`{tag}` is filled in twice: “{values[tag]}” and “{value}”; the first is taken"
            found.setdefault(tag, diagnose("GP612", Span(file), message, help="make the two agree in the form"))
    if not values:
        message = "the document has no fields that are filled in"
        found[""] = diagnose("GP613", Span(file), message, help="give the form that genplan built, filled in and saved as .docx")
    return Outcome(values, list(found.values()))


class _UnreadableError(Exception):
    """The message says why the file is no Word document."""


def _text_parts(data: bytes) -> list["Element"]:
    """Parse the parts that hold text, the body first."""
    if data.startswith(_COMPOUND_FILE):
        protected = _ENCRYPTED_STREAM in data
        raise _UnreadableError("the document is protected by a password" if protected else "the file is a document of Word 97–2003 (.doc)")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [SafeXml.fromstring(archive.read(name)) for name in _names(archive)]
    except _UnreadableError:
        raise
    except DefusedXmlException as error:
        raise _UnreadableError("the document declares entities, which no Word document does") from error
    except Exception as error:
        # A damaged archive raises many types, and means one thing.
        raise _UnreadableError("the file is not a Word document, or it is damaged") from error


def _names(archive: zipfile.ZipFile) -> list[str]:
    """List the parts that hold text, of an archive that may be unpacked."""
    members = archive.infolist()
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise _UnreadableError("the document is protected by a password")
    # zipfile never unpacks more of a member than this declared size.
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES:
        raise _UnreadableError(f"the document unpacks to {unpacked // 2**20} MiB, more than {MAX_UNPACKED_BYTES // 2**20} MiB")
    names = sorted(name for name in archive.namelist() if _TEXT_PARTS.fullmatch(name))
    names.sort(key=lambda name: PurePosixPath(name).stem != "document")
    if not names or PurePosixPath(names[0]).stem != "document":
        raise _UnreadableError("the file is not a Word document")
    return names


def _controls(root: "Element") -> Iterator[tuple[str, FieldValue]]:
    for control in root.iter(f"{_W}sdt"):
        properties, content = control.find(f"{_W}sdtPr"), control.find(f"{_W}sdtContent")
        tag = properties.find(f"{_W}tag") if properties is not None else None
        if properties is not None and content is not None and tag is not None and (name := tag.get(f"{_W}val", "")):
            yield name, _value(properties, content)


def _value(properties: "Element", content: "Element") -> FieldValue:
    checked = properties.find(f"{_W14}checkbox/{_W14}checked")
    if checked is not None:
        return checked.get(f"{_W14}val", "1") in _ON
    placeholder = properties.find(f"{_W}showingPlcHdr")
    if placeholder is not None and placeholder.get(f"{_W}val", "1") in _ON:
        return ""
    text = _text(content).replace("\u00a0", " ").strip()
    date = properties.find(f"{_W}date")
    return _day(text, date.get(f"{_W}fullDate", "")) if date is not None else text


def _day(text: str, full: str) -> str:
    """Give a date as ISO 8601: the one that can be read, for it may have been typed over the one picked (`full`)."""
    day = _DAY.fullmatch(text)
    if day:
        return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    return full[: len("2026-07-01")] if full and text else text


def _text(element: "Element") -> str:
    """Return the text as it is read: a paragraph or a line break is a new line."""
    if element.tag in _PASSED_OVER:
        return ""
    if element.tag == f"{_W}t":
        return element.text or ""
    if element.tag in _BREAKS:
        return _BREAKS[element.tag]
    inner = "".join(map(_text, element))
    return inner + "\n" if element.tag == f"{_W}p" else inner
