"""`genplan explain`."""

import textwrap

import click

from genplan.cli.console import Console, language_option
from genplan.cli.report import SEVERITIES
from genplan.cli.table import table, wrapped
from genplan.diagnostics import CODES, Code
from genplan.messages import localized, msg

_WIDTH = 100


@click.command("explain")
@click.argument("code", required=False)
@language_option
@click.pass_obj
def command(console: Console, code: str | None) -> None:
    """Explain a diagnostic CODE such as GP301, with an example and how to fix it; without one, list all codes."""
    if code is None:
        console.data(table((), [(c.name, localized(SEVERITIES[c.severity]), localized(c.title)) for c in CODES.values()]))
        return
    name = code.upper() if code.upper().startswith("GP") else f"GP{code}"
    if name not in CODES:
        raise click.BadParameter(msg("unknown code {name}; `genplan explain` lists all codes", name=name), param_hint="CODE")
    console.data(explanation(CODES[name]))


def explanation(code: Code) -> str:
    """Write the explanation of a code."""
    severity, title, cause, cure = map(localized, (SEVERITIES[code.severity], code.title, code.cause, code.cure))
    parts = (
        f"{code.name} ({severity}): {title}",
        wrapped(cause, _WIDTH),
        localized(msg("Example:\n{example}", example=textwrap.indent(code.example, "    "))),
        localized(msg("How to fix:\n{cure}", cure=textwrap.indent(cure, "    "))),
    )
    return "\n\n".join(parts)
