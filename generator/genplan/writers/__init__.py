"""The formats: a writer turns a document into bytes. A new format is a module with `write`, and a row in the table."""

from collections.abc import Callable
from importlib import import_module
from typing import TypeAlias, cast

from genplan.diagnostics import Outcome
from genplan.theme.document import Document
from genplan.writers.look import Look
from genplan.writers.native import direct_loading
from genplan.writers.options import Options

Writer: TypeAlias = Callable[[Document, Look, Options], Outcome[bytes | None]]

_MODULES = {
    "pdf": "genplan.writers.pdf",
    "docx": "genplan.writers.docx",
    "html": "genplan.writers.html",
}

FORMATS = tuple(_MODULES)


def writer(name: str) -> Writer:
    """Return the writer of a format; its module, and the library behind it, is imported here for the first time.

    Raises:
        KeyError: there is no such format.
    """
    with direct_loading():
        return cast("Writer", import_module(_MODULES[name]).write)
