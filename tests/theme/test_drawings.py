"""Drawings: every kind of chart, written as SVG and read back to be painted; its colours; and charts that workspaces change."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from genplan.theme import charts
from genplan.theme.drawing import Circle, Drawing, Line, Polygon, Polyline, Rect, Text
from genplan.theme.svg import read_drawing, to_svg
from genplan.theme.theme import Theme
from genplan.workspace.writer_inputs import make_look
from genplan.writers.look import Look
from genplan.writers.pixels import draw, faces
from genplan.writers.raster import font_files

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = re.findall(r"```(?:python|jinja)\n(.*?)```", (DOCS / "adding-a-chart.md").read_text("utf-8"), re.DOTALL)
POINTS = [{"name": "甲<乙>", "value": 96, "text": "96"}, {"name": "丙", "value": -3, "text": "-3"}, {"name": "丁", "value": 4, "text": "4"}]
LIMITED = [{**point, "fewest": at or None, "most": 5 if at else None, "kept": not at} for at, point in enumerate(POINTS)]
VALUES: dict[str, dict[str, object]] = {
    "bars": {"rows": POINTS, "line": {"value": 40, "text": "40"}},
    "columns": {"columns": LIMITED, "above": ["1", "2", "3"]},
    "meter": {"value": 0.4, "most": 1.2},
    "radar": {"axes": POINTS},
    "shares": {"parts": [POINTS[0], POINTS[2]]},
    "trend": {"points": POINTS, "bands": [{"name": "优", "lower": 5, "upper": None}, {"name": "良", "lower": -9, "upper": 5}]},
}
SHAPES = (
    Rect(1, 2, 3.25, 4, "#112233", 0.55),
    Line(0, 0.5, 9, 9, "#445566", 0.25, (0.8, 0.8)),
    Polyline(((1, 2), (3, 4)), stroke="#112233", stroke_width=0.6),
    Polygon(((1, 2), (3, 4), (5, -6)), "#112233", 0.18, "#445566", stroke_linejoin="miter"),
    Circle(5, 5, 1, "#ffffff", "#112233", 0.5),
    Text(1, 2, "甲 < 乙 & \"丙\" 'd'", 2.8, "#112233", 700, "end", 'Noto Sans SC, "A & B"'),
)


@pytest.fixture(scope="module")
def built_in_look(theme: Theme) -> Look:
    return make_look(theme, Path())


def chart(look: Look, kind: str, **options: object) -> Element:
    return fromstring(charts.make_chart(look.brand, "zh-CN")(kind, "甲 & 乙", "图", **VALUES[kind], **options))


def fills(svg: Element) -> set[str]:
    return {shape.get("fill", "") for shape in svg.iter("rect")}


def test_every_chart_is_tried():
    assert VALUES.keys() == charts.CHARTS.keys()


@pytest.mark.parametrize("kind", charts.CHARTS)
def test_every_chart_is_painted_in_every_format(kind: str, built_in_look: Look):
    svg = chart(built_in_look, kind)
    drawing = read_drawing(svg)
    assert drawing is not None  # else the PDF and Word would leave it to slower programs
    assert (drawing.title, drawing.note) == ("甲 & 乙", "图")
    assert len(drawing.shapes) == len(svg) - 2 > (2 if kind == "meter" else 5)
    assert draw(drawing, faces(built_in_look.css, font_files(built_in_look)), "#ffffff", 120)


@pytest.mark.parametrize("kind", charts.CHARTS)
def test_shapes_are_for_something_that_has_a_colour(kind: str):
    drawing = charts.CHARTS[kind](**VALUES[kind])
    named = {getattr(shape, name, "none") for shape in drawing.shapes for name in ("fill", "stroke")}
    assert named - {"none"} <= charts.ROLES.keys()


def test_what_is_written_is_read():
    drawing = Drawing(60.5, 30, SHAPES, "甲 & 乙", "<图>", 0.94)
    read = read_drawing(fromstring(to_svg(drawing, {})))
    assert read is not None
    assert read.scale == pytest.approx(0.94, abs=0.001)
    assert (read.width, read.height, read.shapes, read.title, read.note) == (60.5, 30, SHAPES, "甲 & 乙", "<图>")


@pytest.mark.parametrize(
    "shape",
    [
        '<rect x="0" y="0" width="4" fill="#112233"/>',
        '<rect x="0" y="0" width="4" height="4" fill="#112233" rx="1"/>',
        '<rect x="0" y="0" width="4" height="4" fill="red"/>',
        '<rect x="0" y="0" width="4" height="1e4" fill="#112233"/>',
        '<rect x="0" y="0" width="4" height="4" fill="#112233" fill-opacity="2"/>',
        '<polygon points="1,2 3" fill="#112233"/>',
        '<polygon points="1,2" fill="#112233"/>',
        '<text x="1" y="2" font-size="3">甲</text>',
        '<text x="1" y="2" font-size="3" font-family="A">甲<tspan>乙</tspan></text>',
        "<g/>",
    ],
)
def test_other_svg_is_no_drawing(shape: str):
    assert read_drawing(fromstring(f'<svg viewBox="0 0 6 3" width="60mm" height="30mm">{shape}</svg>')) is None


@pytest.mark.parametrize(
    "sheet", ['viewBox="0 0 6 3" width="60mm" height="90mm"', 'viewBox="1 0 6 3" width="60mm" height="30mm"', 'width="6mm"']
)
def test_other_sheets_are_no_drawing(sheet: str):
    assert read_drawing(fromstring(f"<svg {sheet}/>")) is None


def test_templates_colour_and_scale(built_in_look: Look):
    colors = built_in_look.brand.colors
    assert fills(chart(built_in_look, "bars")) == {colors["primary"]}
    assert fills(chart(built_in_look, "bars", colors={"bar": "success"})) == {colors["success"]}
    assert fills(chart(built_in_look, "bars", colors={"bar": "#123456 50%"})) == {"#899aab"}
    assert chart(built_in_look, "bars", scale=0.5).get("width") == "83mm"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ('chart("pie", "x", "y")', "bars, columns, meter, radar, shares, trend"),
        ('chart("trend", "x", "y", points=[], colors={"bart": "primary"})', "bart"),
        ('chart("trend", "x", "y", points=[{"name": "x", "value": 1, "text": "1"}], colors={"line": "reddish"})', "reddish"),
        ('chart("trend", "x", "y", points=[{"name": "x", "value": 1, "text": "1"}], colors={"line": "#12345"})', "#12345"),
        ('chart("trend", "x", "y", dots=[])', "dots"),
    ],
)
def test_mistakes_are_told(render_text: Callable, call: str, words: str):
    problem = render_text(f"{{{{ {call} }}}}")
    assert problem.code == "GP506"
    assert words in problem.message


HEADER = "{#---\ntitle: 通知\nscope: plan\n---#}\n"
BARS = (
    '{% from "parts/charts/bars.html.j2" import bars with context %}'
    '{{ bars([{"name": "甲", "value": 5, "text": "5"}, {"name": "乙", "value": 3, "text": "3"}], "甲 5，乙 3。", "图") }}'
)


def test_a_workspace_colours_all_charts(render_kind: Callable, built_in_look: Look):
    page = (DOCS / "adding-a-kind.md").read_text("utf-8")
    frame = re.search(r"```jinja\n({% import \"builtin/parts/charts/frame.*?)```", page, re.DOTALL)
    assert frame is not None
    document, found = render_kind({"kinds/memo.html.j2": HEADER + BARS, "parts/charts/frame.html.j2": frame[1]})
    assert document is not None, found
    assert fills(document.tree) == {built_in_look.brand.colors["success"]}


def test_a_workspace_draws_a_chart_itself(render_kind: Callable):
    own = (
        '{% macro bars(rows, alt, note) %}<svg viewBox="0 0 9 9" width="9mm" height="9mm"><title>{{ alt }}</title>'
        '{% for row in rows %}<path d="M0 {{ row.value }}H9" stroke="{{ brand.colors.primary }}"></path>{% endfor %}</svg>{% endmacro %}'
    )
    files = {"kinds/memo.html.j2": HEADER + BARS, "parts/charts/bars.html.j2": own}
    document, found = render_kind(files)
    assert document is not None, found
    assert [path.get("d") for path in document.tree.iter("path")] == ["M0 5H9", "M0 3H9"]


def test_the_example_of_the_page(render_kind: Callable, monkeypatch: pytest.MonkeyPatch):
    made: dict[str, Callable[..., Drawing]] = {}
    exec(EXAMPLE[0], made)
    monkeypatch.setitem(charts.CHARTS, "stack", made["stack"])
    document, found = render_kind({"kinds/memo.html.j2": HEADER + EXAMPLE[1]})
    assert document is not None, found
    [svg] = document.tree.iter("svg")
    assert [bar.get("width") for bar in svg.iter("rect")] == ["99.6", "66.4"]
    assert svg.findtext("title") == "指标权重：社群 60%，内容 40%。"
    assert read_drawing(svg) is not None


def test_shares_fill_the_bar_and_are_named_below_it_or_in_a_key():
    parts = [{"name": "效果", "value": 60, "text": "60%"}, {"name": "效率", "value": 40, "text": "40%"}]
    drawing = charts.CHARTS["shares"](parts, 100)
    bars = [shape for shape in drawing.shapes if isinstance(shape, Rect)]
    assert [(round(bar.x, 2), round(bar.x + bar.width, 2)) for bar in bars] == [(0, 59.4), (60, 100)]
    assert len({bar.fill_opacity for bar in bars}) == 2  # to be told apart in grey
    assert [shape.text for shape in drawing.shapes if isinstance(shape, Text)] == ["60%", "效果", "40%", "效率"]
    narrow = charts.CHARTS["shares"]([{**parts[0], "value": 98}, {**parts[1], "name": "一个很长的维度名称", "value": 2}], 100)
    assert [shape.text for shape in narrow.shapes if isinstance(shape, Text)] == ["1", "2", "1 效果 60%", "2 一个很长的维度名称 40%"]
