"""Documents of people who have a password: what cannot be locked is not written."""

from collections.abc import Sequence
from dataclasses import replace

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.documents.specs import DocumentSpec
from genplan.messages import listing, msg, plural
from genplan.writers.options import Options
from genplan.writers.protect import LOCKABLE


def lockable(document: DocumentSpec, formats: Sequence[str]) -> tuple[str, ...]:
    """Return the formats that an order may be written in: all of them, or those that can ask for its password."""
    return tuple(name for name in formats if not document.password or name in LOCKABLE)


def refuse_unlocked(wanted: Sequence[DocumentSpec], formats: Sequence[str], options: Options) -> Outcome[list[DocumentSpec]]:
    """Mark the orders that could be written only without their password, and say once for all of them what is not written.

    Finds GP628 (PDF/A, which may not be encrypted), GP629 (formats that cannot ask for a password) and GP713 (people without a password
    beside others who have one).
    """
    locked = [document for document in wanted if document.password]
    if not locked:
        return Outcome(list(wanted), [])
    open_formats = [name for name in formats if name not in LOCKABLE]
    diagnostics = [*_archives(locked, formats, options), *_open(locked, open_formats), *_without(wanted)]
    reason = _reason(formats, options)
    return Outcome(
        [replace(document, lacking=document.lacking or reason) if document.password else document for document in wanted], diagnostics
    )


def _reason(formats: Sequence[str], options: Options) -> str:
    if "pdf" in formats and options.is_archive:
        return msg("GP628 a PDF/A file cannot ask for a password")
    return "" if any(name in LOCKABLE for name in formats) else msg("GP629 no format was asked for that can ask for a password")


def _archives(locked: Sequence[DocumentSpec], formats: Sequence[str], options: Options) -> list[Diagnostic]:
    if "pdf" not in formats or not options.is_archive:
        return []
    message = msg(
        "{variant} does not allow encryption: the documents of {people} with a password are not written",
        variant=options.pdf_variant,
        people=_people(locked),
    )
    advice = msg("build them with --pdf-variant plain or pdf/ua-1, or remove the passwords from the results")
    return [diagnose("GP628", Span("pdf_variant"), message, help=advice)]


def _open(locked: Sequence[DocumentSpec], names: Sequence[str]) -> list[Diagnostic]:
    message = msg(
        "{formats} cannot be password-protected: not written for {people} with a password", formats=listing(names), people=_people(locked)
    )
    return [diagnose("GP629", Span("--format"), message, help=msg("build pdf or docx for them"))] if names else []


def _without(wanted: Sequence[DocumentSpec]) -> list[Diagnostic]:
    """Find those who have none beside others of the same plan and period who have one."""
    groups = {(document.assessment.plan.id, document.period_id) for document in wanted if document.password}
    without = [
        document
        for document in wanted
        if document.person and not document.password and (document.assessment.plan.id, document.period_id) in groups
    ]
    if not without:
        return []
    message = plural(
        "{count} person has no password while others of their plan and period do; their files are not locked: {people}",
        "{count} people have no password while others of their plan and period do; their files are not locked: {people}",
        _count(without),
        people=listing(dict.fromkeys(document.person.id for document in without if document.person)),
    )
    assert without[0].person is not None
    return [diagnose("GP713", without[0].person.span, message, help=msg("fill in the column 打开密码"))]


def _people(documents: Sequence[DocumentSpec]) -> str:
    return plural("{count} person", "{count} people", _count(documents))


def _count(documents: Sequence[DocumentSpec]) -> int:
    return len({(document.assessment.plan.id, document.person.id) for document in documents if document.person})
