"""File names that every file system takes and people can read."""

import hashlib
import re
import unicodedata
from functools import lru_cache

MAX_BYTES = 120
"""Longest name, suffix excluded, in UTF-8; file systems stop at 255, and cloud folders earlier."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\s]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?")
"""What Windows takes for a device, whatever suffix follows."""
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@lru_cache(maxsize=256)
def safe_name(text: str) -> str:
    """Make a file name of a text, at most MAX_BYTES long.

    Path separators, wild cards, white space, and control and direction characters become hyphens or vanish; a name that had to be cut or
    that Windows reserves is distinguished by a short hash of the text.
    """
    visible = "".join(c for c in text if unicodedata.category(c) not in _INVISIBLE or c.isspace())
    name = _FORBIDDEN.sub("-", visible).strip(".- ")
    if name and not _RESERVED.fullmatch(name) and len(name.encode()) <= MAX_BYTES:
        return name
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    room = MAX_BYTES - len(mark) - 1
    cut = name.encode()[:room].decode("utf-8", "ignore").replace(".", "-").rstrip("- ")
    return f"{cut}-{mark}" if cut else mark


def folded(name: str) -> str:
    """Return the form in which two names are one to some file system: composed and without case."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
