"""The language of conditions: what is read, and what is refused."""

from fractions import Fraction

import pytest

from genplan.plan.condition import Comparison, Fact, Junction, Literal, Operation, Reference, Subject, compute, join
from genplan.plan.condition_reader import parse_condition
from genplan.plan.formula import FormulaError

ANY = Reference(Subject.ANY, fact=Fact.ATTAINMENT)
SALES = Reference(Subject.NAMED, "销售额", Fact.ATTAINMENT)
ABSENT = Reference(Subject.NAMED, "旷职")
EIGHTY, ZERO = Literal(Fraction(4, 5), percent=True, text="80%"), Literal(Fraction(0), percent=False, text="0")


@pytest.mark.parametrize(
    "text", ["任一指标完成率 < 80%", "任一指标.完成率＜80％", "any attainment < 80%", "any.attainment < 80 %", "任何指标完成率 < 80%"]
)
def test_any_attainment_is_written_in_several_ways(text: str):
    assert parse_condition(text).test == Comparison(ANY, "<", EIGHTY)


@pytest.mark.parametrize(
    "text",
    [
        "销售额.完成率 < 80% and 旷职 > 0",
        "销售额.完成率 < 80%且旷职 > 0",
        "销售额.attainment < 80% 并且 旷职>0",
        "(销售额.完成率 < 80%) and (旷职 > 0)",
    ],
)
def test_comparisons_are_joined(text: str):
    assert parse_condition(text).test == Junction("and", (Comparison(SALES, "<", EIGHTY), Comparison(ABSENT, ">", ZERO)))


def test_and_binds_closer_than_or_and_not_closer_than_both():
    test = parse_condition("not 旷职 > 0 and 旷职 > 0 or 旷职 > 0").test
    absent = Comparison(ABSENT, ">", ZERO)
    assert test == Junction("or", (Junction("and", (Junction("not", (absent,)), absent)), absent))


@pytest.mark.parametrize(("text", "sign"), [("≤", "<="), ("≥", ">="), ("≠", "!="), ("==", "="), ("＝", "="), ("＞", ">")])
def test_signs_as_people_write_them(text: str, sign: str):
    assert parse_condition(f"旷职 {text} 0").test == Comparison(ABSENT, sign, ZERO)


def test_a_number_between_two_bounds():
    test = parse_condition("0 <= 旷职 < 80%").test
    assert test == Junction("and", (Comparison(ZERO, "<=", ABSENT), Comparison(ABSENT, "<", EIGHTY)))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('"Respect and dignity".score < 80%', "Respect and dignity"),
        ("“领导·任务量”.得分 < 80%", "领导·任务量"),
        ("「质量(一次)」.score＜80％", "质量(一次)"),
        ("'5S-检查'.得分 < 80%", "5S-检查"),
    ],
)
def test_names_in_quotation_marks(text: str, name: str):
    assert parse_condition(text).references == (Reference(Subject.NAMED, name, Fact.SCORE),)


def test_a_name_in_quotation_marks_alone_is_the_actual():
    assert parse_condition('"A and B" < 80%').references == (Reference(Subject.NAMED, "A and B"),)


def test_names_of_several_words():
    assert parse_condition("Knowledge sharing.score < 80%").references == (Reference(Subject.NAMED, "Knowledge sharing", Fact.SCORE),)


def test_arithmetic_is_exact():
    (comparison,) = parse_condition("max(旷职, 0) * 2 - (旷职 + 1) / 3 > 总分").comparisons
    assert isinstance(comparison.left, Operation)
    assert compute(comparison.left, {ABSENT: Fraction(5)}.get) == 8
    assert compute(comparison.left, {}.get) is None
    assert comparison.right == Reference(Subject.TOTAL)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("旷职", "nothing is compared"),
        ("旷职 >", "not complete"),
        ("旷职 > 3天", "`天` is not expected"),
        ("(旷职 > 3", "`>` is not expected"),
        ("旷职 > 3 and", "not complete"),
        ("旷职.增长 > 3", "`增长` is nothing of an indicator"),
        ("max(旷职) > 3", "takes two amounts"),
        ("旷职 > __import__('os')", "not expected"),
        ("(" * 400 + "旷职", "too many parts"),
        ("旷职 > 0 or " * 60 + "旷职 > 0", "longer than"),
    ],
)
def test_what_is_no_condition_is_refused(text: str, why: str):
    with pytest.raises(FormulaError, match=why):
        parse_condition(text)


def test_what_is_unknown_may_not_matter():
    assert join("and", [False, None]) is False
    assert join("or", [True, None]) is True
    assert join("and", [True, None]) is None
    assert join("or", [False, None]) is None
    assert join("not", [None]) is None
