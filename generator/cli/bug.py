"""What is said when genplan itself fails."""

import sys
import traceback

import click

from generator import __version__


def report_bug(error: Exception) -> None:
    """Say that it is genplan's fault, and where; the traceback only with -v, since it may name people."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rpartition('generator')[2]}:{frames[-1].lineno}" if frames else "?"
    click.echo(f"genplan {__version__} failed: {type(error).__name__} at {place}", err=True)
    click.echo("This is a bug of genplan, not of your files. Please report it; run again with -v for the whole traceback.", err=True)
    if "-v" in sys.argv or "--verbose" in sys.argv:
        click.echo("".join(traceback.format_exception(error)), err=True)
