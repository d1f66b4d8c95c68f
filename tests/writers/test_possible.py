"""Which engine makes PDFs, and what is said where none can."""

import pytest

from genplan.writers import possible
from genplan.writers.options import AUTO, TYPST, WEASYPRINT


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch):
    """Make a machine with or without what the engines need."""

    def make(*, pango: bool, packages: set[str]) -> None:
        monkeypatch.setattr(possible, "lacking", lambda: {} if pango else {"Pango": "not found"})
        monkeypatch.setattr(possible, "find_spec", lambda name: name if name in packages else None)

    return make


@pytest.mark.parametrize(
    ("pango", "packages", "asked", "engine", "codes"),
    [
        (True, {WEASYPRINT, TYPST}, AUTO, WEASYPRINT, []),
        (True, {WEASYPRINT}, AUTO, WEASYPRINT, []),
        (False, {WEASYPRINT, TYPST}, AUTO, TYPST, []),
        (True, {TYPST}, AUTO, TYPST, []),
        (True, {WEASYPRINT, TYPST}, TYPST, TYPST, []),
        (False, {WEASYPRINT}, AUTO, "", ["GP550"]),
        (False, {WEASYPRINT, TYPST}, WEASYPRINT, "", ["GP550"]),
        (True, {WEASYPRINT}, TYPST, "", ["GP551"]),
        (False, set(), AUTO, "", ["GP551"]),
    ],
)
def test_the_engine_is_what_is_asked_for_or_what_can(
    machine, *, pango: bool, packages: set[str], asked: str, engine: str, codes: list[str]
):
    machine(pango=pango, packages=packages)
    usable, found = possible.usable_engine(asked)
    assert usable == engine
    assert [each.code for each in found] == codes


def test_the_cure_names_both_ways(machine):
    machine(pango=False, packages={WEASYPRINT})
    formats, (problem,) = possible.possible(("pdf", "docx"), "--format")
    assert formats == ("docx",)
    assert problem.message == "pdf is skipped (docx is not): Pango cannot be used (not found)"
    assert "apt install libpango" in problem.help
    assert problem.help.endswith('pip install "genplan[typst]"')


def test_formats_besides_pdf_ask_for_no_engine(machine):
    machine(pango=False, packages=set())
    assert possible.possible(("docx", "html"), "--format") == (("docx", "html"), [])
