"""tools/mutants.toml names code that exists, and what is made of it; `python tools/mutants.py AREA` tries the tests."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from mutants import AREAS, changes_of, known  # noqa: E402 - a script, not a package
from mutation.changes import PACKAGE, changes  # noqa: E402

CODE = '''
"""What is no code stays."""
LIMIT: int = 5

def half(values, by=2, *, plain=False):
    if not plain and len(values) <= LIMIT:
        return sorted(values, key=str)
    pairs = zip(values, values, strict=True)
    return [each // by for each in values if each]
'''

EXPECTED = [
    "5  ->  6",
    "False  ->  True",
    "2  ->  3",
    "not plain and len(values) <= LIMIT  ->  not plain or len(values) <= LIMIT",
    "not plain and len(values) <= LIMIT  ->  plain and len(values) <= LIMIT",
    "len(values) <= LIMIT  ->  len(values) < LIMIT",
    "return sorted(values, key=str)  ->  return None",
    "sorted(values, key=str)  ->  sorted(values)",
    "return [each // by for each in values if each]  ->  return None",
    "each // by  ->  each * by",
    "[each // by for each in values if each]  ->  [each // by for each in values]",
]


def test_what_is_said_to_make_no_difference_is_a_change_of_code_that_there_is() -> None:
    there = {change.key for area in AREAS for change in changes_of(area, "")}
    assert known().keys() <= there
    assert all(known().values())


def test_every_pattern_of_an_area_finds_code_and_tests() -> None:
    for code, tests in AREAS.values():
        assert all(list(PACKAGE.glob(pattern)) for pattern in code)
        assert all((ROOT / "tests" / path).exists() for path in tests)


def test_changes_are_made_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mutation.changes.PACKAGE", tmp_path)
    path = tmp_path / "code.py"
    path.write_text(CODE, "utf-8")
    before, made = ast.unparse(ast.parse(CODE)), []
    for number, told in enumerate(EXPECTED):
        listed = list(changes(path))
        assert [change.what for change in listed] == EXPECTED
        assert ast.unparse(listed[number].tree) == before, "listing them changes nothing"
        listed[number].apply()
        after = ast.unparse(listed[number].tree)
        compile(listed[number].tree, "code.py", "exec")
        assert len([None for one, other in zip(before.splitlines(), after.splitlines(), strict=True) if one != other]) == 1, told
        made.append(after)
    assert len(set(made)) == len(EXPECTED)
