"""No document holds anything but pictures and the theme's own files, whatever a template, style sheet, brand or text asks for."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attacks import BODIES, WORKSPACES, bodies
from runner import run
from warm import Ran, WarmGenplan


@pytest.fixture(scope="module")
def genplan() -> Iterator[Callable[..., Ran]]:
    warm = WarmGenplan(Path(__file__).parents[2])
    yield warm.run
    warm.close()


def test_no_template_takes_a_file_along(tmp_path: Path, genplan: Callable[..., Ran]) -> None:
    result = run(bodies(), tmp_path / "workspace", genplan)
    assert len(BODIES) > 50
    assert result.breached == ()
    assert result.code == 1, result.said[-2000:]
    assert "Traceback" not in result.said


@pytest.mark.parametrize("name", WORKSPACES)
def test_nothing_else_of_a_workspace_does(tmp_path: Path, name: str, genplan: Callable[..., Ran]) -> None:
    result = run(WORKSPACES[name], tmp_path / "workspace", genplan)
    assert result.breached == ()
    assert result.code in {0, 1}, result.said[-2000:]
    assert "Traceback" not in result.said
