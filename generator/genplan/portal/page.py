"""One static page over an output folder: no server, nothing fetched, and nothing in it that a name could turn into code."""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.incremental.entries import Entry
from genplan.messages import msg
from genplan.source.files import read_bytes
from genplan.source.text import read_text
from genplan.theme.brand import Brand
from genplan.theme.environment import render_template
from genplan.theme.files import ThemeFiles
from genplan.theme.resource_checks.page import FOLDER, own_files
from genplan.theme.resource_checks.pictures import TYPES
from genplan.theme.template_files import own_name
from genplan.theme.theme import REINSTALL, Theme
from genplan.writers import FORMATS

_TEMPLATE = f"{FOLDER}/index.html.j2"
_SCRIPT = "portal/index.js"
_STYLES = "portal/index.css"
_FACETS = {"plan": "plan_title", "period": "period_label", "kind": "kind_title", "department": "department", "edition": "edition_title"}
"""What documents are filtered by, and the field of an entry that names it."""


def _by_label(_entry: Entry, _order: Mapping[str, int]) -> str:
    return ""


_RANKS: dict[str, Callable[[Entry, Mapping[str, int]], Any]] = {
    "period": lambda entry, _: entry.period,
    "kind": lambda entry, order: order.get(entry.kind, len(order)),
    "edition": lambda entry, _: entry.edition,
}
"""What the values of a filter go by before their labels."""

_HELD_BACK = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Characters that could end the element the data stands in; JSON knows them by number too."""

_CLOSING = re.compile(r"</(?=script|style)", re.IGNORECASE)
"""What would end the element that a script or a style sheet stands in; with a backslash it means the same to both languages."""

_READABLE = 4.5
"""Least contrast of text, by WCAG 2."""


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """One row of the page: the path that its files share but for the suffix, and the entry of each file."""

    stem: str
    files: tuple[Entry, ...]

    @property
    def entry(self) -> Entry:
        """The entry that speaks for all; those of one build differ only in format and size."""
        return self.files[0]


def render_index(entries: Sequence[Entry], theme: Theme, outdated: Collection[str] = ()) -> str | Diagnostic:
    """Render the page that lists documents, each with its files; the same entries give the same page.

    Files whose paths are in `outdated` are marked.

    Finds GP001, GP002, GP005 and GP006 in the theme's script, styles and logo, and GP502 to GP506 and GP515 in its template.
    """
    script, styles, logo = _text(own_files(theme.files), _SCRIPT), _text(theme.files, _STYLES), _logo(theme.brand)
    for part in (script, styles, logo):
        if isinstance(part, Diagnostic):
            return part
    assert isinstance(script, str)  # the loop above has sent back whatever is not text
    assert isinstance(styles, str)
    order = {name: place for place, name in enumerate(theme.kinds)}
    documents = _documents(entries, order)
    context = {
        "language": theme.locale.language,
        "brand": {"name": theme.brand.name, "full_name": theme.brand.full_name, "colors": dict(theme.brand.colors)},
        **_inks(theme.brand.colors),
        "logo": logo,
        "documents": [(_description(document.entry), _links(document), _is_outdated(document, outdated)) for document in documents],
        "data": theme.trusted(_json(_data(documents, order, outdated))),
        "script": theme.trusted(script),
        "styles": theme.trusted(styles),
        "script_hash": "sha256-" + b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    }
    return render_template(theme.environment, own_name(_TEMPLATE, theme.files.roots), context, theme.files.roots)


def _documents(entries: Iterable[Entry], order: Mapping[str, int]) -> list[ListedDocument]:
    """Join the files of one document; documents stand by plan, period, kind (in the theme's order) and path, files by format."""
    rank = {name: number for number, name in enumerate(FORMATS)}
    joined: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (rank.get(entry.format, len(rank)), entry.path)):
        joined.setdefault(entry.path.removesuffix(f".{entry.format}"), []).append(entry)
    documents = [ListedDocument(stem, tuple(files)) for stem, files in joined.items()]
    return sorted(documents, key=lambda d: (d.entry.plan, d.entry.period, order.get(d.entry.kind, len(order)), d.stem))


def _description(entry: Entry) -> str:
    """Say in one line what a document is, for browsers that run no script."""
    parts = (
        entry.title,
        entry.person_name,
        entry.person_id,
        entry.kind_title,
        entry.edition_title,
        entry.plan_title,
        entry.period_label,
        entry.department,
    )
    return " · ".join(filter(None, parts))


def _is_outdated(document: ListedDocument, outdated: Collection[str]) -> bool:
    return any(entry.path in outdated for entry in document.files)


def _links(document: ListedDocument) -> list[tuple[str, str]]:
    """Return the address and the words of each file's link."""
    return [(_address(entry.path), f"{entry.format.upper()} {_size(entry.size)}") for entry in document.files]


def _address(path: str) -> str:
    return _UNSAFE.sub(lambda run: _quoted(run[0]), path)


_UNSAFE = re.compile(r"[^\w.~/-]+", re.ASCII)
"""What an address does not hold as it is."""
_quoted = lru_cache(maxsize=1024)(quote)
"""Titles of plans, kinds and departments come again in many addresses."""


def _data(documents: Sequence[ListedDocument], order: Mapping[str, int], outdated: Collection[str]) -> dict[str, object]:
    """Return what index.js reads: a row a document, in which plan, period, kind, department and edition are places in lists of these."""
    lists = {name: _labels(documents, name, order) for name in _FACETS}
    places = {name: {label: place for place, label in enumerate(labels)} for name, labels in lists.items()}
    rows = [
        [
            document.stem,
            document.entry.title,
            document.entry.person_name,
            document.entry.person_id,
            *(places[name][getattr(document.entry, field)] for name, field in _FACETS.items()),
            [[entry.format.upper(), entry.path.removeprefix(document.stem), _size(entry.size)] for entry in document.files],
            int(_is_outdated(document, outdated)),
        ]
        for document in documents
    ]
    return {**lists, "documents": rows}


def _labels(documents: Iterable[ListedDocument], facet: str, order: Mapping[str, int]) -> list[str]:
    """List a column's values, each once: periods as they follow each other, kinds as the theme orders them, the others by their labels."""
    rank = _RANKS.get(facet, _by_label)
    labels = {getattr(document.entry, _FACETS[facet]): rank(document.entry, order) for document in documents}
    return sorted(labels, key=lambda label: (labels[label], label))


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _HELD_BACK.items():
        text = text.replace(character, escape)
    return text


def _size(count: int) -> str:
    """Write a number of bytes as people read it: in kilobytes, at least one, and from a thousand of these in megabytes."""
    kilobytes = max(1, round(count / 1024))
    return f"{kilobytes} KB" if kilobytes < 1000 else f"{count / 1024 / 1024:.1f} MB"  # noqa: PLR2004 - named above


def _text(files: ThemeFiles, name: str) -> str | Diagnostic:
    path = files.find(name)
    if path is None:
        return diagnose("GP001", Span(f"templates/{name}"), msg("the theme does not have the file"), help=REINSTALL)
    text, diagnostics = read_text(path, f"templates/{name}")
    return _CLOSING.sub(r"<\\/", text) if text is not None and not diagnostics else diagnostics[0]


def _logo(brand: Brand) -> str | Diagnostic | None:
    """Write the logo out as an address that holds the picture itself."""
    if brand.logo is None or brand.logo_file is None:
        return None
    data, problems = read_bytes(brand.logo_file, f"templates/{brand.logo}")
    if data is None:
        return problems[0]
    return f"data:{TYPES[PurePosixPath(brand.logo).suffix.lower()]};base64,{b64encode(data).decode()}"


def _inks(colors: dict[str, str]) -> dict[str, str]:
    """Choose the colours of text that stay readable whatever the brand is: on its primary colour, and in it on its background."""
    primary, background = colors["primary"], colors["background"]
    return {
        "on_primary": max((background, colors["dark"]), key=lambda ink: _contrast(ink, primary)),
        "accent": primary if _contrast(primary, background) >= _READABLE else colors["foreground"],
    }


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    """Return the relative luminance of a `#rrggbb` colour by the formula of WCAG 2."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)  # noqa: PLR2004 - WCAG
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
