"""What a plan says is printed: every text key of its model stands in some document, or a warning names it.

The keys are walked in the model's own schema, so that a new one is looked for without being listed here.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from genplan.diagnostics import Severity
from genplan.documents.specs import list_documents
from genplan.plan.model import LANGUAGES, Plan
from genplan.theme.render import render
from genplan.theme.theme import Theme, load_theme
from genplan.theme.themes import ThemeChoice
from genplan.workspace.assessment import Assessment, assess

NOT_PRINTED = {
    "extends": "names a file",
    "remove": "names what is left out of it",
    "positions": "names files",
    "id": "names folders",
    "language": "chooses the words of labels",
    "documents": "chooses the kinds",
    "opinions[].documents": "chooses the kinds",
    "signatures[].documents": "chooses the kinds",
    "results": "names files",
    "goals": "names files",
    "calibration": "names files",
    "encoding": "tells how files are read",
    "sheet[]": "names sheets of files",
    "position_aliases[]": "tells whose rows of results are the plan's",
    "assessed_unit": "is what documents call who is assessed: tests/theme/test_units.py",
    "dimensions[].indicators[].id": "names columns and other tools' fields",
    "indicators[].id": "names columns and other tools' fields",
}
"""Text keys that stand in no document, and why."""
REFERENCES = {
    "ceilings[].when",
    "grades[].when",
    "vetoes[].when",
    "inputs[].name",
    "inputs[].unit",
    "ceilings[].grade",
    "distribution.quotas[].grade",
    "improvement.below",
    "dimensions[].indicators[].assesses",
    "indicators[].assesses",
    "dimensions[].indicators[].cap_by",
    "indicators[].cap_by",
    "dimensions[].indicators[].compute",
    "indicators[].compute",
    "pay.parts[].compute",
    "pay.parts[].commission",
    "pay.parts[].pool",
}
"""Keys that name what stands elsewhere in the plan: they are filled in by hand."""

SCHEMA = Plan.model_json_schema()
DIGITS = "甲乙丙丁戊己庚辛壬癸"


class Marks:
    """Unique words, by the path of the key that they stand under."""

    def __init__(self) -> None:
        self.paths: dict[str, str] = {}
        self._numbers = count(1)

    def new(self, path: str) -> str:
        mark = f"标{''.join(DIGITS[int(digit)] for digit in f'{next(self._numbers):03}')}记"
        self.paths[mark] = path
        return mark


def is_text(schema: dict[str, Any]) -> bool:
    return schema.get("type") in (["string", "number"], "string") and not {"pattern", "enum", "const", "format"} & set(schema)


def filled(schema: dict[str, Any], path: str, marks: Marks) -> object:
    """Fill in every text key below a schema; other keys are left out, for their words are labels or numbers."""
    if path in NOT_PRINTED or path in REFERENCES:
        return None
    if "$ref" in schema:
        return filled(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], path, marks)
    if "properties" in schema:
        inner = {key: filled(part, f"{path}.{key}" if path else key, marks) for key, part in schema["properties"].items()}
        return {key: value for key, value in inner.items() if value is not None} or None
    if "anyOf" in schema:
        parts = [part for part in schema["anyOf"] if "$ref" in part] or [part for part in schema["anyOf"] if part.get("type") == "array"]
        return next((value for part in parts or schema["anyOf"] if (value := filled(part, path, marks)) is not None), None)
    if schema.get("type") == "array":
        entry = filled(schema["items"], f"{path}[]", marks)
        return None if entry is None else [entry]
    return marks.new(path) if is_text(schema) else None


def full_plan(marks: Marks) -> dict[str, Any]:
    """A plan with every text key, and what makes it a plan that can be assessed by."""
    plan: Any = filled(SCHEMA, "", marks)
    plan.pop("indicators", None)
    plan.pop("assessed_unit", None)
    plan.pop("goals", None)  # names files, as results do
    plan |= {
        "schema": 1,
        "issued": "2026-01-15",
        "effective": "2026-02-16",
        "results": ["r.csv"],
        "language": "zh-CN",
        "cycle": ["quarterly"],
    }
    plan["period"] |= {"start": "2026-07-01", "end": "2026-09-30"}
    members = [member | {"rater": "peer"} for member in plan["raters"][0].pop("members")]
    plan["raters"][0] |= {"rater": "supervisor"}
    plan["raters"].append({"name": marks.new("raters[].name"), "members": members})
    levels = [{key: marks.new(f"scales[].scoring.levels[].{key}") for key in ("name", "definition")} | {"score": "80%"} for _ in range(2)]
    plan["scales"][0] |= {"scoring": {"method": "rubric", "levels": levels}}
    plan["signatories"][0] |= {"date": "2026-01-07"}
    grade = {key: value for key, value in plan["grades"][0].items() if key != "top"}
    plan["grades"] = [grade | {"from": 90, "coefficient": 1}, {"name": "末等", "from": 0, "then": "另行安排"}]
    plan["ceilings"] = [{"when": "缺勤 > 10", "grade": grade["name"]}]
    plan["inputs"][0]["name"] = "缺勤"
    plan["distribution"] = {"rounding": "down", "quotas": [{"grade": grade["name"], "at_most": "100%"}]}
    plan["improvement"] = {"below": grade["name"]}
    figure = plan["pay"]["inputs"][0]["name"]
    plan["pay"]["parts"] = [plan["pay"]["parts"][0] | {"compute": f"{figure} * 2"}]
    plan["bonuses"][0]["points"] = plan["deductions"][0]["points"] = 2
    (dimension,) = plan["dimensions"]
    (indicator,) = dimension["indicators"]
    inputs = indicator.pop("inputs")
    indicator |= {
        "polarity": "lower",
        "nature": "quantitative",
        "term": "long",
        "scoring": "direct",
        "assesses": [plan["duties"][0]["area"]],
    }
    (given,) = inputs
    rubric: Any = filled({"$ref": "#/$defs/Rubric"}, "dimensions[].indicators[].scoring", marks)
    rubric["levels"] = [rubric["levels"][0] | {"score": 100}, {"name": "丁", "score": 10}]
    dimension["indicators"] += [
        {"name": "留存", "compute": f"{given['name']} * 1", "inputs": [given], "scoring": "direct", "assesses": indicator["assesses"]},
        {"name": "协作", "scoring": {"method": "rubric", "levels": rubric["levels"]}, "assesses": indicator["assesses"]},
    ]
    dimension["weight"] = "100%"
    return plan


def indicators_of(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [*plan.get("indicators", []), *(each for group in plan.get("dimensions", []) for each in group["indicators"])]


def as_it_is(_plan: dict[str, Any]) -> None:
    """With dimensions, weights, duties, chapters and results."""


def without_weights(plan: dict[str, Any]) -> None:
    """Standards that nothing is computed from."""
    plan["dimensions"][0].pop("weight")
    plan.pop("results")
    for key in ("raters", "grades", "ceilings", "inputs", "distribution", "improvement", "bonuses", "deductions", "vetoes", "pay"):
        plan.pop(key)


def without_dimensions(plan: dict[str, Any]) -> None:
    (dimension,) = plan.pop("dimensions")
    plan["indicators"] = [each | {"weight": weight} for each, weight in zip(dimension["indicators"], ("40%", "30%", "30%"), strict=True)]


def of_a_department(plan: dict[str, Any]) -> None:
    """No position and no duties, so that there is no document of these."""
    for key in ("position", "duties", "reports_to"):
        plan.pop(key)
    for indicator in indicators_of(plan):
        indicator.pop("assesses")


def with_decided_grades(plan: dict[str, Any]) -> None:
    for grade in plan["grades"]:
        grade.pop("from")
    plan.pop("ceilings")
    plan.pop("inputs")


def of_a_regulation(plan: dict[str, Any]) -> None:
    """Chapters alone: much of what else is said has no place, which is told."""
    for key in ("dimensions", "results", "improvement", "ceilings", "inputs", "distribution", "period", "pay"):
        plan.pop(key)


def before_results(plan: dict[str, Any]) -> None:
    plan.pop("results")


VARIANTS: tuple[Callable[[dict[str, Any]], None], ...] = (
    as_it_is,
    without_weights,
    without_dimensions,
    of_a_department,
    with_decided_grades,
    of_a_regulation,
    before_results,
)


def marks_in(value: object) -> Iterator[str]:
    yield from re.findall(f"标[{DIGITS}]{{3}}记", json.dumps(value, ensure_ascii=False))


def written(folder: Path, plan: dict[str, Any], marks: Marks) -> Path:
    """Write the plan and results of two people, whose texts are marked as well."""
    if "results" in plan:
        keys = ["name", "department", "position", "comment", "conclusion", "published grade", "graded by", "reason for the grade"]
        said = [marks.new(f"results: {key}") for key in keys]
        if "position" in plan:
            plan["position_aliases"] = [said[keys.index("position")]]  # else the row is another plan's
        figures = [(each.get("compute") and each["inputs"][0]["name"]) or each["name"] for each in indicators_of(plan)]
        level = indicators_of(plan)[2]["scoring"]["levels"][0]["name"]
        head = ["id", *keys, "published total", "grade", *figures]
        decided = plan["grades"][1]["name"]
        rows = [head, ["0007", *said, "61.5", decided, "50", "60", "丁"], ["0008", "某人", *[""] * 7, "", decided, "90", "95", level]]
        if "pay" in plan:
            paid = plan["pay"]["inputs"][0]["name"]
            rows = [[*row, figure] for row, figure in zip(rows, (paid, "1000", "2000"), strict=True)]
        if "inputs" in plan:
            rows = [[*row, days] for row, days in zip(rows, (plan["inputs"][0]["name"], "0", "0"), strict=True)]
        if "raters" in plan:
            rows = [[*row, rater] for row, rater in zip(rows, ("rater", "combined", "combined"), strict=True)]
        (folder / "r.csv").write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    path = folder / "plan.md"
    path.write_text(f"---\n{json.dumps(plan, ensure_ascii=False, indent=1)}\n---\n", encoding="utf-8")
    return path


def printed(assessment: Assessment, theme: Theme) -> str:
    """The text of all documents, without white space."""
    texts = []
    for order in list_documents(assessment):
        assert not order.lacking, (order.kind.name, order.lacking)
        own = order.theme(theme)
        document, found = render(own, order.kind, order.context(own), date(2026, 7, 1))
        assert document is not None, found
        texts.append("".join(document.tree.itertext()))
    return re.sub(r"\s+", "", "\n".join(texts))


@cache
def theme_of(look: str, language: str) -> Theme:
    theme, found = load_theme(None, language, ThemeChoice(look) if look != "modern" else ThemeChoice())
    assert theme is not None, found
    return theme


CASES = [("modern", variant) for variant in VARIANTS] + [("official", as_it_is)]


def test_the_walk_finds_the_keys():
    marks = Marks()
    full_plan(marks)
    paths = set(marks.paths.values())
    assert {"summary", "dimensions[].definition", "dimensions[].indicators[].stretch", "relations[].about", "appeal.form"} <= paths
    assert {"duties[].items[].standard", "dimensions[].indicators[].scoring.levels[].definition", "authority[]", "grades[].then"} <= paths
    assert len(paths) > 70


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("look", "variant"), CASES, ids=lambda each: getattr(each, "__name__", each))
def test_every_text_of_a_plan_is_printed_or_told(variant: Callable, look: str, language: str, tmp_path: Path):
    marks = Marks()
    plan = full_plan(marks)
    variant(plan)
    path = written(tmp_path, plan, marks)
    said = {*marks_in(plan), *(mark for mark, place in marks.paths.items() if place.startswith("results: ") and "results" in plan)}
    theme = theme_of(look, language)
    assessment, found = assess(path, path.name, tmp_path, theme, language=language)
    assert assessment is not None, found
    assert [d for d in found if d.severity is Severity.ERROR] == []
    text = printed(assessment, theme)
    told = {key for d in found if d.code == "GP361" for key in re.findall("`([a-z_]+)`", d.message)}
    silent = {marks.paths[mark] for mark in said if mark not in text}
    assert {place for place in silent if re.split(r"[.\[]", place)[0] not in told} == set()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ["方向：越低越好", "性质：定量", "期限：长期", "季度", "四舍五入", "舍去小数", "仅限被考核人"]),
        ({"weights": "normalize"}, ["方案权重合计为100%"]),
        (
            {"missing": "zero", "rounding": {"places": 1, "mode": "down"}},
            ["实际值或者评分时，该指标计0分", "保留1位小数（舍去尾数）"],
        ),
        ({"proration": "coefficient"}, ["绩效系数按在岗天数占考核期天数的比例折算"]),
        ({"total": {"minimum": 7, "maximum": 113}}, ["最低7分，最高113分"]),
    ],
)
def test_what_a_plan_chooses_is_printed_in_words(changes: dict[str, Any], words: list[str], tmp_path: Path):
    marks = Marks()
    plan = full_plan(marks) | changes
    theme = theme_of("modern", "zh-CN")
    assessment, _ = assess(written(tmp_path, plan, marks), "plan.md", tmp_path, theme)
    assert assessment is not None
    text = printed(assessment, theme)
    assert [word for word in words if word not in text] == []


def test_how_totals_are_made_is_printed_without_grades(tmp_path: Path):
    marks = Marks()
    plan = full_plan(marks)
    for key in ("grades", "ceilings", "inputs", "distribution", "improvement", "results"):
        plan.pop(key)
    theme = theme_of("modern", "zh-CN")
    assessment, _ = assess(written(tmp_path, plan, marks), "plan.md", tmp_path, theme)
    assert assessment is not None
    (scheme,) = [order for order in list_documents(assessment) if order.kind.name == "scheme"]
    document, _ = render(theme, scheme.kind, scheme.context(theme), date(2026, 7, 1))
    assert document is not None
    assert "考核总分保留2位小数（四舍五入）。指标缺少实际值或者评分时，不得计算总分" in "".join(document.tree.itertext())
