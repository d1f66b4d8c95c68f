"""The command group. Each command's module is imported when it runs, so that `genplan --help` is fast."""

from difflib import get_close_matches
from gettext import gettext
from importlib import import_module
from typing import cast

import click
from click.shell_completion import CompletionItem

from genplan import __version__
from genplan.cli.language import OPTION
from genplan.cli.localized_commands import localized_command, translated_text
from genplan.collector import uncollected
from genplan.messages import localized, msg

COMMANDS = {
    "init": "Create a workspace that is ready to build.",
    "new": "Create a plan from one of the samples.",
    "new-template": "Create a template to edit, in HTML or Word.",
    "template": "List and copy the built-in templates, styles and locales.",
    "check": "Check plans and results, and report all problems at once.",
    "build": "Build documents as PDF, DOCX and HTML.",
    "show": "Print a plan together with what it extends.",
    "score": "Show scores, totals, grades and ranks.",
    "sheet": "Create a workbook for entering results.",
    "fields": "Read the fields of filled-in Word forms.",
    "schema": "Print the JSON Schema of a plan's front matter.",
    "lsp": "Serve an editor: diagnostics, completion and help while typing.",
    "brand": "Compare every kind of document before and after a design change.",
    "explain": "Explain a diagnostic code such as GP301.",
    "doctor": "Check this machine for missing dependencies.",
    "completion": "Print the shell's completion script.",
}
"""Command names and their one-line help; each command is in the module with its name, with underscores for hyphens."""

IN_CHINESE = {
    **dict.fromkeys(("初始化", "创建", "建立"), "init"),
    **dict.fromkeys(("新建", "新增", "新方案"), "new"),
    **dict.fromkeys(("检查", "檢查", "校验"), "check"),
    **dict.fromkeys(("生成", "构建", "產生", "产生"), "build"),
    **dict.fromkeys(("查看", "显示", "檢視", "顯示"), "show"),
    **dict.fromkeys(("评分", "计分", "得分", "評分", "計分"), "score"),
    **dict.fromkeys(("填报", "填报表", "填報"), "sheet"),
    **dict.fromkeys(("解释", "说明", "解釋", "說明"), "explain"),
    **dict.fromkeys(("模板", "新模板", "範本"), "new-template"),
    **dict.fromkeys(("品牌",), "brand"),
    **dict.fromkeys(("诊断", "体检", "診斷"), "doctor"),
}
"""What people call the commands in Chinese: names are English, and a Chinese word is answered with the name that is meant."""


class _Lazy(click.Group):
    """A group that knows its commands' names without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        with uncollected():
            command = cast("click.Command", import_module(f"genplan.cli.{cmd_name.replace('-', '_')}").command)
        return localized_command(command)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments name; a misspelt one is refused with the name that was probably meant."""
        name = args[0]
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        meant = IN_CHINESE.get(name) or next(iter(get_close_matches(name, COMMANDS, n=1)), None)
        message = msg("no command `{name}`", name=name)
        raise click.UsageError(msg("{message}; did you mean `{meant}`?", message=message, meant=meant) if meant else message, ctx)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what it says of wrong usage is translated, as click's own words are."""
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            setattr(error, "message", localized(error.message))  # noqa: B010 - click calls it final, and has no other way in
            raise

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete names from the table; click itself would import every command with that prefix."""
        names = [CompletionItem(name, help=translated_text(line)) for name, line in COMMANDS.items() if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section(gettext("Commands")):
            formatter.write_dl([(name, translated_text(line)) for name, line in COMMANDS.items()])


@click.command(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 success, 1 errors in the input, 2 wrong usage, 3 a bug in genplan.",
)
@click.version_option(__version__, prog_name="genplan")
@click.option(OPTION, metavar="LANG", expose_value=False, help="Language of messages: en, zh-CN or zh-TW.")
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
@click.option("-v", "--verbose", is_flag=True, help="Also print notes and every file.")
@click.pass_context
def app(ctx: click.Context, *, quiet: bool, verbose: bool) -> None:
    """Build performance assessment documents (绩效考核) from plans in Markdown."""
    from genplan.cli.console import Console  # noqa: PLC0415 - not needed for --help

    ctx.obj = Console(quiet=quiet, verbose=verbose)
