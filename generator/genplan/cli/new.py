"""`genplan new`."""

import sys
from pathlib import Path

import click

from genplan.cli import EXIT_INPUT
from genplan.cli.console import Console, verbosity
from genplan.documents.file_names import safe_name
from genplan.messages import localized, msg
from genplan.workspace.new_plans import LANGUAGES, Form, NewPlan, language_of, usual_title
from genplan.workspace.samples import new_plan, sample_names, sample_title
from genplan.workspace.session import display_name
from genplan.workspace.workspace import find_workspace

_FORMS = [form.value for form in Form]


@click.command("new")
@click.argument("name", required=False)
@click.option("--department", metavar="TEXT", help="Department that the plan is for.")
@click.option("--position", metavar="TEXT", help="Position that the plan is for; none if it is for the whole department.")
@click.option("--title", metavar="TEXT", help="Title; by default made from the position or department.")
@click.option("--form", type=click.Choice(_FORMS), help="Whether indicators have weights (the default) or points (分值制).")
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of the plan; by default that of its department and title.")
@click.option("--from", "sample", type=click.Choice(sample_names()), metavar="SAMPLE", help="Copy a sample instead, with all it contains.")
@click.option("--list", "show", is_flag=True, help="List the samples.")
@click.pass_obj
@verbosity
def command(  # noqa: PLR0913, PLR0917 - an option each
    console: Console,
    name: str | None,
    department: str | None,
    position: str | None,
    title: str | None,
    form: str | None,
    language: str | None,
    sample: str | None,
    *,
    show: bool,
) -> None:
    """Create a plan NAME to fill in, or a copy of a sample.

    What is not given as an option is asked for, in a terminal. NAME is the name of the file, in any language: sales-manager, 销售经理.
    """
    if show:
        console.data("\n".join(f"{each:45} {sample_title(each)}" for each in sample_names()))
        return
    if sample is None:
        plan = _new(name, department, position, title, form, language)
        _write(console, plan.name, plan.text())
        return
    if name is None:
        raise click.UsageError(msg("give a NAME for the plan"))
    if department or position or title or form or language:
        raise click.UsageError(
            msg("a copy of a sample (--from) has the sample's department, position, title and form; edit them in the file")
        )
    _write(console, name, new_plan(name, sample))


def _new(
    name: str | None, department: str | None, position: str | None, title: str | None, form: str | None, language: str | None
) -> NewPlan:
    """Make a plan of the options, and of what else is needed: asked for in a terminal, or the usual."""
    department = department or _ask(msg("Department (部门)"))
    if position is None:
        position = _ask(msg("Position (岗位); leave empty for a whole department"), "")
    language = language or language_of(f"{title or ''}{department}{position}")
    title = title or _ask(msg("Title (标题)"), usual_title(position or department, language))
    form = form or _ask(msg("Weights or points (权重 weights, 分值制 points)"), Form.WEIGHTS.value, click.Choice(_FORMS))
    name = name or _ask(msg("File name (文件名), without .md"), safe_name(position or department))
    return NewPlan(name, title, department, position, Form(form), language)


def _ask(question: str, usual: str | None = None, options: click.Choice[str] | None = None) -> str:
    """Ask a question in a terminal; elsewhere, return the usual answer.

    Raises:
        UsageError: there is no terminal, and no usual answer.
    """
    if sys.stdin.isatty():
        return str(click.prompt(localized(question), usual, type=options, show_default=bool(usual), err=True))
    if usual is None:
        raise click.UsageError(msg("give the plan's --department, or copy a sample with --from; `genplan new --list` lists the samples"))
    return usual


def _write(console: Console, name: str, text: str) -> None:
    if safe_name(name) != name or name.startswith("_"):
        advice = msg(", e.g. {name}", name=safe_name(name)) if safe_name(name).strip("_") else ""
        raise click.BadParameter(
            msg("`{name}` is not a safe file name; leave out spaces and special characters{advice}", name=name, advice=advice),
            param_hint="NAME",
        )
    workspace, diagnostics = find_workspace(Path.cwd())
    if diagnostics:
        console.report(diagnostics)
        sys.exit(EXIT_INPUT)
    folder = workspace.plans if workspace else Path.cwd()
    path = folder / f"{name}.md"
    if path.exists():
        raise click.UsageError(msg("{path} already exists; nothing was written", path=display_name(path)))
    console.write(path, text.encode())
    console.say(msg("wrote {path}: fill it in, then run `genplan check` and `genplan build`", path=display_name(path)))
