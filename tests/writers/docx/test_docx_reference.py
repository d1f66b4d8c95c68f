"""A reference.docx that a designer hands in is looked at like a template written in Word: what it holds goes into every document."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from genplan import resources

sys.path.insert(0, str(Path(__file__).parents[2] / "security"))
from word_attacks import EVERY, FIELDS, Change, in_body, plain, simple

BUILT_IN = resources.templates() / "reference.docx"
NAMED = {"GP604", "GP630", "GP631", "GP632"}


@pytest.mark.parametrize("change", EVERY.values(), ids=EVERY)
def test_what_no_reference_may_hold(written, look, tmp_path: Path, change: Change) -> None:
    path = tmp_path / "reference.docx"
    path.write_bytes(change(plain()))
    file = written("<p>甲</p>", look=replace(look, reference=path))
    assert not file.data
    assert {each.code for each in file.diagnostics} <= NAMED
    assert all(each.span.file.endswith("reference.docx") and each.help for each in file.diagnostics)


def test_the_place_is_named(written, look, tmp_path: Path) -> None:
    path = tmp_path / "reference.docx"
    path.write_bytes(FIELDS["in-footnotes"][0](plain()))
    (found,) = written("<p>甲</p>", look=replace(look, reference=path)).diagnostics
    assert (found.code, found.span.file) == ("GP630", "templates/reference.docx")
    assert found.message.startswith("footnotes.xml, paragraph 1: “1”: the field { DDEAUTO")


def test_fields_that_documents_may_have(written, look, tmp_path: Path) -> None:
    path = tmp_path / "reference.docx"
    path.write_bytes(in_body(simple("PAGE"))(BUILT_IN.read_bytes()))
    assert written("<p>甲</p>", look=replace(look, reference=path)).data
