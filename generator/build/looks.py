"""What writers need of a theme for the documents of one plan."""

from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class _Resolver:
    """Finds pictures for the documents of a folder."""

    theme: Theme = field(compare=False, hash=False)
    folder: Path

    def __call__(self, name: str) -> Path | None:
        return picture(self.theme, self.folder, name)
