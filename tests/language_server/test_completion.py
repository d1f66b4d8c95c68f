"""What is offered where, in texts that are being typed."""

import pytest
from kit import marked

from genplan.language_server.completion import Offer, OfferKind, complete
from genplan.messages import use_language
from genplan.methods import METHODS


def offers(text: str, **where) -> list[Offer]:
    return complete(*marked(text, **where))


def labels(text: str, **where) -> list[str]:
    return [offer.label for offer in offers(text, **where)]


@pytest.fixture(autouse=True)
def _english():
    use_language("en")


INDICATOR = "indicators:\n  - name: 销售额\n    scoring:"
IN_CHINESE = "考核指标:\n  - 名称: 销售额\n    计分:"


@pytest.mark.parametrize("text", [f"{INDICATOR} ¦", f"{INDICATOR} {{method: ¦}}", f"{INDICATOR}\n      method: ¦\n  - name: 回款率\n"])
def test_all_methods_are_offered(text):
    assert [label for label in labels(text) if label in METHODS] == list(METHODS)


def test_methods_are_offered_in_chinese_where_the_plan_is_in_chinese():
    found = offers(f"{IN_CHINESE}\n      方法: ¦")
    assert [offer.label for offer in found] == [method.parameters.LABEL for method in METHODS.values()]
    assert [offer.detail for offer in found] == list(METHODS)
    assert all(offer.meaning for offer in found)


@pytest.mark.parametrize(
    "text",
    [
        f"{IN_CHINESE} {{方法: 层差法, ¦}}",
        f"{IN_CHINESE} {{方法: 层差法, ¦\n  - 名称: 回款率\n    权重: 50%\n",
        f"{IN_CHINESE}\n      方法: 层差法\n      ¦\n  - 名称: 回款率\n",
        f"{IN_CHINESE}\n      ¦\n      方法: 层差法\n",
    ],
)
def test_the_keys_of_the_chosen_method_are_offered(text):
    assert labels(text) == ["采用量表", "边界归属", "分档"]


def test_each_method_has_its_keys():
    for name, method in METHODS.items():
        expected = {field.alias or key for key, field in method.parameters.model_fields.items()} - {"method"}
        assert set(labels(f"{INDICATOR} {{method: {name}, ¦}}")) == expected


def test_a_key_is_offered_once():
    assert "weight" in labels("indicators:\n  - name: A\n    ¦\n")
    assert "weight" not in labels("indicators:\n  - name: A\n    weight: 30%\n    ¦\n")


def test_what_must_be_there_is_marked():
    assert [offer.label for offer in offers("¦") if offer.needed] == ["schema", "title", "department"]


def test_an_offer_takes_the_place_of_what_is_typed():
    (weight,) = [offer for offer in offers("标题: 方案\n考核指标:\n  - 名称: A\n    权¦\n") if offer.label == "权重"]
    assert (weight.text, weight.place.line, weight.place.start, weight.place.end) == ("权重: ", 4, 4, 5)
    assert (weight.kind, weight.detail) == (OfferKind.KEY, "weight")


def test_a_colon_that_is_there_is_kept():
    (weight,) = [offer for offer in offers("indicators:\n  - name: A\n    wei¦: 30%\n") if offer.label == "weight"]
    assert weight.text == "weight"


@pytest.mark.parametrize("text", ["indicators:\n  ¦", "indicators:\n  - name: A\n  ¦\ntitle: x\n"])
def test_the_dash_of_a_list_is_offered_with_its_keys(text):
    assert "- name: " in [offer.text for offer in offers(text)]


@pytest.mark.parametrize("text", ["cycle: ¦", "cycle: [monthly, ¦]", "cycle:\n  - ¦"])
def test_choices_are_offered(text):
    found = labels(f"title: x\n{text}")
    assert "quarterly" in found
    assert "季度" not in found


def test_choices_are_offered_as_the_plan_is_written():
    assert "季度" in labels("标题: x\n考核周期: ¦")
    assert "週" not in labels("标题: x\n考核周期: ¦")
    assert "每週" in labels("標題: x\n考核週期: ¦")
    assert "權重" in labels("標題: x\n考核指標:\n  - 名稱: A\n    ¦")


def test_an_empty_plan_has_the_keys_of_the_users_language():
    use_language("zh-TW")
    assert "標題" in labels("¦")
    use_language("zh-CN")
    assert "标题" in labels("¦")


DUTIES = "duties:\n  - area: 渠道\n    items: [开拓]\n  - 回款\n"


@pytest.mark.parametrize("text", ["assesses: ¦", "assesses: [¦]", "assesses:\n      - ¦"])
def test_duty_areas_are_offered(text):
    assert labels(f"{DUTIES}indicators:\n  - name: A\n    {text}\n") == ["渠道", "回款"]


def test_duty_areas_of_the_list_are_left_out():
    assert labels(f"{DUTIES}indicators:\n  - name: A\n    assesses: [渠道, ¦]\n") == ["回款"]


def test_duty_areas_of_the_base_are_offered(tmp_path):
    (tmp_path / "_base.md").write_text(f"---\n{DUTIES}---\n", "utf-8")
    text = "extends: _base.md\nindicators:\n  - name: A\n    assesses: [¦]\n"
    assert labels(text, path=tmp_path / "plan.md") == ["渠道", "回款"]


def test_indicators_grades_and_scales_are_offered():
    text = "scales: [{name: 五级}]\ngrades: [{name: 优秀}]\nindicators:\n  - name: 回款率\n  - name: A\n    "
    assert labels(f"{text}cap_by: ¦") == ["回款率", "A"]
    assert "五级" in labels(f"{text}scoring: ¦")
    assert labels(f"{text}\nceilings: [{{grade: ¦}}]") == ["优秀"]


def test_names_are_quoted_where_they_must_be():
    (offer,) = offers('duties: ["甲: 乙"]\nindicators: [{name: A, assesses: ¦}]')
    assert offer.text == '"甲: 乙"'


def test_files_are_offered(tmp_path):
    (tmp_path / "_base.md").touch()
    (tmp_path / "results").mkdir()
    (tmp_path / "results/2026-Q3.csv").touch()
    assert labels("extends: ¦", path=tmp_path / "plan.md") == ["_base.md"]
    assert labels("results: ¦", path=tmp_path / "plan.md") == ["results/2026-Q3.csv"]


def test_a_plan_that_is_only_yaml_is_completed(tmp_path):
    assert "quarterly" in labels("title: x\ncycle: ¦", path=tmp_path / "plan.yml")


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: x\n---\n正文¦",
        "title: x\nsummary: |\n  cycle: ¦",
        "title: x # ¦",
        "title: x¦",
        "---\n---\n¦",
    ],
)
def test_nothing_is_offered_where_nothing_is_known(text):
    assert labels(text) == []


BROKEN = ["title: [", 'summary: "', "a: b: c", "{", "- x", "\tx", "&x", "?", ": :", "authority: [a, {b: c"]


@pytest.mark.parametrize("line", BROKEN)
def test_another_line_may_be_broken(line):
    assert "quarterly" in labels(f"{line}\nschema: 1\ncycle: ¦\nlanguage: en\n")
    assert "quarterly" in labels(f"schema: 1\ncycle: ¦\n{line}\n")
