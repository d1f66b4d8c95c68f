"""Clauses of a scheme in standard words, for which the plan asks by name."""

from datetime import date
from pathlib import Path

import pytest
from service_plan import SERVICE_PLAN

from genplan.documents.specs import list_documents
from genplan.plan.model import LANGUAGES
from genplan.theme.render import render
from genplan.theme.theme import load_theme
from genplan.workspace.assessment import assess


def scheme(folder: Path, clauses: str = "", language: str = "zh-CN") -> str:
    """Return the text of the scheme of a plan with these clauses."""
    (folder / "plan.md").write_text(f"{SERVICE_PLAN}{clauses}---\n", "utf-8")
    theme, _ = load_theme(None, language)
    assert theme is not None
    assessment, found = assess(folder / "plan.md", "plan.md", folder, theme, language=language)
    assert assessment is not None, found
    (spec,) = (spec for spec in list_documents(assessment) if spec.kind.name == "scheme")
    document, diagnostics = render(theme, spec.kind, spec.context(theme), date(2026, 10, 1))
    assert document is not None, diagnostics
    return "".join(document.tree.itertext())


WORDS = {
    "离职人员": "考核期内离职的",
    "试用期人员": "试用期人员按照录用条件另行考核",
    "长期休假人员": "离岗时间超过考核期一半",
    "资料保存": "考核资料的保存",
    "生效与解释": "本方案自发布之日起施行。",
    "阅知签收表": "员工阅知签收表",
}
"""Clause to what the scheme says of it."""


def test_a_plan_without_clauses_has_none(tmp_path: Path):
    text = scheme(tmp_path)
    assert [words for words in WORDS.values() if words in text] == []


@pytest.mark.parametrize("name", WORDS)
def test_each_clause_stands_alone(name: str, tmp_path: Path):
    text = scheme(tmp_path, f"标准条款: {name}\n")
    assert [clause for clause, words in WORDS.items() if words in text] == [name]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_clauses_in_each_language(language: str, tmp_path: Path):
    asked = "effective: 2026-10-01\nclauses: [leavers, probation, long-leave, records, effect, acknowledgement]\n"
    theme, _ = load_theme(None, language)
    assert theme is not None
    dated = theme.locale.label("clause.effect_dated", date=theme.locale.date(date(2026, 10, 1)))
    text = scheme(tmp_path, asked, language)
    said = ["leavers", "probation", "long_leave", "records_text", "acknowledgement_text"]
    assert [label for label in said if theme.locale.label(f"clause.{label}") not in text] == []
    assert dated in text
