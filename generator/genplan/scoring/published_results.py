"""What was published or decided of a person's result beside what is computed: whether they agree, and what gives the published total."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from genplan.diagnostics import Diagnostic, diagnose
from genplan.messages import msg
from genplan.people.model import Actual, PersonResult
from genplan.people.wording import quoted
from genplan.plan.grades import PlacedGrade, are_decided
from genplan.plan.load import PlanFile
from genplan.plan.rounding import round_to
from genplan.scoring.calibration import fill_in_columns
from genplan.scoring.line import ZERO, Line
from genplan.source.quantity import Quantity


def published_total(person: PersonResult) -> Decimal | None:
    """Return the total that was published of a person."""
    total = person.published.total
    return total.value.value if total and isinstance(total.value, Quantity) else None


def totals_agree(plan: PlanFile, published: Decimal, computed: Decimal) -> bool:
    """Return whether a published total is the computed one; digits beyond those that the plan keeps do not count."""
    return round_to(Fraction(published), plan.plan.rounding.places, plan.plan.rounding.mode) == computed


def differences(
    plan: PlanFile, person: PersonResult, total: Decimal, grade: PlacedGrade | None, *, calibrated: bool
) -> Iterator[Diagnostic]:
    """Find GP447 (a published or decided result differs from the one that counts) and GP448 (a differing grade without grounds)."""
    own = msg("calibrated") if calibrated else msg("computed")
    published = published_total(person)
    if published is not None and not totals_agree(plan, published, total):
        yield _differs(
            person.published.total,
            msg(
                "the published total {published} of {person} differs from the {kind} {total}",
                published=f"{published:f}",
                person=quoted(person.id),
                kind=own,
                total=f"{total:f}",
            ),
        )
    name = grade.grade.name if grade else ""
    if person.published.grade and person.published.grade.text != name:
        template = (
            msg("the published grade {grade} of {person} differs from the {kind} `{name}`")
            if name
            else msg("the published grade {grade} of {person} differs from the {kind} one: the plan has no grades")
        )
        kind = msg("decided") if are_decided(plan.plan) and not calibrated else own
        message = template.with_values(grade=quoted(person.published.grade.text), person=quoted(person.id), kind=kind, name=name)
        yield _differs(person.published.grade, message)
    decision = person.decision
    if decision and decision.grade != name and not are_decided(plan.plan):
        message = msg(
            "the decided grade `{grade}` of {person} differs from the {kind} `{name}`, which is the one that counts",
            grade=decision.grade,
            person=quoted(person.id),
            kind=own,
            name=name,
        )
        advice = msg("documents show both; correct the grade if it is a mistake")
        yield diagnose("GP447", decision.span, message, help=advice)
        lacking = [column for column, text in (("评定人", decision.by), ("评定理由", decision.reason)) if not text]
        if lacking:
            message = msg(
                "the decided grade `{grade}` of {person} differs from the computed one without grounds",
                grade=decision.grade,
                person=quoted(person.id),
            )
            yield diagnose(
                "GP448",
                decision.span,
                message,
                help=fill_in_columns(lacking),
            )


def rank_differences(people: Sequence[tuple[str, Actual | None]], places: Sequence[tuple[int | None, int | None]]) -> Iterator[Diagnostic]:
    """Find GP447: a published rank that is not the computed one. `people` gives ids and published ranks, `places` the computed."""
    for (person, published), (rank, ranked) in zip(people, places, strict=True):
        if published is None or rank is None:  # nobody is ranked while somebody has no total
            continue
        if isinstance(published.value, Quantity) and published.value.value != rank:
            message = msg(
                "the published rank {published} of {person} differs from the computed {rank} of {ranked}",
                published=quoted(published.text),
                person=quoted(person),
                rank=rank,
                ranked=ranked,
            )
            advice = msg("correct it, or check whether someone is missing; people with equal totals share the better rank")
            yield diagnose("GP447", published.span, message, help=advice)


def _differs(stated: Actual | None, message: str) -> Diagnostic:
    assert stated is not None  # something was published
    advice = msg("documents show both, and the computed one counts; correct what was published, the scores or the weights")
    return diagnose("GP447", stated.span, message, help=advice)


@dataclass(frozen=True, slots=True)
class AlternativeTotal:
    """Another way to make a total of the same scores, and what it gives; `name` is the end of its labels."""

    name: str
    total: Fraction


def alternative_totals(lines: Sequence[Line]) -> tuple[AlternativeTotal, ...]:
    """List other ways in which a total is made of scores, those that come to nothing else than the plan's own left out by their names.

    People who publish a total mostly took one of these.
    """
    scored = [line for line in lines if line.scored is not None and line.weighed.placed.indicator.points is None]
    candidates = [(name, read(scored)) for name, read in _ALTERNATIVES.items()] if scored else []
    return tuple(AlternativeTotal(name, total) for name, total in candidates if total is not None)


def _as_published(lines: Sequence[Line]) -> Fraction | None:
    """Add up scores by the weights as the plan publishes them; None where these make the whole."""
    parts = [_published_weight(line) for line in lines]
    if sum(parts, ZERO) == 1:
        return None
    return sum((line.score * part for line, part in zip(lines, parts, strict=True)), ZERO)


def _published_weight(line: Line) -> Fraction:
    inside, group = line.weighed.in_group, line.weighed.group
    own = inside.published if inside.published is not None else inside.effective
    outer = group.published if group.published is not None else group.effective
    return own * outer


def _mean(lines: Sequence[Line]) -> Fraction | None:
    """Average the scores as if all counted alike; None where they do."""
    total = sum((line.score for line in lines), ZERO) / len(lines)
    return None if len({line.weight for line in lines}) == 1 else total


_ALTERNATIVES: dict[str, Callable[[Sequence[Line]], Fraction | None]] = {"published_weights": _as_published, "mean": _mean}
