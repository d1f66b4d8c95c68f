"""Families that a brand names: those of its fonts and of genplan's own draw text; of others it is said what stands for them."""

from collections.abc import Iterator, Sequence

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import listing, msg
from genplan.theme.brand.carried import CARRIED, OF_WORD, SUBSTITUTES
from genplan.theme.brand.model import BrandFile
from genplan.theme.brand.place import SpanOf

NO_DOWNLOAD = ("file", "system")
"""Sources of fonts that ask for no network; of others it is said that they cannot be had."""

_USUAL = {"body": "微软雅黑", "headings": "微软雅黑", "latin": "Arial"}
"""Faces that all machines with Word have."""


class Families:
    """The families that documents are drawn with, PDFs, pages and charts alike; `missing` is what was found of others: GP536.

    Fonts that only this machine has are not used, so that documents are the same on all machines.
    """

    def __init__(self, written: BrandFile, place: SpanOf) -> None:
        self._known = {font.family for font in written.typography.fonts if font.files or font.source not in NO_DOWNLOAD} | CARRIED.keys()
        self._place = place
        self.missing: list[Diagnostic] = []
        named = written.defaults.genplan.fallback
        self.fallback = tuple(name for at, name in enumerate(named) if self._has(name, "defaults", "genplan", "fallback", at))

    def drawn(self, family: str | None, use: str) -> str | None:
        """Return the family that draws what `use` names; None where the brand leaves it to genplan."""
        if family is None or self._has(family, "typography", use, "family"):
            return family
        return next(iter(self.fallback), None)

    def _has(self, family: str, *path: str | int) -> bool:
        if family in self._known:
            return True
        message = msg("the theme has no font `{family}`: PDFs, pages and charts are drawn without it", family=family)
        found = diagnose("GP536", self._place(*path), message, help=cure(family))
        self.missing += [found] if all(found.message != other.message for other in self.missing) else []
        return False


def cure(family: str) -> str:
    """Say how a theme gets a family."""
    return msg(
        "put its files into templates/fonts and list them under typography.fonts ({example}), or use one that is built in: {families}",
        example=f"{{family: {family}, source: file, files: [{{path: fonts/….ttf, weight: 400}}]}}",
        families=listing(CARRIED),
    )


def check_word_faces(written: BrandFile, families: Sequence[str], place: SpanOf) -> Iterator[Diagnostic]:
    """Find the faces of Word documents that come with neither Windows nor Office, and that no other is named for: GP537.

    `families` are those of body and headings, which stand in where `word` names none.
    """
    word = written.defaults.genplan.word
    substitutes = SUBSTITUTES | word.substitutes
    reported = set()
    for key, family, use in (("body", families[0], "base"), ("headings", families[1], "headings"), ("latin", "", "")):
        stated = getattr(word, key)
        face = stated or family
        if not face or face in substitutes or face in reported or face.casefold() in OF_WORD:
            continue
        reported.add(face)
        span = place("defaults", "genplan", "word", key) if stated else place("typography", use, "family")
        message = msg("`{face}` comes with neither Windows nor Office: a machine without it shows a face of Word's choice", face=face)
        help_ = msg("name the one that it should look for then: {example}", example=f"word: {{substitutes: {{{face}: {_USUAL[key]}}}}}")
        yield diagnose("GP537", span, message, help=help_)
