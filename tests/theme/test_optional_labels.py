"""Rows and clauses that a locale file of the workspace leaves out, by making their labels empty."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from service_plan import SERVICE_PLAN
from yaml import safe_dump

from genplan.documents.specs import list_documents
from genplan.theme.render import render
from genplan.theme.theme import load_theme
from genplan.workspace.assessment import assess

PLAN = (
    SERVICE_PLAN
    + """\
duties: [{area: 接待, items: [答复咨询]}]
results: r.csv
---
"""
)
OPTIONAL = {
    "duties": {"holder": "任职人签字"},
    "contract": {"number": "合同编号", "confidential": "双方对本合同内容和考核结果负有保密义务", "disputes": "因履行本合同发生争议的"},
    "improvement": {"start": "改进期开始", "trained": "培训记录", "ended": "期满双方签字"},
    "appeal": {"promise": "申诉人承诺"},
    "notice": {"closing": "特此通知。", "delivery": "送达方式", "refused": "拒签，见证人"},
    "summary": {"due": "应考人数"},
}
"""Kind to its labels that may be empty, each with what documents say otherwise."""


def texts(folder: Path, labels: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the text of each kind of document, with these labels over the built-in ones."""
    (folder / "plan.md").write_text(PLAN, "utf-8")
    (folder / "r.csv").write_text("工号,姓名,质量,效率\n0007,测试甲,80,90\n", "utf-8")
    locales = folder / "templates" / "locales"
    locales.mkdir(parents=True)
    (locales / "zh-CN.yml").write_text(safe_dump(labels, allow_unicode=True), "utf-8")
    theme, problems = load_theme(folder / "templates", "zh-CN")
    assert theme is not None, problems
    assessment, found = assess(folder / "plan.md", "plan.md", folder, theme)
    assert assessment is not None, found
    said = {}
    for spec in list_documents(assessment):
        document, diagnostics = render(theme, spec.kind, spec.context(theme), date(2026, 10, 1))
        assert document is not None, diagnostics
        said[spec.kind.name] = "".join(document.tree.itertext())
    return said


@pytest.mark.parametrize("empty", [False, True])
def test_empty_labels_leave_out_what_they_label(tmp_path: Path, *, empty: bool):
    labels = {kind: dict.fromkeys(words, "") for kind, words in OPTIONAL.items()} if empty else {}
    said = texts(tmp_path, labels)
    for kind, words in OPTIONAL.items():
        assert [text in said[kind] for text in words.values()] == [not empty] * len(words), kind


def test_one_label_is_reworded_and_the_others_stay(tmp_path: Path):
    said = texts(tmp_path, {"contract": {"number": "协议编号"}})
    assert "协议编号" in said["contract"]
    assert "合同编号" not in said["contract"]
    assert "甲方代表（签字并盖章）" in said["contract"]
