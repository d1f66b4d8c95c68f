"""The format: the model, its keys in Chinese, and its JSON Schema agree."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jsonschema import Draft202012Validator

from genplan.cli.schema import schema_text
from genplan.diagnostics import Outcome
from genplan.messages import use_language
from genplan.methods import METHODS
from genplan.plan.editor_schema import WORDINGS, editor_schema
from genplan.plan.key_wording import KeyWording
from genplan.plan.keys import ALIASES, KEYS
from genplan.plan.load import PlanFile, load_plan
from genplan.plan.model import Plan
from genplan.source.docstrings import field_docstrings
from genplan.source.model import Choice, Model, json_schema

PLANS = sorted((Path(__file__).parents[2] / "plans").glob("*.md"))
SCHEMA = json_schema(Plan, KEYS)
VALIDATOR = Draft202012Validator(SCHEMA)
FOR_EDITORS = Draft202012Validator(json.loads(schema_text()))
HEAD = {"schema": 1, "title": "社群运营专员绩效考核方案", "department": "社群运营部"}

ReadPlan = Callable[[str], Outcome[PlanFile | None]]


def models(annotation: Any = Plan) -> Iterator[type[Model]]:
    """Give a model, and those that its fields are made of."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models(field.annotation)
    for argument in get_args(annotation):
        yield from models(argument)


MODELS = list(dict.fromkeys(models()))


def test_every_key_has_a_name_in_chinese() -> None:
    assert set(ALIASES) == {field.alias or name for model in MODELS for name, field in model.model_fields.items()}
    assert all(ALIASES.values())


def test_no_alias_is_a_key_itself() -> None:
    assert not {alias for aliases in ALIASES.values() for alias in aliases} & set(ALIASES)


def test_every_field_and_option_is_described() -> None:
    for model in MODELS:
        fields = {name for name, field in model.model_fields.items() if not hasattr(model, "TAG") or field.alias}
        assert fields <= {name for name, text in field_docstrings(model).items() if text}
    options = {a for model in MODELS for field in model.model_fields.values() for a in _choices(field.annotation)}
    assert options
    assert all(member.labels for option in options for member in option)


def _choices(annotation: Any) -> Iterator[type[Choice]]:
    if isinstance(annotation, type) and issubclass(annotation, Choice):
        yield annotation
    for argument in get_args(annotation):
        yield from _choices(argument)


def test_the_schema_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_samples_fit_both_the_schema_and_the_model(path: Path) -> None:
    _, front_matter, _ = path.read_text("utf-8").split("---\n", 2)
    for validator in (VALIDATOR, FOR_EDITORS):
        validator.validate(_as_editors_see(yaml.safe_load(front_matter)))
    plan, found = load_plan(path, path.name)
    assert plan is not None
    assert not found


def _as_editors_see(value: Any) -> Any:
    """Write dates as text: JSON has none."""
    if isinstance(value, dict):
        return {key: _as_editors_see(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_editors_see(inner) for inner in value]
    return str(value) if isinstance(value, date) else value


FORMS = {
    "nothing more": "",
    "one cycle": "cycle: quarterly",
    "cycles": "cycle: [季度, 年度]",
    "a quarter": "period: 2026-Q3",
    "a year": "period: 2026",
    "dates": "period: {name: 双十一专项, start: 2026-11-01, end: 2026-11-15}",
    "duties as text": "duties: [社群搭建]",
    "duties with items": "duties: [{area: 社群搭建, items: [定位, {text: 群规, standard: 完整}]}]",
    "weights": "indicators: [{name: 甲, weight: 30%}, {name: 乙, weight: 0.3}, {name: 丙, weight: 30}]",
    "targets": "indicators: [{name: 甲, target: 500}, {name: 乙, target: 92%}, {name: 丙, target: 无重大事故}]",
    "a method by name": "indicators: [{name: 甲, scoring: direct}, {name: 乙, scoring: 比率法}]",
    "a method with parameters": "indicators: [{name: 甲, scoring: {method: 反向比率法, variant: 二减完成率, cap: 1.2}}]",
    "one area": "indicators: [{name: 甲, assesses: 社群搭建}]",
    "decimal places": "rounding: 1",
    "rounding": "rounding: {places: 1, mode: 四舍五入}",
    "steps": "process: [制定计划, {step: 收集数据, deadline: 5日内}]",
    "articles": "chapters: [{title: 总则, articles: [为规范管理，制定本制度。, {text: 原则：, items: 公平}]}]",
    "Chinese keys": "考核指标: [{名称: 甲, 目标值: 500, 计分方法: {方法: 比率法, 封顶: 120%}}]\n等级: [{名称: 优秀, 起: 90, 系数: 1.2}]",
}


@pytest.mark.parametrize("form", FORMS)
def test_forms_that_may_be_written(read_plan: ReadPlan, form: str) -> None:
    plan, found = read_plan(FORMS[form])
    assert plan is not None, found
    for validator in (VALIDATOR, FOR_EDITORS):
        validator.validate(_as_editors_see(HEAD | (yaml.safe_load(FORMS[form]) or {})))


WRONG = {
    "an unknown key": "wieght: 30%",
    "an unknown key inside": "indicators: [{name: 甲, 权重值: 30%}]",
    "a parameter of another method": "indicators: [{name: 甲, scoring: {method: direct, cap: 1}}]",
    "no name": "indicators: [{weight: 30%}]",
    "no such word": "cycle: 每季",
    "no such method": "indicators: [{name: 甲, scoring: 打分}]",
    "text for a list": "grades: 优秀",
    "a list for text": "position: [甲, 乙]",
    "an empty list of indicators": "dimensions: [{name: 粉丝, indicators: []}]",
    "no such day": "issued: '2024-02-30'",
    "no number": "grades: [{name: 优秀, from: 九十}]",
    "a weight in words": "indicators: [{name: 甲, weight: 三成}]",
}


@pytest.mark.parametrize("form", WRONG)
def test_forms_that_may_not_be_written(read_plan: ReadPlan, form: str) -> None:
    plan, found = read_plan(WRONG[form])
    assert plan is None
    assert found
    strict = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert list(strict.iter_errors(_as_editors_see(HEAD | yaml.safe_load(WRONG[form]))))


@pytest.mark.parametrize(
    ("earlier", "now"),
    [
        ("target: 5, scoring: {method: pass-fail, passes: at-most}", "target: 5, scoring: {method: pass-fail, polarity: lower}"),
        ("target: 5, scoring: {method: 非此即彼法, 达标条件: 不低于}", "target: 5, polarity: higher, scoring: 非此即彼法"),
        (
            "target: 5, scoring: {method: per-unit, points: 1, per: 1, limit: 6, steps: whole, better: lower}",
            "target: 5, polarity: lower, scoring: {method: per-unit, points: 1, per: 1, limit: 6, steps: whole}",
        ),
        ("scoring: {method: deduction, points: 2, lowest: -4}", "scoring: {method: deduction, points: 2, minimum: -4}"),
    ],
)
def test_earlier_words_are_still_read(plan_of: Callable[[str], PlanFile], earlier: str, now: str) -> None:
    plans = [plan_of(f"indicators: [{{name: 投诉, weight: 100%, {indicator}}}]") for indicator in (earlier, now)]
    rules = [plan.indicators[0].indicator.rule.model_dump() for plan in plans]
    assert rules[0] == rules[1]


def test_earlier_words_are_neither_documented_nor_offered() -> None:
    assert not {"passes", "better", "lowest", "highest", "优向"} & {word for key in ALIASES for word in KEYS.aliases(key)}
    assert '"passes"' not in str(SCHEMA)


def test_ceilings_in_their_earlier_form_are_still_read(plan_of: Callable[[str], PlanFile]) -> None:
    grades = "indicators: [{name: 'A and B', weight: 100%}]\ngrades: [{name: 优, from: 90}, {name: 良, from: 0}]\nceilings: "
    earlier, now = (
        plan_of(grades + each).plan.ceilings
        for each in ("[{indicator: A and B, below: 60, grade: 良}]", """[{when: '"A and B".得分 < 60', grade: 良}]""")
    )
    assert earlier == now


@pytest.mark.parametrize(("keys", "offered", "others"), [("en", "title", "标题"), ("zh-CN", "标题", "title"), ("zh-TW", "標題", "标题")])
def test_the_keys_of_one_language_are_offered_alone(keys: str, offered: str, others: str) -> None:
    schema = json.loads(schema_text(keys))
    assert offered in schema["properties"]
    assert others not in schema["properties"]
    validator = Draft202012Validator(schema)
    words = {key: WORDINGS[keys].key(key) for key in ("schema", "title", "department")}
    plan = {words["schema"]: 1, words["title"]: "方案", words["department"]: "部门"}
    assert validator.is_valid(plan)
    assert not validator.is_valid({**plan, "nonsense": 1})


def test_descriptions_are_in_the_language_in_use() -> None:
    use_language("zh-CN")
    try:
        schema = json.loads(schema_text())
    finally:
        use_language("en")
    assert "方案" in schema["properties"]["title"]["description"]


def fits(schema: dict[str, Any], definition: str, written: object) -> bool:
    """Return whether something fits a definition of a schema."""
    return Draft202012Validator({"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]}).is_valid(written)


@pytest.mark.parametrize("keys", WORDINGS)
def test_the_schema_for_editors_takes_each_method_and_its_keys_alone(keys: str) -> None:
    schema = editor_schema(keys)
    Draft202012Validator.check_schema(schema)
    for name, method in METHODS.items():
        example = yaml.load(f"{{{method.example.indicator}}}", Loader=yaml.BaseLoader)
        written = _reworded({"name": "A", **example}, WORDINGS[keys])
        assert fits(schema, "Indicator", written), name
        rule = next(each for key, each in written.items() if KEYS(key) == "scoring")
        if isinstance(rule, dict):
            assert not fits(schema, "Indicator", _reworded({"name": "A", "scoring": {**rule, "nonsense": 1}}, WORDINGS[keys])), name
    assert not fits(schema, "Indicator", _reworded({"name": "A", "scoring": {"method": "nonsense"}}, WORDINGS[keys]))


def _reworded(written: object, wording: KeyWording | None) -> Any:
    """Write keys in another wording; values stay, since those of all languages are taken."""
    if isinstance(written, dict):
        return {wording.key(KEYS(key)) if wording else key: _reworded(each, wording) for key, each in written.items()}
    return [_reworded(each, wording) for each in written] if isinstance(written, list) else written


@pytest.mark.parametrize(
    ("keys", "offered"),
    [("en", "tiers ratio"), ("zh-CN", "层差法 比率法"), ("zh-TW", "層差法 比率法"), ("both", "tiers 层差法 ratio 比率法")],
)
def test_methods_are_offered_where_no_rule_fits_yet(keys: str, offered: str) -> None:
    scoring = next(part for key, part in editor_schema(keys)["$defs"]["Indicator"]["properties"].items() if KEYS(key) == "scoring")
    (rule,) = [each for each in scoring["anyOf"] if each.get("type") == "object"]
    method = next(part for key, part in rule["properties"].items() if KEYS(key) == "method")
    known = method if "enum" in method else method["anyOf"][0]
    assert set(offered.split()) <= set(known["enum"])
    assert len(known["enum"]) == len(known["enumDescriptions"]) == len(METHODS) * (2 if keys == "both" else 1)


def test_editors_are_offered_neither_null_nor_defaults() -> None:
    assert '"null"' not in schema_text()
    assert '"default"' not in schema_text()
    assert editor_schema("zh-CN")["$defs"]["Indicator"]["properties"]["权重"]["title"] == "weight (权重)"


def test_values_of_one_language_are_offered_and_the_others_taken() -> None:
    cycle = editor_schema("zh-CN")["properties"]["考核周期"]
    assert cycle["anyOf"][0]["anyOf"][0]["enum"][:2] == ["每周", "月度"]
    validator = Draft202012Validator(cycle)
    assert all(validator.is_valid(word) for word in ("月度", "monthly", "季", ["每週"]))
    assert not validator.is_valid("nonsense")
