"""What can be determined of a workbook before it is opened: whether it is one, and whether it is safe to open."""

import io
import zipfile

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg

MAX_UNPACKED_BYTES = 64 * 1024 * 1024
"""A few hundred people with fifty indicators unpack to about one megabyte."""

MAX_PARTS = 2000
"""A workbook of a few sheets has a dozen; each takes half a kilobyte to know of."""

_ENTRY = b"PK\x01\x02"
"""How each part begins in the archive's list of parts."""
_COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 1


def refuse_archive(data: bytes, file: str) -> Diagnostic | None:
    """Find what forbids opening the file: GP402 (encrypted, an old .xls, not a workbook), GP418 (too large unpacked)."""
    if data.startswith(_COMPOUND_FILE):
        return _encrypted(file) if _ENCRYPTED_STREAM in data else _refused(file, msg("the file is a workbook of Excel 97–2003 (.xls)"))
    if data.count(_ENTRY) > MAX_PARTS:
        return _too_large(file, msg("the workbook has more than {most} parts", most=MAX_PARTS))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except Exception:  # noqa: BLE001 - a damaged archive raises many types, and means one thing
        return _refused(file, msg("the file is not a workbook"))
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        return _encrypted(file)
    # zipfile never unpacks more of a member than this declared size.
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES:
        sizes = msg(
            "the workbook unpacks to {size} MiB, more than the limit of {most} MiB",
            size=unpacked // 2**20,
            most=MAX_UNPACKED_BYTES // 2**20,
        )
        return _too_large(file, sizes)
    return None


def _too_large(file: str, what: str) -> Diagnostic:
    return diagnose("GP418", Span(file), what, help=msg("check that this is the results file; save the results in a workbook of their own"))


def _encrypted(file: str) -> Diagnostic:
    advice = msg("save a copy without a password (文件 → 信息 → 保护工作簿)")
    return diagnose("GP402", Span(file), msg("the workbook is password-protected"), help=advice)


def _refused(file: str, why: str) -> Diagnostic:
    return diagnose("GP402", Span(file), why, help=msg("open it in Excel or WPS and save it as .xlsx (Excel 工作簿)"))
