"""Results checked against the roster: who is unknown, who is somebody else, and who is missing."""

from collections.abc import Iterator, Sequence

from genplan.diagnostics import Diagnostic, Outcome, Related, Severity, diagnose, has_errors
from genplan.messages import a_few, msg, plural
from genplan.people.ids import visible
from genplan.people.model import PersonResult
from genplan.people.plan_scope import PlanScope, plan_scope
from genplan.people.roster import Member, Roster
from genplan.people.wording import quoted
from genplan.plan.load import PlanFile
from genplan.plan.periods import Period
from genplan.source.text import fold

_SHOWN = 8


def drop_unlisted(plan: PlanFile, people: Sequence[PersonResult], roster: Roster) -> Outcome[tuple[PersonResult, ...]]:
    """Compare results with the roster, and leave out whoever is not in it or is somebody else there.

    Finds GP493 (an id that it does not have), GP494 (a name, position or time that differs) and GP495 (who is missing).
    """
    scope = plan_scope(plan)
    diagnostics: list[Diagnostic] = []
    remaining: list[PersonResult] = []
    for person in people:
        member = roster.members.get(person.id)
        problems = [_unknown(person, roster)] if member is None else list(_differences(person, member, scope))
        remaining += [] if has_errors(problems) else [person]
        diagnostics += problems
    return Outcome(tuple(remaining), [*dict.fromkeys(diagnostics), *_missing(people, roster, scope)])


def _unknown(person: PersonResult, roster: Roster) -> Diagnostic:
    near = roster.like(person.id)
    advice = msg("correct the id, or add the person to {file}", file=roster.file)
    if near:
        advice = msg("did you mean {near}?", near=quoted(near))
    return diagnose("GP493", person.span, msg("{person} is not in the roster", person=quoted(person.id)), help=advice)


def _differences(person: PersonResult, member: Member, scope: PlanScope) -> Iterator[Diagnostic]:
    there = [Related(member.span, msg("the roster"))]
    if person.name and fold(visible(person.name)) != fold(member.name):
        message = msg("the roster has another name for {person}", person=quoted(person.id))
        yield diagnose("GP494", person.span, message, help=msg("correct the id or the name, here or in the roster"), related=there)
    position = fold(visible(member.position))
    if position and scope.positions and position not in scope.positions and person.presence is None:
        message = msg(
            "the position of {person} is {position} in the roster, which is not this plan's position",
            person=quoted(person.id),
            position=quoted(member.position),
        )
        advice = msg("correct the roster or the results; after a transfer, add the days in the position (在岗开始, 在岗结束)")
        yield diagnose("GP494", person.span, message, help=advice, related=there, severity=Severity.WARNING)
    if not _is_there(member, person.period):
        message = msg(
            "{person} was not employed in {period}, according to the roster's dates", person=quoted(person.id), period=person.period.id
        )
        advice = msg("correct the roster, or remove the row")
        yield diagnose("GP494", person.span, message, help=advice, related=there, severity=Severity.WARNING)


def _is_there(member: Member, period: Period) -> bool:
    return (member.joined is None or member.joined <= period.end) and (member.left is None or member.left >= period.start)


def _missing(people: Sequence[PersonResult], roster: Roster, scope: PlanScope) -> Iterator[Diagnostic]:
    """GP495, once a period; nobody can be missing from a plan that is for no position and no department."""
    given: dict[str, list[PersonResult]] = {}
    for person in people:
        given.setdefault(person.period.id, []).append(person)
    for results in given.values():
        present = {person.id for person in results}
        period = results[0].period
        out = [m.id for m in roster.members.values() if m.id not in present and _is_of(m, scope) and _is_there(m, period)]
        if out:
            message = plural(
                "{count} person of this plan has no results for {period}, although in the roster: {people}",
                "{count} people of this plan have no results for {period}, although in the roster: {people}",
                len(out),
                period=period.id,
                people=a_few(map(quoted, out), _SHOWN),
            )
            advice = msg("add their rows, or correct their position or leaving date in the roster")
            yield diagnose("GP495", results[0].span, message, help=advice)


def _is_of(member: Member, scope: PlanScope) -> bool:
    position, department = fold(visible(member.position)), fold(visible(member.department))
    if scope.positions and position:
        return position in scope.positions and (not department or not scope.department or scope.department in department)
    return bool(scope.department) and scope.department in department
