"""Names and colours of a brand stay what they are inside CSS."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
import tinycss2

from genplan.diagnostics import Outcome
from genplan.theme.brand import FontFile
from genplan.theme.stylesheet import make_stylesheet
from genplan.theme.theme import Theme

NASTY = [
    'A"; } body { display: none } :root{ --x: "',
    "A\\",
    "A\n}body{display:none}",
    "</style><script>alert(1)</script>",
    "A'B",
    "*/ url(http://example.com) /*",
    "宋体",
    "A;B",
    "A)",
]


def rules(css: str) -> list[object]:
    return tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)


def without(theme: Theme) -> int:
    return len(rules(make_stylesheet(replace(theme.brand, fonts=()), theme.files, "zh-CN")))


@pytest.mark.parametrize("name", NASTY)
def test_family_cannot_end_its_string(theme: Theme, name: str):
    css = make_stylesheet(replace(theme.brand, fonts=(), body_font=name, heading_font=name), theme.files, "zh-CN")
    parsed = rules(css)
    assert len(parsed) == without(theme)
    assert not [rule for rule in parsed if rule.type == "error"]
    variables = next(rule for rule in parsed if rule.type == "qualified-rule")
    declared = {d.name: d for d in tinycss2.parse_declaration_list(variables.content) if d.type == "declaration"}
    assert next(token.value for token in declared["--font-body"].value if token.type == "string") == name
    assert "</style" not in css


@pytest.mark.parametrize("name", NASTY)
def test_font_file_cannot_end_its_string(theme: Theme, name: str):
    face = FontFile(name, name, 400, name)
    css = make_stylesheet(replace(theme.brand, fonts=(face,)), theme.files, "zh-CN")
    parsed = rules(css)
    assert len(parsed) == without(theme) + 1
    assert parsed[0].at_keyword == "font-face"
    declared = {d.name: d for d in tinycss2.parse_declaration_list(parsed[0].content)}
    assert next(token.value for token in declared["font-family"].value if token.type == "string") == name
    assert declared["font-style"].value[0].value == "normal"


def test_brand_reaches_the_variables(theme: Theme):
    css = make_stylesheet(replace(theme.brand, body_size=12.0, line_height=1.25), theme.files, "zh-CN")
    assert "--size-body:12pt" in css
    assert "--line-height:1.25" in css
    for role, color in theme.brand.colors.items():
        assert f"--color-{role}:{color}" in css


def test_built_in_font_stands_behind_every_other(theme: Theme):
    css = make_stylesheet(replace(theme.brand, fonts=(), body_font="Arial"), theme.files, "zh-CN")
    assert '--font-body:"Arial", "Noto Sans SC", "Noto Sans TC", sans-serif' in css
    assert css.count("@font-face") == 4
    assert make_stylesheet(theme.brand, theme.files, "zh-CN").count("@font-face") == 4


def test_style_sheet_uses_only_variables_that_the_brand_gives(theme: Theme):
    given = set(re.findall(r"--([\w-]+):", theme.stylesheet))
    assert set(re.findall(r"var\(--([\w-]+)\)", theme.stylesheet)) <= given


def test_workspace_brand_without_files_of_its_own(load: Callable[[Mapping[str, str]], Outcome[Theme | None]]):
    theme, found = load({"brand.yml": 'meta: {name: 乙公司}\ncolor: {primary: "#AA0000"}\n'})
    assert theme is not None
    assert not found
    assert "--color-primary:#aa0000" in theme.stylesheet
    assert 'src:url("fonts/NotoSansSC-Regular.ttf")' in theme.stylesheet
    assert theme.brand.logo is None
