"""Forms that LibreOffice has saved are read like those that Word has: it drops the names of controls, and some of their titles."""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from genplan.people.word_fields import read_fields

BLANK = "\u00a0" * 4
CONTROL = re.compile("<w:sdt><w:sdtPr>(?!<w:docPartObj).*?</w:sdt>", re.DOTALL)


def filled(data: bytes) -> bytes:
    """Type a text of its own into every empty control for text, and tick every other box."""
    numbers = count()
    out = io.BytesIO()

    def fill(control: re.Match[str]) -> str:
        if "<w14:checkbox>" in control[0]:
            return control[0].replace('w14:checked w14:val="0"', f'w14:checked w14:val="{next(numbers) % 2}"')
        if "<w:text" not in control[0]:
            return control[0]
        return control[0].replace("<w:showingPlcHdr/>", "").replace(f">{BLANK}<", f">填写 {next(numbers)}%<")

    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, CONTROL.sub(fill, part.decode()) if name == "word/document.xml" else part)
    return out.getvalue()


@pytest.fixture(scope="module")
def forms(samples: Callable[..., object]) -> dict[str, bytes]:
    """A form of each kind that has fields, filled in."""
    found: dict[str, bytes] = {}
    for path in samples.built("docx"):
        if path.parent.name not in found and read_fields(path.read_bytes(), path.name).value:
            found[path.parent.name] = filled(path.read_bytes())
    assert len(found) >= 5
    return found


def test_a_form_comes_back_from_libreoffice(forms: dict[str, bytes], tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    for kind, data in forms.items():
        (tmp_path / f"{kind}.docx").write_bytes(data)
    command = [require_tool("soffice"), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "docx"]
    inputs = [str(tmp_path / f"{kind}.docx") for kind in forms]
    subprocess.run([*command, "--outdir", str(tmp_path / "saved"), *inputs], check=True, capture_output=True, timeout=300)
    for kind, data in forms.items():
        before, found = read_fields(data, kind)
        assert not found
        after, found = read_fields((tmp_path / "saved" / f"{kind}.docx").read_bytes(), kind)
        assert not found, kind
        assert after == before, kind
