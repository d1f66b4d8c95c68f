"""Opening a Word file: its parts by name, with bounds on what it unpacks to and on what parts may be called."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import Message, listing, msg

MAX_UNPACKED_BYTES = 64 * 1024 * 1024
"""A template with many photographs unpacks to a few megabytes."""
MAX_PARTS = 4_000

_COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_FLAG = 1
SAVE_AGAIN = msg("open it in Word or WPS and save it as a Word document (.docx)")


@dataclass(frozen=True, slots=True)
class WordFileProblem:
    """Something that is wrong with a Word file; its diagnostic but for the file."""

    code: str
    message: str
    cure: str = SAVE_AGAIN

    def at(self, span: Span) -> Diagnostic:
        """Return the diagnostic for a file."""
        return diagnose(self.code, span, self.message, help=self.cure)


class UnusableFileError(Exception):
    """A Word file cannot be used, for these reasons."""

    def __init__(self, *problems: WordFileProblem) -> None:
        super().__init__(listing((problem.message for problem in problems), "; "))
        self.problems = problems


def unusable(message: str, cure: str = SAVE_AGAIN) -> UnusableFileError:
    """Say that a file cannot be used as a whole: GP615."""
    return UnusableFileError(WordFileProblem("GP615", message, cure))


def parse(data: bytes | str) -> etree._Element:
    """Read XML; entities and the network are out of reach.

    Raises:
        etree.XMLSyntaxError: it is not XML.
        UnusableFileError: it holds a document type.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(data.encode() if isinstance(data, str) else data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise unusable(msg("the file holds a document type, which Word never writes"))
    return root


def serialized(root: etree._Element) -> bytes:
    """Write XML as a part holds it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file by their names.

    Raises:
        UnusableFileError: GP615 (it is no Word document, is encrypted or too large) or GP632 (its parts have unsafe names).
    """
    if data.startswith(_COMPOUND_FILE):
        raise unusable(msg("the file is password-protected, or a document of Word 97–2003 (.doc)"))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse(members)
            return {member.filename: archive.read(member) for member in members if not member.is_dir()}
    except UnusableFileError:
        raise
    except Exception as error:
        raise unusable(msg("the file is not a Word document")) from error


def _refuse(members: Sequence[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise unusable(msg("the file is password-protected"))
    # zipfile never unpacks more of a member than this declared size.
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES or len(members) > MAX_PARTS:
        cure = msg("make its pictures smaller (图片格式 → 压缩图片)")
        raise unusable(msg("the file unpacks to more than {limit} MiB", limit=MAX_UNPACKED_BYTES // 2**20), cure)
    if any(member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for member in members):
        raise unusable(msg("the file uses a compression that Word cannot read"))
    if problems := tuple(_named_badly([member.orig_filename for member in members])):
        raise UnusableFileError(*problems)


_DRIVE = re.compile(r"[A-Za-z]:")
_LONGEST = 80


def _named_badly(names: Sequence[str]) -> Iterator[WordFileProblem]:
    """Find names that lead out of the file, or that programs would take for different parts: GP632."""
    seen: set[str] = set()
    for name in names:
        shown = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
        if wrong := _wrong_with(name):
            yield WordFileProblem("GP632", wrong.with_values(name=shown))
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            yield WordFileProblem("GP632", msg("the part `{name}` appears twice", name=shown))
        seen.add(folded)


def _wrong_with(name: str) -> Message | None:
    decoded = _decoded(name)
    segments = decoded.removesuffix("/").split("/")
    if decoded.startswith("/") or _DRIVE.match(decoded):
        return msg("the part `{name}` has an absolute name")
    if any(segment in {"", ".", ".."} for segment in segments):
        return msg("the part `{name}` has a name that leads elsewhere")
    if "\\" in decoded or any(unicodedata.category(character).startswith("C") for character in decoded):
        return msg("the part `{name}` has an invalid name")
    return None


def _decoded(name: str) -> str:
    """Resolve the escapes of addresses, as readers of packages do, however often they were applied."""
    while (once := re.sub(r"%([0-9A-Fa-f]{2})", lambda match: chr(int(match[1], 16)), name)) != name:
        name = once
    return name
