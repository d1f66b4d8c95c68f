"""Grades that rules over levels decide: `no indicator below Fully Successful`, 任一指标为不合格.

A rule is made of statements joined by `and` (且) and `or` (或), of which `and` binds closer. A statement is about all indicators, those
of a dimension, or one: how many of them have a level, that level or better, or one below it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from genplan.messages import listing, msg
from genplan.methods.method import Levels
from genplan.methods.rubric import Rubric
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Plan


class RuleError(ValueError):
    """A rule cannot be understood; the text says why, and `level` is the level that an indicator does not have, if that is why."""

    def __init__(self, message: str, level: str = "") -> None:
        super().__init__(message)
        self.level = level


@dataclass(frozen=True, slots=True)
class Statement:
    """That so many of some indicators have one of some levels.

    `accepted` holds the levels by the key of the indicator. `fewest` is how many must have one: a number, all of them (None) or more than
    half of them (`most`). `negated` means that none may have one.
    """

    accepted: Mapping[str, frozenset[str]]
    fewest: int | None = 1
    most: bool = False
    negated: bool = False

    def holds(self, levels: Mapping[str, Sequence[str]]) -> bool:
        """Return whether the statement is true of levels by the key of the indicator; indicators without a level are passed over."""
        found = [level in accepted for key, accepted in self.accepted.items() for level in levels.get(key, ())]
        if self.negated:
            return not any(found)
        if self.most:
            return 2 * sum(found) > len(found)
        return all(found) and bool(found) if self.fewest is None else sum(found) >= self.fewest


Rule: TypeAlias = tuple[tuple[Statement, ...], ...]
"""One of the groups must hold, with all of its statements."""


def holds(rule: Rule, levels: Mapping[str, Sequence[str]]) -> bool:
    """Return whether a rule is true of somebody's levels."""
    return any(all(statement.holds(levels) for statement in group) for group in rule)


def are_by_level(plan: Plan) -> bool:
    """Return whether rules over levels decide the grades."""
    return any(grade.when is not None for grade in plan.grades)


def is_unnumbered(plan: Plan) -> bool:
    """Return whether a plan has levels and grades alone, and no scores or totals."""
    return are_by_level(plan) and all(
        isinstance(indicator.scoring, Rubric) and indicator.scoring.unscored for indicator in plan.all_indicators
    )


def read_rule(plan: PlanFile, text: str) -> Rule:
    """Read a rule in the words of a plan.

    Raises:
        RuleError: it cannot be understood, or an indicator does not have the level.
    """
    return _Reader(plan).rule(" ".join(text.split()))


_JOINT = re.compile(r"\s*(?:(?P<and>\band\b|且|并且|並且|，且)|(?P<or>\bor\b|或者|或))\s*", re.IGNORECASE)
_MANY = r"(?:indicators?|elements?|objectives?|items?)"
_MANY_CHINESE = r"(?:指标|指標|要素|项目|項目)"
_ANY = frozenset({"any", "任一", "任何", "有"})
_NO = frozenset({"no", "没有", "沒有", "无", "無"})
_ALL = frozenset({"all", "所有", "全部", "各项", "各項"})
_MOST = frozenset({"most", "半数以上", "半數以上"})


class _Reader:
    """Reads rules about the indicators of a plan."""

    def __init__(self, plan: PlanFile) -> None:
        self.levels = {
            placed.key: [name for name, _ in placed.indicator.method.accepts.levels(placed.indicator.rule)]
            for placed in plan.indicators
            if isinstance(placed.indicator.method.accepts, Levels)
        }
        self.placed = [placed for placed in plan.indicators if placed.key in self.levels]
        dimensions = {placed.dimension.name for placed in self.placed if placed.dimension.name}
        one = _either(word for placed in self.placed for word in (placed.indicator.name, placed.key))
        level = _either(name for names in self.levels.values() for name in names)
        of = _either(dimensions)
        self.statement = re.compile(
            rf"(?:(?P<quantity>no|any|all|most|at\s+least\s+(?P<number>\d+))\s+{_MANY}(?:\s+(?:of|in)\s+(?P<of>{of}))?\s+"
            rf"|(?:(?P<whose>{of})的?)?(?P<much>没有|沒有|无|無|任一|任何|有|所有|全部|各项|各項|半数以上|半數以上|至少(?P<count>\d+)[项項个個])"
            rf"{_MANY_CHINESE}?|(?P<one>{one})\s*)"
            rf"(?P<sign>不低于|不低於|低于|低於|为|為|是|达到|達到|(?:(?:is|are|at|rated)\s+)*(?:below\s+)?)\s*(?P<level>{level})(?![A-Za-z0-9])"
            rf"(?P<better>\s+or\s+(?:better|above|higher)|及以上|或以上)?",
            re.IGNORECASE,
        )

    def rule(self, text: str) -> Rule:
        """Read all of a rule."""
        groups: list[list[Statement]] = [[]]
        at, expecting = 0, True
        while expecting and (found := self.statement.match(text, at)):
            groups[-1].append(self.read(found))
            joint = _JOINT.match(text, found.end())
            at, expecting = (joint or found).end(), joint is not None
            if joint and joint["or"]:
                groups.append([])
        if at < len(text) or expecting:
            raise RuleError(msg("`{text}` is not understood", text=text[at:] or text))
        return tuple(tuple(group) for group in groups)

    def read(self, found: re.Match[str]) -> Statement:
        """Read a statement."""
        sign = found["sign"].lower().split()
        below = "below" in sign or "低于" in sign or "低於" in sign
        better = bool(found["better"]) or found["sign"] in ("不低于", "不低於", "达到", "達到")
        about = self.about(found)
        accepted = {placed.key: self.accepted(placed, found["level"], below=below, better=better) for placed in about}
        word = (found["quantity"] or found["much"] or "all").lower()
        number = found["number"] or found["count"]
        if word in _NO:
            return Statement(accepted, negated=True)
        if word in _MOST:
            return Statement(accepted, most=True)
        return Statement(accepted, int(number) if number else 1 if word in _ANY else None)

    def about(self, found: re.Match[str]) -> list[PlacedIndicator]:
        """Return the indicators that a statement is about."""
        group, one = found["of"] or found["whose"], found["one"]
        if one:
            return [placed for placed in self.placed if one.lower() in (placed.indicator.name.lower(), placed.key.lower())]
        return [placed for placed in self.placed if not group or placed.dimension.name.lower() == group.lower()]

    def accepted(self, placed: PlacedIndicator, level: str, *, below: bool, better: bool) -> frozenset[str]:
        """Return the levels of an indicator that a statement means; they are listed best first."""
        names = self.levels[placed.key]
        at = next((index for index, name in enumerate(names) if name.lower() == level.lower()), None)
        if at is None:
            raise RuleError(
                msg(
                    "`{indicator}` has no level `{level}`; it has {names}",
                    indicator=placed.indicator.name,
                    level=level,
                    names=listing(names),
                ),
                level,
            )
        return frozenset(names[at + 1 :] if below else names[: at + 1] if better else [names[at]])


def _either(words: Iterator[str] | set[str] | Sequence[str]) -> str:
    """Match one of some words, the longest first; nothing where there are none."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) or r"(?!)"
