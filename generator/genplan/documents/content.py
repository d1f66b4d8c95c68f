"""What a document is made from, format by format: the tree that its template renders to, or the template written in Word."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import cast

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.documents.specs import DocumentSpec
from genplan.messages import listing, msg
from genplan.theme.collection import Part, collect
from genplan.theme.data import to_json
from genplan.theme.document import Document, Metadata
from genplan.theme.kinds import Kind
from genplan.theme.render import render
from genplan.theme.theme import Theme
from genplan.writers import maker, writer
from genplan.writers.look import Look
from genplan.writers.options import DEFAULTS, Options
from genplan.writers.tint import tint

WORD = "docx"
"""The format that a template written in Word makes."""


@dataclass(frozen=True)
class Content:
    """A document before it takes a format: its tree, if its kind has a template for that, and what a template written in Word is given."""

    kind: Kind
    theme: Theme
    context: Mapping[str, object]
    tree: Document | None
    metadata: Metadata


def possible_formats(kind: Kind, asked: Sequence[str]) -> Outcome[tuple[str, ...]]:
    """Choose the formats that a kind can take: GP616 for those left out, GP620 where none is left."""
    possible = tuple(name for name in asked if kind.template or name == WORD)
    left_out = [name for name in asked if name not in possible]
    span = Span(f"templates/{kind.word_template}")
    diagnostics: list[Diagnostic] = []
    if not possible:
        advice = msg(
            "build with --format {format}, or write templates/kinds/{kind}.html.j2 for the other formats", format=WORD, kind=kind.name
        )
        diagnostics.append(
            diagnose(
                "GP620",
                span,
                msg("`{kind}` has only a Word template, so it cannot be built as {formats}", kind=kind.name, formats=listing(left_out)),
                help=advice,
            )
        )
    elif left_out:
        advice = msg("write templates/kinds/{kind}.html.j2 for the other formats, or print the Word document to PDF", kind=kind.name)
        diagnostics.append(
            diagnose(
                "GP616",
                span,
                msg("`{kind}` has only a Word template; skipped: {formats}", kind=kind.name, formats=listing(left_out)),
                help=advice,
            )
        )
    return Outcome(possible, diagnostics)


def make_content(document: DocumentSpec, theme: Theme, issued: date) -> Outcome[Content | None]:
    """Gather what a document's formats are written from; the tree is rendered once."""
    return content_of(document.kind, document.theme(theme), document.context(theme), issued, document.stem(theme))


def content_of(kind: Kind, theme: Theme, context: Mapping[str, object], issued: date, stem: str) -> Outcome[Content | None]:
    """Do the same of a kind and its data alone; `stem` names the document."""
    if kind.template is None:
        return Outcome(Content(kind, theme, context, None, _metadata(kind, context, theme, issued, stem)), [])
    document, diagnostics = render(theme, kind, context, issued)
    return Outcome(Content(kind, theme, context, document, document.metadata) if document else None, diagnostics)


def collected_content(
    kind: Kind, theme: Theme, context: Mapping[str, object], labels: Mapping[str, str], issued: date
) -> Outcome[Content | None]:
    """Do the same of several documents in one, whose own data are below `documents`; `labels` say whom each is about."""
    shared = {name: value for name, value in context.items() if name != "documents"}
    documents = cast("Mapping[str, Mapping[str, object]]", context["documents"])
    parts: list[Part] = []
    diagnostics: list[Diagnostic] = []
    for key, own in documents.items():
        document, problems = render(theme, kind, {**shared, **own}, issued)
        diagnostics += problems
        if document is None:
            return Outcome(None, list(dict.fromkeys(diagnostics)))
        parts.append(Part(labels[key], document))
    title = theme.locale.label("collection.title", title=kind.title(theme.locale), count=len(parts))
    whole = collect(parts, title, partial(to_json, context))
    return Outcome(Content(kind, theme, context, whole, whole.metadata), list(dict.fromkeys(diagnostics)))


def write(content: Content, name: str, look: Look, options: Options = DEFAULTS) -> Outcome[bytes | None]:
    """Write a document in a format, by the one of the two ways that the kind has for it."""
    if name == WORD and content.kind.word_template:
        data, diagnostics = _from_word(content, content.kind.word_template)
        return Outcome(_stamped(data, look, options) if data is not None and options.watermark else data, diagnostics)
    assert content.tree is not None  # only possible formats are asked for
    return writer(maker(name, options))(content.tree, look, options)


def _stamped(data: bytes, look: Look, options: Options) -> bytes:
    from genplan.writers.docx.watermark import stamp  # noqa: PLC0415 - lxml waits until it is used

    return stamp(data, options.watermark, look.brand.word_body_font, tint(look))


def _from_word(content: Content, place: str) -> Outcome[bytes | None]:
    from genplan.writers.word_template import WordTemplate, fill  # noqa: PLC0415 - lxml waits until it is used

    path = content.theme.files.find(place)
    try:
        data = path.read_bytes() if path else None
    except OSError:
        data = None
    if data is None:
        return Outcome(
            None,
            [
                diagnose(
                    "GP615",
                    Span(f"templates/{place}"),
                    msg("the file cannot be read"),
                    help=msg("close it in Word, and check its permissions"),
                )
            ],
        )
    return fill(WordTemplate(f"templates/{place}", data), content.theme.word_environment, content.context, content.metadata)


def _metadata(kind: Kind, context: Mapping[str, object], theme: Theme, issued: date, stem: str) -> Metadata:
    """Say of a document without a tree what base.html.j2 says of those with one."""
    plan = cast("Mapping[str, object]", context["plan"])
    title = kind.title(theme.locale)
    edition = cast("Mapping[str, object]", context.get("edition") or {})
    words = [title, plan["department"], plan["position"], edition.get("title")]
    return Metadata(
        title=title,
        author=str(plan["organization"] or ""),
        subject=title,
        keywords=", ".join(str(word) for word in words if word),
        language=theme.locale.language,
        issued=issued,
        identifier=hashlib.sha256(repr((stem, context)).encode()).hexdigest()[:32],
    )
