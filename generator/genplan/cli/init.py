"""`genplan init`."""

from pathlib import Path

import click

from genplan import resources
from genplan.cli.console import Console, verbosity
from genplan.cli.schema import schema_text
from genplan.messages import listing, msg
from genplan.theme.themes import DEFAULT, theme_names
from genplan.workspace import SETTINGS
from genplan.workspace.samples import sample_results, sample_text
from genplan.workspace.session import display_name

_SPECIALIST = "community-operations-specialist"
_SETTINGS = """\
# This file marks the workspace. Folders, relative to it:
plans: plans
templates: templates
output: output
"""
_OWN = ".gitignore"
"""The only file that the folder may already contain."""
_IGNORE = "/output/\n"


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--sample",
    type=click.Choice(["plan", "company"]),
    default="plan",
    show_default=True,
    help="What it contains: one plan, or those of a small company (sales, production, R&D).",
)
@click.option("--theme", type=click.Choice(theme_names(None)), default=DEFAULT, show_default=True, help="Look of the documents.")
@click.pass_obj
@verbosity
def command(console: Console, folder: Path, sample: str, theme: str) -> None:
    """Create a workspace in FOLDER that is ready to build: settings, sample plans with results, and the brand."""
    files = {**_frame(), **(_company() if sample == "company" else _plan())}
    if theme != DEFAULT:
        files[SETTINGS] += f"theme: {theme}\n".encode()
    if (folder / _OWN).exists():
        del files[_OWN]
        console.say(
            msg(
                "{file} already exists and is unchanged; it should list /output/, which will contain documents with personal data",
                file=display_name(folder / _OWN),
            )
        )
    there = [name for name in files if (folder / name).exists()]
    if there:
        raise click.UsageError(
            msg("{there} already exists in {folder}; nothing was written", there=listing(there), folder=display_name(folder))
        )
    for name, data in files.items():
        console.write(folder / name, data)
        console.say(msg("wrote {path}", path=display_name(folder / name)))
    console.say(msg("next: cd {folder} && genplan build", folder=display_name(folder)))


def _frame() -> dict[str, bytes]:
    """Return the files of every new workspace by path."""
    theme = resources.templates()
    copied = ("brand.yml", "images/logo.png")
    return {
        SETTINGS: _SETTINGS.encode(),
        _OWN: _IGNORE.encode(),
        "genplan.schema.json": schema_text().encode(),
        **{f"templates/{name}": (theme / name).read_bytes() for name in copied},
    }


def _plan() -> dict[str, bytes]:
    results = {f"plans/results/{_SPECIALIST}/{path.name}": path.read_bytes() for path in sample_results(_SPECIALIST)}
    return {f"plans/{_SPECIALIST}.md": sample_text(_SPECIALIST).encode(), **results}


def _company() -> dict[str, bytes]:
    folder = resources.company()
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
