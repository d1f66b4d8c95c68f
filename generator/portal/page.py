"""One static page over an output folder: no server, nothing fetched, and nothing in it that a name could turn into code."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from mimetypes import guess_type
from urllib.parse import quote

from generator.build.register import Entry
from generator.diagnostics import Diagnostic
from generator.theme.environment import render_template
from generator.theme.theme import Theme
from generator.writers import FORMATS

_TEMPLATE = "portal/index.html.j2"
_SCRIPT = "portal/index.js"
_STYLES = "portal/index.css"
_HELD_BACK = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""Characters that could end the element the data stands in; JSON knows them by number too."""


def render_index(entries: Sequence[Entry], theme: Theme) -> str | Diagnostic:
    """Render the page that lists documents, each with its files; GP502 to GP506 where the theme's template fails.

    The same entries give the same page.
    """
    documents = _documents(entries)
    script, styles = _text(theme, _SCRIPT), _text(theme, _STYLES)
    context = {
        "language": theme.locale.language,
        "brand": {"name": theme.brand.name, "full_name": theme.brand.full_name, "colors": dict(theme.brand.colors)},
        "logo": _logo(theme),
        "documents": documents,
        "filters": {name: _options(documents, name) for name in ("plan", "period", "kind", "department")},
        "data": theme.trusted(json.dumps(documents, ensure_ascii=False, separators=(",", ":")).translate(_HELD_BACK)),
        "script": theme.trusted(script),
        "styles": theme.trusted(styles),
        "script_hash": "sha256-" + b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    }
    return render_template(theme.environment, _TEMPLATE, context, theme.files.roots)


def _documents(entries: Iterable[Entry]) -> list[dict[str, object]]:
    """Join the files of one document; documents stand in the order of their paths, files in that of the formats."""
    documents: dict[str, dict[str, object]] = {}
    for entry in sorted(entries, key=lambda entry: (_stem(entry), FORMATS.index(entry.format))):
        stem = _stem(entry)
        document = documents.setdefault(
            stem,
            {
                "title": entry.title,
                "person": " ".join(part for part in (entry.person_id, entry.person_name) if part),
                "kind": entry.kind_title,
                "plan": entry.plan_title,
                "period": entry.period_label,
                "department": entry.department,
                "files": [],
            },
        )
        files = document["files"]
        assert isinstance(files, list)
        files.append({"format": entry.format.upper(), "link": quote(entry.path), "size": _size(entry.size)})
    return list(documents.values())


def _stem(entry: Entry) -> str:
    return entry.path.removesuffix(f".{entry.format}")


def _options(documents: Iterable[dict[str, object]], name: str) -> list[str]:
    return sorted({str(document[name]) for document in documents if document[name]})


def _size(count: int) -> str:
    """Write a number of bytes as people read it, in whole kilobytes, at least one."""
    return f"{max(1, count // 1024)} KB"


def _text(theme: Theme, name: str) -> str:
    path = theme.files.find(name)
    return path.read_text("utf-8") if path else ""


def _logo(theme: Theme) -> str | None:
    path = theme.brand.logo_file
    if path is None:
        return None
    return f"data:{guess_type(path.name)[0]};base64,{b64encode(path.read_bytes()).decode()}"
