"""tools/guards.toml names code and tests that exist; `python tools/guards.py` tries each guard."""

import shlex
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from guards import Guard, guards  # noqa: E402 - a script, not a package

GUARDS = list(guards())


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_a_guard_is_in_the_code_once_and_its_tests_exist(guard: Guard) -> None:
    assert (ROOT / guard.path).read_text("utf-8").count(guard.text) == 1
    files = [word.partition("::")[0] for word in shlex.split(guard.tests) if word.startswith("tests/")]
    assert files
    assert all((ROOT / file).exists() for file in files)
