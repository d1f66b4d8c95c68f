"""The ways to make the same documents that are measured beside each other: one module a peer, a row in the table for each way of using it.

A peer's module has

- `prepare(content, folder)`: write what the peer makes document `content.number` from into the folder; not measured;
- `session(folder, **options)`: a context manager that sets the peer up and gives `make(numbers)`, which writes
  `folder/out/NUMBER.FORM` for each of the documents.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from shutil import which
from typing import Any

OUT = "out"
"""Folder of a peer's files, in its own."""


@dataclass(frozen=True)
class Peer:
    """A way of making documents. `module` is one of this package, `options` go to its session.

    `packages` (by their names on PyPI) and `programs` are what it needs; of each group of programs, parted by `|`, one.
    """

    name: str
    form: str
    module: str
    note: str
    packages: Mapping[str, str] = field(default_factory=dict)
    programs: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    batch: int = 1
    """Documents that it is given at a time, where the time of single documents is measured."""
    whole: bool = True
    """Whether whole runs of it are measured, too."""
    slow: bool = False
    """Whether a document takes seconds."""

    @property
    def key(self) -> str:
        """Name it in commands."""
        return "-".join(part for part in (self.module, self.form, *(name for name, value in self.options.items() if value)) if part)

    @property
    def outside(self) -> bool:
        """Whether it is a program beside Python."""
        return bool(self.programs)

    def lacking(self) -> str:
        """Say what the machine lacks for it; nothing if it is all there."""
        absent = [package for package, module in self.packages.items() if find_spec(module) is None]
        absent += [programs.split("|")[0] for programs in self.programs if not any(map(which, programs.split("|")))]
        return ", ".join(absent)


_RESVG = {"resvg-py": "resvg_py"}
_DOCX = {"python-docx": "docx"}
_TYPST = {"typst": "typst"}
_WEASYPRINT = {"weasyprint": "weasyprint"}

PEERS = (
    Peer("genplan", "pdf", "genplan", "from the data of a document: template, tree and file"),
    Peer("genplan, tree given", "pdf", "genplan", "the writer by itself", options={"given": True}, whole=False),
    Peer("genplan by Typst", "pdf", "genplan", "from the data of a document, PDFs by its other engine", _TYPST, options={"typst": True}),
    Peer(
        "genplan by Typst, tree given",
        "pdf",
        "genplan",
        "the writer by itself",
        _TYPST,
        options={"given": True, "typst": True},
        whole=False,
    ),
    Peer("Typst", "pdf", "typst", "its source given, one compiler kept", _TYPST),
    Peer(
        "Typst, new compiler",
        "pdf",
        "typst",
        "its source given, a compiler for each document",
        _TYPST,
        (),
        {"new": True},
        whole=False,
    ),
    Peer(
        "WeasyPrint, set up well",
        "pdf",
        "weasyprint",
        "HTML given; genplan's style sheet and small fonts; CSS, fonts and pictures kept",
        _WEASYPRINT,
    ),
    Peer(
        "WeasyPrint, plainly",
        "pdf",
        "weasyprint",
        "HTML given; as in its README, with the machine's own fonts",
        _WEASYPRINT,
        (),
        {"plain": True},
    ),
    Peer(
        "WeasyPrint, plainly, without libharfbuzz-subset",
        "pdf",
        "weasyprint",
        "the same where that library is not installed",
        _WEASYPRINT,
        (),
        {"plain": True, "without": True},
        whole=False,
        slow=True,
    ),
    Peer(
        "Chromium",
        "pdf",
        "chromium",
        "HTML given; one page with style sheet and fonts kept, the body changed, printed through the DevTools protocol",
        {"websocket-client": "websocket"},
        ("chromium|chromium-browser|google-chrome",),
        batch=4,
    ),
    Peer("LibreOffice", "pdf", "libreoffice", "genplan's DOCX given; converted in batches", {}, ("soffice|libreoffice",), batch=10),
    Peer("genplan", "docx", "genplan", "from the data of a document: template, tree and file"),
    Peer("genplan, tree given", "docx", "genplan", "the writer by itself", options={"given": True}, whole=False),
    Peer(
        "docxtpl", "docx", "docxtpl", "template, its object and the Jinja environment kept; charts drawn", {"docxtpl": "docxtpl", **_RESVG}
    ),
    Peer(
        "docxtpl, charts given",
        "docx",
        "docxtpl",
        "the same, with PNGs of the charts given",
        {"docxtpl": "docxtpl"},
        (),
        {"drawn": True},
        whole=False,
    ),
    Peer("python-docx", "docx", "python_docx", "reference document kept, rows' cells asked for once; charts drawn", {**_DOCX, **_RESVG}),
    Peer(
        "python-docx, charts given",
        "docx",
        "python_docx",
        "the same, with PNGs of the charts given",
        _DOCX,
        (),
        {"drawn": True},
        whole=False,
    ),
    Peer("genplan", "pdf,docx", "genplan", "both from one tree"),
)


def find(key: str) -> Peer:
    """Find the peer of a key."""
    return next(peer for peer in PEERS if peer.key == key)


def versions() -> dict[str, str]:
    """Give the version of each package that a peer needs."""
    found = {}
    for package in sorted({package for peer in PEERS for package in peer.packages}):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found
