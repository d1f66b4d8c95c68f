"""A Word form as the archive that it is: whether it may be unpacked, and the controls in its parts."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath

from genplan.messages import msg
from genplan.people.form_fields import FieldList, FormField
from genplan.people.word_controls import Control, Controls
from genplan.source.bounded_xml import DoctypeError, TooLargeError

MAX_FILE_BYTES = 32 * 1024 * 1024
"""A form of ten pages takes some 50 kilobytes, and more with the pictures of a letterhead."""
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
"""Of the whole file. A form of ten pages unpacks to about one megabyte."""
MAX_PARTS = 2000
"""A form has some twenty, and a few more with pictures; each takes half a kilobyte to know of."""

_ENTRY = b"PK\x01\x02"
"""How each part begins in the archive's list of parts."""
_COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 1
_TEXT_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")


class UnreadableError(Exception):
    """The message says why the file is no Word document, or none that is read."""


_LISTS = re.compile(r"customXml/item\d+\.xml")


def read_controls(data: bytes) -> tuple[Sequence[Control], Sequence[FormField]]:
    """Read the content controls of a Word document, those of the body first, and the list of its fields, if it has one.

    Raises:
        UnreadableError: it is of another kind, damaged, protected by a password, or larger than any form.
    """
    if data.startswith(_COMPOUND_FILE):
        protected = _ENCRYPTED_STREAM in data
        raise UnreadableError(
            msg("the document is password-protected") if protected else msg("the file is a document of Word 97–2003 (.doc)")
        )
    if data.count(_ENTRY) > MAX_PARTS:
        raise UnreadableError(msg("the document has more than {most} parts", most=MAX_PARTS))
    controls, fields = Controls(), FieldList()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in _names(archive):
                with archive.open(name) as part:
                    controls.read(part)
            for name in filter(_LISTS.fullmatch, archive.namelist()):
                with archive.open(name) as part:
                    fields.read(part, strict=False)
    except UnreadableError:
        raise
    except DoctypeError as error:
        raise UnreadableError(msg("the document declares entities, which Word documents never do")) from error
    except TooLargeError as error:
        raise UnreadableError(msg("the document has {excess}, which forms never have", excess=error)) from error
    except Exception as error:
        # A damaged archive raises many types, and means one thing.
        raise UnreadableError(msg("the file is not a Word document or is damaged")) from error
    return controls.controls, fields.fields


def _names(archive: zipfile.ZipFile) -> list[str]:
    """List the parts that hold text, of an archive that may be unpacked."""
    members = archive.infolist()
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise UnreadableError(msg("the document is password-protected"))
    # zipfile never unpacks more of a member than this declared size.
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES:
        raise UnreadableError(
            msg(
                "the document unpacks to {size} MiB, more than {most} MiB",
                size=unpacked // 2**20,
                most=MAX_UNPACKED_BYTES // 2**20,
            )
        )
    names = sorted(name for name in archive.namelist() if _TEXT_PARTS.fullmatch(name))
    names.sort(key=lambda name: PurePosixPath(name).stem != "document")
    if not names or PurePosixPath(names[0]).stem != "document":
        raise UnreadableError(msg("the file is not a Word document"))
    return names
