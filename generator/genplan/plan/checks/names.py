"""Names that checks compare, and what to say of one that is not there."""

import difflib
from collections.abc import Sequence


def near(name: str, known: Sequence[str]) -> list[str]:
    """Return the one known name that is nearest, if any is."""
    return difflib.get_close_matches(name, known, n=1)


def advice(name: str, known: Sequence[str], what: str) -> str:
    """Say which name may be meant, or which there are."""
    close = near(name, known)
    return f"did you mean `{close[0]}`?" if close else f"the {what} are: {', '.join(known) or 'none'}"
