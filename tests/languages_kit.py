"""How a built-in language writes the numbers of headings, articles and lists, for tests that make documents by hand."""

from functools import cache

from genplan import resources
from genplan.theme.files import ThemeFiles
from genplan.theme.labels import load_locale
from genplan.theme.numbering import Schemes, read_schemes


@cache
def schemes_of(language: str = "zh-CN") -> Schemes:
    locale, found = load_locale(ThemeFiles((resources.templates(),)), language)
    assert not found
    return read_schemes(locale.labels)
