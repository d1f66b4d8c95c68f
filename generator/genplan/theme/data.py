"""What a document was made from, for programs: the same that its template sees, as JSON."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

VERSION = 1
"""Version of the form; it changes where a key vanishes or changes its meaning."""

_PRESENTATION = frozenset({"brand", "prose", "other_sections", "regulation"})
"""Keys of the context that say how a document looks, or hold its text as HTML."""


def to_json(context: Mapping[str, object]) -> bytes:
    """Write a template's context, its look aside.

    Nothing is looked up beside the context, so whatever is taken out of it for some readers is not in here either. Decimals are text, so
    that no reader makes a binary fraction of them; dates are written YYYY-MM-DD.
    """
    data = {"genplan": VERSION, **{key: value for key, value in context.items() if key not in _PRESENTATION}}
    return (json.dumps(data, ensure_ascii=False, indent=1, default=_plain) + "\n").encode(errors="replace")


def _plain(value: object) -> str:
    match value:
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
    raise TypeError(f"a template's context holds a {type(value).__name__}")
