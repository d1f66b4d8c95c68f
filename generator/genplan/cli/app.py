"""The command group. Each command's module is imported when it runs, so that `genplan --help` answers at once."""

from importlib import import_module
from typing import cast

import click
from click.shell_completion import CompletionItem

from genplan import __version__

COMMANDS = {
    "init": "Make a workspace that builds at once.",
    "new": "Write a new plan from the library of samples.",
    "new-template": "Write a template to change, in HTML or for Word.",
    "check": "Check plans and results; report every problem at once.",
    "build": "Build documents: PDF, DOCX and pages.",
    "score": "Show scores, totals, grades and ranks.",
    "sheet": "Write the workbook that results are filled in.",
    "fields": "Read back what people filled into Word forms.",
    "schema": "Print the JSON Schema of a plan's front matter.",
    "brand": "Draw every kind of document before and after a change of look.",
    "explain": "Explain a diagnostic code such as GP301.",
    "doctor": "Tell what this machine lacks, and how to get it.",
    "completion": "Print the shell's completion script.",
}
"""Name to one line of help; the command stands in the module of its name, hyphens written as underscores."""


class _Lazy(click.Group):
    """Knows its commands by name before it imports them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        return cast("click.Command", import_module(f"genplan.cli.{cmd_name.replace('-', '_')}").command)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete names from the table; click's own way imports every command that begins so."""
        names = [CompletionItem(name, help=line) for name, line in COMMANDS.items() if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 fine, 1 the input has errors, 2 wrong usage, 3 a bug of genplan.",
)
@click.version_option(__version__, prog_name="genplan")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Print notes and every file too.")
@click.pass_context
def app(ctx: click.Context, *, quiet: bool, verbose: bool) -> None:
    """Write the documents of performance assessment (绩效考核) from plans in Markdown."""
    from genplan.cli.console import Console  # noqa: PLC0415 - not needed for --help

    ctx.obj = Console(quiet=quiet, verbose=verbose)
