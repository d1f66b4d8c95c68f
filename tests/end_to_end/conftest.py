"""Fixtures: the samples' Word files as LibreOffice prints them, and a small workspace built once."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "scoring"))  # generated data sets draw from its scoring methods


@pytest.fixture(scope="session")
def chosen(samples) -> list[Path]:
    """Documents of every kind, without suffix: all that are about no person, and two people's of each kind and period."""
    stems: list[Path] = []
    people: dict[Path, int] = {}
    for page in samples.built("html"):
        personal = page.name[:1].isdigit()
        people[page.parent] = people.get(page.parent, 0) + 1
        if not personal or people[page.parent] <= 2:
            stems.append(page.with_suffix(""))
    return stems


@pytest.fixture(scope="session")
def printed(chosen: list[Path], tmp_path_factory: pytest.TempPathFactory, require_tool: Callable[[str], str]) -> dict[Path, Path]:
    """The PDF that LibreOffice makes of each chosen Word file."""
    office = require_tool("soffice")
    fonts = subprocess.run([require_tool("fc-list"), ":lang=zh-cn", "family"], capture_output=True, check=True).stdout
    if not fonts:
        require_tool("a Chinese font, such as fonts-noto-cjk,")
    folder = tmp_path_factory.mktemp("office")
    for number, stem in enumerate(chosen):
        shutil.copy(stem.with_suffix(".docx"), folder / f"{number}.docx")
    inputs = [str(folder / f"{number}.docx") for number in range(len(chosen))]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *inputs],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {stem: folder / f"{number}.pdf" for number, stem in enumerate(chosen)}
