"""`genplan schema`."""

import json

import click

from genplan.cli.console import Console, language_option

BOTH, *ONE = "both", "en", "zh-CN", "zh-TW"


@click.command("schema")
@click.option("--keys", type=click.Choice([BOTH, *ONE]), default=BOTH, show_default=True, help="Language of the keys that editors offer.")
@language_option
@click.pass_obj
def command(console: Console, *, keys: str) -> None:
    """Print the JSON Schema of a plan's front matter, for editors.

    Descriptions are in the language of messages (--lang).
    """
    console.data(schema_text(keys).rstrip("\n"))


def schema_text(language: str = BOTH) -> str:
    """Return the schema as written to a workspace's genplan.schema.json, with the keys of one language or of both."""
    from genplan.plan.editor_schema import editor_schema  # noqa: PLC0415 - the model is slowest to import

    return json.dumps(editor_schema(language), ensure_ascii=False, separators=(",", ":")) + "\n"
