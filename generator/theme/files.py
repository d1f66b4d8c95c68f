"""The files of a theme: the workspace's templates/ laid over the built-in one, file by file."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True, slots=True)
class ThemeFiles:
    """Folders that hold a theme, the one that is looked into first standing first."""

    roots: tuple[Path, ...]

    def find(self, name: str) -> Path | None:
        """Return the file of that name; None where there is none, or where the name leads out of the theme."""
        parts = PurePosixPath(name)
        if not name or "\\" in name or parts.is_absolute() or ".." in parts.parts:
            return None
        return next((file for root in self.roots if (file := _inside(root, name)) is not None), None)

    def names(self, folder: str, suffix: str) -> list[str]:
        """List the names of a folder's files in all roots, in order, each once."""
        return sorted({file.name for root in self.roots for file in (root / folder).glob(f"*{suffix}") if file.is_file()})


def _inside(root: Path, name: str) -> Path | None:
    """Refuse links that lead out of the theme, and names that no file can have."""
    try:
        file = (root / name).resolve()
        return file if file.is_file() and file.is_relative_to(root.resolve()) else None
    except (OSError, ValueError, RuntimeError):
        return None
