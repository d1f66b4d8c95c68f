"""A plan together with its people's results and scorecards: all that documents are made from."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from genplan.diagnostics import Diagnostic, Outcome, Severity, Span, diagnose, has_errors
from genplan.messages import listing, msg
from genplan.people.load import load_results
from genplan.people.model import PersonResult
from genplan.people.roll_up import people_with_totals, roll_up
from genplan.people.workspace_plans import WorkspacePlans
from genplan.plan.checks import check_plan
from genplan.plan.checks.names import near
from genplan.plan.load import PlanFile, load_plan
from genplan.plan.periods import Period
from genplan.scoring.pay import PersonPay, pay_people
from genplan.scoring.scorecard import Scorecard, score_people
from genplan.theme.glyphs import missing, unreadable
from genplan.theme.kinds import NEEDED, NEEDS, Kind
from genplan.theme.theme import Theme
from genplan.workspace.positions import load_positions
from genplan.workspace.prose_pictures import check_prose
from genplan.workspace.roll_up import load_sources
from genplan.workspace.unprinted import find_unprinted
from genplan.workspace.workspace import PICTURES

Who: TypeAlias = tuple[str, str]
"""A person in a period: the ids of both. After a transfer there are two records of them."""


def who(person: PersonResult) -> Who:
    """Name a person in a period."""
    return person.period.id, person.id


@dataclass(frozen=True)
class Assessment:
    """A plan that was read. `sound` tells whether documents of the plan itself can be made; a person's can, if they have a scorecard.

    `cards` holds those who could be scored, in the order of `people`.
    """

    plan: PlanFile
    kinds: tuple[Kind, ...]
    people: Sequence[PersonResult]
    cards: Sequence[Scorecard]
    sound: bool
    language: str
    """What the documents are written in: the plan's language, unless another was asked for."""
    pictures: Path
    """The folder of the pictures that its documents may show."""
    pay: Mapping[Who, PersonPay] = field(default_factory=dict)
    """What people are paid; whose pay is not known is not there, and nobody is where the plan has no pay."""
    awaited: Sequence[PersonResult] = ()
    """People with whom something was agreed, and who have no results yet."""
    rolled_from: tuple[str, ...] = ()
    """The plans that its indicators sum up and their results, as patterns relative to its own folder."""
    rolled: Sequence[PersonResult] = ()
    """Who has totals in the period that the plan sums up, while there are no results of its own."""
    positions: Sequence[PlanFile] = ()
    """The plans of the positions that its scheme has an annex for."""
    entangled: bool = False
    """Whether whose rows are the plan's depends on what the other plans of the workspace say."""
    shared: dict[str, tuple[object, dict[str, object]]] = field(default_factory=dict, compare=False, repr=False)
    """What all documents of a kind have in common, by kind, with the theme it was made for; made when first asked for."""

    def release(self) -> None:
        """Drop what was made on the way; where it is asked for again, it is made again."""
        self.shared.clear()

    @cached_property
    def subjects(self) -> dict[Who, PersonResult]:
        """Everybody in a period; after a transfer as their last record has them."""
        return {who(person): person for person in self.people}

    @cached_property
    def places(self) -> dict[Who, int]:
        """Where everybody's scorecard stands, of those who have one."""
        return {who(card.person): at for at, card in enumerate(self.cards)}

    @cached_property
    def _cards_of(self) -> dict[str, list[Scorecard]]:
        held: dict[str, list[Scorecard]] = {}
        for card in self.cards:
            held.setdefault(card.person.id, []).append(card)
        return held

    def cards_beside(self, place: int) -> list[Scorecard]:
        """List the scorecards that the person of one has in other periods."""
        card = self.cards[place]
        return [each for each in self._cards_of[card.person.id] if each is not card]

    def periods(self) -> tuple[Period, ...]:
        """List the periods that there are results for, in order."""
        return tuple(
            dict.fromkeys(sorted((person.period for person in self.subjects.values()), key=lambda period: (period.start, period.id)))
        )


def assess(  # noqa: PLR0913 - one keyword for each way to read a plan
    path: Path,
    file: str,
    root: Path,
    theme: Theme,
    results: Sequence[Path] | None = None,
    *,
    language: str | None = None,
    pictures: Path | None = None,
    workspace_plans: WorkspacePlans | None = None,
) -> Outcome[Assessment | None]:
    """Read a plan, check it, read its results and score them.

    `root` bounds where results may stand; `results`, if given, are read instead of those the plan names, and `language` stands for the
    plan's own. `pictures` is the folder of pictures, if it is not the usual one in `root`; `workspace_plans` are all plans there.
    The value is None where the file has not the shape of a plan. Every diagnostic of all phases is found.
    """
    plan, diagnostics = load_plan(path, file)
    if plan is None:
        return Outcome(None, diagnostics)
    theme, problems = theme.speaking(language or plan.plan.language)
    diagnostics += problems
    diagnostics += check_plan(plan)
    positions, problems = load_positions(plan)
    diagnostics += problems
    kinds, problems = _kinds(plan, theme)
    diagnostics += problems
    diagnostics += _unplaced_prose(plan, kinds, theme)
    diagnostics += find_unprinted(plan, kinds, theme)
    diagnostics += _unshowable(plan, theme)
    pictures = pictures or root / PICTURES
    diagnostics += check_prose(plan, theme, pictures, root)
    sound = not has_errors(diagnostics)
    summed, problems = load_sources(plan, root, workspace_plans)
    diagnostics += problems
    everybody, problems = load_results(plan, root, results, workspace_plans, summed.by_indicator)
    people, awaited = (tuple(person for person in everybody if person.awaited is waits) for waits in (False, True))
    unranked = _periods_with_errors(people, problems)
    diagnostics += problems
    diagnostics += _unshowable_people(everybody, theme)
    cards, problems = score_people(plan, people, unranked) if sound else Outcome((), [])
    diagnostics += problems
    pay, problems = pay_people(plan, everybody, cards) if sound else Outcome({}, [])
    diagnostics += problems
    dependent = workspace_plans.dependent_plans if workspace_plans else set()
    entangled = not dependent.isdisjoint(map(Path, map(os.path.realpath, (path, *summed.paths))))
    language = theme.locale.language
    rolled = [] if everybody else roll_up(plan, people_with_totals(plan, summed.by_indicator).value, summed.by_indicator).value
    return Outcome(
        Assessment(plan, kinds, people, cards, sound, language, pictures, pay, awaited, summed.patterns, rolled, positions, entangled),
        diagnostics,
    )


def _periods_with_errors(people: Sequence[PersonResult], diagnostics: Sequence[Diagnostic]) -> set[str]:
    """List the periods, by their ids, of results files with errors: they may lack people, so that nobody can be ranked."""
    faulty = {each.span.file for each in diagnostics if each.severity is Severity.ERROR}
    return {person.period.id for person in people if person.span.file in faulty} if faulty else set()


def _kinds(plan: PlanFile, theme: Theme) -> Outcome[tuple[Kind, ...]]:
    """Choose the kinds that the plan names, or else all that it has what is needed for."""
    chosen: list[Kind] = []
    diagnostics: list[Diagnostic] = []
    for index, name in enumerate(plan.plan.documents):
        kind = theme.kinds.get(name)
        lacking = [need for need in kind.header.needs if not NEEDS[need](plan)] if kind else []
        if kind is None:
            diagnostics.append(_unknown_kind(plan.span("documents", index), name, theme))
        elif lacking and _awaits_results(plan, lacking):
            message = msg("`{name}` is built only when the plan has results", name=name)
            advice = msg("add `results:` (考核结果) when they are available")
            diagnostics.append(diagnose("GP322", plan.span("documents", index), message, help=advice, severity=Severity.NOTE))
        elif lacking:
            message = msg(
                "`{name}` needs {lacking}, which the plan does not have",
                name=name,
                lacking=listing(NEEDED[need] for need in lacking),
            )
            diagnostics.append(diagnose("GP322", plan.span("documents", index), message, help=msg("add it, or remove the kind")))
        else:
            chosen.append(kind)
    for key in ("opinions", "signatures"):
        for index, each in enumerate(getattr(plan.plan, key)):
            unknown = [(at, name) for at, name in enumerate(each.documents) if name not in theme.kinds]
            diagnostics += [_unknown_kind(plan.span(key, index, "documents", at), name, theme) for at, name in unknown]
    if not plan.plan.documents:
        chosen = [kind for kind in theme.kinds.values() if all(NEEDS[need](plan) for need in kind.header.needs)]
    for kind in chosen:
        if theme.locale.labels and not kind.titled(theme.locale):
            message = msg(
                "nothing says what `{kind}` is called in `{language}`; its name stands there",
                kind=kind.name,
                language=theme.locale.language,
            )
            advice = msg("add the label `kinds.{kind}`, or a `title` to the header", kind=kind.name)
            diagnostics.append(diagnose("GP519", Span(f"templates/{kind.template}"), message, help=advice))
    return Outcome(tuple(chosen), diagnostics)


def _unknown_kind(place: Span, name: str, theme: Theme) -> Diagnostic:
    advice = msg("the kinds are: {known}", known=listing(theme.kinds))
    return diagnose("GP322", place, msg("there is no kind of document named `{name}`", name=name), help=advice)


def _awaits_results(plan: PlanFile, lacking: Sequence[str]) -> bool:
    """Return whether a kind lacks nothing but results, which come when a period is over."""
    if plan.plan.results or not set(lacking) <= {"results", "units"}:
        return False
    return "units" not in lacking or plan.plan.assessed_unit is not None


def _unplaced_prose(plan: PlanFile, kinds: Sequence[Kind], theme: Theme) -> list[Diagnostic]:
    """Find the sections that none of the plan's documents takes up, and those that are taken up only as sections without a known place."""
    headings = theme.locale.options("sections")
    placed = sorted({headings[name] for kind in kinds for name in kind.header.sections if name in headings})
    known = set(headings.values())
    takes_others = any(kind.header.other_sections for kind in kinds)
    diagnostics: list[Diagnostic] = []
    for section in plan.prose:
        place = section.span
        if section.heading in placed:
            continue
        if section.heading in known or not takes_others:
            message = msg(
                "no document of this plan has a place for `{heading}`", heading=section.heading or msg("text before the first heading")
            )
            diagnostics.append(
                diagnose("GP350", place, message, help=msg("headings that have a place: {known}", known=listing(placed) or msg("none")))
            )
        elif close := near(section.heading, placed):
            message = msg("`{heading}` is not a known heading, so it is printed after the known sections", heading=section.heading)
            diagnostics.append(diagnose("GP369", place, message, help=msg("did you mean `{near}`?", near=close[0])))
    return diagnostics


def _unshowable(plan: PlanFile, theme: Theme) -> list[Diagnostic]:
    """Find the characters of a plan file that no font can show, each at its first place."""
    diagnostics: list[Diagnostic] = []
    for character in missing("".join(plan.texts.values()), theme.coverage):
        file, text = next((file, text) for file, text in plan.texts.items() if character in text)
        before = text[: text.index(character)]
        column = len(before) - (before.rfind("\n") + 1) + 1
        diagnostics.append(unreadable(character, Span(file, before.count("\n") + 1, column)))
    return diagnostics


def _unshowable_people(people: Sequence[PersonResult], theme: Theme) -> list[Diagnostic]:
    return [unreadable(character, person.span) for person in people for character in missing("".join(_printed(person)), theme.coverage)]


def _printed(person: PersonResult) -> tuple[str, ...]:
    """List what documents print of a person as it was written."""
    said = [person.comment, person.problems, person.suggestions, person.measures, *(comment.text for comment in person.comments)]
    said += [text for given in person.remarks.values() for remark in given for text in (remark.word, remark.text)]
    return (person.name, person.department, person.position, *said, person.id)
