"""The result of the documents of a build."""

from dataclasses import dataclass, field

from genplan.diagnostics import Diagnostic
from genplan.documents.specs import DocumentSpec
from genplan.incremental.entries import Entry


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """The result of one document: the files that stand for it, or why there are none (`reason`), and what was found on the way.

    `built` are the paths of the files that this build wrote; the others were fresh.
    """

    document: DocumentSpec
    stem: str
    entries: tuple[Entry, ...] = ()
    reason: str = ""
    diagnostics: tuple[Diagnostic, ...] = field(default=())
    built: tuple[str, ...] = ()
