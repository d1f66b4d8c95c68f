"""Interprets the remarks beside a header's name: a unit, a rater, the actual itself, or something other than the actual."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import listing, msg
from genplan.methods.method import Judged, Levels
from genplan.people.header_remark_words import ACTUAL, COMBINED, HARMLESS, NOTES, OTHER
from genplan.people.measures import Measure, measures
from genplan.people.model import Cell
from genplan.people.own_words import OWN_KINDS
from genplan.people.password_detection import quoted_header
from genplan.people.raters import Raters
from genplan.people.unit_conversion import factor_text, read_amount, unlike, unlike_advice
from genplan.people.vocabulary import WORDS, ColumnKind, Field, Target, Vocabulary, field_words
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import RaterKind
from genplan.plan.period_parsing import Mention, PartOfYear, find_mentions
from genplan.plan.periods import Period
from genplan.plan.units import SHARE, Unit, parse_unit, ratio
from genplan.source.quantity import Quantity
from genplan.source.text import fold
from genplan.source.traditional import in_both_scripts


@dataclass(frozen=True, slots=True)
class RemarkProblem:
    """What is wrong with a remark, and the cure."""

    code: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What remarks say: nothing that matters, a unit, who rated, or what is wrong.

    `rater` is the place in the plan's list; `combined` means that the score is made of several raters' already. `note` means that the
    column is about the value, and does not hold it.
    """

    unit: Unit | None = None
    rater: int | None = None
    combined: bool = False
    note: bool = False
    problem: RemarkProblem | None = None


_NOTHING = Remark()
_FIELDS = Vocabulary(field_words(Field))
_SPLIT = re.compile(r"[,;、|/\s]+")
_UNIT_LABEL = re.compile(r"(?:计量|計量)?(?:单位|單位)\s*:?\s*(?:为|是)?\s*|unit\s*:\s*", re.IGNORECASE)
_TARGET = re.compile(r"(?:目标值?|目標值?|target)\s*[:=]?\s*(?=\S)(.+)", re.IGNORECASE | re.DOTALL)
_WEIGHT = re.compile(
    r"(?:(?:权重|權重|占比|佔比|weight)\s*:?\s*)?([0-9]+(?:\.[0-9]+)?)\s*(%)|(?:权重|權重|weight)\s*:?\s*([0-9]+(?:\.[0-9]+)?)",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"(?:满分|滿分|full marks?|max\.?|out of)\s*:?\s*(?:为)?\s*([0-9]+)\s*分?|([0-9]+)\s*分(?:满分|滿分|制)?|([0-9]+)\s*points?",
    re.IGNORECASE,
)
_SCALE = re.compile(r"([0-9]+)\s*分?\s*[-~–—至到]\s*([0-9]+)\s*分?")
_SCALES = {"百分制": "100", "十分制": "10", "五分制": "5"}
_FIELD_HINT = re.compile(r"[0-9]+位(?:数字)?|(?:y{2,4}|[0-9]{4})[-/.年]?m{1,2}[-/.月]?(?:d{1,2}日?)?|年月日|日期|date")
_YES_NO = {fold(word) for word in ("是/否", "是否", "有/无", "有無", "有无", "yes/no", "y/n")}
_LEVELS = {fold(word) for word in ("等级", "等級", "级别", "級別", "档次", "檔次", "level", "grade")}
_SAID = (
    Field.COMMENT,
    Field.CONCLUSION,
    Field.PROBLEMS,
    Field.SUGGESTIONS,
    Field.MEASURES,
    Field.GRADE_REASON,
    Field.CALIBRATION_REASON,
    Field.PASSWORD,
)
"""Fields that hold no figures, whatever is said beside their names."""
_RATER_ENDS = ("评分", "打分", "得分", "评价", "评", "分", "評分", "評價", "評", "score", "rating")
_WORDS = {name: frozenset(map(fold, words)) for name, words in (("actual", ACTUAL), ("harmless", HARMLESS), ("combined", COMBINED))}
_OWN_NAMES = tuple(word for word in in_both_scripts(WORDS[Field.OWN_NAME]) if not word.isascii())
_OTHER, _NOTES = frozenset(map(fold, OTHER)), frozenset(map(fold, NOTES))
_RATER_WORDS = frozenset(fold(word) for kind in RaterKind for word in (kind.value, *kind.labels))


def is_harmless(remarks: Sequence[str]) -> bool:
    """Return whether remarks change nothing, whatever they are about."""
    return all(fold(remark) in _WORDS["harmless"] for remark in remarks)


def is_combined(word: str) -> bool:
    """Return whether a word marks a score as already combined from all raters."""
    return fold(word) in _WORDS["combined"]


class Remarks:
    """Reads the remarks beside what a plan has; `default` is the period that rows are about."""

    def __init__(self, plan: PlanFile, default: Period | None) -> None:
        self.placed: dict[str, PlacedIndicator] = {placed.key: placed for placed in plan.indicators}
        self.measures = measures(plan)
        self.default = default
        self.raters = Raters(plan.plan.all_raters)
        kinds = (word for rater in plan.plan.all_raters for word in (rater.name, *rater.kind.labels))
        raters = (f"{word}{end}" for word in dict.fromkeys(kinds) for end in ("", *_RATER_ENDS) if not word.isascii())
        left_to_people = any(placed.indicator.is_own for placed in plan.indicators)
        self.glued = (*raters, *(_OWN_NAMES if left_to_people else ()))
        """Raters and what names an indicator of a person's own, as headers have them without a separator: 质量自评, 关键结果1内容."""

    def read(self, targets: Sequence[Target], remarks: Sequence[str]) -> Remark:
        """Read all remarks of one header; its name may mean several things that take the same value."""
        read = [self._one(target, unicodedata.normalize("NFKC", remark).strip()) for target in targets for remark in remarks]
        problem = next((each.problem for each in read if each.problem), None)
        units = [each.unit for each in read if each.unit]
        raters = {each.rater for each in read if each.rater is not None}
        combined = any(each.combined for each in read)
        if problem is None and (len(raters) + combined > 1 or not all(unit.same(units[0]) for unit in units)):
            problem = RemarkProblem("GP460", msg("the remarks in the header contradict each other"), msg("keep the correct one"))
        note = any(each.note for each in read)
        return Remark(units[0] if units else None, next(iter(raters), None), combined, note, problem)

    def is_name(self, target: Target, remark: str) -> bool:
        """Return whether a remark is another name of the same: 工号（Employee ID）."""
        if target.kind is ColumnKind.FIELD:
            return target in _FIELDS.look_up(remark)
        placed = self.placed.get(target.name) if target.kind in (ColumnKind.INDICATOR, ColumnKind.COMPUTED) else None
        return placed is not None and fold(remark) in {fold(name) for name in (placed.indicator.name, placed.indicator.id) if name}

    def unit(self, target: Target, text: str) -> Remark:
        """Read a unit that a row states."""
        if self._is_words(target) or not fold(text).strip("-—–/无無"):
            return _NOTHING
        return next(self._unit(target, text), None) or self._unknown(target, text)

    def converted(self, cell: Cell, target: Target, unit: Unit) -> list[Diagnostic]:
        """GP461: numbers for which a header, or a column 单位, states another unit than the plan's; `cell` states it."""
        measure = self._measure(target)
        factor = unit.factor * 100 if measure.percent is not False and unit.base == SHARE else ratio(unit, measure.unit)
        if unit in measure.also or factor in (None, 1):
            return []
        assert factor is not None
        into = (
            msg(" as numbers in {unit}", unit=measure.unit.text)
            if measure.unit and measure.percent is False
            else " as %"
            if measure.percent
            else ""
        )
        message = msg(
            "`{measure}`: numbers in {unit} are read{into} ({factor})",
            measure=measure.name,
            unit=quoted_header(unit.text),
            into=into,
            factor=factor_text(factor),
        )
        return [
            diagnose("GP461", cell.span, message, help=msg("to write them without a unit, write {in_words}", in_words=measure.in_words))
        ]

    def is_scored_directly(self, target: Target) -> bool:
        """Return whether the value of an indicator is its score, or the level that has one; other things have no method."""
        return target.kind is not ColumnKind.INDICATOR or isinstance(self.placed[target.name].indicator.method.accepts, Judged)

    def no_score(self, target: Target, header: str) -> RemarkProblem:
        """Say that a value is a score, where the plan makes one of the actual."""
        message = msg(
            "the column {header} contains scores, but `{target}` is scored from its actual (实际值)",
            header=quoted_header(header),
            target=target.name,
        )
        return RemarkProblem("GP460", message, msg("name the column 实际值 if it contains actuals; scores are computed"))

    def judged(self, target: Target) -> bool:
        """Return whether raters give the value, where a plan has raters."""
        if target.kind is ColumnKind.VOTES:
            return True
        takes = self.placed[target.name].indicator.method.accepts if target.kind is ColumnKind.INDICATOR else None
        return bool(self.raters.raters) and isinstance(takes, Judged)

    def _one(self, target: Target, remark: str) -> Remark:
        whole = self._token(target, remark)
        parts = [part for part in _SPLIT.split(remark) if part]
        if whole is not None or len(parts) < 2:  # noqa: PLR2004 - several remarks in one bracket
            return whole or self._unknown(target, remark)
        return self._merged([self._token(target, part) or self._unknown(target, part) for part in parts])

    def _merged(self, read: Sequence[Remark]) -> Remark:
        merged = _NOTHING
        for each in read:
            if merged.unit and each.unit and not merged.unit.same(each.unit):
                return Remark(problem=RemarkProblem("GP460", msg("the header contains two units"), msg("keep the correct one")))
            merged = replace(
                merged,
                unit=merged.unit or each.unit,
                rater=each.rater if merged.rater is None else merged.rater,
                combined=merged.combined or each.combined,
                note=merged.note or each.note,
                problem=merged.problem or each.problem,
            )
        return merged

    def _token(self, target: Target, remark: str) -> Remark | None:
        """Read one remark; None where it is unknown."""
        if fold(remark) in _WORDS["harmless"] or self.is_name(target, remark):
            return _NOTHING
        readers: tuple[Callable[[Target, str], Iterator[Remark]], ...]
        readers = (
            (self._of_field, self._unit, self._period)
            if target.kind is ColumnKind.FIELD
            else (self._unit, self._period, self._something_else)
            if target.kind in OWN_KINDS
            else (self._word, self._rater, self._unit, self._target, self._weight, self._scale, self._period, self._something_else)
        )
        return next((read for reader in readers for read in reader(target, remark)), None)

    def _of_field(self, target: Target, remark: str) -> Iterator[Remark]:
        unit = parse_unit(_UNIT_LABEL.sub("", remark, count=1)) if target.name == Field.ACTUAL else None
        if unit is not None:
            yield Remark(unit=unit)
        scale = target.name == Field.PUBLISHED_TOTAL and (_FULL.fullmatch(remark) or remark in _SCALES)
        said = target.name in _SAID and fold(remark) not in _OTHER
        if scale or said or _FIELD_HINT.fullmatch(fold(remark)):
            yield _NOTHING

    def _word(self, target: Target, remark: str) -> Iterator[Remark]:
        word = fold(remark)
        if target.kind in (ColumnKind.INDICATOR, ColumnKind.COMPUTED) and word == fold(self.placed[target.name].dimension.name):
            yield _NOTHING
        if word in _WORDS["actual"] or (target.kind is ColumnKind.VETO and word in _YES_NO) or (self._is_words(target) and word in _LEVELS):
            yield _NOTHING
        if word in _WORDS["combined"] and self.judged(target) and target.kind is ColumnKind.INDICATOR:
            yield Remark(combined=True)

    def _is_words(self, target: Target) -> bool:
        return target.kind is ColumnKind.INDICATOR and isinstance(self.placed[target.name].indicator.method.accepts, Levels)

    def _rater(self, target: Target, remark: str) -> Iterator[Remark]:
        words = [remark, *(remark.removesuffix(end) for end in _RATER_ENDS if remark.endswith(end) and remark != end)]
        if not self.raters.raters or not self.judged(target):
            named = bool(self.raters.raters) and any(self.raters.look_up(word) for word in words)
            if named or any(fold(word) in _RATER_WORDS for word in words):
                what = msg("it is not scored by raters") if self.raters.raters else msg("the plan has no raters")
                advice = msg("name the column of actuals `{target}`, or add `raters:` (评分人) to the plan", target=target.name)
                yield Remark(
                    problem=RemarkProblem(
                        "GP460",
                        msg(
                            "{remark} names a rater of `{target}`, but {what}", remark=quoted_header(remark), target=target.name, what=what
                        ),
                        advice,
                    )
                )
            return
        for word in words:
            places = self.raters.look_up(word)
            if len(places) == 1:
                yield Remark(rater=places[0])
            elif places:
                names = " or ".join(f"`{target.name}（{self.raters.raters[place].name}）`" for place in places)
                yield Remark(
                    problem=RemarkProblem(
                        "GP460",
                        msg("{remark} matches several raters of the plan", remark=quoted_header(remark)),
                        msg("write {names}", names=names),
                    )
                )

    def _unit(self, target: Target, remark: str) -> Iterator[Remark]:
        text = _UNIT_LABEL.sub("", remark, count=1) if _UNIT_LABEL.match(remark) else remark
        measure = self._measure(target)
        unit = next((also for also in measure.also if also.text == text), None) or parse_unit(text, measure.unit)
        if unit is None:
            if text != remark and text:
                yield Remark(problem=self._unlike(measure, text))
            return
        if unit in measure.also or self._convertible(measure, unit):
            yield Remark(unit=unit)
        else:
            yield Remark(
                problem=RemarkProblem(
                    "GP462",
                    msg("{remark} in the header: {measure}", remark=quoted_header(remark), measure=unlike(measure, unit)),
                    unlike_advice(measure),
                )
            )

    def _measure(self, target: Target) -> Measure:
        return self.measures.get(target) or Measure(target.name, percent=False, unit=parse_unit("分"))

    def _convertible(self, measure: Measure, unit: Unit) -> bool:
        return (measure.percent is None and unit.base == SHARE) or ratio(unit, measure.unit) is not None

    def _unlike(self, measure: Measure, text: str) -> RemarkProblem:
        own = msg("in {unit}", unit=measure.unit.text) if measure.unit else msg("without a unit")
        message = msg(
            "{text} is not a known unit, and the plan measures `{measure}` {own}", text=quoted_header(text), measure=measure.name, own=own
        )
        return RemarkProblem("GP462", message, unlike_advice(measure))

    def _target(self, target: Target, remark: str) -> Iterator[Remark]:
        match = _TARGET.fullmatch(remark)
        if match is None or target.kind is not ColumnKind.INDICATOR or fold(remark) in _OTHER:
            return
        own = self.placed[target.name].indicator.target
        if self._equals(target, match[1], own):
            yield _NOTHING
        else:
            stated = f"{own.written:f}{'%' if own.percent else ''}" if isinstance(own, Quantity) else own or "none"
            message = msg(
                "the header gives the target {match} of `{target}`, but the plan {stated}",
                match=quoted_header(match[1]),
                target=target.name,
                stated=stated,
            )
            yield Remark(problem=RemarkProblem("GP460", message, msg("correct the wrong one")))

    def _equals(self, target: Target, text: str, own: Quantity | str | None) -> bool:
        if not isinstance(own, Quantity):
            return own is not None and fold(own) == fold(text)
        amount = read_amount(self._measure(target), Cell(text, Span(""))).value
        if amount is None or not isinstance(amount.actual.value, Quantity):
            return False
        return amount.actual.number == Fraction(own.value)

    def _weight(self, target: Target, remark: str) -> Iterator[Remark]:
        match = _WEIGHT.fullmatch(remark)
        if match is None or target.kind is not ColumnKind.INDICATOR:
            return
        placed = self.placed[target.name]
        written = Fraction(Decimal(match[1] or match[3])) / (100 if match[2] else 1)
        own, group = (_part(weight) for weight in (placed.indicator.weight, placed.dimension.weight))
        known = [own, *([own * group] if own is not None and group is not None else [])]
        if own is not None and (written in known or (not match[2] and written / 100 in known)):
            yield _NOTHING
        else:
            message = msg(
                "the header gives {remark} as the weight of `{target}`, but the plan gives another",
                remark=quoted_header(remark),
                target=target.name,
            )
            yield Remark(problem=RemarkProblem("GP460", message, msg("correct the wrong one, or remove it from the header")))

    def _scale(self, target: Target, remark: str) -> Iterator[Remark]:
        full, scale = _FULL.fullmatch(remark), _SCALE.fullmatch(remark)
        if full is None and scale is None and remark not in _SCALES:
            return
        highest = scale[2] if scale else next(filter(None, full.groups())) if full else _SCALES[remark]
        rule = self.placed[target.name].indicator.rule if target.kind is ColumnKind.INDICATOR else None
        own = getattr(rule, "maximum", getattr(rule, "full", None))
        lowest = getattr(rule, "minimum", Decimal(0))
        if own is not None and own == Decimal(highest) and (scale is None or lowest == Decimal(scale[1])):
            yield _NOTHING
        else:
            message = msg(
                "the header gives {remark} as the scale of `{target}`, but the plan gives another",
                remark=quoted_header(remark),
                target=target.name,
            )
            yield Remark(
                problem=RemarkProblem("GP460", message, msg("enter scores on the plan's scale, or correct `maximum` (上限) in the plan"))
            )

    def _period(self, _target: Target, remark: str) -> Iterator[Remark]:
        mentioned = find_mentions(remark)
        if not mentioned:
            return
        if self.default is not None and all(_same(each, self.default) for each in mentioned):
            yield _NOTHING
        else:
            about = self.default.id if self.default else msg("not known")
            message = msg("the header says {remark}, but the period of the rows is {about}", remark=quoted_header(remark), about=about)
            yield Remark(
                problem=RemarkProblem(
                    "GP460", message, msg("keep one period per file, named after it, or state the period of each row in a column 考核期")
                )
            )

    def _something_else(self, target: Target, remark: str) -> Iterator[Remark]:
        word = fold(remark)
        if word in _NOTES:
            yield Remark(note=True)
        elif word in _OTHER:
            message = msg(
                "{remark} of `{target}` is not its actual (实际值) for the period", remark=quoted_header(remark), target=target.name
            )
            yield Remark(problem=RemarkProblem("GP460", message, self._offered(target, msg("remove the column"))))

    def _unknown(self, target: Target, remark: str) -> Remark:
        message = msg("the remark {remark} after `{target}` is unknown", remark=quoted_header(remark), target=target.name)
        return Remark(problem=RemarkProblem("GP460", message, self._offered(target, msg("remove it"))))

    def _offered(self, target: Target, otherwise: str) -> str:
        if target.kind is ColumnKind.FIELD:
            return msg("{otherwise}; a header may also contain 必填 or 选填 (required, optional)", otherwise=otherwise)
        if target.kind in OWN_KINDS:
            return msg(
                "name the column `{target}（{words}）`; {otherwise}",
                target=target.name,
                words=WORDS[OWN_KINDS[target.kind]][0],
                otherwise=otherwise,
            )
        measure = self._measure(target)
        forms = [f"`{target.name}`", f"`{target.name}（实际值）`"]
        forms += [f"`{target.name}（{measure.unit.text}）`"] if measure.unit else []
        forms += [f"`{target.name}（{self.raters.raters[0].name}）`"] if self.judged(target) else []
        return msg(
            "name the column of actuals {forms}; {otherwise} if it contains anything else",
            forms=listing(forms, " or "),
            otherwise=otherwise,
        )


def _part(weight: object) -> Fraction | None:
    number, percent = getattr(weight, "number", None), getattr(weight, "percent", False)
    return None if number is None else Fraction(number) / 100 if percent or number > 1 else Fraction(number)


def _same(mention: Mention, period: Period) -> bool:
    """Return whether what a text says about time is the period."""
    if isinstance(mention.value, PartOfYear):
        return (mention.value.shape, mention.value.ordinal) == (period.shape, period.ordinal)
    return isinstance(mention.value, Period) and (mention.value.start, mention.value.end) == (period.start, period.end)
