"""All that goes into a file, in parts that can be compared and distinguished."""

import dataclasses
import re
import sys
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import unquote

from genplan import __version__
from genplan.incremental.manifest import Manifest
from genplan.storage.digests import Part, data_digest, file_digest, part_of, tree_digest
from genplan.theme.template_files import template_file
from genplan.theme.theme import Theme
from genplan.workspace.writer_inputs import picture
from genplan.writers.native import native_versions
from genplan.writers.options import TYPST, WEASYPRINT, Options

_PACKAGES = {
    "": ("jinja2", "markupsafe", "markdown-it-py", "babel", "tinyhtml5"),
    WEASYPRINT: ("weasyprint", "pydyf", "tinycss2", "cssselect2", "pyphen", "fonttools", "pillow", "pikepdf"),
    TYPST: ("typst", "tinycss2", "cssselect2", "fonttools", "pillow", "pikepdf"),
    "docx": ("python-docx", "lxml", "pillow", "fonttools", "resvg-py", "docxtpl"),
    "html": (),
}
"""Packages that a document, or a file of a format, is made with; a PDF, by its engine."""
_FILES = {"docx": ("reference.docx",), "html": ("styles/page.css",)}
"""Files of the theme, besides the style sheet and what it names, that a format takes."""
_NAMED = re.compile(r"""url\(\s*["']?([^"')]+)""")
_ESCAPE = re.compile(r"\\([0-9a-f]+) ")


class Fingerprints:
    """Parts of the fingerprints of one build's files; what many files share is computed once."""

    def __init__(self, theme: Theme, manifest: Manifest) -> None:
        self._theme = theme
        self._manifest = manifest
        self._known: dict[tuple[object, ...], str] = {}
        self._shared: tuple[object, tuple[str, ...], str] = (None, (), "")
        """What the last document shared with others of its kind, the part of it that it showed, and the digest of that."""
        self._same: dict[tuple[object, ...], bool] = {}

    def data(self, context: Mapping[str, object], shared: Mapping[str, object]) -> tuple[str, str]:
        """Return the parts for data: what all documents of the kind have in common, and the document's own."""
        common = {key: value for key, value in context.items() if key in shared and value is shared[key]}
        if self._shared[0] is not shared or self._shared[1] != tuple(common):
            self._shared = (shared, tuple(common), self._manifest.part(part_of(common)))
        own = {key: value for key, value in context.items() if key not in common}
        return self._shared[2], self._manifest.part(part_of(own))

    def look(self, language: str, form: str) -> str:
        """Return the part for the theme: words, brand, styles, fonts and the files that a format takes."""
        key = ("look", language, form)
        if key not in self._known:
            self._known[key] = self._manifest.part(_look(self._theme.speaking(language).value, form))
        return self._known[key]

    def options(self, stem: str, issued: date, options: Options, *more: tuple[str, str]) -> str:
        """Return the part for options; `stem` counts because it names the document."""
        values = {"file": stem, "issued": issued, **dataclasses.asdict(options), **dict(more)}
        return self._manifest.part(tuple((name, data_digest(value)) for name, value in values.items()))

    def versions(self, form: str, engine: str) -> str:
        """Return the part for programs and libraries; PDFs are made by `engine`."""
        key = ("versions", form, engine)
        if key not in self._known:
            self._known[key] = self._manifest.part(versions(engine if form == "pdf" else form))
        return self._known[key]

    def templates_now(self, part: str) -> Part:
        """Look up the templates of a part anew."""
        return tuple((name, self._file(template_file(self._theme.files, name))) for name in self._manifest.items(part))

    def same_templates(self, part: str) -> bool:
        """Return whether the templates of a part are what they were."""
        key = ("templates", part)
        if key not in self._same:
            self._same[key] = data_digest(self.templates_now(part)) == part
        return self._same[key]

    def pictures_now(self, part: str, folder: Path) -> Part:
        """Look up the pictures of a part anew."""
        return tuple((name, self._file(picture(self._theme, folder, name))) for name in self._manifest.items(part))

    def same_pictures(self, part: str, folder: Path) -> bool:
        """Return whether the pictures of a part are what they were."""
        key = ("pictures", part, folder)
        if key not in self._same:
            self._same[key] = data_digest(self.pictures_now(part, folder)) == part
        return self._same[key]

    def _file(self, path: Path | None) -> str:
        key = ("file", path)
        if key not in self._known:
            self._known[key] = file_digest(path)
        return self._known[key]


def _look(theme: Theme, form: str) -> Part:
    brand = dataclasses.asdict(theme.brand)
    rows = [("labels", data_digest(sorted(theme.locale.labels.items()))), ("style sheet", data_digest(theme.stylesheet))]
    rows += [(f"brand.{key}", data_digest(value)) for key, value in brand.items()]
    names = dict.fromkeys((*_FILES.get(form, ()), *_sheet_files(theme)))
    return tuple(rows) + tuple((name, file_digest(theme.files.find(name))) for name in names)


def _sheet_files(theme: Theme) -> list[str]:
    """List the fonts and pictures that the style sheet names."""
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), theme.stylesheet)
    names = dict.fromkeys(map(unquote, _NAMED.findall(text)))
    return [name for name in names if not name.startswith(("data:", "#"))]


@cache
def versions(maker: str) -> Part:
    """List the versions of what files of a format, or the PDFs of an engine, are made with.

    With genplan's goes its code, which in a checkout may be at any state.
    """
    rows = {
        "genplan": f"{__version__} {tree_digest([Path(__file__).parents[1]])}",
        "Python": sys.version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{name: _version(name) for name in (*_PACKAGES[""], *_PACKAGES.get(maker, ()))},
        **(native_versions() if maker == WEASYPRINT else {}),
    }
    return tuple((name, data_digest(value)) for name, value in rows.items())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def difference(before: Mapping[str, str], now: Mapping[str, str] | Sequence[tuple[str, str]]) -> list[str]:
    """Name what differs between two states of a part."""
    other = dict(now)
    return [name for name in dict.fromkeys((*before, *other)) if before.get(name) != other.get(name)]
