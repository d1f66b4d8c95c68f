"""Names that checks compare, and what to say of one that is not there."""

import difflib
from collections.abc import Sequence

from genplan.messages import Message, listing, msg


def near(name: str, known: Sequence[str]) -> list[str]:
    """Return the one known name that is nearest, if any is."""
    return difflib.get_close_matches(name, known, n=1)


def advice(name: str, known: Sequence[str], listed: Message) -> str:
    """Say which name may be meant, or which there are; `listed` has a place for those `{known}`."""
    close = near(name, known)
    return msg("did you mean `{near}`?", near=close[0]) if close else listed.with_values(known=listing(known) or msg("none"))
