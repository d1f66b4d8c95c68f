"""Scoring beside rendering: how long 10,000 people with 30 indicators take to score, and to render as PDF.

Run: python bench/scoring.py [PEOPLE] (with genplan installed). Rendering is measured on a few documents and multiplied up.
"""

import sys
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

from genplan.diagnostics import Span
from genplan.documents.specs import list_documents
from genplan.people.model import Actual, PersonResult
from genplan.plan.load import PlanFile, load_plan
from genplan.plan.periods import Period, parse_period
from genplan.scoring.scorecard import score_people
from genplan.source.quantity import Quantity
from genplan.theme.render import render
from genplan.theme.theme import Theme, load_theme
from genplan.workspace.assessment import Assessment
from genplan.workspace.writer_inputs import make_look
from genplan.writers.pdf import write

INDICATORS = 30
SAMPLED = 20
METHODS = (
    "direct",
    "{method: ratio, floor: 60%, cap: 120%}",
    "{method: inverse-ratio, variant: two-minus-ratio}",
    "{method: per-unit, base: 100, points: 2, per: 5%, limit: 20, steps: prorated}",
    "{method: interpolation, points: [{at: 50, score: 0}, {at: 80, score: 100}, {at: 100, score: 120}]}",
)


def plan_text() -> str:
    """Write a plan of 30 indicators that go through the methods in turn."""
    rows = [f"  - {{name: 指标{n}, weight: {n + 1}, target: 80, scoring: {METHODS[n % len(METHODS)]}}}" for n in range(INDICATORS)]
    grades = "grades: [{name: 优秀, from: 90, coefficient: 1.2}, {name: 合格, from: 60}, {name: 待改进, from: 0}]"
    head = "schema: 1\ntitle: 绩效考核方案\ndepartment: 社群运营部\nperiod: 2026-Q3\nweights: normalize\nresults: none.csv"
    return f"---\n{head}\nindicators:\n" + "\n".join(rows) + f"\n{grades}\n---\n"


def person(number: int, plan: PlanFile, period: Period) -> PersonResult:
    """Make a person whose actuals differ from the next one's."""
    span = Span("bench", number)
    values = {placed.key: 40 + (number * 7 + index * 13) % 60 for index, placed in enumerate(plan.indicators)}
    actuals = {key: Actual(Quantity(Decimal(value)), str(value), span) for key, value in values.items()}
    return PersonResult(f"{number:05}", f"测试{number}", "社群运营部", "", period, actuals, "", span)


def render_some(plan: PlanFile, theme: Theme, people: list[PersonResult]) -> float:
    """Return CPU seconds a result PDF takes, after a first one that warms up."""
    cards, _ = score_people(plan, people)
    assessment = Assessment(plan, (theme.kinds["result"],), tuple(people), cards, sound=True, language="zh-CN", pictures=plan.path.parent)
    look = make_look(theme, plan.path.parent)
    started = 0.0
    for index, order in enumerate(list_documents(assessment)):
        document, found = render(theme, order.kind, order.context(theme), date(2026, 10, 1))
        assert document is not None, found
        write(document, look)
        if index == 0:
            started = time.process_time()
    return (time.process_time() - started) / (len(people) - 1)


def main() -> None:
    """Measure, and print the two times and their ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    period = parse_period("2026-Q3")
    assert period is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.md"
        path.write_text(plan_text(), "utf-8")
        plan, found = load_plan(path, "plan.md")
    assert plan is not None, found
    theme, found = load_theme(None, "zh-CN")
    assert theme is not None, found
    people = [person(number, plan, period) for number in range(count)]
    started = time.process_time()
    cards, _ = score_people(plan, people)
    scoring = time.process_time() - started
    assert len(cards) == count
    rendering = render_some(plan, theme, people[: SAMPLED + 1]) * count
    print(f"scoring {count} people x {INDICATORS} indicators: {scoring:.1f} s CPU")
    print(f"rendering their result PDFs: {rendering:.0f} s CPU ({rendering / count * 1000:.0f} ms each, from {SAMPLED})")
    print(f"scoring / rendering: {scoring / rendering:.2%}")


if __name__ == "__main__":
    main()
