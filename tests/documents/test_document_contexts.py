"""What a document is given of its assessment, by its kind; and why one cannot be made that reports on units, or states pay."""

from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from operator import getitem
from pathlib import Path

import pytest

from genplan.diagnostics import Outcome
from genplan.documents.specs import DocumentSpec, in_editions, list_documents
from genplan.theme.editions import Edition
from genplan.theme.theme import Theme
from genplan.workspace.assessment import Assessment, assess

Assessed = Callable[..., Outcome[Assessment | None]]
Sample = Callable[[str], Assessment]
SPECIALIST, POLICY = "community-operations-specialist", "community-management-policy"
PAY = "pay: {unit: 元, parts: [{name: 绩效工资, compute: 总分 * 30}]NOTICE}\n"
OF_THE_RESULT = {"summary", "report", "pay", "result", "person"}
"""Keys of a context that depend on what a document is about."""


def document(assessment: Assessment, kind: str, person: str = "") -> DocumentSpec:
    made = (each for each in list_documents(assessment) if each.kind.name == kind)
    return next(each for each in made if not person or (each.person and each.person.id == person))


def about(each: DocumentSpec, theme: Theme) -> set[str]:
    return OF_THE_RESULT & each.context(theme).keys()


@pytest.mark.parametrize(
    ("name", "kind", "keys"),
    [
        (SPECIALIST, "scheme", set()),
        (SPECIALIST, "summary", {"summary"}),
        (SPECIALIST, "contract", {"person", "result"}),
        (SPECIALIST, "result", {"person", "result"}),
        (POLICY, "report", {"report"}),
    ],
)
def test_what_a_document_is_given(sample: Sample, theme: Theme, name: str, kind: str, keys: set[str]) -> None:
    assessment = sample(name)
    each = next(order for order in list_documents(assessment) if order.kind.name == kind)
    assert about(each, theme) == keys
    if "result" in keys:
        result = each.context(theme)["result"]
        assert (result is not None) == (kind == "result")
        assert result is None or result["pay"] is None


def test_an_edition_is_named_and_leaves_out_what_it_hides(sample: Sample, theme: Theme) -> None:
    edition = theme.editions["employee"]
    each = replace(document(sample(SPECIALIST), "summary"), edition=edition)
    context = each.context(theme)
    assert context["edition"] == {"name": "employee", "title": "员工版"}
    assert "rank" not in str(context.get("summary"))
    assert each.stem(theme) == f"{SPECIALIST}/2026-Q2/employee/summary/社群运营专员-绩效考核结果汇总-员工版"


def test_kinds_that_are_wholly_about_what_an_edition_hides_are_left_out(assessed: Assessed, sample: Sample) -> None:
    paid, _ = assessed("0001,甲某,80,90\n", more=PAY.replace("NOTICE", ""))
    wanted = [*list_documents(paid), *list_documents(sample(POLICY))]

    def left_out(hidden: str) -> set[str]:
        edition = Edition("some", frozenset({hidden}))
        return {each.kind.name for each in wanted} - {each.kind.name for each in in_editions(wanted, [edition])}

    assert left_out("result") == {"result", "notice", "interview"}
    assert left_out("summary") == {"summary"}
    assert left_out("report") == {"report"}
    assert left_out("pay") == {"pay"}
    assert left_out("person.department") == set()


@pytest.mark.parametrize("notice", [True, False])
def test_pay_is_given_to_its_own_document_and_to_a_notice_that_states_it(
    assessed: Assessed,
    theme: Theme,
    notice: bool,  # noqa: FBT001 - of the table
) -> None:
    assessment, _ = assessed("0001,甲某,80,90\n0002,乙某,70,60\n", more=PAY.replace("NOTICE", ", notice: yes" if notice else ""))
    assert about(document(assessment, "pay"), theme) == {"pay"}
    assert about(document(assessment, "summary"), theme) == {"summary"}
    assert (document(assessment, "notice", "0002").context(theme)["result"]["pay"] is not None) == notice
    assert document(assessment, "result", "0002").context(theme)["result"]["pay"] is None


def lacking(assessment: Assessment) -> dict[tuple[str, str, str], str]:
    return {
        (each.kind.name, each.period_id, each.person.id if each.person else ""): each.lacking
        for each in list_documents(assessment)
        if each.lacking
    }


def test_whose_pay_is_not_known_is_named(assessed: Assessed) -> None:
    people = "".join(f"000{number},某人{number},80,90\n" for number in (1, 3, 2))
    more = PAY.replace("NOTICE", ", notice: yes")
    assessed(people, more=more, period="2026-Q2")
    assessment, _ = assessed(people, more=more)
    known = {whose: pay for whose, pay in assessment.pay.items() if whose not in {("2026-Q3", "0001"), ("2026-Q3", "0003")}}
    assert lacking(assessment) == {}
    assert lacking(replace(assessment, pay=known)) == {
        ("pay", "2026-Q3", ""): "the pay of 0001, 0003 is not known",
        ("notice", "2026-Q3", "0001"): "the pay is not known",
        ("notice", "2026-Q3", "0003"): "the pay is not known",
    }
    silent, _ = assessed(people, more=PAY.replace("NOTICE", ""))
    assert set(lacking(replace(silent, pay=known))) == {("pay", "2026-Q3", "")}


def test_who_has_no_total_is_named_before_whose_pay_is_not_known(assessed: Assessed) -> None:
    assessment, _ = assessed("0003,丙某,80,\n0001,甲某,,90\n0002,乙某,70,60\n", more=PAY.replace("NOTICE", ", notice: yes"))
    told = lacking(assessment)
    assert told["pay", "2026-Q3", ""] == told["summary", "2026-Q3", ""] == "no total for 0001, 0003"
    assert told["notice", "2026-Q3", "0001"] == "the results have errors"


UNITS = """\
---
schema: 1
title: 社群效果评估
department: 部门
assessed_unit: 社群
indicators:
  - {name: 甲, target: 100, scoring: ratio}
  - {name: 乙, target: 100, scoring: ratio}
results: results/*.csv
---
"""


@pytest.mark.parametrize(
    ("weight", "lacks", "keys"),
    [("", "the results of A群, B群 have errors", {"report"}), ("weight: 50%, ", "no total for A群, B群", {"report", "summary"})],
)
def test_a_report_names_the_units_that_it_cannot_report(tmp_path: Path, theme: Theme, weight: str, lacks: str, keys: set[str]) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "p.md").write_text(UNITS.replace("target", f"{weight}target"), "utf-8")
    (tmp_path / "results/2026-W01.csv").write_text("社群,甲,乙\nB群,x,1\nC群,1,1\nA群,1,y\n", "utf-8")
    (tmp_path / "results/2026-W02.csv").write_text("社群,甲,乙\nA群,1,1\n", "utf-8")
    assessment, _ = assess(tmp_path / "p.md", "p.md", tmp_path, theme)
    assert assessment is not None
    reports = [each for each in list_documents(assessment) if each.kind.name == "report"]
    assert [(each.period_id, each.lacking) for each in reports] == [("2026-W01", lacks), ("2026-W02", "")]
    assert about(reports[1], theme) == keys


def test_a_person_with_targets_of_their_own_is_given_their_plan(tmp_path: Path, theme: Theme) -> None:
    plan = (
        "---\nschema: 1\ntitle: 方案\ndepartment: 部门\nperiod: 2026-Q3\nindicators: [{name: 甲, target: 100, scoring: ratio}]\nKEYS---\n"
    )
    (tmp_path / "goals-2026-Q3.csv").write_text("工号,姓名,指标,目标值\n01,甲,甲,200\n", "utf-8")
    (tmp_path / "results-2026-Q3.csv").write_text("工号,姓名,甲\n01,甲,150\n02,乙,150\n", "utf-8")
    (tmp_path / "p.md").write_text(plan.replace("KEYS", "goals: goals-2026-Q3.csv\nresults: results-2026-Q3.csv\n"), "utf-8")
    assessment, _ = assess(tmp_path / "p.md", "p.md", tmp_path, theme)
    assert assessment is not None
    shared = document(assessment, "result").shared(theme)
    own = document(assessment, "result", "01").own(theme)
    assert own.keys() == {"plan", "indicators"}
    assert "200" in str(own["indicators"])
    assert "200" not in str(shared["indicators"])
    assert document(assessment, "result", "02").own(theme) == {}
    assert document(assessment, "scheme").own(theme) == {}
    assert document(assessment, "result", "01").context(theme)["plan"] == own["plan"]


def test_people_who_are_awaited_have_the_documents_that_need_no_result(tmp_path: Path, theme: Theme) -> None:
    plan = (
        "---\nschema: 1\ntitle: 方案\ndepartment: 部门\nperiod: 2026-Q3\n"
        "indicators: [{name: 甲, target: 100, scoring: ratio}]\ngoals: goals-2026-Q3.csv\n---\n"
    )
    (tmp_path / "goals-2026-Q3.csv").write_text("工号,姓名,指标,目标值\n01,甲,甲,200\n", "utf-8")
    (tmp_path / "p.md").write_text(plan, "utf-8")
    assessment, _ = assess(tmp_path / "p.md", "p.md", tmp_path, theme)
    assert assessment is not None
    locked = replace(assessment, awaited=[replace(person, password="k7-Rain") for person in assessment.awaited], sound=False)
    made = [(each.kind.name, each.password, each.lacking) for each in list_documents(locked) if each.person]
    assert made == [(kind, "k7-Rain", "the plan has errors") for kind in ("contract", "scorecard")]


def test_the_password_of_a_person_locks_their_documents_and_is_never_shown(assessed: Assessed) -> None:
    assessment, _ = assessed("0001,甲某,80,90\n0002,乙某,80,\n")
    locked = replace(assessment, people=[replace(person, password=f"k7-{person.id}") for person in assessment.people])
    for each in list_documents(locked):
        assert each.password == (f"k7-{each.person.id}" if each.person else "")
        assert each.password not in repr(replace(each, assessment=assessment, person=None)) or not each.password


def test_a_blank_form_is_named_so_in_a_language_without_a_word_for_it(
    assessed: Assessed, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    wordless = replace(theme, locale=replace(theme.locale, labels={}))
    monkeypatch.setattr(DocumentSpec, "theme", lambda _, theme: theme)
    assessment, _ = assessed()
    assert document(assessment, "scorecard").stem(wordless) == "plan/no-period/scorecard/部门-scorecard-blank"
    assert document(assessment, "scheme").stem(wordless) == "plan/no-period/scheme/部门-scheme"


def test_a_blank_form_of_an_unsound_plan_lacks_that_the_plan_is_sound(assessed: Assessed, theme: Theme) -> None:
    assessment, _ = assessed()
    blank = [each for each in list_documents(replace(assessment, sound=False)) if each.kind.name == "scorecard"]
    assert [each.lacking for each in blank] == ["the plan has errors"]
    assert [each.lacking for each in list_documents(assessment) if each.kind.name == "scorecard"] == [""]


def everybody(sample: Sample) -> DocumentSpec:
    """Return a summary whose kind asks for everybody's results."""
    summary = next(each for each in list_documents(sample(SPECIALIST)) if each.kind.name == "summary" and each.period_id == "2026-Q3")
    kind = replace(summary.kind, header=summary.kind.header.model_copy(update={"shows_people": True}))
    return replace(summary, kind=kind)


def test_a_cycle_may_show_everybody_line_by_line(sample: Sample, theme: Theme) -> None:
    people = everybody(sample).context(theme)["people"]
    alone = document(sample(SPECIALIST), "result", "0007").context(theme)
    first = next(each for each in people if each["person"]["id"] == "0007")
    assert first["person"] == alone["person"]
    assert first["result"]["lines"] == alone["result"]["lines"]
    assert [each["person"]["id"] for each in people] == sorted(each["person"]["id"] for each in people)
    assert "people" not in document(sample(SPECIALIST), "summary").context(theme)


@pytest.mark.parametrize(
    ("hidden", "path"),
    [
        ("result.rank", ("result", "rank")),
        ("result.charts", ("result", "charts", "radar")),
        ("summary.ranking[].name", ("person", "name")),
        ("summary.ranking[].total", ("result", "equation")),
    ],
)
def test_an_edition_hides_the_same_of_everybody(sample: Sample, theme: Theme, hidden: str, path: tuple[str, ...]) -> None:
    edition = Edition("some", frozenset({hidden}))
    for each in replace(everybody(sample), edition=edition).context(theme)["people"]:
        assert not reduce(getitem, path, each)
