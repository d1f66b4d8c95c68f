"""What a template written in Word may hold: fields by a list, text and pictures; each refusal names the paragraph or the part."""

import io
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from genplan.diagnostics import Outcome
from genplan.theme.document import Metadata
from genplan.theme.theme import load_theme
from genplan.writers.word_template import WordTemplate, fill

sys.path.insert(0, str(Path(__file__).parents[2] / "security"))
from word_attacks import FIELDS, NAMES, OBJECTS, OUTSIDE, Change, changed, field, in_body, plain, related, simple, with_part

Filled = Callable[..., Outcome[bytes | None]]


def refused(outcome: Outcome[bytes | None], code: str, words: str) -> None:
    assert outcome.value is None
    assert code in {each.code for each in outcome.diagnostics}
    assert any(words in each.message for each in outcome.diagnostics if each.code == code), outcome.diagnostics
    assert all(each.help and each.span.file == "templates/kinds/notice.docx" for each in outcome.diagnostics)


@pytest.mark.parametrize(("change", "place"), FIELDS.values(), ids=FIELDS)
def test_fields_that_documents_may_not_have(filled: Filled, change: Change, place: str) -> None:
    refused(filled(change(plain())), "GP630", place)


@pytest.mark.parametrize(("change", "words"), OBJECTS.values(), ids=OBJECTS)
def test_more_than_text_and_pictures(filled: Filled, change: Change, words: str) -> None:
    refused(filled(change(plain())), "GP631", words)


@pytest.mark.parametrize(("change", "words"), NAMES.values(), ids=NAMES)
def test_unsafe_names(filled: Filled, change: Change, words: str) -> None:
    refused(filled(change(plain())), "GP632", words)


@pytest.mark.parametrize(("change", "words"), OUTSIDE.values(), ids=OUTSIDE)
def test_what_stands_outside(filled: Filled, change: Change, words: str) -> None:
    refused(filled(change(plain())), "GP615", words)


@pytest.mark.parametrize(
    "xml",
    [
        field("PAGE"),
        field(" page \\* MERGEFORMAT "),
        simple("NUMPAGES"),
        field('TOC \\o "1-3" \\h \\z \\u'),
        field("SEQ 表 \\* ARABIC"),
        field('STYLEREF "Heading 1"'),
        field('DATE \\@ "yyyy年M月d日"'),
        field("= ", field("PAGE"), " + 1"),
        field("IF ", field("PAGE"), ' = 1 "首页" ""'),
        field('HYPERLINK "https://example.com/?a=1&b=2" \\o "看"'),
        field('HYPERLINK \\l "_Toc1"'),
        field('HYPERLINK \\l "_Toc1" \\o "C:\\\\x"'),
        field('HYPERLINK "mailto:hr@example.com"'),
        field("FORMTEXT"),
        field(""),
        field("PA", "GE"),
        field('QUOTE "DDEAUTO cmd"'),
    ],
)
def test_fields_that_documents_may_have(filled: Filled, xml: str) -> None:
    data, found = filled(in_body(xml)(plain()))
    assert not found
    assert data is not None


def test_pictures_fonts_and_notes_are_kept(filled: Filled) -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(20)
    data = with_part("word/media/image1.png", png, "image", "image/png")(plain())
    data = with_part("word/fonts/font1.odttf", bytes(range(40)), "font", "application/x")(data)
    value, found = filled(data)
    assert not found
    assert value is not None
    with zipfile.ZipFile(io.BytesIO(value)) as archive:
        assert archive.read("word/media/image1.png") == png


def test_links_to_the_web_are_kept(filled: Filled) -> None:
    value, found = filled(related("hyperlink", "HTTPS://example.com/")(plain()))
    assert not found
    assert value is not None


def test_all_that_is_wrong_is_told_at_once(filled: Filled) -> None:
    data = plain()
    for change in (FIELDS["complex"][0], FIELDS["in-a-header"][0], OBJECTS["control"][0], OUTSIDE["image"][0]):
        data = change(data)
    outcome = filled(data)
    assert outcome.value is None
    assert sorted(each.code for each in outcome.diagnostics) == ["GP615", "GP630", "GP630", "GP631"]


def test_what_a_tag_prints_is_looked_at_too(tmp_path: Path) -> None:
    """A part of the theme may print what Word takes for its own XML."""
    (tmp_path / "parts").mkdir()
    text = "{% macro evil() %}</w:t></w:r>" + simple("DDEAUTO cmd") + "<w:r><w:t>{% endmacro %}"
    (tmp_path / "parts" / "evil.html.j2").write_text(text, "utf-8")
    theme, found = load_theme(tmp_path, "zh-CN")
    assert theme is not None
    assert not found
    data = changed(
        plain(), {"word/document.xml": lambda xml: xml.replace("第一段", "{% from 'parts/evil.html.j2' import evil %}{{ evil() }}")}
    )
    metadata = Metadata("通知", "甲", "通知", "绩效", "zh-CN", date(2026, 6, 15), "00" * 16)
    template = WordTemplate("templates/kinds/notice.docx", data)
    refused(fill(template, theme.word_environment, {"plan": {"title": "甲"}}, metadata), "GP630", "DDEAUTO")
