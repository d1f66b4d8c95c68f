"""The page that lists the output: its template and its script are genplan's own, whatever theme there is.

A script that runs where the names of all documents stand could send them anywhere, by no more than a change of address.
"""

from genplan import resources
from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg
from genplan.theme.files import ThemeFiles

FOLDER = "portal"
_SUFFIXES = (".j2", ".js")


def own_files(files: ThemeFiles) -> ThemeFiles:
    """Return the folder of the theme that genplan brings along."""
    return ThemeFiles(files.roots[-1:])


def check_page(files: ThemeFiles) -> list[Diagnostic]:
    """Find what a workspace lays over the page's template and script, which has no effect: GP549."""
    built_in = resources.templates().resolve()
    return [
        diagnose("GP549", Span(f"{root.name}/{FOLDER}/{path.name}"), msg("the page's template and script cannot be replaced"), help=_CURE)
        for root in files.roots
        if not root.resolve().is_relative_to(built_in)
        for path in sorted((root / FOLDER).glob("*"))
        if path.suffix in _SUFFIXES
    ]


_CURE = msg("remove the file; change the page's design in portal/index.css, and its texts in locales/")
