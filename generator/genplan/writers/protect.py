"""Files that ask for a password: PDF by pikepdf, Word by msoffcrypto, both AES-256.

Keys and salts are random, so these are the only files whose bytes differ from build to build.
"""

import io
import secrets
from collections.abc import Callable

from genplan.diagnostics import Outcome, Span, diagnose
from genplan.messages import msg

_OWNER_BYTES = 32


class MissingLibraryError(Exception):
    """A library of the extra `protect` is not installed; its name is the message."""


def _pdf(data: bytes, password: str) -> bytes:
    try:
        import pikepdf  # noqa: PLC0415 - an extra; imported only where a file is locked
    except ModuleNotFoundError as error:
        raise MissingLibraryError("pikepdf") from error
    # What the file allows: reading, printing, copying text, and screen readers. The owner's password, which would lift these limits, is
    # thrown away: were it the reader's own, there would be none.
    allow = pikepdf.Permissions(modify_annotation=False, modify_assembly=False, modify_form=False, modify_other=False)
    lock = pikepdf.Encryption(owner=secrets.token_urlsafe(_OWNER_BYTES), user=password, R=6, aes=True, metadata=True, allow=allow)
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(locked, encryption=lock)
    return locked.getvalue()


def _word(data: bytes, password: str) -> bytes:
    try:
        from msoffcrypto.format.ooxml import OOXMLFile  # noqa: PLC0415 - as above
    except ModuleNotFoundError as error:
        raise MissingLibraryError("msoffcrypto-tool") from error
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, locked)
    return locked.getvalue()


_LOCKS: dict[str, Callable[[bytes, str], bytes]] = {"pdf": _pdf, "docx": _word}
LOCKABLE = frozenset(_LOCKS)
"""The formats that can ask for a password."""


def lock(data: bytes, name: str, password: str) -> Outcome[bytes | None]:
    """Lock a file of a format in LOCKABLE. Finds GP627 (no library for it)."""
    try:
        return Outcome(_LOCKS[name](data, password), [])
    except MissingLibraryError as error:
        message = msg(
            "locking {format} files needs {package}, which is not installed; they are not written", format=name.upper(), package=error
        )
        return Outcome(None, [diagnose("GP627", Span(name), message, help='pip install "genplan[protect]"')])
