"""Languages: the three that genplan has, and one that a workspace adds."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from genplan import resources
from genplan.documents.specs import DocumentSpec, list_documents
from genplan.people.vocabulary import Field, Vocabulary, field_words
from genplan.plan.keys import KEYS
from genplan.plan.model import LANGUAGES
from genplan.plan.periods import parse_period
from genplan.source.traditional import TRADITIONAL
from genplan.theme.kinds import load_kinds
from genplan.theme.labels import load_locale
from genplan.theme.locale import Locale
from genplan.theme.numbering import read_schemes
from genplan.theme.render import render
from genplan.theme.stylesheet import make_stylesheet
from genplan.theme.theme import Theme, load_theme
from genplan.workspace.assessment import Assessment, assess

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LOCALES = resources.templates() / "locales"


def labels(language: str) -> dict[str, str]:
    theme, found = load_theme(None, language)
    assert theme is not None
    assert not found
    return dict(theme.locale.labels)


def fields(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))


@pytest.fixture(scope="module")
def english() -> tuple[Theme, Assessment]:
    theme, _ = load_theme(None, "zh-CN")
    assert theme is not None
    assessment, found = assess(HERE / "languages" / "english.md", "english.md", HERE / "languages", theme)
    assert assessment is not None
    assert not [d for d in found if d.severity.value == "error"]
    return theme, assessment


# Labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_labels_in_the_same_order(language: str):
    assert list(labels(language)) == list(labels("zh-CN"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_fields(language: str):
    base = labels("zh-CN")
    assert {name: fields(text) for name, text in labels(language).items()} == {name: fields(text) for name, text in base.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_sections_of_a_language_share_a_heading(language: str):
    headings = [text for name, text in labels(language).items() if name.startswith("sections.")]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_built_in_kind_is_titled_by_the_locale(theme: Theme, language: str):
    speaking = theme.speaking(language).value
    for kind in load_kinds(theme.files).value.values():
        assert not kind.header.title
        assert kind.titled(speaking.locale)


def test_no_template_holds_words_or_punctuation_of_a_language():
    templates = sorted(resources.templates().rglob("*.j2"))
    assert templates
    held = {
        path.name: found
        for path in templates
        if (found := re.findall(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]", re.sub(r"(?s){#.*?#}", "", path.read_text("utf-8"))))
    }
    assert not held


def test_no_english_label_holds_chinese():
    assert not [name for name, text in labels("en").items() if re.search(r"[\u3000-\u9fff\uff00-\uffef]", text)]


def test_taiwan_writes_its_own_characters_and_words():
    held = "".join(labels("zh-TW").values())
    assert not set(held) & set("绩权标维门员计级汇总")
    assert "員工編號" in held
    assert "工號" not in held


# A language of a workspace


@pytest.fixture
def load_german(load: Callable) -> Callable:
    def make(change: Callable[[str], str] = lambda text: text, language: str = "de"):
        text = (LOCALES / "en.yml").read_text("utf-8")
        theme, _ = load({f"locales/{language}.yml": change(text)})
        return load_locale(theme.files, language)

    return make


def test_a_language_of_a_workspace_numbers_as_its_file_says(load_german: Callable):
    """A new language numbered its headings as Chinese, since the numbering was a table in the code."""
    locale, found = load_german(lambda text: text.replace("Chapter %1", "Kapitel %1").replace("Article %3", "Artikel %3"))
    assert not found
    schemes = dict(read_schemes(locale.labels))
    assert [level.pattern for level in schemes["outline"]] == ["%1. ", "%1.%2 ", "%1.%2.%3"]
    assert [level.pattern for level in schemes["regulation"]] == ["Kapitel %1", "Section %2", "Artikel %3"]
    assert {level.style for levels in schemes.values() for level in levels} == {"decimal", "bullet"}


def test_a_language_that_says_nothing_of_numbers_writes_digits():
    assert {level.style for _, levels in read_schemes({}) for level in levels} == {"decimal", "bullet"}


def test_a_numbering_that_cannot_be_read(load_german: Callable):
    _, found = load_german(lambda text: text.replace("decimal %1.%2 ", "decimal Abschnitt"))
    (wrong,) = found
    assert wrong.code == "GP532"
    assert "numbering.outline.2" in wrong.message


def test_a_language_of_a_workspace_needs_no_python(load_german: Callable):
    locale, found = load_german(lambda text: text.replace('"#,##0.#"', '"#,##0.#"'))
    assert not found
    assert locale.number(Decimal("1234.5")) == "1.234,5"
    assert locale.date(date(2026, 7, 1)) == "1. Juli 2026"


def test_all_missing_labels_are_told_at_once_with_the_file(load_german: Callable):
    _, (problem,) = load_german(
        lambda text: text.replace("  rank: Rank\n  rank_value", "  rank_value").replace(
            "  then: Outcome\n  appeal: Appeal", "  appeal: Appeal"
        )
    )
    assert problem.code == "GP516"
    assert problem.span.file == "templates/locales/de.yml"
    assert "2 labels: result.rank, result.then" in problem.message


def test_a_language_that_cldr_does_not_have_is_told(load_german: Callable):
    locale, (problem,) = load_german(language="tlh")
    assert problem.code == "GP531"
    assert locale.date(date(2026, 7, 1)) == "July 1, 2026"


def test_a_title_may_be_given_for_each_language(load: Callable):
    header = "{#---\ntitle: {zh-CN: 结果通知书, en: Notice of Result}\nscope: plan\n---#}\n"
    theme, found = load({"kinds/announcement.html.j2": header})
    assert not found
    titles = {language: theme.kinds["announcement"].title(theme.speaking(language).value.locale) for language in LANGUAGES}
    assert titles == {"zh-CN": "结果通知书", "zh-TW": "announcement", "en": "Notice of Result"}


# Numbers, dates, plurals


@pytest.mark.parametrize(
    ("language", "day", "month", "number", "share"),
    [
        ("zh-CN", "2026年7月1日", "2026年7月", "1234.5", "25%"),
        ("zh-TW", "2026年7月1日", "2026年7月", "1234.5", "25%"),
        ("en", "July 1, 2026", "July 2026", "1,234.5", "25%"),
    ],
)
def test_dates_and_numbers(theme: Theme, language: str, day: str, month: str, number: str, share: str):
    locale = theme.speaking(language).value.locale
    period = parse_period("2026-07")
    assert period is not None
    assert locale.date(date(2026, 7, 1)) == day
    assert locale.period(period) == month
    assert locale.number(Decimal("1234.50")) == number
    assert locale.percent(Decimal("0.25")) == share


@pytest.mark.parametrize(("language", "text"), [("zh-CN", "2026年第28周"), ("zh-TW", "2026年第28週"), ("en", "Week 28 of 2026")])
def test_weeks(theme: Theme, language: str, text: str):
    period = parse_period("2026-W28")
    assert period is not None
    assert theme.speaking(language).value.locale.period(period) == text


@pytest.mark.parametrize(("points", "text"), [("1", "1 point"), ("1.5", "1.5 points"), (0, "0 points"), ("1,000", "1,000 points")])
def test_plurals(points: object, text: str):
    assert Locale("en", {"x": "{points} {points|point|points}"}).label("x", points=points) == text


# Faces


def test_the_language_chooses_its_faces(theme: Theme):
    taiwan = theme.speaking("zh-TW").value
    assert taiwan.brand.body_font == "Noto Sans TC"
    assert taiwan.brand.word_body_font == "微軟正黑體"
    assert '--font-body:"Noto Sans TC", "Noto Sans SC", sans-serif' in taiwan.stylesheet
    assert "Serif" not in "".join(re.findall(r"@font-face\{[^}]*\}", taiwan.stylesheet))
    assert theme.brand.body_font == "Noto Sans SC"


def test_a_brand_may_name_the_families_that_genplan_carries(load: Callable):
    theme, found = load({"brand.yml": "meta: {name: 乙}\ntypography: {base: {family: Noto Serif SC}, headings: {family: Noto Sans SC}}\n"})
    assert not found
    css = make_stylesheet(theme.brand, theme.files, "zh-CN")
    assert '--font-body:"Noto Serif SC", "Noto Sans SC", "Noto Sans TC", sans-serif' in css
    assert "NotoSerifSC-Bold.ttf" in css
    assert theme.speaking("zh-TW").value.brand.body_font == "Noto Serif TC"


def test_traditional_characters_are_shown_in_both(theme: Theme):
    assert all(character in theme.coverage for character in "龍傑龙杰")
    assert all(character in theme.speaking("zh-TW").value.coverage for character in "龍傑龙杰")


# Words that people write


@pytest.mark.parametrize(
    ("word", "key"), [("指標", "indicators"), ("權重", "weight"), ("目標值", "target"), ("職位", "position"), ("部門", "department")]
)
def test_keys_in_traditional_characters(word: str, key: str):
    assert KEYS(word) == key


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("員工編號", Field.ID),
        ("工號", Field.ID),
        ("姓名", Field.NAME),
        ("部門", Field.DEPARTMENT),
        ("評語", Field.COMMENT),
        ("ID", Field.ID),
    ],
)
def test_headers_of_results_in_each_language(header: str, field: Field):
    (target,) = Vocabulary(field_words(Field)).look_up(header)
    assert target.name == field


def test_traditional_forms_are_forms_of_words_in_use():
    assert all(form and form != word for word, forms in TRADITIONAL.items() for form in forms)


# Documents


def test_an_english_plan_gives_english_documents(english: tuple[Theme, Assessment]):
    theme, assessment = english
    made = list(list_documents(assessment))
    assert {order.kind.name for order in made} == set(theme.kinds) - {"report"}
    for order in made:
        assert_english(order, theme)


def assert_english(order: DocumentSpec, theme: Theme) -> str:
    document, found = render(order.theme(theme), order.kind, order.context(theme), date(2026, 7, 1))
    assert document is not None, found
    text = " ".join(document.tree.itertext())
    assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]|None", text), order.stem(theme)
    assert document.tree.get("lang") == document.metadata.language == "en"
    assert not re.search(r"[^\x00-\x7f]", order.stem(theme))
    return text


def test_an_english_plan_of_units_gives_english_documents(theme: Theme, tmp_path: Path):
    shutil.copytree(HERE / "languages", tmp_path / "plans")
    plan = tmp_path / "plans" / "english.md"
    written = plan.read_text("utf-8").replace("\nposition:", "\nassessed_unit: Team\nposition:")
    plan.write_text(re.sub("([Ee])mployee", r"\1ngaged unit", written), encoding="utf-8")
    assessment, found = assess(plan, "english.md", tmp_path, theme)
    assert assessment is not None
    assert not [d for d in found if d.severity.value == "error"]
    made = list(list_documents(assessment))
    assert {order.kind.name for order in made} == set(theme.kinds)
    for order in made:
        text = assert_english(order, theme)
        assert not re.search(r"[Ee]mployees?\b|\b[Yy]ou(r)?\b|\bI\b|\bmy\b", text), (order.stem(theme), text)


def test_regulations_are_numbered_in_the_words_of_the_language(english: tuple[Theme, Assessment]):
    theme, assessment = english
    order = next(order for order in list_documents(assessment) if order.kind.name == "policy")
    document, _ = render(order.theme(theme), order.kind, order.context(theme), date(2026, 7, 1))
    assert document is not None
    numbers = [element.get("data-number") for element in document.tree.iter() if element.get("data-number")]
    assert numbers == ["Chapter 1", "Article 1", "Article 2", "(1) ", "(2) ", "Chapter 2", "Article 3"]


def test_another_language_may_be_asked_for(theme: Theme):
    plan = ROOT / "plans" / "community-management-policy.md"
    assert assess(plan, plan.name, ROOT, theme).value.language == "zh-TW"
    assessment, _ = assess(plan, plan.name, ROOT, theme, language="en")
    assert [order.stem(theme) for order in list_documents(assessment)] == [
        "community-management-policy/no-period/policy/社群運營部-Policy",
        *(f"community-management-policy/2026-W{week}/report/社群運營部-Performance-Report" for week in (26, 27, 28)),
    ]
