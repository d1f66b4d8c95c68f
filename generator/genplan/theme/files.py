"""The files of a theme: the workspace's templates/ laid over the built-in one, file by file."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from genplan.diagnostics import Diagnostic
from genplan.source.files import LARGEST, LargeFileError, check_regular, unreadable
from genplan.source.text import MAX_TEXT_BYTES

_TEXTS = frozenset({".j2", ".css", ".yml", ".yaml"})
_NAMED_LIKE_FILES = _TEXTS | {".docx", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf", ".ttc", ".woff2"}


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
    """Refuse links that lead out of the theme, names that no file can have, and files that are larger than any is."""
    try:
        file = (root / name).resolve()
        return file if file.is_file() and file.is_relative_to(root.resolve()) and file.stat().st_size <= LARGEST else None
    except (OSError, ValueError, RuntimeError):
        return None


def unusable(root: Path) -> list[Diagnostic]:
    """Find what stands in a folder of templates and can be none: GP001 (a link that leads nowhere), GP005 (too large), GP009 (no file).

    Each would be skipped as if it were not there, and the built-in file taken in its stead.
    """
    return [unreadable(f"{root.name}/{path.relative_to(root).as_posix()}", error) for path, error in _wrong(root)]


def _wrong(root: Path) -> Iterator[tuple[Path, OSError]]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        for name in (*folders, *sorted(names)):
            path = Path(folder, name)
            if name in folders and path.suffix not in _NAMED_LIKE_FILES:
                continue
            try:
                count = check_regular(path)
            except OSError as error:
                yield path, error
                continue
            most = MAX_TEXT_BYTES if path.suffix in _TEXTS else LARGEST
            if count > most:
                yield path, LargeFileError(most)
