"""Pay: two implementations, written apart, agree on random plans and people; and pools are spent to the last unit."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_plans import MODES, PERIOD, SPAN, actual, number, plan_file
from second_pay import Earner, second_pay

from genplan.people.model import Actual, PersonResult
from genplan.plan.load import PlanFile
from genplan.scoring.largest_remainder import largest_remainder
from genplan.scoring.pay import pay_people
from genplan.scoring.scorecard import score_people
from genplan.source.quantity import Quantity

BATCHES, PLANS_IN_BATCH = 10, 100
DEPARTMENTS, POSITIONS = ("一部", "二部"), ("专员", "主管")
COEFFICIENTS = {"优": "1.2", "良": "1", "差": "0"}


def random_plan(rng: Random) -> PlanFile:
    parts: list[dict[str, Any]] = [
        {
            "name": "工资",
            "compute": rng.choice(("绩效基数 * 绩效系数 * 出勤率", "绩效基数 * total / 100 - 罚款", "max(0, 绩效基数 / 人数 - 罚款)")),
        },
        {
            "name": "提成",
            "commission": {
                "of": rng.choice(("回款", "回款 - 退款 * 3")),
                "mode": rng.choice(("whole", "progressive")),
                "tiers": tiers(rng),
            },
        },
        {
            "name": "奖金",
            "pool": {
                "amount": rng.choice((number(rng, 1, 90_000), "奖金总额 * 0.6")),
                "share": rng.choice(("总分", "职称 * 总分", "coefficient")),
            },
        },
        {"name": "均分", "pool": {"amount": "1000", "share": "职称"}},
    ]
    for part in parts[2:]:
        part["pool"] |= rng.choice(({}, {"by": "department"}, {"by": "position"}))
    pay = {"parts": rng.sample(parts, rng.randint(1, 4)), "rounding": {"places": rng.randint(0, 3), "mode": rng.choice(MODES)}}
    pay["unit"] = rng.choice(("元", "元", "万元"))
    pay["inputs"] = [{"name": "回款", "unit": "万元"}, {"name": "出勤率", "unit": "%"}]
    grades = [
        {"name": name, "from": low, "coefficient": COEFFICIENTS[name]} for name, low in zip(COEFFICIENTS, ("90", "60", "0"), strict=True)
    ]
    return plan_file({"indicators": [{"name": "质量", "weight": "100%"}], "grades": grades, "pay": pay})


def tiers(rng: Random) -> list[dict[str, str]]:
    walls = sorted(rng.sample(range(1, 60), rng.randint(0, 3)))
    return [{"to": str(wall * 1000), "rate": f"{number(rng, 0, 9)}%"} for wall in walls] + [
        ({"from": str(walls[-1] * 1000)} if walls else {}) | {"rate": "5%"}
    ]


def random_team(rng: Random) -> list[PersonResult]:
    total = number(rng, 0, 5000)
    return [_person(rng, f"{n:04}", total) for n in range(rng.randint(1, 7))]


def _person(rng: Random, id_: str, pooled: str) -> PersonResult:
    cells = {
        "绩效基数": number(rng, 0, 9000),
        "出勤率": rng.choice(("100%", "50%", "96.5%")),
        "罚款": number(rng, 0, 50),
        "人数": rng.choice(("1", "3", "7", "0")),
        "回款": rng.choice(("0", "1", "2", "5.5", number(rng, 0, 9))),
        "退款": rng.choice(("0", "0", "1000")),
        "奖金总额": pooled if rng.random() < 0.97 else "1",
        "职称": rng.choice(("0", "0.8", "1", "1.1")),
    }
    figures: dict[str, Actual | None] = {name: actual(cell) for name, cell in cells.items() if rng.random() < 0.99}
    score = {"质量": actual(number(rng, 0, 100))} if rng.random() < 0.98 else {}
    return PersonResult(id_, "测试甲", rng.choice(DEPARTMENTS), rng.choice(POSITIONS), PERIOD, score, "", SPAN, figures=figures)


def _written(given_: Actual | None) -> Fraction:
    assert given_ is not None
    assert isinstance(given_.value, Quantity)
    return Fraction(given_.value.value)


def earner(person: PersonResult) -> Earner:
    score = person.actuals.get("质量")
    total = _written(score) if score else Fraction(0)
    coefficient = Fraction(COEFFICIENTS["优" if total >= 90 else "良" if total >= 60 else "差"])
    columns = {name: _written(given_) for name, given_ in person.figures.items()}
    return Earner(person.id, person.department, person.position, (total, coefficient) if score else None, columns)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_both_agree(batch: int):
    rng = Random(batch)
    paid = 0
    for _ in range(PLANS_IN_BATCH):
        plan, people = random_plan(rng), random_team(rng)
        assert plan.plan.pay is not None
        pay, found = pay_people(plan, people, score_people(plan, people).value)
        ours = {id_: [Fraction(part.amount) for part in each.parts] for (_, id_), each in pay.items()}
        assert ours == second_pay(plan.plan.pay, [earner(person) for person in people]), (plan.plan.pay, people)
        assert all(Fraction(each.total) == sum(ours[id_], Fraction(0)) for (_, id_), each in pay.items())
        assert (
            len(pay) == len(people)
            or any(each.code in {"GP468", "GP469", "GP471", "GP472", "GP473"} for each in found)
            or any(not person.actuals for person in people)
        )
        paid += len(pay)
    assert paid > 150


amounts = st.decimals(0, 10**9, places=2)
shares = st.lists(st.fractions(0, 1000), min_size=1, max_size=30).filter(any)


@given(amounts, shares)
def test_shares_of_a_pool_make_it(amount: Decimal, parts: list[Fraction]):
    given_ = largest_remainder(amount, parts, 2)
    assert sum(given_) == amount
    whole = sum(parts)
    assert all(abs(Fraction(each) - Fraction(amount) * part / whole) < Fraction(1, 100) for each, part in zip(given_, parts, strict=True))
    in_order = sorted(zip(parts, given_, strict=True))
    assert all(less <= more for (_, less), (_, more) in pairwise(in_order))


def test_equal_remainders_go_by_order():
    assert largest_remainder(Decimal("0.02"), [Fraction(1)] * 3, 2) == [Decimal("0.01"), Decimal("0.01"), Decimal("0.00")]


def test_a_pool_waits_for_everybody():
    rng = Random(1)
    pay = {"parts": [{"name": "奖金", "pool": {"amount": "100", "share": "total", "by": "department"}}]}
    plan = plan_file({"indicators": [{"name": "质量", "weight": "100%"}], "pay": pay})
    here = [replace(_person(rng, id_, "1"), department="一部", actuals={"质量": actual("80")}) for id_ in ("0001", "0002")]
    awaited = replace(here[0], id="0003", actuals={}, awaited=True)
    cards = score_people(plan, here).value
    assert [f"{each.total:f}" for each in pay_people(plan, here, cards).value.values()] == ["50.00", "50.00"]
    assert [found.code for found in pay_people(plan, [*here, awaited], cards).diagnostics] == ["GP473"]
    elsewhere = [*here, replace(awaited, department="二部")]
    assert len(pay_people(plan, elsewhere, cards).value) == 2
    assert not pay_people(plan, elsewhere, cards).diagnostics


def test_a_part_of_a_pool_says_what_it_was_before_rounding_and_of_what():
    rng = Random(1)
    pay = {"parts": [{"name": "奖金", "pool": {"amount": "100.006", "share": "total"}}, {"name": "津贴", "compute": "total / 3"}]}
    plan = plan_file({"indicators": [{"name": "质量", "weight": "100%"}], "pay": pay})
    people = [replace(_person(rng, id_, "1"), actuals={"质量": actual(score)}) for id_, score in (("1", "80"), ("2", "70"), ("3", "50"))]
    found = list(pay_people(plan, people, score_people(plan, people).value).value.values())
    pools, parts = [each.parts[0] for each in found], [each.parts[1] for each in found]
    assert [part.exact for part in pools] == [Fraction("100.01") * share / 200 for share in (80, 70, 50)]
    assert [f"{part.amount}" for part in pools] == ["40.01", "35.00", "25.00"]
    assert [(part.pool.amount, part.pool.share, part.pool.of) for part in pools] == [
        (Decimal("100.01"), share, 200) for share in (80, 70, 50)
    ]
    assert [(part.exact, f"{part.amount}") for part in parts] == [
        (Fraction(80, 3), "26.67"),
        (Fraction(70, 3), "23.33"),
        (Fraction(50, 3), "16.67"),
    ]
    assert [f"{each.total}" for each in found] == ["66.68", "58.33", "41.67"]
    assert found[0].shown == "奖金 40.01, 津贴 26.67"
    assert {name: factor.value for name, factor in found[0].factors.items()} == {"total": 80}


def pool_of(amount: str, share: str, *figures: dict[str, str]) -> tuple[int, list[tuple[str, str, str]]]:
    """Share out a pool among people with these figures; gives how many are paid, and what is found."""
    pay = {"parts": [{"name": "奖金", "pool": {"amount": amount, "share": share}}]}
    plan = plan_file({"indicators": [{"name": "质量", "weight": "100%"}], "pay": pay})
    people = [
        replace(
            _person(Random(1), str(number), "1"),
            actuals={"质量": actual("80")},
            figures={name: actual(cell) for name, cell in cells.items()},
        )
        for number, cells in enumerate(figures)
    ]
    paid, found = pay_people(plan, people, score_people(plan, people).value)
    return len(paid), [(each.code, str(each.message).partition(": ")[2] or str(each.message), str(each.help)) for each in found]


def test_a_pool_below_zero_is_refused():
    paid, found = pool_of("奖金总额", "总分", {"奖金总额": "-5"}, {"奖金总额": "-5"})
    assert (paid, [code for code, _, _ in found]) == (0, ["GP469"])
    assert "the pool holds -5, which is below zero" in found[0][1]
    assert found[0][2] == "write the amount to be shared"


def test_a_share_below_zero_is_refused():
    paid, found = pool_of("100", "职称", {"职称": "1"}, {"职称": "-1"})
    assert (paid, [code for code, _, _ in found]) == (0, ["GP469"])
    assert "its share in the pool is -1, which is below zero" in found[0][1]
    assert found[0][2] == "correct the figures it is computed from"


@pytest.mark.parametrize(
    "figures", [({"职称": "1", "奖金总额": "5"}, {"奖金总额": "5"}), ({"职称": "1", "奖金总额": "5"}, {"职称": "1"}), ({}, {})]
)
def test_a_pool_of_which_something_is_not_known_is_not_shared_out(figures: tuple[dict[str, str], ...]):
    paid, found = pool_of("奖金总额", "职称", *figures)
    assert paid == 0
    assert found


def test_a_pool_of_nothing_can_be_given_to_nobody():
    assert pool_of("0", "职称", {"职称": "0"}, {"职称": "0"}) == (2, [])
    paid, found = pool_of("1", "职称", {"职称": "0"}, {"职称": "0"})
    assert (paid, [code for code, _, _ in found]) == (0, ["GP472"])


@pytest.mark.parametrize(("amount", "share"), [("1000 / 人数", "总分"), ("1000", "总分 / 人数")])
def test_a_pool_that_cannot_be_computed_is_not_shared_out(amount: str, share: str):
    paid, found = pool_of(amount, share, {"人数": "0"}, {"人数": "0"})
    assert (paid, {code for code, _, _ in found}) == (0, {"GP469"})
    for figures in ({"人数": "2"}, {"人数": "0"}), ({"人数": "0"}, {"人数": "2"}):
        paid, found = pool_of(amount, share, *figures)
        assert (paid, [code for code, _, _ in found]) == (0, ["GP469"])
