"""`genplan schema`."""

import json

import click

from genplan.cli.console import Console


@click.command("schema")
@click.pass_obj
def command(console: Console) -> None:
    """Print the JSON Schema of a plan's front matter, for editors."""
    console.data(schema_text().rstrip("\n"))


def schema_text() -> str:
    """Return the schema as written to a workspace's genplan.schema.json."""
    from genplan.plan.keys import KEYS  # noqa: PLC0415 - the model is slowest to import
    from genplan.plan.model import Plan  # noqa: PLC0415
    from genplan.source.model import json_schema  # noqa: PLC0415

    schema = json_schema(Plan, KEYS)
    extends = [{"required": [word]} for word in ("extends", *KEYS.aliases("extends"))]
    schema["anyOf"] = [{"allOf": schema.pop("allOf")}, *extends]  # what a plan must have may stand in the one it extends
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
