"""Where messages go: to standard error, in colour on a terminal unless NO_COLOR is set."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

import click

from generator.build.files import unwritable, write_atomically
from generator.cli import EXIT_INPUT
from generator.cli.report import Painter, text_report
from generator.cli.terminal import painted
from generator.diagnostics import Diagnostic, Severity


@dataclass(frozen=True, slots=True)
class Console:
    """How much is said, and how."""

    quiet: bool = False
    verbose: bool = False

    def say(self, text: str) -> None:
        """Print a message, unless quiet."""
        if not self.quiet:
            click.echo(text, err=True)

    def data(self, text: str) -> None:
        """Print what was asked for, on standard output."""
        click.echo(text)

    def write(self, path: Path, data: bytes) -> None:
        """Write a file; where that cannot be done, say why and end the command."""
        try:
            write_atomically(path, data)
        except OSError as error:
            self.report([unwritable(str(path), error)])
            sys.exit(EXIT_INPUT)

    def report(self, diagnostics: Iterable[Diagnostic], roots: Sequence[Path] = ()) -> None:
        """Print diagnostics in the order of their places; notes only where verbose, warnings unless quiet."""
        hidden = {Severity.NOTE} if not self.verbose else set()
        hidden |= {Severity.NOTE, Severity.WARNING} if self.quiet else set()
        shown = sorted((d for d in diagnostics if d.severity not in hidden), key=lambda d: d.order)
        if shown:
            click.echo(text_report(shown, self.painter(), (Path.cwd(), *roots)), file=painted())

    def painter(self) -> Painter:
        """Paint where somebody looks: on a terminal, and not against NO_COLOR."""
        return Painter(on=sys.stderr.isatty() and not os.environ.get("NO_COLOR"))


P = ParamSpec("P")


def verbosity(command: Callable[Concatenate[Console, P], None]) -> Callable[..., None]:
    """Let a command take -q and -v behind its name too, where people type them."""

    @click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
    @click.option("-v", "--verbose", is_flag=True, help="Print notes and every file too.")
    @wraps(command)
    def with_verbosity(console: Console, *arguments: P.args, **options: P.kwargs) -> None:
        quiet, verbose = bool(options.pop("quiet")), bool(options.pop("verbose"))
        command(Console(quiet=console.quiet or quiet, verbose=console.verbose or verbose), *arguments, **options)

    return with_verbosity
