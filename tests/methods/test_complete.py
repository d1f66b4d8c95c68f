"""Every scoring method has all that genplan asks of one, in every language; one that lacks something is told apart."""

import io
import subprocess
import sys
from dataclasses import MISSING, fields, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from genplan.diagnostics import Severity
from genplan.documents.specs import list_documents
from genplan.methods import METHODS
from genplan.methods.method import Amounts, Counts, Levels, Method, Scores, Target, Totals
from genplan.plan.keys import KEYS
from genplan.plan.model import LANGUAGES
from genplan.plan.polarity import likely_polarity
from genplan.plan.score_range import score_range
from genplan.scoring.shortfall import full_points
from genplan.source.docstrings import field_docstrings
from genplan.theme.render import render
from genplan.theme.theme import Theme, load_theme
from genplan.workbook.book import EPOCH, workbook_bytes
from genplan.workbook.layout import ENTRY, SCORES
from genplan.workspace.assessment import Assessment, assess

REQUIRED = [each.name for each in fields(Method) if each.default is MISSING and each.default_factory is MISSING]
MONTHS = """\
---
schema: 1
title: 月度考核方案
department: 社群运营部
cycle: monthly
indicators: [{name: 业绩, weight: 100%}]
results: results-*.csv
---
"""
PLAN = """\
---
schema: 1
title: 绩效考核方案
department: 社群运营部
position: 社群运营专员
cycle: quarterly
period: 2026-Q3
language: {language}
documents: [scheme, contract, scorecard, result, interview, summary]
indicators:
{indicators}results: results.csv
---
"""


@pytest.fixture(scope="session")
def themes() -> dict[str, Theme]:
    found = {language: load_theme(None, language).value for language in LANGUAGES}
    return {language: theme for language, theme in found.items() if theme is not None}


def write(folder: Path, methods: list[Method], language: str) -> Path:
    """Write a plan of the methods' examples, each the name of an indicator, and the results of one person."""
    weights = [100 // len(methods)] * (len(methods) - 1)
    weights.append(100 - sum(weights))
    rows = [f"  - {{name: {m.tag}, weight: {w}%, {m.example.indicator}}}\n" for m, w in zip(methods, weights, strict=True)]
    plan = folder / "plan.md"
    plan.write_text(PLAN.format(language=language, indicators="".join(rows)), "utf-8")
    headers, actuals = ",".join(m.example.columns or m.tag for m in methods), ",".join(m.example.actual for m in methods)
    (folder / "results.csv").write_text(f"工号,姓名,{headers}\n0007,测试甲,{actuals}\n", "utf-8")
    (folder / "months").mkdir()
    (folder / "months/plan.md").write_text(MONTHS, "utf-8")
    for month, total in (("07", 85), ("08", 90), ("09", 95)):
        (folder / f"months/results-2026-{month}.csv").write_text(f"工号,姓名,业绩\n0007,测试甲,{total}\n", "utf-8")
    return plan


def checked(folder: Path, methods: list[Method], theme: Theme) -> Assessment:
    plan = write(folder, methods, theme.locale.language)
    assessment, found = assess(plan, plan.name, folder, theme)
    assert not [each for each in found if each.severity is Severity.ERROR]
    assert assessment is not None
    return assessment


def go_through(method: Method, folder: Path, theme: Theme) -> None:
    """Take a method's example through all that genplan does with one."""
    assessment = checked(folder, [method], theme)
    (card,) = assessment.cards
    (line,) = card.lines
    indicator = line.weighed.placed.indicator
    assert method.tag == indicator.rule.TAG
    assert isinstance(method.accepts, Amounts | Counts | Scores | Levels | Totals)
    assert line.score == Fraction(method.example.score)
    assert full_points(indicator) == Fraction(method.example.full)
    reach = score_range(indicator)
    assert reach.lowest is None or reach.lowest <= line.score
    assert reach.highest is None or reach.highest >= line.score
    assert likely_polarity(indicator)
    assert isinstance(method.target, Target)
    assert method.opposite_advice
    assert theme.locale.label(f"method.{method.tag}")
    words = method.describe(indicator.rule, indicator, theme.locale)
    assert words
    book = load_workbook(io.BytesIO(workbook_bytes(assessment.plan, assessment.people, theme.locale)))
    assert words in "".join(cell.comment.text for cell in book[ENTRY][1] if cell.comment)
    assert str(book[SCORES].cell(3, 3).value).startswith("=")
    documents = []
    for order in list_documents(assessment):
        document, found = render(order.theme(theme), order.kind, order.context(theme), EPOCH)
        assert document is not None, found
        documents.append("".join(document.tree.itertext()).replace("\u00a0", " "))
    assert len(documents) == 6
    assert words in "".join(documents)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tag", METHODS)
def test_a_method_goes_all_the_way(tag: str, language: str, themes: dict[str, Theme], tmp_path: Path):
    go_through(METHODS[tag], tmp_path, themes[language])


@pytest.mark.parametrize("tag", METHODS)
def test_a_method_is_described(tag: str):
    """By its names, a Chinese name of each key, and a line of help for it."""
    parameters = METHODS[tag].parameters
    assert parameters.TAG == tag == parameters.model_fields["method"].default
    assert parameters.LABEL
    assert parameters.__doc__
    assert not [name for name, each in parameters.model_fields.items() if not KEYS.written(each.alias or name)]
    assert not parameters.model_fields.keys() - field_docstrings(parameters).keys() - {"method"}


@pytest.mark.parametrize("facet", [*REQUIRED, "opposite_advice"])
@pytest.mark.parametrize("tag", ["ratio", "rubric"])
def test_a_method_that_lacks_something_fails(
    tag: str, facet: str, themes: dict[str, Theme], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    whole = METHODS[tag]
    lacking: Any = replace(whole, **{facet: None}) if facet != "parameters" else replace(whole, parameters=METHODS["direct"].parameters)
    monkeypatch.setitem(METHODS, tag, lacking)
    with pytest.raises((AssertionError, AttributeError, TypeError, LookupError)):
        go_through(lacking, tmp_path, themes["zh-CN"])


@pytest.mark.parametrize("facet", REQUIRED)
def test_a_row_without_a_facet_cannot_be_made(facet: str):
    held = {each.name: getattr(METHODS["ratio"], each.name) for each in fields(Method) if each.name != facet}
    with pytest.raises(TypeError, match=facet):
        Method(**held)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_commands_take_every_method(language: str, tmp_path: Path):
    (tmp_path / "genplan.yml").write_text("schema: 1\nplans: .\n", "utf-8")
    write(tmp_path, list(METHODS.values()), language)
    for command in (["check", "plan.md"], ["score", "plan.md", "--trace"], ["sheet", "plan.md"], ["build", "--format", "html"]):
        run = subprocess.run(
            [sys.executable, "-m", "genplan", *command], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False, timeout=600
        )
        assert run.returncode == 0, run.stderr
    assert len(list((tmp_path / "output").glob("*/*/*/*.html"))) == 6
