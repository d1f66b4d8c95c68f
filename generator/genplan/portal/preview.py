"""The page that shows each kind of document before and after a change, side by side."""

from collections.abc import Sequence

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
    context = {
        "language": theme.locale.language,
        "brand": {"full_name": theme.brand.full_name, "colors": dict(theme.brand.colors)},
        "rows": rows,
        "warnings": [{"place": str(each.span), "text": each.message, "help": each.help} for each in warnings],
    }
    return render_template(theme.environment, own_name(_TEMPLATE, theme.files.roots), context, theme.files.roots)


def _side(sheet: ContactSheet | None, folder: str) -> dict[str, object] | None:
    return {"picture": f"{folder}/{sheet.picture}", "pages": sheet.pages, "findings": list(sheet.findings)} if sheet else None
