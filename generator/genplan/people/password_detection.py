"""What may be a password, by its header or by its looks, and how messages name it without showing it.

The column 打开密码 is never shown. But passwords stand under misspelt headers too, in the wrong column of a row that has slipped, or run
together with a header; wherever one may stand, a message tells the place and not the text.
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from genplan.messages import msg
from genplan.people.model import Cell, Table
from genplan.people.vocabulary import WORDS, Field
from genplan.people.wording import NOT_SHOWN, quoted
from genplan.source.text import fold
from genplan.source.traditional import in_both_scripts

_WORDS = [fold(word) for word in in_both_scripts(WORDS[Field.PASSWORD])]
_SIGNS = ("密码", "密碼", "口令", "password", "passwd", "passcode", "passphrase", "pwd")
"""What a header of passwords holds, whatever else it says."""
_PARTS = re.compile(f"({'|'.join(_SIGNS)})", re.IGNORECASE)
_TYPED = "!-~０-９Ａ-Ｚａ-ｚ"
"""What keyboards type into a password."""
_RUN = re.compile(f"[{_TYPED}]{{6,}}")
"""As many characters as a password should have (GP712)."""
_BESIDE_SIGN = re.compile(f"[{_TYPED}]{{3,}}")
_LIKE = 0.75
"""One of four characters may be wrong; `passed` is no misspelt `password`."""
_NO_WORD = re.compile(r"[^A-Za-z_-]")


@lru_cache(maxsize=1024)
def names_password(header: str) -> bool:
    """Return whether passwords stand under a header, be it misspelt or with more words in it."""
    folded = fold(header)
    return any(sign in folded for sign in _SIGNS) or bool(difflib.get_close_matches(folded, _WORDS, n=1, cutoff=_LIKE))


def is_password_word(header: str) -> bool:
    """Return whether a header is one of the words for passwords as they should be written."""
    return fold(header) in _WORDS


def may_be_password(text: str) -> bool:
    """Return whether a text holds as many characters that every keyboard types as a password should have."""
    return _RUN.search(text) is not None


def names_and_gives_password(text: str) -> bool:
    """Return whether a text says “password” and goes on with what may be one."""
    parts = _PARTS.split(text)
    return len(parts) > 1 and any(map(may_be_password, parts[2::2]))


def id_pattern(text: str) -> str:
    """Return how an id is built: all that have letters, then digits, are built alike."""
    return re.sub(r"[0-9]+", "0", re.sub(r"[A-Za-z]+", "A", text))


def holds_password(text: str) -> bool:
    """Return whether a name, or a text like one, holds letters and digits in a row, as passwords do."""
    return any(any(map(str.isalpha, run)) and any(map(str.isdigit, run)) for run in _RUN.findall(text))


def hide_passwords(table: Table, headers: frozenset[str]) -> Table:
    """Hide what may be a password in a table that holds some: all that stands under `headers`, and whatever looks like one elsewhere."""
    return replace(table, rows=tuple(replace(row, cells=_hide_passwords(row.cells, headers)) for row in table.rows))


def _hide_passwords(cells: Mapping[str, Cell], headers: frozenset[str]) -> dict[str, Cell]:
    return {
        header: replace(cell, hidden=True) if header in headers or may_be_password(cell.text) else cell for header, cell in cells.items()
    }


def quoted_header(text: str) -> str:
    """Name a header in a message, without what may be a password that stands in its place or has run together with it."""
    shown = _without_passwords(text)
    return quoted(text) if shown == text else msg("{header} {not_shown}", header=quoted(shown), not_shown=NOT_SHOWN)


def column_label(header: str) -> str:
    """Name a column in a place, as `quoted_header` does."""
    return quoted(_without_passwords(header))[1:-1]


def _without_passwords(header: str) -> str:
    if is_password_word(header):
        return header
    parts = _PARTS.split(header)
    if len(parts) > 1:
        return "".join(part if at % 2 else _BESIDE_SIGN.sub("…", part) for at, part in enumerate(parts))
    return _RUN.sub(lambda run: "…" if _NO_WORD.search(run[0]) else run[0], header)
