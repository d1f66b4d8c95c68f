"""Writing XML as text: escaping, and the names of the namespaces a Word document is made of."""

import re
from zlib import crc32

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}" xmlns:w14="{W14}" xmlns:mc="{MC}" mc:Ignorable="w14"'
)
"""Declarations for the root of a part that holds text."""

# Beside markup, everything XML 1.0 cannot hold: one such character makes Word refuse the whole file.
_UNSAFE = re.compile('[&<>"\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


def escape(text: str) -> str:
    """Make `text` safe inside an element or a double-quoted attribute.

    Characters that XML cannot hold become U+FFFD, so that a file stays readable whatever the text was.
    """
    if not _UNSAFE.search(text):
        return text
    return _UNSAFE.sub(lambda match: _ENTITIES.get(match[0], "\ufffd"), text)


def bookmark(id_: str) -> str:
    """Return the name of the bookmark at the heading of an id, in the manner of those that Word makes for contents."""
    return f"_Toc{crc32(id_.encode()) % 10**9:09}"
