"""`genplan schema`."""

import json

import click

from genplan.cli.console import Console, language_option

BOTH, ENGLISH, CHINESE = "both", "en", "zh-CN"


@click.command("schema")
@click.option(
    "--keys", type=click.Choice([BOTH, ENGLISH, CHINESE]), default=BOTH, show_default=True, help="Language of the keys that editors offer."
)
@language_option
@click.pass_obj
def command(console: Console, *, keys: str) -> None:
    """Print the JSON Schema of a plan's front matter, for editors.

    Descriptions are in the language of messages (--lang).
    """
    console.data(schema_text(keys).rstrip("\n"))


def schema_text(language: str = BOTH) -> str:
    """Return the schema as written to a workspace's genplan.schema.json, with the keys of one language or of both."""
    from genplan.plan.keys import KEYS  # noqa: PLC0415 - the model is slowest to import
    from genplan.plan.model import Plan  # noqa: PLC0415
    from genplan.source.model import json_schema  # noqa: PLC0415

    def words(key: str) -> list[str]:
        if language == BOTH:
            return [key, *KEYS.aliases(key)]
        return KEYS.written(key)[:1] or [key] if language == CHINESE else [key]

    schema = json_schema(Plan, KEYS, words)
    extends = [{"required": [word]} for word in words("extends")]
    schema["anyOf"] = [{"allOf": schema.pop("allOf")}, *extends]  # what a plan must have may stand in the one it extends
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
