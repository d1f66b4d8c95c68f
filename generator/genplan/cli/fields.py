"""`genplan fields`."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from genplan.cli import EXIT_INPUT
from genplan.cli.console import Console, verbosity
from genplan.cli.csv_text import csv_text
from genplan.cli.terminal import json_text
from genplan.diagnostics import Diagnostic, has_errors
from genplan.people.word_fields import MAX_FILE_BYTES, FieldValue, read_fields
from genplan.source.files import read_bytes
from genplan.workspace.session import display_name

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_Forms = Mapping[str, Mapping[str, FieldValue]]


def _json(forms: _Forms) -> str:
    return json_text(forms, indent=1)


def _csv(forms: _Forms) -> str:
    rows = ((file, name, _words(value)) for file, fields in forms.items() for name, value in fields.items())
    return csv_text([("file", "field", "value"), *rows])


def _words(value: FieldValue) -> str:
    return str(value).lower() if isinstance(value, bool) else value


_FORMATS: dict[str, Callable[[_Forms], str]] = {"json": _json, "csv": _csv}


@click.command("fields")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), default="json", show_default=True, help="Output format.")
@click.pass_obj
@verbosity
def command(console: Console, *, files: tuple[Path, ...], form: str) -> None:
    """Show the fields of filled-in Word forms: names and values."""
    forms: dict[str, Mapping[str, FieldValue]] = {}
    diagnostics: list[Diagnostic] = []
    for path in files:
        data, problems = read_bytes(path, display_name(path), MAX_FILE_BYTES, too_large="GP611")
        diagnostics += problems
        if data is None:
            continue
        fields, problems = read_fields(data, display_name(path))
        diagnostics += problems
        if fields is not None:
            forms[display_name(path)] = fields
    console.report(diagnostics)
    if forms:
        console.data(_FORMATS[form](forms))
    sys.exit(EXIT_INPUT if has_errors(diagnostics) else 0)
