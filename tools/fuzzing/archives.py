"""Changes to Office files: to a part's XML, to which parts there are, and to the bytes of the archive."""

import io
import warnings
import zipfile
from collections.abc import Sequence

from fuzzing.mutations import Change, Material, change_bytes, change_text, change_xml

_DAY = (2000, 1, 1, 0, 0, 0)
_TEXTS = (".xml", ".rels")

# fmt: off
XML_WORDS = (
    "s", "str", "e", "b", "d", "n", "inlineStr", "hidden", "veryHidden", "0", "1", "-1", "99999", "1048577", "2147483648", "4294967296",
    "1e400", "A1", "A0", "AAAA1", "XFD1048576", "B2:A1", "A1:XFD1048576", "2026-07-01T00:00:00Z", "0.00%", "yyyy-mm-dd", "General",
    "#DIV/0!", "{{", "}}", "../../etc/passwd", "word/document.xml", "xl/worksheets/sheet1.xml", "External", "file:///etc/passwd",
    "rId1", "rId99", "on", "off", "工号",
)
# fmt: on


def change_archive(data: bytes, part: int, changes: Sequence[Change], material: Material) -> bytes:
    """Change a part of an archive, all in one way, which the first change decides."""
    try:
        parts = unpacked(data)
    except zipfile.BadZipFile:
        return change_bytes(data, changes)
    names = [name for name in parts if name.endswith(_TEXTS)]
    name = names[part % len(names)]
    match changes[0].operation % 12:
        case 0:
            return change_bytes(data, changes)
        case 1:
            parts[name] = change_bytes(parts[name], changes)
        case 2:
            del parts[name]
        case 3:
            parts[f"{name}{changes[0].by % 3}"] = parts.pop(name)
        case 4:
            parts[name] = parts[names[changes[0].at % len(names)]]
        case 5:
            parts[name] = change_text(parts[name].decode("utf-8", "replace"), changes, material).encode("utf-8", "surrogatepass")
        case _:
            parts[name] = change_xml(parts[name], changes, material)
    twice = [name] if changes[0].operation % 12 in {2, 4} and changes[0].by % 4 == 0 and name in parts else []
    return packed(parts, twice)


def unpacked(data: bytes) -> dict[str, bytes]:
    """List the parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], twice: Sequence[str] = ()) -> bytes:
    """Write an archive, some of its parts a second time, always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that stand twice
        for name in (*parts, *twice):
            archive.writestr(zipfile.ZipInfo(name, _DAY), parts[name])
    return out.getvalue()
