"""What writers need of a theme for the documents of one workspace."""

import re
from dataclasses import dataclass
from pathlib import Path

from genplan import resources
from genplan.theme.files import ThemeFiles
from genplan.theme.stylesheet import own_sheets
from genplan.theme.theme import Theme
from genplan.writers.look import Look


def make_look(theme: Theme, pictures: Path) -> Look:
    """Gather what writers need; pictures may come from the theme or from the folder `pictures`, which need not be there."""
    reference = theme.files.find("reference.docx")
    assert reference is not None  # the built-in theme has one
    fonts = resources.templates() / "fonts"
    return Look(theme.brand, reference, _Resolver(theme, pictures), theme.stylesheet, fonts, own_sheets(theme.files))


def picture(theme: Theme, folder: Path, name: str) -> Path | None:
    """Find a picture in the theme, then in the pictures folder."""
    return theme.files.find(name) or beside(folder, name)


def beside(folder: Path, name: str) -> Path | None:
    """Find a file in the pictures folder.

    It may also be named as editors find it that show a plan's Markdown: by the way to the folder, `../pictures/chart.png`. Nothing but the
    folder's own name is understood of that.
    """
    files = ThemeFiles((folder,))
    within = re.sub(rf"^(?:\.\./|\./)*{re.escape(folder.name)}/", "", name)
    return files.find(name) or (files.find(within) if within != name else None)


@dataclass(frozen=True, eq=False)
class _Resolver:
    """Finds files for documents. It equals another of the same theme: one loaded anew may find other files."""

    theme: Theme
    folder: Path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Resolver) and self.theme is other.theme and self.folder == other.folder

    def __hash__(self) -> int:
        return hash((id(self.theme), self.folder))

    def __call__(self, name: str) -> Path | None:
        return picture(self.theme, self.folder, name)
