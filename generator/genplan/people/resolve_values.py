"""Turns drafts into people: parses each value as the plan expects it, and resolves values given by several rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from genplan.diagnostics import Diagnostic, Related, Span, diagnose, has_errors
from genplan.messages import msg
from genplan.methods.method import Levels
from genplan.people.actuals import read_actual
from genplan.people.computed_actuals import compute_actual
from genplan.people.computed_columns import computations
from genplan.people.days_in_position import part
from genplan.people.inputs_and_items import OCCURRED, VALUE_READERS
from genplan.people.line_remarks import line_remarks
from genplan.people.measures import SCORE_UNIT, Measure, measures
from genplan.people.model import Actual, PersonResult, Rating
from genplan.people.own_values import Agreed, read_own, with_own
from genplan.people.own_words import OWN_KINDS
from genplan.people.person_draft import DraftValue, PersonDraft
from genplan.people.plausibility import PlausibleLimit, check_plausibility, plausible_limit, plausible_limits
from genplan.people.raters import Raters
from genplan.people.recorded_results import read_calibration, read_decision, read_published
from genplan.people.unit_conversion import Conversion, conversions, read_amount
from genplan.people.vocabulary import ColumnKind, Field, Target, further_figures, words_of
from genplan.people.votes import vote_columns
from genplan.people.wording import quoted, shown
from genplan.plan.load import PlacedIndicator, PlanFile
from genplan.plan.model import Gives
from genplan.source.quantity import Quantity

_NAMELESS = (ColumnKind.FIELD, ColumnKind.INPUT, ColumnKind.REMARK)
"""Kinds omitted from `unusable`: an unusable input marks the indicators computed from it instead, and nothing depends on a remark."""


class ValueResolver:
    """Resolves each person's values from drafts; problems are appended to `diagnostics`.

    `rated` are the indicators whose values are a rater's judgement; any other value is a fact. With `allow_repeats`, several rows of a
    person may state the same fact, and must agree; otherwise only one row may.
    """

    def __init__(
        self,
        plan: PlanFile,
        rated: frozenset[Target],
        diagnostics: list[Diagnostic],
        agreed: Agreed,
        *,
        allow_repeats: bool,
    ) -> None:
        self.plan = plan
        self.placed: Mapping[str, PlacedIndicator] = {placed.key: placed for placed in plan.indicators}
        self.computations = computations(plan)
        self.figures = further_figures(plan)
        self.raters = Raters(plan.plan.all_raters)
        self.name_header = words_of(plan, Field.NAME)[0]
        self.rated = rated
        self.diagnostics = diagnostics
        self.allow_repeats = allow_repeats
        self.reported: set[Diagnostic] = set()
        self.measures = measures(plan)
        self.votes = vote_columns(plan)
        self.limits = plausible_limits(plan)
        self.agreed = agreed
        self.own: dict[tuple[str, str], Actual] = {}
        """What the person now read has of their own, by indicator and name."""
        self.converted: dict[Target, list[Conversion]] = defaultdict(list)

    def report_once(self, problem: Diagnostic) -> None:
        """Report a problem that several values may have in common, once."""
        if problem not in self.reported:
            self.reported.add(problem)
            self.diagnostics.append(problem)

    def person(self, draft: PersonDraft) -> PersonResult:
        """Build the result of one person from a draft."""
        if draft.nameless and Field.NAME not in draft.fields:
            advice = msg("fill in the column {column}", column=self.name_header)
            message = msg("the name of {person} is missing", person=quoted(draft.id))
            self.diagnostics.append(diagnose("GP415", draft.span, message, help=advice))
        facts: dict[Target, Actual] = {}
        self.own = dict(self.agreed.get((draft.period.id, draft.id), {}))
        ratings: dict[str, tuple[Rating, ...]] = {}
        by_target = _by_target(draft)
        for target in sorted(by_target, key=lambda target: target.kind not in OWN_KINDS):  # what is agreed bounds what is plausible
            entries = by_target[target]
            if target.kind is ColumnKind.VOTES:
                if voted := self.voted(draft, target, entries):
                    key = self.votes[target.name][0].key
                    ratings[key] = tuple(sorted((*ratings.get(key, ()), *voted), key=lambda rating: rating.rater))
            elif target in self.rated and not self.combined(draft, target, entries):
                if given := self.ratings(draft, target, entries):
                    ratings[target.name] = tuple(sorted((*ratings.get(target.name, ()), *given), key=lambda rating: rating.rater))
            elif target not in draft.unusable and (fact := self.fact(draft, target, entries)) is not None:
                facts[target] = fact
                if target.kind in OWN_KINDS:
                    self.own[target.name, OWN_KINDS[target.kind].value] = fact
        inputs = self.given_inputs(facts)
        computed = self.compute(draft, inputs)
        published, unpublished = read_published(draft)
        decision, undecided = read_decision(self.plan, draft)
        calibration, uncalibrated = read_calibration(self.plan, draft)
        self.diagnostics += [*unpublished, *undecided, *uncalibrated]
        stated = ((Field.PUBLISHED_TOTAL, unpublished), (Field.GRADE, undecided), (Field.FINAL_GRADE, uncalibrated))
        unread = {field for field, problems in stated if has_errors(problems)}
        return PersonResult(
            id=draft.id,
            name=draft.text(Field.NAME),
            department=draft.text(Field.DEPARTMENT),
            position=draft.text(Field.POSITION),
            period=draft.period,
            actuals=_of(ColumnKind.INDICATOR, facts) | computed,
            comment=draft.remark(Field.COMMENT),
            span=draft.span,
            unusable=frozenset(map(self.named, draft.unusable)) - {""} | unread,
            ratings=ratings,
            inputs=inputs,
            items=_of(ColumnKind.ITEM, facts),
            vetoes={name: veto.span for name, veto in _of(ColumnKind.VETO, facts).items() if veto.value == OCCURRED},
            presence=part(draft.presence, draft.period),
            own=_own(facts),
            published=published,
            conclusion=draft.remark(Field.CONCLUSION),
            decision=decision,
            calibration=calibration,
            group=draft.text(Field.GROUP),
            password=draft.text(Field.PASSWORD),
            problems=draft.remark(Field.PROBLEMS),
            suggestions=draft.remark(Field.SUGGESTIONS),
            measures=draft.remark(Field.MEASURES),
            figures={name: facts.get(target) for name, target in self.figures.items() if target in facts or target in draft.unusable},
            remarks=line_remarks(draft),
            comments=tuple(dict.fromkeys(draft.comments)),
        )

    def named(self, target: Target) -> str:
        """Return what a value that cannot be used leaves without one; empty where nothing."""
        if target.kind is ColumnKind.VOTES:
            return self.votes[target.name][0].key
        return "" if target.kind in _NAMELESS else target.name

    def voted(self, draft: PersonDraft, target: Target, entries: Sequence[DraftValue]) -> tuple[Rating, ...]:
        """Resolve the votes for a level, by the kind of rater. Finds GP479 (counted twice)."""
        level = self.votes[target.name][1]
        first: dict[int | None, Span] = {}
        ratings: list[Rating] = []
        for entry in entries:
            rater = entry.giver.rater if entry.giver else None
            value = self.read(entry)
            earlier = first.setdefault(rater, entry.cell.span)
            if earlier is not entry.cell.span or rater is None:
                message = msg("the votes for `{level}` of {person} stand there twice")
                if rater is None:
                    message = msg("the votes for `{level}` of {person} are of no single kind of rater")
                message = message.with_values(level=target.name, person=quoted(draft.id))
                advice = msg("write the votes of each kind of rater once, in a row or column that names it")
                related = [Related(earlier, msg("first occurrence"))]
                self.report_once(diagnose("GP479", entry.cell.span, message, help=advice, related=related))
                value = None
            if value is None:
                draft.unusable.add(target)
            elif rater is not None and isinstance(value.value, Quantity) and value.value.value:
                ratings.append(Rating(rater, Actual(level, level, entry.cell.span), int(value.value.value)))
        return tuple(ratings)

    def read(self, entry: DraftValue) -> Actual | None:
        """Parse one value with the reader of its kind; None where it cannot be used."""
        target, measure = entry.target, self.measures[entry.target]
        if target.kind is ColumnKind.INDICATOR:
            reading = read_actual(self.placed[target.name], measure, entry.cell, entry.unit)
        elif target.kind in OWN_KINDS:
            reading = read_own(self.placed[target.name], OWN_KINDS[target.kind], measure, entry.cell, entry.unit)
        else:
            reading = VALUE_READERS[target.kind](measure, entry.cell, entry.unit)
        for problem in reading.diagnostics:
            self.report_once(problem)
        if reading.value and reading.value.conversion:
            self.converted[target].append(reading.value.conversion)
        return reading.value.actual if reading.value else None

    def report(self) -> None:
        """Report GP461 once for each unit that values were converted from; call after the last person."""
        for target, converted in self.converted.items():
            for problem in conversions(self.measures[target], converted):
                self.report_once(problem)

    def fact(self, draft: PersonDraft, target: Target, entries: Sequence[DraftValue]) -> Actual | None:
        """Resolve a value that does not depend on the rater. Reports GP408 and GP421."""
        first, *later = entries
        related = [Related(first.cell.span, msg("first occurrence"))]
        if later and not self.allow_repeats and target.kind not in OWN_KINDS:
            message = msg(
                "`{name}` of {person} appears twice in {period}", name=target.name, person=quoted(draft.id), period=draft.period.id
            )
            cells = [entry.cell for entry in later]
            self.diagnostics += [diagnose("GP408", cell.span, message, help=msg("keep the correct row"), related=related) for cell in cells]
            draft.unusable.add(target)
            return None
        values = [self.read(entry) for entry in entries]
        differing = [value for value in values if value and values[0] and value.value != values[0].value]
        for value in differing:
            message = msg("`{name}` of {person} differs from an earlier row", name=target.name, person=quoted(draft.id))
            advice = msg("it does not depend on the rater: write the same value in each row of the person, or only in one")
            self.diagnostics.append(diagnose("GP421", value.span, message, help=advice, related=related))
        if differing or None in values or not self.is_plausible(draft, target, values[0], hidden=first.cell.hidden):
            draft.unusable.add(target)
            return None
        return values[0]

    def is_plausible(self, draft: PersonDraft, target: Target, actual: Actual | None, *, hidden: bool = False) -> bool:
        """Return whether an actual can be meant, or is confirmed. Finds GP463."""
        limit = self.limit(target.name) if target.kind in (ColumnKind.INDICATOR, ColumnKind.COMPUTED) else None
        if limit is None or actual is None:
            return True
        diagnostics = check_plausibility(limit, actual, draft.remark(Field.CONFIRMED), hidden=hidden)
        self.diagnostics += diagnostics
        return not diagnostics

    def own_indicator(self, key: str) -> PlacedIndicator:
        """Return an indicator as it is for the person: with their own target and points, if they have any."""
        own = {name: value for (indicator, name), value in self.own.items() if indicator == key}
        return with_own(self.placed[key], own) if own else self.placed[key]

    def limit(self, key: str) -> PlausibleLimit | None:
        """Return what an actual may come to, by the person's own target if there is one."""
        placed = self.own_indicator(key)
        return self.limits.get(key) if placed is self.placed[key] else plausible_limit(placed)

    def combined(self, draft: PersonDraft, target: Target, entries: Sequence[DraftValue]) -> bool:
        """Return whether a score is made of all raters' already. Finds GP408 (such a score and a rater's)."""
        combined = [entry for entry in entries if entry.giver and entry.giver.rater is None]
        if combined and len(combined) < len(entries):
            message = msg("`{key}` of {person} has a combined score as well as scores by raters", key=target.name, person=quoted(draft.id))
            advice = msg("keep either the raters' scores or the combined one")
            self.diagnostics.append(diagnose("GP408", combined[0].cell.span, message, help=advice))
            draft.unusable.add(target)
        return bool(combined)

    def ratings(self, draft: PersonDraft, target: Target, entries: Sequence[DraftValue]) -> tuple[Rating, ...]:
        """Resolve the raters' values, in the order of the plan's raters. Reports GP408."""
        first: dict[int, Span] = {}
        repeated: dict[Span, int] = {}
        for entry in entries:
            assert entry.giver is not None  # values without a rater give no ratings
            assert entry.giver.rater is not None
            earlier = first.setdefault(entry.giver.rater, entry.giver.span)
            if earlier != entry.giver.span and self.raters.single(entry.giver.rater):
                repeated[entry.giver.span] = entry.giver.rater
        for span, rater in repeated.items():
            self.report_repeated(draft, span, rater, first[rater])
        values = [] if repeated else [(entry.giver.rater, self.rating(entry, entry.giver.rater)) for entry in entries if entry.giver]
        ratings = [Rating(rater, value) for rater, value in values if value and rater is not None]
        if len(ratings) < len(entries):
            draft.unusable.add(target)
            return ()
        return tuple(sorted(ratings, key=lambda rating: rating.rater))

    def rating(self, entry: DraftValue, rater: int | None) -> Actual | None:
        """Read what one rater gave: a score or level, or a score in place of a level. Finds GP407 (a score beyond those of the levels)."""
        takes = self.placed[entry.target.name].indicator.method.accepts
        if rater is None or self.raters.raters[rater].gives is not Gives.SCORES or not isinstance(takes, Levels):
            return self.read(entry)
        scores = [score for _, score in takes.levels(self.own_indicator(entry.target.name).indicator.rule)]
        amount, diagnostics = read_amount(Measure(entry.target.name, percent=False, unit=SCORE_UNIT), entry.cell, entry.unit)
        value = amount.actual.value if amount else None
        if isinstance(value, Quantity) and not min(scores) <= value.value <= max(scores):
            message = msg(
                "`{key}`: {value} is outside the levels' scores, {lowest} to {highest}",
                key=entry.target.name,
                value=shown(entry.cell),
                lowest=f"{min(scores):f}",
                highest=f"{max(scores):f}",
            )
            advice = msg("write a score from that of the lowest level to that of the highest")
            diagnostics = [diagnose("GP407", entry.cell.span, message, help=advice)]
        for problem in diagnostics:
            self.report_once(problem)
        return None if diagnostics or amount is None else amount.actual

    def report_repeated(self, draft: PersonDraft, span: Span, rater: int, earlier: Span) -> None:
        """GP408: said once a row, however many indicators the row rates."""
        name = self.raters.raters[rater].name
        message = msg("{person} is rated twice by {rater} in {period}", person=quoted(draft.id), rater=quoted(name), period=draft.period.id)
        related = [Related(earlier, msg("first occurrence"))]
        self.report_once(diagnose("GP408", span, message, help=msg("keep the correct row"), related=related))

    def given_inputs(self, facts: Mapping[Target, Actual]) -> dict[str, dict[str, Actual]]:
        """Give the figures there are for each computed indicator, by the names that its computation has for them."""
        inputs = {
            each.placed.key: {name: facts[target] for name, target in each.columns.items() if target in facts} for each in self.computations
        }
        return {key: given for key, given in inputs.items() if given}

    def compute(self, draft: PersonDraft, inputs: Mapping[str, Mapping[str, Actual]]) -> dict[str, Actual]:
        """Work out the actuals for which enough is given."""
        actuals: dict[str, Actual] = {}
        for each in self.computations:
            placed, given = self.own_indicator(each.placed.key), inputs.get(each.placed.key, {})
            computed = None
            if not any(target in draft.unusable for target in each.columns.values()):
                if len(given) < each.fewest:
                    continue
                computed, diagnostics = compute_actual(placed, placed.indicator.computation or each.computation, given, draft.span)
                self.diagnostics += diagnostics
                computed = computed if self.is_plausible(draft, Target(ColumnKind.COMPUTED, placed.key), computed) else None
            if computed is None:
                draft.unusable.add(Target(ColumnKind.COMPUTED, placed.key))
            else:
                actuals[placed.key] = computed
        return actuals


def _by_target(draft: PersonDraft) -> dict[Target, list[DraftValue]]:
    """Group the values that can be used, in the order they come."""
    groups: dict[Target, list[DraftValue]] = defaultdict(list)
    for entry in draft.entries:
        if entry.target not in draft.unusable and entry.target.kind is not ColumnKind.REMARK:
            groups[entry.target].append(entry)
    return groups


def _own(facts: Mapping[Target, Actual]) -> dict[str, dict[str, Actual]]:
    """Gather what a person has of their own, by indicator."""
    own: dict[str, dict[str, Actual]] = {}
    for target, fact in facts.items():
        if target.kind in OWN_KINDS:
            own.setdefault(target.name, {})[OWN_KINDS[target.kind].value] = fact
    return own


def _of(kind: ColumnKind, facts: Mapping[Target, Actual]) -> dict[str, Actual]:
    return {target.name: fact for target, fact in facts.items() if target.kind is kind}
