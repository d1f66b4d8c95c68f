"""The meanings of words, the places of definitions, and the outline of a plan."""

from pathlib import Path

import pytest
from kit import marked

from genplan.language_server.definition import define, symbols
from genplan.language_server.hover import explain
from genplan.messages import use_language


@pytest.fixture(autouse=True)
def _english():
    use_language("en")


def said(text: str) -> str | None:
    explained = explain(*marked(text))
    return explained.text if explained else None


def test_a_key_is_explained_in_the_users_language():
    text = "indicators:\n  - 名称: A\n    权¦重: 30%\n"
    assert said(text).startswith("**权重** · **weight**\n\nShare of the total, or of the dimension: `30%`, `0.3` or `30`; use one form")
    use_language("zh-CN")
    assert "占总分或所在维度的" in said(text)


def test_a_key_means_what_it_means_in_its_place():
    assert "Total of all indicators' points" in said("poin¦ts: 100")
    assert "Score for an actual in this band" in said("indicators: [{name: A, scoring: {method: tiers, tiers: [{poi¦nts: 1}]}}]")
    assert said("nonsense¦: 1") is None


def test_a_method_is_explained():
    assert said("indicators: [{name: A, scoring: {method: ti¦ers}}]") == "**tiers**\n\nThe points of the band that contains the actual."
    assert said("indicators: [{name: A, scoring: 层差¦法}]") == "**层差法**\n\nThe points of the band that contains the actual."


def test_the_place_of_a_name_is_told():
    assert said("duties: [渠道]\nindicators: [{name: A, assesses: 渠¦道}]") == "duty area `渠道`, plan.md:2"
    assert said("duties: [渠道]\nindicators: [{name: A, assesses: 无¦}]") is None


def places(text: str, path: Path = Path("plan.md")) -> list[tuple[str, int, int, int]]:
    return [(each.path.name, each.place.line, each.place.start, each.place.end) for each in define(*marked(text, path))]


@pytest.mark.parametrize("value", ["渠¦道", "[回款, 渠¦道]", '["渠道¦"]'])
def test_an_indicator_leads_to_its_duty_area(value):
    assert places(f"duties:\n  - area: 渠道\n  - 回款\nindicators:\n  - name: A\n    assesses: {value}\n") == [("plan.md", 2, 10, 12)]


def test_a_condition_leads_to_its_indicators():
    text = "indicators: [{name: 回款率}, {name: 客诉}]\ngrades: [{name: 合格}]\nceilings:\n  - {when: "
    assert places(f"{text}回款率.完成率 < 60% or 客¦诉 > 3}}") == [("plan.md", 1, 33, 35)]
    assert places(f"{text}a, grade: 合格¦}}") == [("plan.md", 2, 16, 18)]


def test_what_is_extended_is_gone_to(tmp_path):
    base = tmp_path / "_base.md"
    base.write_text("---\nduties:\n  - area: 渠道\n---\n", "utf-8")
    (tmp_path / "results").mkdir()
    (tmp_path / "results/a.csv").touch()
    path = tmp_path / "plan.md"
    assert places("extends: _ba¦se.md\n", path) == [("_base.md", 0, 0, 0)]
    assert places("extends: _base.md\nindicators: [{name: A, assesses: 渠¦道}]", path) == [("_base.md", 2, 10, 12)]
    assert places("results: results/¦*.csv", path) == [("a.csv", 0, 0, 0)]
    assert places("results: results/¦b.csv", path) == []


def test_a_key_leads_nowhere():
    assert places("tit¦le: x") == []


def test_symbols_are_keys_with_what_is_named_below_them():
    duties = "duties:\n  - area: 渠道   # remark\n"
    plan, _ = marked(f"title: x\n{duties}dimensions:\n  - name: 业绩\n    indicators:\n      - name: 销售额\ngra")
    found = [(each.name, [(member.name, member.place.line) for member in each.members]) for each in symbols(plan)]
    assert found == [("title", []), ("duties", [("渠道", 3)]), ("dimensions", [("销售额", 7)])]
