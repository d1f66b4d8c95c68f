"""The names that templates have for each other, and the files behind them. Nothing here needs Jinja, which takes long to load."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from genplan import resources
from genplan.theme.files import ThemeFiles

BUILT_IN = "builtin"
"""Prefix by which a template extends the one that it stands over, the theme's or the built-in: `{% extends "builtin/base.html.j2" %}`."""
_THEMES = "themes/"
"""Where a workspace has themes to choose from."""
_SUFFIX = ".j2"
"""How the names of templates end. Other files of a theme are not text for documents."""


def resolve(name: str, parent: str, roots: Sequence[Path]) -> str:
    """Resolve a template's name as the template `parent` writes it: `builtin/` means the folders below the one that `parent` stands in."""
    prefix, _, path = name.partition("/")
    if prefix != BUILT_IN:
        return name
    start, inner = _level(parent, roots)
    own = next((at for at in range(start, len(roots)) if ThemeFiles(tuple(roots[at : at + 1])).find(inner)), start)
    return f"{BUILT_IN}-{min(own + 1, len(roots) - 1)}/{path}"


def _level(name: str, roots: Sequence[Path]) -> tuple[int, str]:
    """Split a template's name into the first folder it may stand in, and its path there."""
    prefix, _, path = name.partition("/")
    if prefix == BUILT_IN:
        return len(roots) - 1, path
    number = prefix.removeprefix(f"{BUILT_IN}-")
    known = prefix != number and number.isascii() and number.isdigit() and int(number) < len(roots)
    return (int(number), path) if known else (0, name)


def own_name(name: str, roots: Sequence[Path]) -> str:
    """Return the name that the environment has for a template of genplan's own, whatever a workspace lays over it."""
    return f"{BUILT_IN}-{len(roots) - 1}/{name}"


def template_file(files: ThemeFiles, name: str) -> Path | None:
    """Find the file behind the name that the environment has for a template."""
    start, inner = _level(name, files.roots)
    return ThemeFiles(files.roots[start:]).find(inner)


def template_text(files: ThemeFiles, name: str) -> tuple[Path, str] | None:
    """Read a template as any file of the theme is found: none from outside it, and nothing that is no template.

    Raises:
        OSError, UnicodeDecodeError: the file cannot be read.
    """
    path = template_file(files, name) if name.endswith(_SUFFIX) else None
    return (path, path.read_text("utf-8")) if path else None


def own_templates(files: ThemeFiles) -> Iterator[tuple[int, Path, Path]]:
    """Yield the templates that are not genplan's own: the place of their folder among the theme's, the folder, and the file."""
    built_in = resources.templates().resolve()
    for level, root in enumerate(files.roots):
        if not root.resolve().is_relative_to(built_in):
            yield from ((level, root, path) for path in _templates(root))


def _templates(root: Path) -> list[Path]:
    """List the templates of a folder; those of themes in it are of folders of their own."""
    files = ThemeFiles((root,))
    inside = ((path, path.relative_to(root).as_posix()) for path in root.rglob(f"*{_SUFFIX}"))
    return sorted(path for path, name in inside if files.find(name) and not name.startswith(_THEMES))


def known_as(path: str, roots: Sequence[Path]) -> str:
    """Name a file of the theme as users know it: by its folder in the workspace, or as `builtin/` where a workspace stands over it."""
    built_in = roots[-1].resolve()
    own = [root for root in roots if not root.resolve().is_relative_to(built_in)]
    base = (own or roots)[-1]
    if Path(path).is_relative_to(base.resolve()):
        return f"{base.name}/{Path(path).relative_to(base.resolve()).as_posix()}"
    for root in roots:
        if Path(path).is_relative_to(root.resolve()):
            return f"{BUILT_IN}/{Path(path).relative_to(root.resolve()).as_posix()}"
    return f"{base.name}/{path}"
