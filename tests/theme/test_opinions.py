"""Opinions and signatures that a plan declares stand in the documents that it names, and nowhere else."""

import re
from datetime import date
from functools import cache

import pytest
from service_plan import SERVICE_PLAN

from genplan.documents.specs import list_documents
from genplan.theme.render import render
from genplan.theme.theme import Theme, load_theme
from genplan.workspace.assessment import assess

PLAN = (
    SERVICE_PLAN
    + """\
vetoes: [{name: 重大投诉, effect: cap, cap: 59}]
opinions:
  - {name: 考核委员会意见, signer: 主任委员, documents: [result, summary]}
  - 主管领导评鉴意见
signatures:
  - {role: 被考核人本人, documents: [result, notice]}
  - {role: 考核组长, dated: no, documents: [result]}
notice: {sender: 人力资源部, return_to: 薪酬组}
results: r.csv
---
"""
)


@cache
def theme() -> Theme:
    loaded, _ = load_theme(None, "zh-CN")
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The text of each kind of document about the person, without white space."""
    folder = tmp_path_factory.mktemp("opinions")
    (folder / "plan.md").write_text(PLAN, "utf-8")
    (folder / "r.csv").write_text("工号,姓名,质量,效率,重大投诉\n0007,测试甲,80,90,是\n", "utf-8")
    assessment, problems = assess(folder / "plan.md", "plan.md", folder, theme())
    assert assessment is not None, problems
    found = {}
    for spec in list_documents(assessment):
        document, diagnostics = render(spec.theme(theme()), spec.kind, spec.context(theme()), date(2026, 10, 1))
        assert document is not None, diagnostics
        found[spec.kind.name] = re.sub(r"\s+", "", "".join(document.tree.itertext()))
    return found


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("考核委员会意见主任委员：日期：", {"result", "summary"}),
        ("主管领导评鉴意见", {"result", "scorecard"}),
        ("被考核人本人", {"result", "notice"}),
        ("考核组长", {"result"}),
    ],
)
def test_they_are_on_the_documents_named(texts: dict[str, str], words: str, kinds: set[str]):
    assert {kind for kind, text in texts.items() if words in text} == kinds


def test_declared_signatures_replace_the_usual_ones(texts: dict[str, str]):
    assert "被考核人本人考核组长日期：年月日" in texts["result"]
    assert texts["result"].count("日期：") == 2  # the committee's, and that of the person: the other signature is undated
    assert "被考核人直接上级人力资源部门" in texts["scorecard"]


def test_a_notice_names_its_sender_where_the_receipt_goes_and_the_veto(texts: dict[str, str]):
    assert "发出部门（章）：人力资源部" in texts["notice"]
    assert "交回薪酬组" in texts["notice"]
    assert "本期发生一票否决情形：重大投诉，考核总分按规定计为59.00分。" in texts["notice"]
