"""The page that shows each kind of document before and after a change, side by side."""

from collections.abc import Mapping, Sequence

from genplan.diagnostics import Diagnostic
from genplan.documents.brand_preview import AFTER, BEFORE, Comparison, ContactSheet
from genplan.theme.environment import render_template
from genplan.theme.resource_checks.page import FOLDER
from genplan.theme.template_files import own_name
from genplan.theme.theme import Theme

_TEMPLATE = f"{FOLDER}/preview.html.j2"


def render_preview(comparisons: Sequence[Comparison], warnings: Sequence[Diagnostic], theme: Theme) -> str | Diagnostic:
    """Render the page; `warnings` are what was found in the brand itself, such as contrast."""
    rows = [
        {
            "kind": each.kind,
            "title": each.title,
            "same": each.same,
            "repaginated": each.repaginated,
            "new": list(each.new_findings),
            "before": _side(each.before, BEFORE),
            "after": _side(each.after, AFTER),
        }
        for each in comparisons
    ]
    return _rendered({"rows": rows, "warnings": [{"place": str(d.span), "text": d.message, "help": d.help} for d in warnings]}, theme)


def render_themes(sheets: Mapping[str, Sequence[ContactSheet]], theme: Theme) -> str | Diagnostic:
    """Render the page that shows each kind in several themes, by their names; `theme` is whose words and name it has."""
    by_kind: dict[str, dict[str, ContactSheet]] = {}
    for name, each in sheets.items():
        for sheet in each:
            by_kind.setdefault(sheet.kind, {})[name] = sheet
    rows = [
        {"kind": kind, "title": next(iter(each.values())).title, "themes": [(name, _side(each.get(name), name)) for name in sheets]}
        for kind, each in by_kind.items()
    ]
    return _rendered({"themes": list(sheets), "rows": rows, "warnings": []}, theme)


def _rendered(content: Mapping[str, object], theme: Theme) -> str | Diagnostic:
    brand = {"full_name": theme.brand.full_name, "colors": dict(theme.brand.colors)}
    context = {"language": theme.locale.language, "brand": brand, "themes": [], **content}
    return render_template(theme.environment, own_name(_TEMPLATE, theme.files.roots), context, theme.files.roots)


def _side(sheet: ContactSheet | None, folder: str) -> dict[str, object] | None:
    return {"picture": f"{folder}/{sheet.picture}", "pages": sheet.pages, "findings": list(sheet.findings)} if sheet else None
