"""From a kind and its data to the document tree."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from functools import partial
from xml.etree.ElementTree import Element, SubElement

from genplan.diagnostics import Diagnostic, Outcome, diagnose, has_errors
from genplan.theme.column_widths import fit_columns
from genplan.theme.columns import align_columns
from genplan.theme.contents import fill_contents, number_captions
from genplan.theme.data import to_json
from genplan.theme.document import Document, Metadata
from genplan.theme.environment import render_template
from genplan.theme.extent import fit_extent
from genplan.theme.kinds import Kind
from genplan.theme.numbering import number, read_schemes
from genplan.theme.parsing import parse
from genplan.theme.resource_checks.places import place_of
from genplan.theme.resource_checks.tree import reaches
from genplan.theme.svg import plain_drawings
from genplan.theme.theme import Theme
from genplan.theme.typography import bind_units

_MILLIMETRES = re.compile(r"\d{1,3}(\.\d+)?")


def render(theme: Theme, kind: Kind, context: Mapping[str, object], issued: date) -> Outcome[Document | None]:
    """Render one document: template to HTML, HTML to a tree, numbers onto the tree.

    Finds GP501 to GP506 and GP515 in the templates, what `reaches` finds in what comes of them (GP540, GP546, GP547, GP606), and
    GP608 and GP609 in what they draw.
    """
    assert kind.template is not None  # kinds without one have no tree
    html = render_template(theme.environment, kind.template, context, theme.files.roots)
    if isinstance(html, Diagnostic):
        return Outcome(None, [html])
    tree = parse(html)
    diagnostics = _reached(tree, kind.template, theme)
    if not has_errors(diagnostics):
        diagnostics += plain_drawings(tree, f"templates/{kind.template}")
    if has_errors(diagnostics):
        return Outcome(None, diagnostics)
    schemes = read_schemes(theme.locale.labels)
    number(tree, schemes)
    number_captions(tree, {kind: theme.locale.labels.get(f"format.{kind}", "") for kind in ("table", "figure")})
    bind_units(tree)
    align_columns(tree)
    fit_columns(tree, theme.brand.body_size)
    fit_extent(tree, theme.brand)
    fill_contents(tree)
    _size_pictures(tree)
    _date(tree, issued)
    return Outcome(Document(kind.name, tree, _metadata(tree, html, issued), schemes, partial(to_json, context)), diagnostics)


def _reached(tree: Element, template: str, theme: Theme) -> list[Diagnostic]:
    """Find what the document may not hold, each thing once, where a template says so."""
    return [
        diagnose(each.code, place_of(each.needles, template, theme.environment, theme.files), each.message, help=each.cure)
        for each in dict.fromkeys(reaches(tree))
    ]


def _size_pictures(tree: Element) -> None:
    """Set the width of pictures that state one in millimetres, where that is a number."""
    for image in tree.iter("img"):
        if _MILLIMETRES.fullmatch(width := image.get("data-width", "")):
            image.set("style", f"width: {width}mm")


def _date(tree: Element, issued: date) -> None:
    """Write the document's date where the PDF's metadata are taken from."""
    head = tree.find("head")
    assert head is not None  # an HTML parser always makes one
    for name in ("dcterms.created", "dcterms.modified"):
        SubElement(head, "meta", {"name": name, "content": f"{issued.isoformat()}T00:00:00Z"})


def _metadata(tree: Element, html: str, issued: date) -> Metadata:
    named = {meta.get("name", ""): meta.get("content", "") for meta in tree.iter("meta")}
    return Metadata(
        title="".join(tree.findtext("head/title", "")).strip(),
        author=named.get("author", ""),
        subject=named.get("description", ""),
        keywords=named.get("keywords", ""),
        language=tree.get("lang", ""),
        issued=issued,
        identifier=hashlib.sha256(html.encode()).hexdigest()[:32],
    )
