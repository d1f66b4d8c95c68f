"""Messages for commands that end with an exception."""

import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress

import click

from genplan import __version__
from genplan.cli import EXIT_BUG, EXIT_INPUT
from genplan.cli.report import Painter, text_report
from genplan.diagnostics import Diagnostic
from genplan.execution.machine_errors import trouble
from genplan.messages import localized, msg


def report(error: Exception) -> int:
    """Say what went wrong, without private data, and return the exit code."""
    diagnostic = trouble(error)
    with suppress(OSError):  # printing may be impossible
        if diagnostic is None:
            _report_bug(error)
        else:
            _report_trouble(diagnostic)
        if "-v" in sys.argv or "--verbose" in sys.argv:
            click.echo("".join(_told(error)), err=True)
    return EXIT_BUG if diagnostic is None else EXIT_INPUT


def _report_trouble(diagnostic: Diagnostic) -> None:
    click.echo(text_report([diagnostic], Painter(on=False)), err=True)


def _report_bug(error: Exception) -> None:
    """Report a bug in genplan and its location, but never the exception's message, which may contain a name or password."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rpartition('genplan')[2]}:{frames[-1].lineno}" if frames else "?"
    failed = msg("genplan {version} failed: {error} at {place}", version=__version__, error=type(error).__name__, place=place)
    advice = msg("This is a bug in genplan, not in your files. Please report it; run again with -v for the full traceback.")
    click.echo(f"{localized(failed)}\n{localized(advice)}", err=True)


def _told(error: BaseException) -> Iterator[str]:
    """Write tracebacks, first cause first, with only the type of each exception."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        yield from _told(earlier)
        yield "\nwhich led to\n\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__name__} (message omitted: it may contain personal data)\n"
