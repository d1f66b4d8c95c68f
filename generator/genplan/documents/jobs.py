"""Documents to be made as plain data: a job carries all that making it needs, so that any process on any machine can do it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from genplan.diagnostics import Diagnostic
from genplan.messages import msg
from genplan.theme.spec import ThemeSpec
from genplan.writers.options import Options


@dataclass(frozen=True, slots=True)
class Job:
    """One document: its data, and where its files go.

    Paths are absolute; `output` is the output folder or its URL, `stem` the path within it, without suffix.
    """

    stem: str
    kind: str
    theme: ThemeSpec
    language: str
    context: Mapping[str, object]
    issued: date
    formats: tuple[str, ...]
    options: Options
    pictures: str
    """The folder of pictures that documents may show besides the theme's."""
    output: str
    password: str = field(default="", repr=False)
    labels: Mapping[str, str] = field(default_factory=dict)
    """Of a collection: the key of each document in `context["documents"]`, and whom it is about."""

    @property
    def size(self) -> int:
        """How many documents it makes at once."""
        return max(1, len(self.labels))


@dataclass(frozen=True, slots=True)
class File:
    """A file that was written: its format, size in bytes, the digest of its content, and what its store says of it.

    `findings` are those of this format and of what all formats have in common.
    """

    format: str
    size: int
    digest: str
    stat: tuple[int | str, ...]
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class JobResult:
    """The result of a job: files, or why there are none.

    `templates` and `pictures` name what was read, each with the digest of its content (empty: there is no such file). `theme_unchanged` is
    false where the theme changed since the job was made, so that the freshness of the files is unknown.
    """

    stem: str
    title: str = ""
    files: tuple[File, ...] = ()
    reason: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    templates: tuple[tuple[str, str], ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    theme_unchanged: bool = True


def headline(diagnostic: Diagnostic) -> str:
    """Return a diagnostic as the reason for which there is no document."""
    return msg("{code} {message}", code=diagnostic.code, message=diagnostic.message)


def refusal(stem: str, diagnostic: Diagnostic) -> JobResult:
    """Say that a job came to nothing."""
    return JobResult(stem, reason=headline(diagnostic), diagnostics=(diagnostic,))


Marker = Callable[[str], None]
"""Takes what is being done, for whoever watches over the job."""


class Executor(Protocol):
    """Does jobs somewhere."""

    def run(self, jobs: Iterable[Job]) -> Iterator[JobResult]:
        """Do jobs, and give the result of each, in their order. Jobs are taken as there is room for them, not all at once."""
