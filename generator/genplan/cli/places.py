"""The output option's value: a folder or a URL."""

from pathlib import Path
from typing import Any

import click

from genplan.messages import msg
from genplan.storage.stores import is_url, local_path, trimmed


class OutputPlace(click.Path):
    """Reads a folder as a path and a URL as text; a URL for the local file system is a folder."""

    name = "place"

    def __init__(self) -> None:
        super().__init__(path_type=Path, file_okay=False)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 - click's
        """Return its name in the list of options."""
        return "PLACE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - click's
        """Convert the argument."""
        text = str(value)
        if not is_url(text):
            return super().convert(value, param, ctx)
        try:
            folder = local_path(text)
        except ValueError as error:
            self.fail(msg("`{text}` is not a valid URL ({error})", text=text, error=error), param, ctx)
        return super().convert(folder, param, ctx) if folder else trimmed(text)
