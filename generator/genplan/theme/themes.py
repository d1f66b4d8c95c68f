"""The themes there are, and which folders one is made of.

The built-in theme is `modern`: it stands at the root of the templates. Every other is a folder in `themes/` that lies over it,
file by file.
"""

from dataclasses import dataclass
from pathlib import Path

from genplan import resources
from genplan.diagnostics import Outcome, Span, diagnose
from genplan.messages import listing, msg

DEFAULT = "modern"
_FOLDER = "themes"
_SETTINGS = Span("genplan.yml")


@dataclass(frozen=True, slots=True)
class ThemeChoice:
    """A theme asked for by name, and where it was."""

    name: str = DEFAULT
    span: Span = _SETTINGS


@dataclass(frozen=True, slots=True)
class Roots:
    """The folders of a theme, the one that is looked into first standing first, and the brands in it that change the company's."""

    folders: tuple[Path, ...]
    brands: tuple[Path, ...]


def theme_names(templates: Path | None) -> tuple[str, ...]:
    """Name the themes that there are, the default first: those built in, and those of a workspace's templates."""
    bases = (resources.templates(), *((templates,) if templates is not None else ()))
    others = {folder.name for base in bases for folder in (base / _FOLDER).glob("*") if folder.is_dir()}
    return (DEFAULT, *sorted(others - {DEFAULT}))


def roots_of(templates: Path | None, choice: ThemeChoice) -> Outcome[Roots]:
    """List the folders of a theme: the workspace's, then the theme's, then the built-in ones.

    A workspace may add to a theme, or bring one, in `themes/NAME` of its templates. Finds GP535 (no such theme); the default stands in.
    """
    bases = [resources.templates()]
    if templates is not None and templates.is_dir() and templates.resolve() != bases[0].resolve():
        bases.insert(0, templates)
    names = set(theme_names(templates))
    diagnostics = []
    chosen = choice.name
    if chosen not in names:
        diagnostics = [
            diagnose(
                "GP535",
                choice.span,
                msg("there is no theme `{name}`", name=chosen),
                help=msg("available: {names}", names=listing(sorted(names))),
            )
        ]
        chosen = DEFAULT
    own = [base / _FOLDER / chosen for base in bases if chosen != DEFAULT or base is not bases[-1]]
    own = [folder for folder in own if folder.is_dir()]
    # A theme of the workspace's lies over the workspace's plain files, and those over a theme that is built in.
    mine = [folder for folder in own if len(bases) > 1 and folder.is_relative_to(bases[0])]
    folders = (*mine, *bases[:-1], *(folder for folder in own if folder not in mine), bases[-1])
    brands = tuple(folder / "brand.yml" for folder in reversed(own) if (folder / "brand.yml").is_file())
    return Outcome(Roots(folders, brands), diagnostics)
