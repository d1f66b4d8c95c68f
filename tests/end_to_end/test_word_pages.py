"""Forms are no longer in Word than as PDFs: no face on the reader's machine, and no margin of a cell, pushes one to a further page."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from genplan.theme.render import render
from genplan.workspace.writer_inputs import make_look
from genplan.writers import docx, pdf

sys.path.append(str(Path(__file__).parents[2] / "tools"))
import gallery

FORMS = ("appeal", "contract", "interview", "notice", "scorecard")


def pages(path: Path) -> int:
    with pikepdf.open(path) as file:
        return len(file.pages)


@pytest.mark.parametrize("language", gallery.LANGUAGES)
def test_forms_are_no_longer_in_word(language: str, tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    theme = gallery._theme(language, gallery.DEFAULT)
    look = make_look(theme, gallery.PLANS)
    orders = gallery.documents(language, theme)
    for kind in FORMS:
        document, _ = render(orders[kind].theme(theme), orders[kind].kind, orders[kind].context(theme), orders[kind].issued(gallery.ISSUED))
        assert document is not None
        for writer, suffix in ((pdf, "pdf"), (docx, "docx")):
            (tmp_path / f"{kind}.{suffix}").write_bytes(writer.write(document, look).value or b"")
    command = [require_tool("soffice"), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    inputs = [str(tmp_path / f"{kind}.docx") for kind in FORMS]
    subprocess.run([*command, "--outdir", str(tmp_path / "word"), *inputs], check=True, capture_output=True, timeout=300)
    counts = {kind: (pages(tmp_path / "word" / f"{kind}.pdf"), pages(tmp_path / f"{kind}.pdf")) for kind in FORMS}
    assert {kind: count for kind, count in counts.items() if count[0] > count[1]} == {}
