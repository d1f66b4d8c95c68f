"""`genplan explain`, `schema` and `doctor`."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import yaml

from genplan import resources
from genplan.cli import doctor
from genplan.diagnostics import CODES


def test_every_code_is_listed(genplan: Callable) -> None:
    ran = genplan("explain")
    assert [line.split()[0] for line in ran.out.splitlines()] == list(CODES)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("name", CODES)
def test_every_code_is_explained_with_example_and_cure(genplan: Callable, name: str) -> None:
    out = genplan("explain", name).out
    code = CODES[name]
    assert out.startswith(f"{name} ({code.severity.value}): {code.title}\n")
    assert "Example:\n    " in out
    assert "How to fix:\n    " in out
    assert "".join(code.cause.split()) in "".join(out.split())


@pytest.mark.parametrize("written", ["GP301", "gp301", "301"])
def test_a_code_may_be_written_short(genplan: Callable, written: str) -> None:
    assert genplan("explain", written).out.startswith("GP301 ")


def test_the_schema_is_one_and_fits_every_sample(genplan: Callable) -> None:
    schema = json.loads(genplan("schema").out)
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    for path in sorted(resources.samples().glob("*.md")):
        text = path.read_text("utf-8")
        assert text.startswith("---\n# yaml-language-server: $schema=../genplan.schema.json\n")
        front = yaml.load(text.split("\n---\n")[0], Loader=yaml.BaseLoader)
        assert front


def test_the_schema_of_a_workspace_is_the_one_that_is_printed(genplan: Callable, workspace: Path) -> None:
    assert (workspace / "genplan.schema.json").read_text("utf-8") == genplan("schema").out
    assert (Path(__file__).parents[2] / "genplan.schema.json").read_text("utf-8") == genplan("schema").out


def test_doctor_finds_this_machine_fit(genplan: Callable) -> None:
    ran = genplan("doctor")
    assert ran.code == 0
    assert "MISSING" not in ran.out
    assert "weasyprint" in ran.out
    assert "NotoSansSC-Regular.ttf" in ran.out


@pytest.mark.parametrize(
    ("name", "found", "code", "cure"),
    [
        ("lacking", {"Pango": "not found"}, 1, "apt install libpango-1.0-0"),
        ("chosen", "", 1, "TMPDIR"),
        ("has_subsetter", False, 0, "apt install libharfbuzz-subset0"),
        ("is_quick", False, 0, "weasyprint=="),
    ],
)
def test_doctor_says_what_is_missing_and_how_to_get_it(
    genplan: Callable, monkeypatch: pytest.MonkeyPatch, name: str, found: object, code: int, cure: str
) -> None:
    monkeypatch.setattr(doctor, name, lambda: found)
    ran = genplan("doctor")
    assert ran.code == code
    assert ("MISSING" if code else "advised") in ran.out
    assert cure in ran.out


def test_doctor_misses_packages(genplan: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_PACKAGES", {"click": "click", "no-such-package": "no_such_package"})
    monkeypatch.setattr(doctor, "_EXTRAS", {"no-such-extra": ("word", "Word templates")})
    ran = genplan("doctor")
    assert ran.code == 1
    assert "pip install --force-reinstall no-such-package" in ran.out
    assert 'no-such-extra (Word templates): pip install "genplan[word]"' in ran.out
