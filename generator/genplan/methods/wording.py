"""Wording of rules, using a language's labels and number formats."""

from decimal import Decimal
from typing import Protocol

from genplan.source.quantity import Quantity


class Wording(Protocol):
    """The labels and number formats of a language."""

    def label(self, name: str, /, **values: object) -> str:
        """Return a label by its dotted name, with its fields filled in."""

    def number(self, number: Decimal, /) -> str:
        """Write a number."""

    def percent(self, share: Decimal, /) -> str:
        """Write a share as a percentage."""


def amount(value: Quantity, wording: Wording) -> str:
    """Write an amount in the language's format: a number, a percentage, or percentage points."""
    if value.points:
        return wording.label("format.percentage_points", number=wording.number(value.written))
    return wording.percent(value.value) if value.percent else wording.number(value.value)


def joined(wording: Wording, *texts: str) -> str:
    """Join the parts of a rule."""
    return wording.label("rule.join").join(texts)
