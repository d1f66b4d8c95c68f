"""No document holds anything but pictures and the theme's own files, whatever a template, style sheet, brand or text asks for."""

from pathlib import Path

import pytest
from attacks import BODIES, WORKSPACES, bodies
from runner import FORMATS, run


@pytest.mark.parametrize("form", FORMATS)
def test_no_template_takes_a_file_along(tmp_path: Path, form: str) -> None:
    result = run(bodies(), tmp_path / "workspace", form)
    assert len(BODIES) > 50
    assert result.breached == ()
    assert result.code == 1, result.said[-2000:]
    assert "Traceback" not in result.said


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", WORKSPACES)
def test_nothing_else_of_a_workspace_does(tmp_path: Path, name: str, form: str) -> None:
    result = run(WORKSPACES[name], tmp_path / "workspace", form)
    assert result.breached == ()
    assert result.code in {0, 1}, result.said[-2000:]
    assert "Traceback" not in result.said
