"""The period a results file, or a row of it, is about."""

import unicodedata
from pathlib import PurePath

from generator.plan.load import PlanFile
from generator.plan.periods import Period, parse_period


def plan_period(plan: PlanFile) -> Period | None:
    """The period the plan names as the one now assessed."""
    return plan.plan.period.period if plan.plan.period else None


def file_period(file: str) -> Period | None:
    """Read the period off a file's name: `2026-Q3.csv`, `team-2026-Q3.xlsx`; None where it ends with none."""
    stem = PurePath(file).stem
    starts = [at for at in range(len(stem)) if at == 0 or not _continues(stem[at - 1])]
    return next((period for at in starts if (period := _parse(stem[at:]))), None)


def _continues(character: str) -> bool:
    """Tell whether a digit after this character belongs to it: in `v12026` no year starts."""
    return character.isascii() and character.isalnum()


def row_period(text: str, plan: PlanFile) -> Period | None:
    """Read the period a row states, in the short form or by the name the plan gives its own."""
    own = plan_period(plan)
    return own if own and text in (own.name, own.id) else _parse(text)


def _parse(text: str) -> Period | None:
    return parse_period(unicodedata.normalize("NFKC", text).strip().upper())
