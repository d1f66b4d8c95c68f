"""LibreOffice, which converts genplan's Word files to PDF, a batch at a time, as its manual shows."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from . import OUT

if TYPE_CHECKING:
    from .content import Content


def prepare(content: "Content", folder: Path) -> None:
    """Write the document as genplan does for Word."""
    from genplan.theme.render import render  # noqa: PLC0415 - the conversion needs nothing of genplan
    from genplan.writers import writer  # noqa: PLC0415

    from .content import ISSUED  # noqa: PLC0415

    document, found = render(content.theme, content.order.kind, content.order.context(content.theme), ISSUED)
    assert document is not None, found
    data, found = writer("docx")(document, content.look)
    assert data is not None, found
    (folder / f"{content.name}.docx").write_bytes(data)


@contextmanager
def session(folder: Path, form: str) -> Iterator[Callable[[Sequence[int]], None]]:
    """Give it a profile of its own, so that several may run at once."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program is not None
    with tempfile.TemporaryDirectory() as profile:
        command = [
            program,
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(folder / OUT),
        ]

        def make(numbers: Sequence[int]) -> None:
            files = [str(folder / f"{number:05}.docx") for number in numbers]
            subprocess.run([*command, *files], check=True, capture_output=True)

        yield make
