"""Charts: what they compare, what they say in words, and where things stand in them."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genplan.documents.specs import list_documents
from genplan.theme.charts import CHARTS
from genplan.theme.drawing import Rect
from genplan.theme.render import render
from genplan.theme.svg import size, to_svg
from genplan.theme.theme import Theme
from genplan.theme.tints import contrast, tints
from genplan.theme.wrapping import text_width, wrapped
from genplan.workspace.assessment import Assessment, assess

PLAN = """---
schema: 1
title: 考核方案
department: 运营部
position: 专员
cycle: quarterly
weights: normalize
indicators:
{indicators}
grades:
  - {{name: 优秀, from: 90}}
  - {{name: 其他, from: -1000}}
{rest}
results: results/*.csv
---
"""
LONG = "社群活动组织与跨部门协作及客户满意度综合提升指标及其后续改进措施落实情况和复盘质量"

Make = Callable[..., Assessment]


@pytest.fixture
def assessed(tmp_path: Path, theme: Theme) -> Make:
    """Assess people, each a department and actuals of as many indicators; the target of all is 100."""

    def make(
        people: list[list[object]],
        names: list[str] | None = None,
        rest: str = "",
        periods: tuple[str, ...] = ("2026-Q3",),
        method: str = "",
    ) -> Assessment:
        named = names or [f"指标{at}" for at in range(1, len(people[0]))]
        rule = method or "{method: ratio, floor: 0%, cap: 120%}"
        text = "\n".join(f"  - {{name: {name}, weight: 1, target: 100, scoring: {rule}}}" for name in named)
        (tmp_path / "results").mkdir()
        (tmp_path / "plan.md").write_text(PLAN.format(indicators=text, rest=rest), "utf-8")
        rows = [f"{at:04d},员工{at},{','.join(str(value) for value in person)}" for at, person in enumerate(people, 1)]
        for period in periods:
            (tmp_path / "results" / f"{period}.csv").write_text("\n".join([f"工号,姓名,部门,{','.join(named)}", *rows]) + "\n", "utf-8")
        assessment, found = assess(tmp_path / "plan.md", "plan.md", tmp_path, theme)
        assert assessment is not None, found
        return assessment

    return make


def tree(assessment: Assessment, theme: Theme, kind: str) -> Element:
    order = [order for order in list_documents(assessment) if order.kind.name == kind][-1]
    document, found = render(theme, order.kind, order.context(theme), date(2026, 7, 1))
    assert document is not None, found
    return document.tree


def charts(assessment: Assessment, theme: Theme, kind: str) -> list[Element]:
    return list(tree(assessment, theme, kind).iter("svg"))


def said(drawing: Element) -> str:
    return drawing.findtext("title") or ""


def bars(drawing: Element) -> list[tuple[float, float]]:
    """The left edge and the width of each bar."""
    return [(float(bar.get("x", "")), float(bar.get("width", ""))) for bar in drawing.iter("rect")]


def meter(drawing: Element) -> tuple[float, str]:
    """Which part of its track a small bar fills, and its colour."""
    (_, track), *rest = bars(drawing)
    return (rest[0][1] / track, list(drawing.iter("rect"))[1].get("fill", "")) if rest else (0, "")


def points(*values: float) -> list[dict[str, object]]:
    return [{"name": f"指标{at}", "value": value, "text": str(value)} for at, value in enumerate(values)]


def drawn(kind: str, **values: object) -> Element:
    return fromstring(to_svg(CHARTS[kind](**values), {}))


def inside(drawing: Element) -> bool:
    """Whether all coordinates and the ends of all texts, by estimate, are within the drawing."""
    width, height = size(drawing) or (0, 0)
    for text in drawing.iter("text"):
        wide = text_width(text.text or "") * float(text.get("font-size", ""))
        left = float(text.get("x", "")) - {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor", "start")]
        if not (left >= -0.5 and left + wide <= width + 0.5 and 0 <= float(text.get("y", "")) <= height):
            return False
    for rect in drawing.iter("rect"):
        x, y, w, h = (float(rect.get(name, "")) for name in ("x", "y", "width", "height"))
        if min(x, y, w, h) < 0 or x + w > width + 0.01 or y + h > height + 0.01:
            return False
    return True


def test_bars_are_in_the_column_of_scores_where_nothing_is_attained(assessed: Make, theme: Theme):
    page = tree(assessed([["一部", 80, 90]], method="直接评分"), theme, "result")
    assert [said(drawing) for drawing in page.iter("svg")] == ["指标1 80", "指标2 90"]
    assert [meter(drawing) for drawing in page.iter("svg")] == [(0.8, "#1f4e79"), (pytest.approx(0.9), "#1f4e79")]


def test_bars_stand_behind_attainments_and_are_marked_where_these_fall_short(assessed: Make, theme: Theme):
    drawings = charts(assessed([["一部", 50, 100, 120, 0]]), theme, "result")
    assert [said(drawing) for drawing in drawings] == ["指标1 50%", "指标2 100%", "指标3 120%", "指标4 0%"]
    assert [meter(drawing) for drawing in drawings] == [
        (pytest.approx(0.5 / 1.2, abs=0.02), "#9a5b00"),
        (pytest.approx(1 / 1.2, abs=0.02), "#1f4e79"),
        (1, "#1f4e79"),
        (0, ""),
    ]


@pytest.mark.parametrize(("value", "most", "share"), [(-0.3, 1, 0), (0.5, 1, 0.5), (1, 4, 0.5), (3, 4, 1), (0.2, 0.5, 0.2)])
def test_a_bar_is_as_long_as_its_value_on_a_track_of_twice_the_requirement_at_most(value: float, most: float, share: float):
    drawing = CHARTS["meter"](value=value, most=most, width=18)
    lengths = [shape.width for shape in drawing.shapes if isinstance(shape, Rect)]
    assert lengths == [18, 18 * share] if share else [18]


@pytest.mark.parametrize(("count", "radars"), [(1, 0), (4, 0), (5, 1), (10, 1), (11, 0)])
def test_a_radar_is_drawn_of_five_to_ten_indicators(assessed: Make, theme: Theme, count: int, radars: int):
    drawings = charts(assessed([["一部", *([80] * count)]], [f"{LONG}{at}" for at in range(count)]), theme, "result")
    assert len(drawings) == count + radars
    assert all(inside(drawing) for drawing in drawings)


@pytest.mark.parametrize("count", [3, 12, 13, 60])
def test_bars_hold_every_row(count: int):
    rows = [{"name": f"{LONG}{at}" if at % 3 == 0 else f"指标{at}", "value": at * 37 % 130, "text": str(at)} for at in range(count)]
    drawing = drawn("bars", rows=rows)
    assert len(bars(drawing)) == count
    assert inside(drawing)


def test_longer_bars_are_of_greater_values():
    drawing = drawn("bars", rows=points(0, 20, 55, 99, 100, 140, 199), line={"value": 100, "text": "100"})
    widths = [width for _, width in bars(drawing)]
    assert widths == sorted(widths)
    assert len(set(widths)) == len(widths)
    pale = [bar.get("fill-opacity") is not None for bar in drawing.iter("rect")]
    assert pale == [True, True, True, True, False, False, False]


def test_a_negative_value_goes_left_and_a_far_one_is_broken():
    drawing = drawn("bars", rows=points(-30, 50, 290), line={"value": 100, "text": "100"}, width=98)
    (negative, left), (zero, _), (_, longest) = bars(drawing)
    assert negative + left == pytest.approx(zero)
    assert longest < 100
    assert len(list(drawing.iter("polygon"))) == 1
    assert inside(drawing)


def test_nothing_reached_at_all(assessed: Make, theme: Theme):
    assert all(inside(drawing) for drawing in charts(assessed([["一部", 0, 0, 0]]), theme, "result"))


def test_a_score_further_out_is_further_from_the_middle(assessed: Make, theme: Theme):
    drawing = drawn("radar", axes=points(10, 50, 110))
    width, _ = size(drawing) or (0, 0)
    corners = [(float(dot.get("cx", "")) - width / 2, float(dot.get("cy", "")) - 26) for dot in drawing.iter("circle")]
    reach = [x * x + y * y for x, y in corners]
    assert reach == sorted(reach)
    assert corners[0][0] == pytest.approx(0)


@pytest.mark.parametrize("count", range(5, 11))
@pytest.mark.parametrize(
    "names",
    [
        ("社群新增用户数", "用户活跃度", "跨部门协作与信息共享情况", "客户投诉处理及时率与满意度", "内容质量"),
        ("New community members", "Engagement rate", "Brand exposure", "Customer complaints", "Collection plan completion"),
    ],
)
def test_names_of_a_radar_are_whole(names: tuple[str, ...], count: int):
    drawing = drawn("radar", axes=[{"name": names[at % 5], "value": 80, "text": "80"} for at in range(count)])
    assert "…" not in "".join(drawing.itertext())
    assert inside(drawing)


def test_trend_stands_where_there_are_periods_before(assessed: Make, theme: Theme):
    drawings = charts(assessed([["一部", 80, 90]], periods=("2026-Q1", "2026-Q2", "2026-Q3")), theme, "result")
    assert said(drawings[-1]) == "员工1历次考核总分：2026年第一季度 85.00，2026年第二季度 85.00，2026年第三季度 85.00。"
    assert inside(drawings[-1])


def test_two_periods_are_compared_in_words(assessed: Make, theme: Theme):
    page = tree(assessed([["一部", 80, 90]], periods=("2026-Q2", "2026-Q3")), theme, "result")
    assert len(list(page.iter("svg"))) == 2
    assert "考核总分　较2026年第二季度 0.00" in ["".join(label.itertext()) for label in page.iter("p")]


def test_summary_compares_people_grades_and_departments(assessed: Make, theme: Theme):
    rest = "distribution: {rounding: half-up, quotas: [{grade: 优秀, at_most: 40%}, {grade: 其他, at_least: 20%}]}"
    assessment = assessed([["一部", 100, 98], ["一部", 92, 100], ["二部", 60, 70]], rest=rest)
    page = tree(assessment, theme, "summary")
    assert [said(drawing) for drawing in page.iter("svg")] == [
        *("优秀 66.67%", "其他 33.33%", "合计 100%"),
        *("员工1 99.00", "员工2 96.00", "员工3 65.00"),
    ]
    assert "超出限额" in [cell.text for cell in page.iter("td")]
    cells = [(cell.text, cell.get("class")) for cell in page.iter("td") if "heat" in cell.get("class", "")]
    assert cells == [("96", "number heat-5"), ("60", "number heat-1"), ("99", "number heat-5"), ("70", "number heat-2")]


def test_one_department_has_no_heat_table(assessed: Make, theme: Theme):
    assert "heat-" not in "".join(
        cell.get("class", "") for cell in tree(assessed([["一部", 1, 2], ["一部", 3, 4]]), theme, "summary").iter("td")
    )


def test_many_departments_take_several_tables(assessed: Make, theme: Theme):
    page = tree(assessed([[f"第{at}部", at, 50] for at in range(1, 12)]), theme, "summary")
    heads = [[cell.text for cell in table.iter("th")] for table in page.iter("table") if "第1部" in [c.text for c in table.iter("th")]]
    assert [len(head) for head in heads] == [9]
    assert len([table for table in page.iter("table") if any("heat-" in cell.get("class", "") for cell in table.iter("td"))]) == 2
    captions = ["".join(each.itertext()) for each in page.iter("p") if each.get("class") == "caption"]
    assert [caption for caption in captions if caption.startswith("各部门指标平均得分")] == [
        f"各部门指标平均得分（底色越深，得分越高）（共2部分之{part}）" for part in (1, 2)
    ]


def test_text_on_every_tint_is_readable(theme: Theme):
    assert all(contrast(tint, theme.brand.colors["foreground"]) >= 4.5 for tint in tints(theme.brand).values())
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_tints_give_way_to_dark_colours(theme: Theme):
    colors = {**theme.brand.colors, "primary": "#000000", "foreground": "#555555"}
    brand = type(theme.brand)(**{**{name: getattr(theme.brand, name) for name in theme.brand.__slots__}, "colors": colors})
    assert all(contrast(tint, "#555555") >= 4.5 for tint in tints(brand).values())


@pytest.mark.parametrize(
    ("drawing", "code"),
    [
        ('<svg viewBox="0 0 1 1" width="1mm" height="1mm"><title>x</title><script>1</script></svg>', "GP608"),
        ('<svg viewBox="0 0 1 1" width="1mm" height="1mm"><title>x</title><image href="a.png"></image></svg>', "GP608"),
        ('<svg viewBox="0 0 1 1" width="1mm" height="1mm"><title>x</title><rect style="fill:red"></rect></svg>', "GP608"),
        ('<svg viewBox="0 0 1 1" width="1mm" height="1mm"><title>x</title><g onclick="x"></g></svg>', "GP608"),
        ('<svg viewBox="0 0 1 1"><title>x</title></svg>', "GP609"),
        ('<svg viewBox="0 0 1 1" width="0mm" height="1mm"><title>x</title></svg>', "GP609"),
        ('<svg viewBox="0 0 1 1" width="1mm" height="1mm"><title> </title></svg>', "GP609"),
    ],
)
def test_drawings_that_formats_would_show_differently(render_kind: Callable, drawing: str, code: str):
    document, found = render_kind({"kinds/memo.html.j2": f"{{#---\ntitle: 通知\nscope: plan\n---#}}\n{drawing}"})
    assert document is None
    assert {problem.code for problem in found} == {code}


def test_macros_of_the_page_draw_in_a_kind_of_ones_own(render_kind: Callable):
    page = (Path(__file__).parents[2] / "docs" / "adding-a-kind.md").read_text("utf-8")
    example = re.search(r"### Charts.*?```jinja\n(.*?)```", page, re.DOTALL)
    assert example is not None
    document, found = render_kind({"kinds/memo.html.j2": "{#---\ntitle: 通知\nscope: plan\n---#}\n" + example[1].replace("…", "")})
    assert document is not None, found
    assert [said(drawing) for drawing in document.tree.iter("svg")] == ["各部门完成率：一部 96%，二部 104%。"]


@given(st.text(max_size=60), st.integers(2, 40), st.integers(1, 3))
def test_wrapped_lines_fit(text: str, width: int, lines: int):
    broken = wrapped(text, width, lines)
    assert len(broken) <= lines
    assert all(text_width(line) <= width for line in broken)
    if not broken or not broken[-1].endswith("…"):
        assert "".join("".join(broken).split()) == "".join(text.split())


def test_wrapped_keeps_words_and_closing_marks():
    assert wrapped("2026年第三季度", 6) == ["2026年", "第三季度"]
    assert wrapped("Customer satisfaction", 8) == ["Customer", "satisfaction"]
    assert wrapped("用户满意度，季度", 5) == ["用户满意", "度，季度"]


def test_indicators_with_points_of_their_own_are_drawn_on_their_own_scale(tmp_path: Path, theme: Theme):
    """5 of 10 points takes as much room as 20 of 40."""
    points = "{{name: {}, weight: 1, scoring: {{method: direct, maximum: {}}}}}"
    text = PLAN.partition("grades:")[0].format(indicators=f"  - {points.format('甲', 10)}\n  - {points.format('乙', 40)}")
    (tmp_path / "plan.md").write_text(f"{text}results: '*.csv'\n---\n", "utf-8")
    (tmp_path / "2026-Q3.csv").write_text("工号,姓名,甲,乙\n1,员工1,5,20\n", "utf-8")
    assessment, found = assess(tmp_path / "plan.md", "plan.md", tmp_path, theme)
    assert assessment is not None, found
    assert [meter(drawing)[0] for drawing in charts(assessment, theme, "result")] == [0.5, 0.5]


def test_one_scale_for_all_parts_of_a_chart():
    rows = points(*([60] * 30), 180, *([60] * 9))
    first, second = (bars(drawn("bars", rows=part, every=rows)) for part in (rows[:30], rows[30:]))
    assert {width for _, width in first} == {width for at, (_, width) in enumerate(second) if at != 0}
