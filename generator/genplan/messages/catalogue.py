"""The catalogues: translations of messages, one file a language, compiled by `make messages`."""

import gettext
import re
from functools import cache
from pathlib import Path

from genplan.messages.language import LANGUAGES, PSEUDO, current_language
from genplan.messages.message import translated

FOLDER = Path(__file__).parent / "locales"
DOMAIN = "genplan"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the translations to a language.

    Raises:
        FileNotFoundError: there is no catalogue of that language.
    """
    if language == LANGUAGES[0]:
        return gettext.NullTranslations()
    if language == PSEUDO:
        return _Pseudo()
    return gettext.translation(DOMAIN, FOLDER, [language.replace("-", "_")])


def localized(text: str) -> str:
    """Write a message in the language in use; other text is returned unchanged."""
    return translated(text, catalogue(current_language()))


_LETTERS = str.maketrans("aceinouyACEINOUY", "áçéíñóúýÁÇÉÍÑÓÚÝ")
_PLACEHOLDER = re.compile(r"(\{\w*\})")


class _Pseudo(gettext.NullTranslations):
    """English with accents on its letters, which text that is not translated lacks."""

    def gettext(self, message: str) -> str:
        pieces = _PLACEHOLDER.split(message)
        return "".join(f"‹{piece}›" if at % 2 else piece.translate(_LETTERS) for at, piece in enumerate(pieces))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)
