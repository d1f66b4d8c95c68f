"""The formats: a writer turns a document into bytes. A new format is a module with `write`, and a row in the table."""

from collections.abc import Callable
from importlib import import_module
from typing import TypeAlias, cast

from genplan.diagnostics import Outcome
from genplan.theme.document import Document
from genplan.writers.look import Look
from genplan.writers.native import direct_loading
from genplan.writers.options import TYPST, WEASYPRINT, Options

Writer: TypeAlias = Callable[[Document, Look, Options], Outcome[bytes | None]]

PDF = "pdf"
_MODULES = {
    WEASYPRINT: "genplan.writers.pdf",
    TYPST: "genplan.writers.typst",
    "docx": "genplan.writers.docx",
    "html": "genplan.writers.html",
}
"""What makes a format, which for PDFs is one of two engines, and its module."""

FORMATS = (PDF, "docx", "html")


def maker(form: str, options: Options) -> str:
    """Name what makes a format."""
    return options.pdf_engine if form == PDF else form


def writer(maker: str) -> Writer:
    """Return what makes a format; its module, and the library behind it, is imported here for the first time.

    Raises:
        KeyError: there is no such format or engine.
    """
    with direct_loading():
        return cast("Writer", import_module(_MODULES[maker]).write)
