"""What documents say of a rule, in English; goldens show the other languages."""

from pathlib import Path

import pytest
import yaml
from worked import indicator_of

from genplan.theme.locale import Locale
from genplan.theme.theme import load_theme

WORDS = yaml.safe_load((Path(__file__).parent / "words.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def english() -> Locale:
    theme, _ = load_theme(None, "en")
    assert theme is not None
    return theme.locale


@pytest.mark.parametrize(("written", "words"), [(row["written"], row["words"]) for row in WORDS])
def test_rules_in_words(written: str, words: str, english: Locale) -> None:
    indicator = indicator_of(written)
    assert indicator.method.describe(indicator.rule, indicator, english) == words
