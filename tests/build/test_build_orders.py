"""Which documents a plan yields, and where they go."""

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from generator.build.assessment import Assessment, same_ids
from generator.build.documents import orders
from generator.build.names import MAX_BYTES, folded
from generator.build.run import refuse_collisions
from generator.diagnostics import Outcome
from generator.theme.theme import Theme

Sample = Callable[[str], Assessment]
Assessed = Callable[..., Outcome[Assessment | None]]


def counted(assessment: Assessment) -> dict[str, int]:
    return dict(Counter(order.kind.name for order in orders(assessment)))


def lacking(assessment: Assessment) -> dict[tuple[str, str], str]:
    return {(order.kind.name, order.person.id if order.person else ""): order.lacking for order in orders(assessment) if order.lacking}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("community-operations-specialist", {"duties": 1, "scheme": 1, "scorecard": 13, "result": 13, "summary": 2}),
        ("community-operations-department", {"scheme": 1, "scorecard": 1}),
        ("community-operations-department-quarterly", {"scheme": 1, "scorecard": 8, "result": 8, "summary": 1}),
        ("wechat-community-marketing", {"duties": 1, "scheme": 1, "scorecard": 1}),
        ("community-position-standard", {"duties": 1, "scheme": 1, "scorecard": 1}),
        ("community-management-policy", {"policy": 1}),
    ],
)
def test_documents_of_each_sample(sample: Sample, name: str, expected: dict[str, int]) -> None:
    assessment = sample(name)
    assert counted(assessment) == expected
    assert not lacking(assessment)


def test_all_places_of_all_samples_differ(sample: Sample, theme: Theme) -> None:
    names = [
        "community-operations-specialist",
        "community-operations-department",
        "community-operations-department-quarterly",
        "wechat-community-marketing",
        "community-position-standard",
        "community-management-policy",
    ]
    stems = [order.stem(theme) for name in names for order in orders(sample(name))]
    assert len({folded(stem) for stem in stems}) == len(stems) == 57


def test_places_are_plan_period_kind_name(sample: Sample, theme: Theme) -> None:
    stems = {order.stem(theme) for order in orders(sample("community-operations-specialist"))}
    assert {
        "community-operations-specialist/2026-Q3/duties/社群运营专员-岗位说明书",
        "community-operations-specialist/2026-Q2/result/0001-案例员工-绩效考核结果",
        "community-operations-specialist/2026-Q3/scorecard/0018-测试丑-绩效考核表",
        "community-operations-specialist/2026-Q2/summary/社群运营专员-绩效考核结果汇总",
    } <= stems
    blank = {order.stem(theme) for order in orders(sample("community-operations-department"))}
    assert "community-operations-department/no-period/scorecard/社群运营部-绩效考核表-空白表" in blank


def test_a_scorecard_shows_no_scores_and_a_result_does(sample: Sample) -> None:
    for order in orders(sample("community-operations-specialist")):
        assert (order.card is not None) == (order.kind.name == "result")


def test_one_person_with_an_error_stops_no_other(assessed: Assessed) -> None:
    assessment, found = assessed("0001,甲某,80,90\n0002,乙某,80,\n0003,丙某,70,60\n")
    assert [diagnostic.code for diagnostic in found] == ["GP405"]
    assert assessment.sound
    assert counted(assessment) == {"scheme": 1, "scorecard": 3, "result": 3, "summary": 1}
    assert lacking(assessment) == {("result", "0002"): "the results have errors", ("summary", ""): "no total for 0002"}


def test_a_period_that_is_complete_has_its_summary(assessed: Assessed) -> None:
    assessed("0001,甲某,80,90\n", period="2026-Q2")
    assessment, _ = assessed("0001,甲某,80,\n", period="2026-Q3")
    assert [order.lacking for order in orders(assessment) if order.kind.name == "summary"] == ["", "no total for 0001"]


def test_a_plan_with_an_error_yields_nothing_and_says_why(assessed: Assessed) -> None:
    assessment, found = assessed("0001,甲某,80,90\n", more="raters: [{name: 经理, rater: supervisor, weight: 90%}]\n")
    assert "GP301" in [diagnostic.code for diagnostic in found]
    assert {order.lacking for order in orders(assessment)} == {"the plan has errors"}


def test_documents_named_by_the_plan_are_the_only_ones(assessed: Assessed) -> None:
    assessment, _ = assessed("0001,甲某,80,90\n", more="documents: [summary, scheme]\n")
    assert list(counted(assessment)) == ["summary", "scheme"]


@pytest.mark.parametrize(
    ("name", "message"), [("sheme", "no kind of document is named"), ("policy", "needs chapters"), ("duties", "needs duties")]
)
def test_a_document_that_cannot_be_is_an_error(assessed: Assessed, name: str, message: str) -> None:
    assessment, found = assessed(more=f"documents: [{name}]\n")
    assert [diagnostic.code for diagnostic in found] == ["GP322"]
    assert message in found[0].message
    assert found[0].span.line == 5
    assert not assessment.sound


def test_the_date_is_the_plans_or_the_default(assessed: Assessed) -> None:
    default = date(2000, 1, 1)
    for more, expected in [("", default), ("issued: 2026-06-15\n", date(2026, 6, 15))]:
        assessment, _ = assessed(more=more)
        assert {order.issued(default) for order in orders(assessment)} == {expected}


def test_two_plans_may_not_share_an_id(assessed: Assessed) -> None:
    one, other, third = (assessed(name=name, more=more)[0] for name, more in [("a", ""), ("b", "id: a\n"), ("c", "")])
    (found,) = same_ids([one, other, third])
    assert found.code == "GP008"
    assert (found.span.file, found.span.line) == ("b.md", 5)
    assert [str(related.span) for related in found.related] == ["a.md:1:1"]
    assert not same_ids([one, third])


def test_people_whose_names_fall_together_are_left_out_and_nobody_else(assessed: Assessed, theme: Theme) -> None:
    assessment, found = assessed("a1,甲某,80,90\nA1,甲某,80,90\nb1,é,80,90\nB1,e\u0301,80,90\n0005,戊,1,1\n", more="documents: [result]\n")
    assert not found
    wanted, clashes = refuse_collisions(list(orders(assessment)), theme)
    assert [diagnostic.code for diagnostic in clashes] == ["GP701", "GP701"]
    assert [(order.person.id, bool(order.lacking)) for order in wanted] == [
        ("a1", True),
        ("A1", True),
        ("b1", True),
        ("B1", True),
        ("0005", False),
    ]


def test_the_same_name_twice_is_a_collision(assessed: Assessed, theme: Theme) -> None:
    order = next(orders(assessed()[0]))
    wanted, clashes = refuse_collisions([order, order], theme)
    assert len(clashes) == 1
    assert all(order.lacking for order in wanted)


def test_places_are_safe_whatever_people_are_called(assessed: Assessed, theme: Theme) -> None:
    rows = f"../../x,{'考' * 86},1,1\nCON,..,1,1\n"
    assessment, _ = assessed(rows, more="documents: [result, scheme]\nposition: ../../etc\n", name="plan. ")
    assert len(list(orders(assessment))) == 3
    for order in orders(assessment):
        parts = order.stem(theme).split("/")
        assert len(parts) == 4
        assert all(part.strip(".") and len(part.encode()) <= MAX_BYTES for part in parts)
