"""Where messages go: to standard error, in colour on a terminal unless NO_COLOR is set."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import IO, Any, Concatenate, ParamSpec, TypeVar

import click

from genplan.cli import EXIT_INPUT
from genplan.cli.language import OPTION
from genplan.cli.report import Painter, text_report
from genplan.cli.terminal import painted
from genplan.diagnostics import Diagnostic, Severity
from genplan.messages import localized, msg, reason
from genplan.storage.atomic_files import unwritable, write_atomically
from genplan.storage.external_errors import ExternalError


@dataclass(frozen=True, slots=True)
class Console:
    """Output settings and functions: verbosity and colour."""

    quiet: bool = False
    verbose: bool = False

    def say(self, text: str) -> None:
        """Print a message, unless quiet."""
        if not self.quiet:
            _tell(localized(text))

    def complain(self, text: str) -> None:
        """Print a message even if quiet."""
        _tell(localized(text))

    def data(self, text: str) -> None:
        """Print requested output on standard output.

        Raises:
            ExternalError: it cannot be written there (GP767).
        """
        try:
            click.echo(localized(text))
        except BrokenPipeError:  # the reader has seen enough
            raise
        except OSError as error:
            message = msg("cannot write the output: {reason}", reason=reason(error))
            raise ExternalError("GP767", msg("standard output"), message, msg("write to another file, or free up disk space")) from error

    def write(self, path: Path, data: bytes) -> None:
        """Write a file; if that fails, say why and end the command."""
        try:
            write_atomically(path, data)
        except OSError as error:
            self.report([unwritable(str(path), error)])
            sys.exit(EXIT_INPUT)

    def report(self, diagnostics: Iterable[Diagnostic], roots: Sequence[Path] = ()) -> None:
        """Print diagnostics ordered by location; notes only if verbose, warnings unless quiet."""
        hidden = {Severity.NOTE} if not self.verbose else set()
        hidden |= {Severity.NOTE, Severity.WARNING} if self.quiet else set()
        shown = sorted((d for d in diagnostics if d.severity not in hidden), key=lambda d: d.order)
        if shown:
            _tell(text_report(shown, self.painter(), (Path.cwd(), *roots)), painted())

    def painter(self) -> Painter:
        """Use colour on a terminal, unless NO_COLOR is set."""
        return Painter(on=sys.stderr.isatty() and not os.environ.get("NO_COLOR"))


def _tell(text: str, file: IO[str] | None = None) -> None:
    """Print a message; if that fails, continue, since there is no other place for it."""
    try:
        click.echo(text, file=file or sys.stderr)
    except BrokenPipeError:  # the reader is gone
        raise
    except OSError:
        return


P = ParamSpec("P")
F = TypeVar("F", bound=Callable[..., Any])


def language_option(command: F) -> F:
    """Let a command accept --lang, which `choose_language` has already read."""
    return click.option(OPTION, metavar="LANG", expose_value=False, help="Language of messages: en, zh-CN or zh-TW.")(command)


def verbosity(command: Callable[Concatenate[Console, P], None]) -> Callable[..., None]:
    """Let a command also accept -q, -v and --lang after its name, where people type them."""

    @click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
    @click.option("-v", "--verbose", is_flag=True, help="Also print notes and every file.")
    @language_option
    @wraps(command)
    def with_verbosity(console: Console, *arguments: P.args, **options: P.kwargs) -> None:
        quiet, verbose = bool(options.pop("quiet")), bool(options.pop("verbose"))
        command(Console(quiet=console.quiet or quiet, verbose=console.verbose or verbose), *arguments, **options)

    return with_verbosity
