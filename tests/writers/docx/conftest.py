"""Fixtures: a look with a logo, and a function that writes HTML as a Word file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx_kit import Written, brand, document
from PIL import Image

from genplan import resources
from genplan.writers.docx import write
from genplan.writers.look import Look


@pytest.fixture(scope="session")
def logo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("images") / "logo.png"
    Image.new("RGB", (120, 40), (18, 52, 86)).save(path)
    return path


@pytest.fixture
def look(logo: Path) -> Look:
    known = {"images/logo.png": logo}
    return Look(brand(), resources.templates() / "reference.docx", known.get, "", logo.parent)


@pytest.fixture
def written(look: Look) -> Callable[..., Written]:
    """Write HTML as a Word file; what stands in `main` may be given alone."""

    def build(html: str, look: Look = look, language: str = "zh-CN", numbering: str = "outline", **changes: object) -> Written:
        if "<body" not in html:
            html = f'<body><main data-numbering="{numbering}">{html}</main></body>'
        data, diagnostics = write(document(html, language, **changes), look)
        return Written(data or b"", diagnostics)

    return build
