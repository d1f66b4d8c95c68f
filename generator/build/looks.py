"""What writers need of a theme for the documents of one plan."""

from dataclasses import dataclass
from pathlib import Path

from generator import resources
from generator.theme.files import ThemeFiles
from generator.theme.theme import Theme
from generator.writers.look import Look


def make_look(theme: Theme, plan_folder: Path) -> Look:
    """Gather what writers need; pictures may come from the theme or stand below the plan's folder."""
    reference = theme.files.find("reference.docx")
    assert reference is not None  # the built-in theme has one
    return Look(theme.brand, reference, _Resolver(theme, plan_folder), theme.stylesheet, resources.templates() / "fonts")


def picture(theme: Theme, folder: Path, name: str) -> Path | None:
    """Find a picture in the theme, then beside the plan."""
    return theme.files.find(name) or ThemeFiles((folder,)).find(name)


@dataclass(frozen=True, eq=False)
class _Resolver:
    """Finds pictures for the documents of a folder. It equals another of the same theme: one loaded anew may find other files."""

    theme: Theme
    folder: Path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Resolver) and self.theme is other.theme and self.folder == other.folder

    def __hash__(self) -> int:
        return hash((id(self.theme), self.folder))

    def __call__(self, name: str) -> Path | None:
        return picture(self.theme, self.folder, name)
