"""Running a build for the terminal: its progress, its diagnostics, and the closing table."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click

from genplan import api
from genplan.cli import EXIT_INPUT
from genplan.cli.console import Console
from genplan.cli.table import table
from genplan.cli.terminal import painted
from genplan.incremental.document_result import DocumentResult
from genplan.messages import localized, msg


@dataclass(frozen=True)
class ConsoleProgress:
    """Shows a progress bar on a terminal; elsewhere, or on request, file names."""

    console: Console

    def say(self, text: str) -> None:
        """Print a message, unless quiet."""
        self.console.say(text)

    def follow(self, results: Iterable[DocumentResult], total: int) -> Iterator[DocumentResult]:
        """Pass results on as they arrive."""
        if sys.stderr.isatty() and not self.console.quiet and not self.console.verbose:
            with click.progressbar(results, length=total, label=localized(msg("building")), file=painted()) as bar:
                yield from bar
            return
        for each in results:
            yield each
            for path in each.built:
                self.console.say(msg("built {path}", path=path))


def build(console: Console, request: api.Request, workers: api.WorkerManager) -> int:
    """Build, print the outcome, and return the exit code."""
    report = api.build(request, workers=workers, progress=ConsoleProgress(console))
    console.report(report.diagnostics, report.roots)
    if report.finished:
        _conclude(console, report)
    return 0 if report.ok else EXIT_INPUT


def _conclude(console: Console, report: api.BuildReport) -> None:
    """Print the final table, the failures with their reasons, and the location of the files."""
    console.say("\n" + table([msg("plan"), msg("documents"), msg("built"), msg("fresh"), msg("failed")], report.rows, numbers={1, 2, 3, 4}))
    for stem, reason in report.failed:
        console.complain(msg("failed {stem}: {reason}", stem=stem, reason=reason))
    if report.skipped:
        console.say(msg("skipped {skipped} documents excluded by the options", skipped=report.skipped))
    console.say(msg("files: {output}/   page: {page}", output=report.output, page=report.page))


def show_forecast(console: Console, forecast: api.Forecast) -> int:
    """Print what a build would do, and return the exit code."""
    for line in forecast.lines:
        console.data(line)
    console.report(forecast.diagnostics, forecast.roots)
    return 0 if forecast.ok else EXIT_INPUT
