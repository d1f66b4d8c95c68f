"""Formulas: what is computed, exactly, and what is refused."""

import string
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genplan.plan.formula import MAX_LENGTH, Formula, FormulaError, parse_formula
from genplan.plan.keys import ALIASES

FIGURES = {"a": Fraction(7), "b": Fraction(2), "c": Fraction(-3), "月末人数": Fraction(43), "月初人数": Fraction(50), "X1": Fraction(9)}


def computed(text: str) -> Fraction:
    formula = parse_formula(text)
    return formula.compute({name: FIGURES[name] for name in formula.names})


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a", Fraction(7)),
        ("42", Fraction(42)),
        ("a + b * c", Fraction(1)),
        ("(a + b) * c", Fraction(-27)),
        ("a - b - c", Fraction(8)),
        ("a / b / 2", Fraction(7, 4)),
        ("-a + +b", Fraction(-5)),
        ("--a", Fraction(7)),
        ("min(a, b, c)", Fraction(-3)),
        ("max(a, b) - min(b, c)", Fraction(10)),
        ("abs(c) * 100", Fraction(300)),
        ("max(0, (a - b) / a)", Fraction(5, 7)),
        ("月末人数 / 月初人数", Fraction(43, 50)),
        ("（月末人数 ＋ a）÷ 月初人数", Fraction(1)),
        ("月末人数 × ２ － １．５", Fraction(169, 2)),
        ("月末人数 − 月初人数", Fraction(-7)),
        ("ｍａｘ（a，b）＊１０／２", Fraction(35)),
        ("Ｘ１ + 1", Fraction(10)),
        ("  a\n  + b  ", Fraction(9)),
        ("月末人数 +\n月初人数", Fraction(93)),
        ("a　/　b", Fraction(7, 2)),
    ],
)
def test_what_is_computed(text: str, result: Fraction) -> None:
    assert computed(text) == result


def test_names_are_listed_once_in_the_order_met() -> None:
    assert parse_formula("b * (a + 月末人数) / b - max(Ｘ１, X1)").names == ("b", "a", "月末人数", "X1")
    assert parse_formula("1 + 2").names == ()


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("0.1 + 0.2", Fraction(3, 10)),
        ("1 / 3 * 3", Fraction(1)),
        ("0.1 * 3 - 0.3", Fraction(0)),
        ("105.25 / 1.2 * 1.2", Fraction(421, 4)),
        ("999999999999999 + 0.0000000000000000000000000000000000000001", 10**15 - 1 + Fraction(1, 10**40)),
    ],
)
def test_numbers_are_exact(text: str, result: Fraction) -> None:
    assert computed(text) == result


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("a.real", 1),
        ("b + a.real", 5),
        ("(a).real", 4),
        ("().__class__", 3),
        ("a[0]", 2),
        ("[a, b]", 1),
        ("{a}", 1),
        ("(a, b)", 1),
        ("a, b", 1),
        ("()", 1),
        ("a ** 2", 1),
        ("a // b", 1),
        ("人数 + a ** 2", 6),
        ("a % b", 3),
        ("a * 100%", 8),
        ("a @ b", 3),
        ("a < b", 3),
        ("a == b", 3),
        ("a & b", 3),
        ("~a", 1),
        ("'a'", 1),
        ('"a" * 9', 1),
        ("f'{a}'", 2),
        ("b'a'", 2),
        ("`a`", 1),
        ("a := 1", 3),
        ("(a := 1)", 4),
        ("a = 1", 3),
        ("a; b", 2),
        ("a # b", 3),
        ("a#b", 2),
        ("a \\ b", 3),
        ("a if b else c", 3),
        ("1if a else b", 1),
        ("not a", 1),
        ("a and b", 3),
        ("a or b", 3),
        ("a in b", 3),
        ("lambda: a", 1),
        ("await a", 1),
        ("yield a", 1),
        ("pass / a", 1),
        ("True", 1),
        ("None", 1),
        ("...", 1),
        ("max(*a, b)", 5),
        ("max(a, b, default=1)", 18),
        ("max(**a)", None),
        ("max(x for x in a)", 7),
        ("sum(a)", 1),
        ("a(b)", 1),
        ("max(a)(b)", 1),
        ("min", 1),
        ("a + max", 5),
        ("min(a)", 1),
        ("abs(a, b)", 1),
        ("abs()", 1),
        ("max(" + ", ".join("a" * 21) + ")", 1),
        ("__import__('os')", 12),
        ("3日留存 / a", 1),
        ("0x10", 1),
        ("1e5", 1),
        ("1_000", 1),
        ("1j", 1),
        ("1.", 1),
        (".5", 1),
        ("1.2.3", 1),
        ("1" * 16, 1),
        ("a²", 1),
        ("٣", 1),
        ("a b", None),
        ("a +", None),
        ("* a", None),
        ("(a", 1),
        ("a)", 2),
        ("", None),
        ("   ", None),
        ("a\x00b", 2),
        ("\ud800", 1),
    ],
)
def test_what_is_refused(text: str, column: int | None, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(FormulaError) as error:
        parse_formula(text)
    assert column in (None, error.value.column)
    assert not error.value.divisor
    assert capfd.readouterr() == ("", "")


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("text", ["1if a else b", "0or a", "1(2)", "(1)(a)", "a is 1", "(1, 2)(3)", "max(a, b)(c)"])
def test_python_does_not_warn(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_formula(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 250 + "a" + ")" * 249,
        "(" * 249 + "a" + ")" * 249,
        "-" * 499 + "a",
        "+".join("a" * 250),
        "*".join("a" * 250),
        "abs(" * 120 + "a",
        "abs(" * 99 + "a" + ")" * 99,
        "(" * 500,
    ],
    ids=range(8),
)
def test_deep_nesting_is_computed_or_refused(text: str) -> None:
    with suppress(FormulaError):
        assert isinstance(computed(text), Fraction)


@pytest.mark.parametrize("text", ["+".join("a" * 200), "-" * 200 + "a"])
def test_depth(text: str) -> None:
    with pytest.raises(FormulaError, match="too many parts"):
        parse_formula(text)


def test_length() -> None:
    longest = "a" * MAX_LENGTH
    assert parse_formula(longest).names == (longest,)
    assert parse_formula(f" {longest} ").names == (longest,)
    with pytest.raises(FormulaError, match="longer than 500 characters"):
        parse_formula("a" * (MAX_LENGTH + 1))


def test_as_many_terms_as_people_write() -> None:
    assert computed(" + ".join("a" * 60)) == 420


@pytest.mark.parametrize(
    ("text", "divisor"),
    [
        ("a / zero", "zero"),
        ("a ÷ 零", "零"),
        ("a / ｚｅｒｏ", "zero"),
        ("a / (b - 2)", "b - 2"),
        ("a / 0", "0"),
        ("max(1, a / abs(zero))", "abs(zero)"),
        ("a / (1 / zero)", "zero"),
    ],
)
def test_division_by_zero_names_the_divisor(text: str, divisor: str) -> None:
    formula = parse_formula(text)
    with pytest.raises(FormulaError, match="is zero, so it cannot be a divisor") as error:
        formula.compute({**FIGURES, "zero": Fraction(0), "零": Fraction(0)})
    assert error.value.divisor == divisor
    assert error.value.column is None


def test_a_missing_figure_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        parse_formula("a / b").compute({"a": Fraction(1)})


words = st.sampled_from(["a", "人数", "min", "max(", "abs(", "1", "0.5", "if", "lambda", *"()+-*/×（,. \n'#="]) | st.sampled_from(
    list(ALIASES)
)
texts = st.text(max_size=80) | st.text(string.printable, max_size=80) | st.lists(words, max_size=60).map("".join)


@pytest.mark.filterwarnings("error")
@settings(max_examples=500)
@given(texts)
def test_any_text_is_a_formula_or_refused(text: str) -> None:
    with suppress(FormulaError):
        formula = parse_formula(text)
        assert isinstance(formula, Formula)
        for figure in (Fraction(-1, 3), Fraction(0)):
            assert isinstance(formula.compute(dict.fromkeys(formula.names, figure)), Fraction)


@given(st.fractions(), st.fractions(), st.sampled_from("+-*/"))
def test_arithmetic_is_that_of_fractions(a: Fraction, b: Fraction, sign: str) -> None:
    formula = parse_formula(f"a {sign} b")
    if sign == "/" and not b:
        with pytest.raises(FormulaError):
            formula.compute({"a": a, "b": b})
    else:
        assert formula.compute({"a": a, "b": b}) == {"+": a + b, "-": a - b, "*": a * b, "/": a / (b or 1)}[sign]
