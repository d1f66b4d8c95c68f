"""`genplan explain`."""

import textwrap

import click

from genplan.cli.console import Console
from genplan.diagnostics import CODES, Code
from genplan.messages import msg


@click.command("explain")
@click.argument("code", required=False)
@click.pass_obj
def command(console: Console, code: str | None) -> None:
    """Explain a diagnostic CODE such as GP301, with an example and how to fix it; without one, list all codes."""
    if code is None:
        console.data("\n".join(f"{c.name}  {c.severity.value:7}  {c.title}" for c in CODES.values()))
        return
    name = code.upper() if code.upper().startswith("GP") else f"GP{code}"
    if name not in CODES:
        raise click.BadParameter(msg("unknown code {name}; `genplan explain` lists all codes", name=name), param_hint="CODE")
    console.data(explanation(CODES[name]))


def explanation(code: Code) -> str:
    """Write the explanation of a code."""
    parts = (
        f"{code.name} ({code.severity.value}): {code.title}",
        "\n".join(textwrap.wrap(code.cause, 100)),
        msg("Example:\n{example}", example=textwrap.indent(code.example, "    ")),
        msg("How to fix:\n{cure}", cure=textwrap.indent(code.cure, "    ")),
    )
    return "\n\n".join(parts)
