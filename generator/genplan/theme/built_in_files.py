"""The files of a built-in theme that a workspace may have copies of, to change them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from genplan import resources
from genplan.theme.themes import DEFAULT, Roots

_KINDS = ("*.html.j2", "*.css", "*.yml", "reference.docx")
_LEFT_OUT = frozenset({"starters", "themes", "portal", "fonts"})
"""Folders whose files are not for documents, or belong to other themes."""


@dataclass(frozen=True, slots=True)
class BuiltInFile:
    """A file by its name within the theme, and where a copy of it goes, relative to the workspace's templates."""

    name: str
    path: Path
    copy: str

    @property
    def short_names(self) -> tuple[str, ...]:
        """What else it goes by: its name without folder and suffix, such as `result` or `zh-CN`."""
        return (self.name.rpartition("/")[2], self.name.rpartition("/")[2].partition(".")[0])


def built_in_files(roots: Roots, theme: str) -> list[BuiltInFile]:
    """List the files that a built-in theme is made of, its own replacing those of the same name; copies of its own go below its name."""
    found: dict[str, BuiltInFile] = {}
    built_in = resources.templates().resolve()
    for root in roots.folders:
        if root.resolve().is_relative_to(built_in):
            own = theme != DEFAULT and root.resolve() != built_in
            for name in _names(root):
                found.setdefault(name, BuiltInFile(name, root / name, f"themes/{theme}/{name}" if own else name))
    return [found[name] for name in sorted(found)]


def _names(root: Path) -> Iterator[str]:
    for pattern in _KINDS:
        for path in root.rglob(pattern):
            name = path.relative_to(root).as_posix()
            if name.partition("/")[0] not in _LEFT_OUT:
                yield name
