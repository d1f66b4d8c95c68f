"""Spaces of text collapsed, once a text.

WeasyPrint goes over each text with three patterns to normalise line feeds, tabs and spaces. Where the style collapses all of them, what
comes out follows from the text.
"""

from functools import lru_cache
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.text import LINE_FEED_RE, SPACE_RE, TAB_RE

from genplan.writers.quick.replacement import Replacement

MOST = 4000
"""How many texts are kept, in memory alone."""
_COLLAPSING = frozenset({"normal", "nowrap"})

_plain = boxes.TextBox.process_whitespace


@lru_cache(maxsize=MOST)
def _collapsed(text: str) -> str:
    text = TAB_RE.sub("\n", LINE_FEED_RE.sub("\n", text))
    collapsed: str = SPACE_RE.sub(" ", text.replace("\n", " "))
    return collapsed


def process_whitespace(self: Any, following_collapsible_space: bool = False) -> bool:  # noqa: ANN401, FBT001, FBT002 - as WeasyPrint's
    """Collapse the spaces of a text; tell whether it ends in one."""
    text = self.text
    if not text or self.style["white_space"] not in _COLLAPSING:
        return bool(_plain(self, following_collapsible_space))
    collapsed = _collapsed(text)
    if following_collapsible_space and collapsed[0] == " ":
        self.text = collapsed[1:]
        self.leading_collapsible_space = True
    else:
        self.text = collapsed
    return collapsed[-1] == " "


def replacements() -> list[Replacement]:
    """Collapse spaces by what is kept."""
    return [Replacement(boxes.TextBox, "process_whitespace", process_whitespace)]
