"""What a finished Word file says."""

import re
from io import BytesIO
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

_STORY = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")


def text_of_word(data: bytes) -> str:
    """Return the text of a Word file that genplan has written: its body, heads, feet and notes."""
    with ZipFile(BytesIO(data)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if _STORY.fullmatch(name)]
    return "".join(text for part in parts for text in fromstring(part).itertext())  # noqa: S314 - our own file
