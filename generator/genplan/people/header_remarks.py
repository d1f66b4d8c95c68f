"""Interprets the remarks beside a header's name: a unit, a rater, the actual itself, or something other than the actual."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import listing, msg
from genplan.methods.method import Judged, Levels
from genplan.people.column_words import COLUMN_WORDS
from genplan.people.header_remark_words import ACTUAL, COMBINED, HARMLESS, NOTES, OTHER
from genplan.people.measures import Measure, measures
from genplan.people.model import Cell
from genplan.people.own_words import OWN_KINDS
from genplan.people.password_detection import quoted_header
from genplan.people.raters import Raters
from genplan.people.remark import NOTHING, Remark, RemarkProblem, refused
from genplan.people.repeated_terms import names_full_points, read_period, read_scale, read_target, read_weight
from genplan.people.unit_conversion import factor_text, unlike, unlike_advice
from genplan.people.vocabulary import WORDS, ColumnKind, Field, Target, Vocabulary, field_words
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import RaterKind
from genplan.plan.periods import Period
from genplan.plan.units import SHARE, Unit, parse_unit, ratio
from genplan.source.text import fold
from genplan.source.traditional import in_both_scripts

_FIELDS = Vocabulary(field_words(Field))
_SPLIT = re.compile(r"[,;、|/\s]+")
_UNIT_LABEL = re.compile(r"(?:计量|計量)?(?:单位|單位)\s*:?\s*(?:为|是)?\s*|unit\s*:\s*", re.IGNORECASE)
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
            return NOTHING
        return next(self._unit(target, text), None) or self._unknown(target, text)

    def converted(self, cell: Cell, target: Target, unit: Unit) -> list[Diagnostic]:
        """GP461: numbers for which a header, or a column 单位, states another unit than the plan's; `cell` states it."""
        measure = self._measure(target)
        factor = unit.factor * 100 if measure.percent is not False and unit.base == SHARE else ratio(unit, measure.unit)
        if unit in measure.also or factor in (None, 1):
            return []
        assert factor is not None
        message = msg("`{name}`: numbers in {unit} are read ({factor})")
        if measure.percent:
            message = msg("`{name}`: numbers in {unit} are read as % ({factor})")
        elif measure.unit and measure.percent is False:
            message = msg("`{name}`: numbers in {unit} are read as numbers in {own} ({factor})").with_values(own=measure.unit.text)
        message = message.with_values(name=measure.name, unit=quoted_header(unit.text), factor=factor_text(factor))
        advice = msg("to write them without a unit, write {amount}", amount=measure.in_words)
        return [diagnose("GP461", cell.span, message, help=advice)]

    def is_scored_directly(self, target: Target) -> bool:
        """Return whether the value of an indicator is its score, or the level that has one; other things have no method."""
        return target.kind is not ColumnKind.INDICATOR or isinstance(self.placed[target.name].indicator.method.accepts, Judged)

    def no_score(self, target: Target, header: str) -> RemarkProblem:
        """Say that a value is a score, where the plan makes one of the actual."""
        message = msg(
            "the column {header} contains scores, but `{indicator}` is scored from its actual (实际值)",
            header=quoted_header(header),
            indicator=target.name,
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
        merged = NOTHING
        for each in read:
            if merged.unit and each.unit and not merged.unit.same(each.unit):
                return refused(msg("the header contains two units"), msg("keep the correct one"))
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
            return NOTHING
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
        scale = target.name == Field.PUBLISHED_TOTAL and names_full_points(remark)
        said = target.name in _SAID and fold(remark) not in _OTHER
        if scale or said or _FIELD_HINT.fullmatch(fold(remark)):
            yield NOTHING

    def _word(self, target: Target, remark: str) -> Iterator[Remark]:
        word = fold(remark)
        if target.kind in (ColumnKind.INDICATOR, ColumnKind.COMPUTED) and word == fold(self.placed[target.name].dimension.name):
            yield NOTHING
        if word in _WORDS["actual"] or (target.kind is ColumnKind.VETO and word in _YES_NO) or (self._is_words(target) and word in _LEVELS):
            yield NOTHING
        if word in _WORDS["combined"] and self.judged(target) and target.kind is ColumnKind.INDICATOR:
            yield Remark(combined=True)

    def _is_words(self, target: Target) -> bool:
        return target.kind is ColumnKind.INDICATOR and isinstance(self.placed[target.name].indicator.method.accepts, Levels)

    def _rater(self, target: Target, remark: str) -> Iterator[Remark]:
        words = [remark, *(remark.removesuffix(end) for end in _RATER_ENDS if remark.endswith(end) and remark != end)]
        if not self.raters.raters or not self.judged(target):
            if any(self.raters.look_up(word) or fold(word) in _RATER_WORDS for word in words):
                yield self._unrated(target, remark)
            return
        for word in words:
            places = self.raters.look_up(word)
            if len(places) == 1:
                yield Remark(rater=places[0])
            elif places:
                headers = listing((f"`{target.name}（{self.raters.raters[place].name}）`" for place in places), " or ")
                message = msg("{remark} matches several raters of the plan", remark=quoted_header(remark))
                yield refused(message, msg("write {headers}", headers=headers))

    def _unrated(self, target: Target, remark: str) -> Remark:
        """Say that a remark names a rater of what raters do not score."""
        message = msg("{rater} names a rater of `{indicator}`, but the plan has no raters")
        if self.raters.raters:
            message = msg("{rater} names a rater of `{indicator}`, but it is not scored by raters")
        advice = msg("name the column of actuals `{indicator}`, or add `raters:` (评分人) to the plan", indicator=target.name)
        return refused(message.with_values(rater=quoted_header(remark), indicator=target.name), advice)

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
            message = msg("{remark} in the header: {problem}", remark=quoted_header(remark), problem=unlike(measure, unit))
            yield Remark(problem=RemarkProblem("GP462", message, unlike_advice(measure)))

    def _measure(self, target: Target) -> Measure:
        return self.measures.get(target) or Measure(target.name, percent=False, unit=parse_unit("分"))

    def _convertible(self, measure: Measure, unit: Unit) -> bool:
        return (measure.percent is None and unit.base == SHARE) or ratio(unit, measure.unit) is not None

    def _unlike(self, measure: Measure, text: str) -> RemarkProblem:
        message = msg("{unit} is not a known unit, and the plan measures `{name}` without a unit")
        if measure.unit:
            message = msg("{unit} is not a known unit, and the plan measures `{name}` in {own}").with_values(own=measure.unit.text)
        message = message.with_values(unit=quoted_header(text), name=measure.name)
        return RemarkProblem("GP462", message, unlike_advice(measure))

    def _target(self, target: Target, remark: str) -> Iterator[Remark]:
        if target.kind is ColumnKind.INDICATOR:
            yield from read_target(self.placed[target.name], self._measure(target), remark)

    def _weight(self, target: Target, remark: str) -> Iterator[Remark]:
        if target.kind is ColumnKind.INDICATOR:
            yield from read_weight(self.placed[target.name], remark)

    def _scale(self, target: Target, remark: str) -> Iterator[Remark]:
        placed = self.placed[target.name] if target.kind is ColumnKind.INDICATOR else None
        yield from read_scale(placed, target.name, remark)

    def _period(self, _target: Target, remark: str) -> Iterator[Remark]:
        yield from read_period(self.default, remark)

    def _something_else(self, target: Target, remark: str) -> Iterator[Remark]:
        word = fold(remark)
        if word in _NOTES:
            yield Remark(note=True)
        elif word in _OTHER:
            message = msg(
                "{remark} of `{indicator}` is not its actual (实际值) for the period", remark=quoted_header(remark), indicator=target.name
            )
            yield refused(message, self._offered(target, msg("remove the column")))

    def _unknown(self, target: Target, remark: str) -> Remark:
        message = msg("the remark {remark} after `{name}` is unknown", remark=quoted_header(remark), name=target.name)
        return refused(message, self._offered(target, msg("remove it")))

    def _offered(self, target: Target, otherwise: str) -> str:
        if target.kind is ColumnKind.FIELD:
            return msg("{otherwise}; a header may also contain 必填 or 选填 (required, optional)", otherwise=otherwise)
        if target.kind in OWN_KINDS:
            return msg(
                "name the column `{indicator}（{word}）`; {otherwise}",
                indicator=target.name,
                word=COLUMN_WORDS[OWN_KINDS[target.kind]],
                otherwise=otherwise,
            )
        measure = self._measure(target)
        headers = [f"`{target.name}`", f"`{target.name}（实际值）`"]
        headers += [f"`{target.name}（{measure.unit.text}）`"] if measure.unit else []
        headers += [f"`{target.name}（{self.raters.raters[0].name}）`"] if self.judged(target) else []
        return msg(
            "name the column of actuals {headers}; {otherwise} if it contains anything else",
            headers=listing(headers, " or "),
            otherwise=otherwise,
        )
