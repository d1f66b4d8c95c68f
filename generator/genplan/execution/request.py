"""What a build was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from genplan.execution.limits import DEFAULT_LIMITS, Limits
from genplan.storage.digests import data_digest
from genplan.workspace.workspace import Workspace

EPOCH = date(2000, 1, 1)
"""Date of documents whose plan has none."""


@dataclass(frozen=True)
class Request:
    """The plans, the choices among their documents, how these are made, and where they go."""

    plans: tuple[Path, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    formats: tuple[str, ...] = ("pdf", "docx")
    pdf_variant: str | None = None
    pdf_engine: str = ""
    output: Path | None = None
    url: str = ""
    """Where to write to instead of a folder."""
    theme: str = ""
    language: str | None = None
    editions: tuple[str, ...] = ()
    watermark: str | None = None
    collect: tuple[str, ...] = ()
    collect_by: str = ""
    duplex: bool = False
    default_date: date = EPOCH
    jobs: int = 1
    limits: Limits = DEFAULT_LIMITS
    prune: bool = False
    wait: bool = True

    def folder(self, workspace: Workspace | None) -> Path:
        """Return the folder to write to; where a URL is written to, the one from which plans are named."""
        if self.url:
            return workspace.root if workspace else Path.cwd()
        return self.output or (workspace.output if workspace else Path("output"))

    @property
    def variant(self) -> str:
        """What tells its documents apart from those of the same plans under other names."""
        return data_digest([self.language, self.editions])

    def key(self) -> str:
        """Name builds that ask for the same."""
        asked = (
            [[str(path.absolute()) for path in self.plans], dict(self.filters), self.formats, self.pdf_variant, self.pdf_engine],
            [self.theme, self.language, self.default_date, self.editions, self.watermark],
            [self.collect, self.collect_by, self.duplex],
        )
        return data_digest(asked)
