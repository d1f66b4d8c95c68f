"""Plans that assess units: documents speak of these and not of people, and the report says what they reached."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from vocabulary import problems

from genplan.documents.specs import DocumentSpec, list_documents
from genplan.theme.render import render
from genplan.theme.theme import Theme
from genplan.workspace.assessment import Assessment, assess

HERE = Path(__file__).parent
EVERYTHING = HERE / "everything"
PEOPLE = re.compile("姓名|工号|工號|员工|員工|被考核人|受評人|本人|您|None")

HEAD = "schema: 1\ntitle: 社群运营效果评估\ndepartment: 社群运营部\nassessed_unit: 社群\nresults: results/*.csv\n"
UNWEIGHTED = """indicators:
  - {name: 七日留存率, target: 40%, scoring: ratio}
  - {name: 新增成员, target: 100, unit: 人, scoring: ratio}
  - {name: 投诉, target: 2, unit: 次, scoring: {method: inverse-ratio, variant: two-minus-ratio}}
"""
HEADERS = "社群,七日留存率,新增成员,投诉,存在问题,改进建议,改进措施\n"
WEEKS = {
    "2026-W52": "产品群,30%,80,4,,,\n",
    "2026-W53": "产品群,36%,90,3,,,\n粉丝群,50%,100,2,,,\n",
    "2027-W01": '产品群,38%,90,2,"1. 留存不足。\n2. 话题少。",每周安排答疑。,\n粉丝群,48%,120,2,,,\n',
}


@pytest.fixture
def assessed(tmp_path: Path, theme: Theme) -> Callable[..., Assessment]:
    def make(plan: str, files: dict[str, str] = WEEKS, headers: str = HEADERS) -> Assessment:
        (tmp_path / "results").mkdir()
        for period, rows in files.items():
            (tmp_path / "results" / f"{period}.csv").write_text(headers + rows, encoding="utf-8")
        path = tmp_path / "p.md"
        path.write_text(f"---\n{plan}---\n", encoding="utf-8")
        assessment, found = assess(path, "p.md", tmp_path, theme)
        assert assessment is not None, found
        assert not found
        return assessment

    return make


def report(assessment: Assessment, period: str, theme: Theme) -> dict:
    (order,) = [o for o in list_documents(assessment) if o.kind.name == "report" and o.period_id == period]
    assert not order.lacking
    return order.context(theme)["report"]


def shown(order: DocumentSpec, theme: Theme) -> str:
    own = order.theme(theme)
    document, found = render(own, order.kind, order.context(theme), date(2026, 7, 1))
    assert document is not None, found
    assert not list(problems(document.tree))
    return re.sub(r"\s+", "", "".join(document.tree.itertext()))


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW"])
def test_no_document_speaks_of_people(tmp_path: Path, theme: Theme, language: str) -> None:
    text = (EVERYTHING / "everything.md").read_text("utf-8")
    (tmp_path / "p.md").write_text(text.replace("schema: 1\n", f"schema: 1\nassessed_unit: 项目\nlanguage: {language}\n"), encoding="utf-8")
    (tmp_path / "results").mkdir()
    for file in (EVERYTHING / "results").glob("*.csv"):
        header, *rows = [row[1:] for row in csv.reader(io.StringIO(file.read_text("utf-8")))]  # without ids
        with (tmp_path / "results" / file.name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([["项目", *header[1:]], *rows])
    assessment, found = assess(tmp_path / "p.md", "p.md", tmp_path, theme)
    assert assessment is not None
    assert {diagnostic.code for diagnostic in found} == {
        "GP447",
        "GP488",
    }  # the published total and the department are others on purpose
    made = {order.stem(theme): shown(order, theme) for order in list_documents(assessment)}
    assert len({stem.split("/")[2] for stem in made}) == 11
    assert not {stem: PEOPLE.findall(text) for stem, text in made.items() if PEOPLE.search(text)}
    assert all("测试甲-测试甲" not in stem for stem in made)
    assert any(stem.endswith("/result/测试甲-绩效考核结果") or "/result/测试甲-" in stem for stem in made)


def test_figures_of_a_report(assessed: Callable[..., Assessment], theme: Theme) -> None:
    made = report(assessed(HEAD + UNWEIGHTED), "2027-W01", theme)
    assert (made["unit"], made["period"], made["start"], made["end"], made["count"]) == (
        "社群", "2027年第1周", "2027年1月4日", "2027年1月10日", 2,
    )  # fmt: skip
    product, fans = made["units"]
    assert (product["name"], product["id"], product["total"], product["grade"]) == ("产品群", "", None, None)
    # 38/40 = 95 %, 90/100 = 90 %, 2 - 2/2 = 100 %: the mean is 95 %.
    assert [str(line["attainment"]) for line in product["lines"]] == ["0.9500", "0.9000", "1.0000"]
    assert str(product["attainment"]) == "0.9500"
    assert (product["indicators"], product["met"], product["unmet"]) == (3, 1, ["七日留存率", "新增成员"])
    assert [(line["actual"], line["previous"], line["change"], line["measure"]) for line in product["lines"]] == [
        ("38%", "36%", "+2", "percent"),
        ("90", "90", "0", "unit"),
        ("2", "3", "-1", "unit"),
    ]
    assert [(line["trend"], line["steps"], line["better"]) for line in product["lines"]] == [
        ("up", 2, True), ("same", 1, None), ("down", 2, True),
    ]  # fmt: skip
    assert (product["better"], product["worse"], product["steady"]) == (2, 0, 1)
    assert (fans["better"], fans["worse"], fans["steady"]) == (1, 1, 1)
    assert product["periods"] == ["2026年第52周", "2026年第53周", "2027年第1周"]
    assert [line["actuals"] for line in product["lines"]] == [["30%", "36%", "38%"], ["80", "90", "90"], ["4", "3", "2"]]
    # 75, 80 and 0 % in week 52; 90, 90 and 50 % in week 53.
    assert [point["text"] for point in product["chart"]["points"]] == ["51.67%", "76.67%", "95%"]
    assert product["problems"] == ["留存不足。", "话题少。"]
    assert (product["suggestions"], product["measures"]) == (["每周安排答疑。"], [])


def test_what_has_no_target_in_numbers_is_neither_met_nor_unmet(assessed: Callable[..., Assessment], theme: Theme) -> None:
    plan = HEAD + "indicators:\n  - {name: 七日留存率, target: 40%, scoring: ratio}\n  - {name: 内容质量, target: 抽评良好}\n"
    assessment = assessed(plan, {"2026-W28": "产品群,36%,85\n"}, "社群,七日留存率,内容质量\n")
    (unit,) = report(assessment, "2026-W28", theme)["units"]
    assert (unit["indicators"], unit["targeted"], unit["met"], unit["unmet"]) == (2, 1, 0, ["七日留存率"])
    text = shown(next(o for o in list_documents(assessment) if o.kind.name == "report"), theme)
    assert "本期共评估2项指标，其中1项设有目标值，达标0项。未达标的指标为七日留存率。" in text


def test_a_first_report_compares_nothing(assessed: Callable[..., Assessment], theme: Theme) -> None:
    assessment = assessed(HEAD + UNWEIGHTED)
    (unit,) = report(assessment, "2026-W52", theme)["units"]
    assert (unit["previous"], unit["periods"], unit["chart"], unit["change"]) == (None, [], None, None)
    assert {(line["previous"], line["change"], line["trend"]) for line in unit["lines"]} == {(None, None, None)}
    text = shown(next(o for o in list_documents(assessment) if o.period_id == "2026-W52" and o.kind.name == "report"), theme)
    assert "较上期" not in text
    assert "历期" not in text
    assert "社群产品群考核期2026年第52周起止日期2026年12月21日至2026年12月27日" in text


def test_weeks_are_set_beside_weeks_alone(assessed: Callable[..., Assessment], theme: Theme) -> None:
    files = {"2026-12": "产品群,20%,250,9,,,\n", **WEEKS, "2027-W02": "产品群,40%,95,1,,,\n"}
    (unit,) = report(assessed(HEAD + UNWEIGHTED, files), "2027-W02", theme)["units"]
    assert unit["periods"] == ["2026年第52周", "2026年第53周", "2027年第1周", "2027年第2周"]
    assert unit["previous"] == "2027年第1周"


def test_totals_and_grades_where_the_plan_has_weights(assessed: Callable[..., Assessment], theme: Theme) -> None:
    weighted = UNWEIGHTED.replace("name: 七日留存率", "name: 七日留存率, weight: 50%").replace(
        "name: 新增成员", "name: 新增成员, weight: 30%"
    )
    weighted = weighted.replace("name: 投诉", "name: 投诉, weight: 20%")
    assessment = assessed(HEAD + weighted + "grades: [{name: 达标, from: 90}, {name: 未达标, from: 0}]\n")
    product, fans = report(assessment, "2027-W01", theme)["units"]
    # 95 × 50 % + 90 × 30 % + 100 × 20 % = 94.5; before 90 × 50 % + 90 × 30 % + 50 × 20 % = 82.
    assert (product["total"], product["change"], product["grade"], product["rank"]) == ("94.50", "+12.50", "达标", 2)
    assert product["chart"]["measure"] == "total"
    assert [point["text"] for point in product["chart"]["points"]] == ["61.50", "82.00", "94.50"]
    assert [band["name"] for band in product["chart"]["bands"]] == ["达标", "未达标"]
    assert {"report", "summary", "result"} <= {kind.name for kind in assessment.kinds}
    assert fans["total"] == "116.00"


def test_what_was_said_stands_in_the_report(assessed: Callable[..., Assessment], theme: Theme) -> None:
    assessment = assessed(HEAD + UNWEIGHTED)
    (order,) = [o for o in list_documents(assessment) if o.kind.name == "report" and o.period_id == "2027-W01"]
    text = shown(order, theme)
    assert order.stem(theme) == "p/2027-W01/report/社群运营部-运营效果评估报告"
    assert "社群运营效果评估报告2027年第1周" in text
    assert "产品群1/395.00%粉丝群3/3113.33%" in text
    assert "本期共评估3项指标，达标1项。未达标的指标为七日留存率、新增成员。与2026年第53周相比，2项向好，0项变差，1项持平。" in text
    assert "七日留存率40%38%95%+2个百分点连续2期上升" in text
    assert "投诉2次2次100%-1次连续2期下降" in text
    assert "存在问题留存不足。话题少。改进建议每周安排答疑。改进措施" in text
    assert not PEOPLE.search(text)


def test_room_to_write_where_nothing_was_said(assessed: Callable[..., Assessment], theme: Theme) -> None:
    (order,) = [o for o in list_documents(assessed(HEAD + UNWEIGHTED)) if o.kind.name == "report" and o.period_id == "2027-W01"]
    document, _ = render(order.theme(theme), order.kind, order.context(theme), date(2026, 7, 1))
    assert document is not None
    names = [cell.get("data-name") for cell in document.tree.iter("td") if cell.get("data-name", "").startswith("report.")]
    assert names == ["report.产品群.measures", "report.粉丝群.problems", "report.粉丝群.suggestions", "report.粉丝群.measures"]


def test_a_unit_whose_values_cannot_be_used_holds_up_its_report(tmp_path: Path, theme: Theme) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "2026-W28.csv").write_text("社群,七日留存率,新增成员,投诉\n甲群,38%,约90,2\n乙群,40%,100,1\n", encoding="utf-8")
    (tmp_path / "p.md").write_text(f"---\n{HEAD}{UNWEIGHTED}---\n", encoding="utf-8")
    assessment, found = assess(tmp_path / "p.md", "p.md", tmp_path, theme)
    assert assessment is not None
    assert [d.code for d in found] == ["GP406"]
    (order,) = [o for o in list_documents(assessment) if o.kind.name == "report"]
    assert order.lacking == "the results of 甲群 have errors"


def test_plans_of_people_have_no_report(theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text(f"---\n{HEAD.replace('assessed_unit: 社群', 'period: 2026')}{UNWEIGHTED}---\n", encoding="utf-8")
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "2026.csv").write_text("工号,姓名,七日留存率,新增成员,投诉,存在问题\n1,甲,38%,90,2,少\n", encoding="utf-8")
    assessment, found = assess(tmp_path / "p.md", "p.md", tmp_path, theme)
    assert assessment is not None
    assert "report" not in {kind.name for kind in assessment.kinds}
    assert {d.code for d in found} == {"GP304", "GP404"}
