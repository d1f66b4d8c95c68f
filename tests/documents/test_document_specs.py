"""Which documents a plan yields, and where they go."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from genplan.diagnostics import Outcome
from genplan.documents.file_names import folded
from genplan.documents.specs import list_documents
from genplan.execution.build_documents import refuse_collisions
from genplan.incremental.source_digests import SourceDigests
from genplan.theme.theme import Theme
from genplan.workspace.across_plans import check_together
from genplan.workspace.assessment import Assessment

Sample = Callable[[str], Assessment]
Assessed = Callable[..., Outcome[Assessment | None]]


FOR_EACH = ("contract", "scorecard", "result", "notice", "interview", "appeal")
"""The kinds that a plan with people and a way to appeal makes for each of them."""


def counted(assessment: Assessment) -> dict[str, int]:
    return dict(Counter(order.kind.name for order in list_documents(assessment)))


def lacking(assessment: Assessment) -> dict[tuple[str, str], str]:
    return {
        (order.kind.name, order.person.id if order.person else ""): order.lacking for order in list_documents(assessment) if order.lacking
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "community-operations-specialist",
            {"duties": 1, "scheme": 1, "standard": 1, "summary": 2, "improvement": 2, **dict.fromkeys(FOR_EACH, 13)},
        ),
        ("community-operations-department", {"scheme": 1, "contract": 1, "scorecard": 1, "appeal": 1}),
        ("community-operations-department-quarterly", {"scheme": 1, "summary": 1, "improvement": 3, **dict.fromkeys(FOR_EACH, 8)}),
        ("wechat-community-marketing", {"standard": 1, "contract": 1, "scorecard": 1}),
        ("community-position-standard", {"standard": 1, "contract": 1, "scorecard": 1}),
        ("community-management-policy", {"policy": 1, "report": 3}),
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
    stems = [order.stem(theme) for name in names for order in list_documents(sample(name))]
    assert len({folded(stem) for stem in stems}) == len(stems) == 152


def test_places_are_plan_period_kind_name(sample: Sample, theme: Theme) -> None:
    stems = {order.stem(theme) for order in list_documents(sample("community-operations-specialist"))}
    assert {
        "community-operations-specialist/2026-Q3/duties/社群运营专员-岗位说明书",
        "community-operations-specialist/2026-Q2/result/0001-案例员工-绩效考核结果",
        "community-operations-specialist/2026-Q3/scorecard/0018-测试丑-绩效考核表",
        "community-operations-specialist/2026-Q2/summary/社群运营专员-绩效考核结果汇总",
    } <= stems
    blank = {order.stem(theme) for order in list_documents(sample("community-operations-department"))}
    assert "community-operations-department/no-period/scorecard/社群运营部-绩效考核表-空白表" in blank


def test_a_scorecard_shows_no_scores_and_a_result_does(sample: Sample) -> None:
    for order in list_documents(sample("community-operations-specialist")):
        shows = order.kind.name in {"result", "notice", "interview", "improvement", "appeal"}
        assert (order.card is not None) == shows


def test_one_person_with_an_error_stops_no_other(assessed: Assessed) -> None:
    assessment, found = assessed("0001,甲某,80,90\n0002,乙某,80,\n0003,丙某,70,60\n")
    assert [diagnostic.code for diagnostic in found] == ["GP405"]
    assert assessment.sound
    people = dict.fromkeys(("contract", "scorecard", "result", "notice", "interview"), 3)
    assert counted(assessment) == {"scheme": 1, **people, "summary": 1}
    without = {(kind, "0002"): "the results have errors" for kind in ("result", "notice", "interview")}
    assert lacking(assessment) == {**without, ("summary", ""): "no total for 0002"}


def improving(assessment: Assessment) -> list[str]:
    return [order.person.id for order in list_documents(assessment) if order.kind.name == "improvement" and order.person]


ROWS = "0001,甲某,90,90\n0002,乙某,70,70\n0003,丙某,10,10\n"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", []),
        ("improvement: {below: 好}\n", ["0003"]),
        ("improvement: 好\n", ["0003"]),
        ("绩效改进: {低于: 好}\n", ["0003"]),
        ("improvement: {below: 差}\n", []),
        ("improvement: 好\nceilings: [{when: 甲.得分 < 80, grade: 差}]\n", ["0002", "0003"]),
        ("improvement: 好\ntotal: {minimum: 60}\n", []),
    ],
)
def test_improvement_plans_are_for_those_whose_grade_in_the_end_is_below(assessed: Assessed, more: str, expected: list[str]) -> None:
    assert improving(assessed(ROWS, more=more)[0]) == expected


def test_a_veto_calls_for_an_improvement_plan(assessed: Assessed, tmp_path: Path) -> None:
    assessed(ROWS, more="improvement: 好\nvetoes: [事故]\n")
    (tmp_path / "plan" / "2026-Q3.csv").write_text("工号,姓名,甲,乙,事故\n0001,甲某,90,90,是\n0002,乙某,70,70,\n", encoding="utf-8")
    assessment, found = assessed(more="improvement: 好\nvetoes: [事故]\nresults: plan/*.csv\n")
    assert not found
    assert improving(assessment) == ["0001"]


def test_grades_rank_by_their_bounds_wherever_they_stand(sample: Sample) -> None:
    grades = {card.person.id: card.band.grade.name for card in sample("community-operations-department-quarterly").cards if card.band}
    chosen = improving(sample("community-operations-department-quarterly"))
    assert chosen == [person for person, grade in grades.items() if grade in {"一般", "不合格"}] == ["0025", "0026", "0028"]


def test_whoever_has_no_result_is_told_so_instead_of_an_improvement_plan(assessed: Assessed) -> None:
    assessment, _ = assessed("0001,甲某,10,\n0002,乙某,90,90\n", more="improvement: 好\n")
    assert lacking(assessment)["improvement", "0001"] == "the results have errors"
    assert improving(assessment) == ["0001"]


def test_an_appeal_shows_the_result_where_there_is_one(assessed: Assessed) -> None:
    more = "appeal: {window: 5日内, handler: 人事部}\n"
    assessment, _ = assessed("0001,甲某,10,\n0002,乙某,90,90\n", more=more)
    assert {order.person.id: bool(order.card) for order in list_documents(assessment) if order.kind.name == "appeal" and order.person} == {
        "0001": False,
        "0002": True,
    }
    assert ("appeal", "0001") not in lacking(assessment)
    assert "appeal" not in counted(assessed("0001,甲某,90,90\n")[0])


def test_kinds_stand_in_the_order_of_their_headers(theme: Theme, sample: Sample) -> None:
    everything = [
        "duties",
        "scheme",
        "standard",
        "policy",
        "contract",
        "scorecard",
        "result",
        "summary",
        "report",
        "pay",
        "notice",
        "interview",
        "improvement",
        "appeal",
    ]
    assert list(theme.kinds) == everything
    built = list(dict.fromkeys(order.kind.name for order in list_documents(sample("community-operations-specialist"))))
    assert built == [kind for kind in everything if kind not in {"policy", "report", "pay"}]


def test_a_period_that_is_complete_has_its_summary(assessed: Assessed) -> None:
    assessed("0001,甲某,80,90\n", period="2026-Q2")
    assessment, _ = assessed("0001,甲某,80,\n", period="2026-Q3")
    assert [order.lacking for order in list_documents(assessment) if order.kind.name == "summary"] == ["", "no total for 0001"]


def test_a_plan_with_an_error_yields_nothing_and_says_why(assessed: Assessed) -> None:
    assessment, found = assessed("0001,甲某,80,90\n", more="raters: [{name: 经理, rater: supervisor, weight: 90%}]\n")
    assert "GP301" in [diagnostic.code for diagnostic in found]
    assert {order.lacking for order in list_documents(assessment)} == {"the plan has errors"}


def test_documents_named_by_the_plan_are_the_only_ones(assessed: Assessed) -> None:
    assessment, _ = assessed("0001,甲某,80,90\n", more="documents: [summary, scheme]\n")
    assert list(counted(assessment)) == ["summary", "scheme"]


@pytest.mark.parametrize(
    ("name", "message"), [("sheme", "there is no kind of document named"), ("policy", "needs chapters"), ("duties", "needs duties")]
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
        assert {order.issued(default) for order in list_documents(assessment)} == {expected}


def test_two_plans_may_not_share_an_id(assessed: Assessed) -> None:
    one, other, third = (assessed(name=name, more=more)[0].plan for name, more in [("a", ""), ("b", "id: a\n"), ("c", "")])
    (found,) = [one for one in check_together([one, other, third]) if one.code == "GP008"]
    assert found.code == "GP008"
    assert (found.span.file, found.span.line) == ("b.md", 5)
    assert [str(related.span) for related in found.related] == ["a.md:1:1"]
    assert not [one for one in check_together([one, third]) if one.code == "GP008"]


def test_people_whose_names_fall_together_are_left_out_and_nobody_else(assessed: Assessed, theme: Theme) -> None:
    assessment, found = assessed("a1,甲某,80,90\nA1,甲某,80,90\nb1,é,80,90\nB1,e\u0301,80,90\n0005,戊,1,1\n", more="documents: [result]\n")
    assert {diagnostic.code for diagnostic in found} == {"GP361"}
    wanted, clashes = refuse_collisions(list(list_documents(assessment)), theme)
    assert [diagnostic.code for diagnostic in clashes] == ["GP701", "GP701"]
    assert [(order.person.id, bool(order.lacking)) for order in wanted] == [
        ("a1", True),
        ("A1", True),
        ("b1", True),
        ("B1", True),
        ("0005", False),
    ]


def test_the_same_name_twice_is_a_collision(assessed: Assessed, theme: Theme) -> None:
    order = next(list_documents(assessed()[0]))
    wanted, clashes = refuse_collisions([order, order], theme)
    assert len(clashes) == 1
    assert all(order.lacking for order in wanted)


def test_places_are_safe_whatever_people_are_called(assessed: Assessed, theme: Theme) -> None:
    rows = f"../../x,{'考' * 86},1,1\nCON,..,1,1\n"
    assessment, _ = assessed(rows, more="documents: [result, scheme]\nposition: ../../etc\n", name="plan. ")
    assert len(list(list_documents(assessment))) == 3
    for order in list_documents(assessment):
        parts = order.stem(theme).split("/")
        assert len(parts) == 4
        assert all(part.strip(".") and len(part.encode()) <= 120 for part in parts)


def test_sources_of_a_document_include_the_other_kinds(sample: Sample) -> None:
    """A scheme says what the job description would, where there is none: which kinds there are is part of what it is made from."""
    assessment = sample("community-operations-specialist")
    fewer = replace(assessment, kinds=tuple(kind for kind in assessment.kinds if kind.name != "duties"))
    digests = [
        SourceDigests().of(next(order for order in list_documents(each) if order.kind.name == "scheme")) for each in (assessment, fewer)
    ]
    assert digests[0] != digests[1]
