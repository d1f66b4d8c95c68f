"""Conditions as formulas of the spreadsheet: 1 where one holds, 0 where it does not, 0.5 where that is not known.

So `and` is the least of several, `or` the greatest, and `not` what is left of 1.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from genplan.methods.full_points import full_marks
from genplan.methods.spreadsheet import decisive, number
from genplan.people.vocabulary import ColumnKind, further_figures
from genplan.plan.condition import Amount, Comparison, Condition, Fact, Literal, Reference, Subject, Test, references
from genplan.plan.conditions import concerned, condition_figures, item_named, meant_by
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Indicator
from genplan.plan.pay import indicators_named
from genplan.source.quantity import Quantity
from genplan.source.text import fold
from genplan.workbook import expressions as ex
from genplan.workbook.columns import RowFormula

UNKNOWN = "0.5"


@dataclass(frozen=True, slots=True)
class ConditionCells:
    """The cells of a row that conditions are about: scores, actuals and people's own targets by the keys of indicators; the total."""

    plan: PlanFile
    entry: Callable[[ColumnKind, str], RowFormula]
    scores: Mapping[str, str]
    actuals: Mapping[str, RowFormula]
    targets: Mapping[str, RowFormula]
    total: str = ""

    def formula(self, condition: Condition, row: int) -> str:
        """Write a condition."""
        return self.test(condition.test, row)

    def limited(self, indicator: Indicator, score: str, row: int) -> str:
        """Write a score that is at most what another indicator's score or attainment allows; missing where that is not known."""
        limit = indicator.cap_by
        assert limit is not None  # such a score is asked for only where something limits it
        (other,) = indicators_named(self.plan, limit.name)
        share = self.reference(limit, None, row)
        if limit.fact is Fact.SCORE:
            share = f"{share}/{number(full_marks(other.indicator))}"
        limited = f"MIN({score},MAX({share}*{number(full_marks(indicator))},{number(indicator.bounds.minimum or Decimal(0))}))"
        return f'IF(ISNUMBER({score}),IF({self.known(limit, row)},{limited},"{ex.MISSING}"),{score})'

    def known(self, reference: Reference, row: int) -> str:
        """Write whether what a reference is to is there."""
        return f"AND({','.join(f'ISNUMBER({cell})' for cell in self.needed(reference, None, row)) or 'TRUE'})"

    def test(self, test: Test, row: int) -> str:
        """Write a part of it."""
        if isinstance(test, Comparison):
            return self.comparison(test, row)
        parts = [self.test(part, row) for part in test.parts]
        return f"(1-{parts[0]})" if test.word == "not" else f"{'MIN' if test.word == 'and' else 'MAX'}({','.join(parts)})"

    def comparison(self, test: Comparison, row: int) -> str:
        """Write a comparison; with `any`, for each indicator that counts."""
        anything = next((each for side in (test.left, test.right) for each in references(side) if each.subject is Subject.ANY), None)
        if anything is None:
            return self.compared(test, None, row)
        members = concerned(self.plan, anything)
        counted = ",".join(f"ISNUMBER({self.scores[placed.key]}{row})" for placed in members)
        each = (f"IF(ISNUMBER({self.scores[placed.key]}{row}),{self.compared(test, placed, row)},0)" for placed in members)
        return f"IF(OR({counted}),MAX({','.join(each)}),{UNKNOWN})"

    def compared(self, test: Comparison, member: PlacedIndicator | None, row: int) -> str:
        """Write a comparison with one indicator in place of `any`."""
        sign = "<>" if test.sign == "!=" else test.sign
        left, right = (decisive(self.amount(side, member, row)) for side in (test.left, test.right))
        needed = [cell for side in (test.left, test.right) for each in references(side) for cell in self.needed(each, member, row)]
        holds = f"IFERROR(IF({left}{sign}{right},1,0),{UNKNOWN})"
        return f"IF(AND({','.join(f'ISNUMBER({cell})' for cell in dict.fromkeys(needed))}),{holds},{UNKNOWN})" if needed else holds

    def amount(self, amount: Amount, member: PlacedIndicator | None, row: int) -> str:
        """Write an amount."""
        if isinstance(amount, Literal):
            return number(amount.value)
        if isinstance(amount, Reference):
            return self.reference(amount, member, row)
        parts = [self.amount(part, member, row) for part in amount.parts]
        if amount.sign in ("min", "max", "abs"):
            return f"{amount.sign.upper()}({','.join(parts)})"
        return f"(-{parts[0]})" if len(parts) == 1 else f"({amount.sign.join(parts)})"

    def needed(self, reference: Reference, member: PlacedIndicator | None, row: int) -> list[str]:
        """List the cells that must hold a number."""
        placed = meant_by(self.plan, reference, member)
        if placed is None and reference.subject is Subject.NAMED and item_named(self.plan, reference.name):
            return []
        if placed is not None and reference.fact is Fact.ATTAINMENT:
            own = self.targets.get(placed.key)
            return [self.actuals[placed.key](row), *([own(row)] if own and not _target(placed) else [])]
        return [self.reference(reference, member, row)]

    def reference(self, reference: Reference, member: PlacedIndicator | None, row: int) -> str:
        """Write what a reference is to."""
        if reference.subject is Subject.TOTAL:
            return f"{self.total}{row}"
        placed = meant_by(self.plan, reference, member)
        if placed is not None:
            if reference.fact is Fact.SCORE:
                return f"{self.scores[placed.key]}{row}"
            actual = self.actuals[placed.key](row)
            return self.attainment(placed, actual, row) if reference.fact is Fact.ATTAINMENT else actual
        item = item_named(self.plan, reference.name)
        if item is not None:
            return f"N({self.entry(ColumnKind.ITEM, item)(row)})"
        target = further_figures(self.plan)[condition_figures(self.plan)[fold(reference.name)]]
        return self.entry(target.kind, target.name)(row)

    def attainment(self, placed: PlacedIndicator, actual: str, row: int) -> str:
        """Write an attainment, as the method gives it, or as the actual's share of the target."""
        own, common = self.targets.get(placed.key), _target(placed)
        target = f"IF({ex.blank(own(row))},{common},{own(row)})" if own and common else own(row) if own else common
        rule = placed.indicator.rule
        if placed.indicator.method.tag != "inverse-ratio":
            return f"({actual}/{target})"
        if rule.variant.value == "two-minus-ratio":
            return f"MAX(0,2-{actual}/{target})"
        of_none = placed.indicator.method.score(Fraction(0), Fraction(1), rule).score / Fraction(rule.full)
        return f"IF({actual}=0,{number(of_none)},{target}/{actual})"


def _target(placed: PlacedIndicator) -> str:
    """Write the target that the plan has for everybody; nothing where it has none."""
    target = placed.indicator.target
    return number(target.value) if isinstance(target, Quantity) else ""
