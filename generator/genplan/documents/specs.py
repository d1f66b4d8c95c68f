"""The documents an assessment yields: one for each kind and the plan, person or period that it is about."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from genplan.documents.file_names import safe_name
from genplan.messages import listing, msg
from genplan.people.model import PersonResult
from genplan.people.own_values import own_plan
from genplan.plan.indicator_weights import is_weighted
from genplan.plan.level_rules import is_unnumbered
from genplan.plan.periods import Period
from genplan.scoring.scorecard import Scorecard
from genplan.scoring.unit_progress import can_be_reported
from genplan.theme.conditions import CONDITIONS
from genplan.theme.context import (
    pay_context,
    person_context,
    person_pay_context,
    plan_context,
    report_context,
    result_context,
    summary_context,
)
from genplan.theme.editions import Edition
from genplan.theme.editions.unnumbered import UNNUMBERED
from genplan.theme.kinds import Kind, Scope
from genplan.theme.theme import Theme
from genplan.workspace.assessment import Assessment, who

NO_PERIOD = "no-period"
"""Folder of documents that are about no period."""


@dataclass(frozen=True, slots=True)
class DocumentSpec:
    """One document to build. `lacking` is the reason why it cannot be built, if any; without an edition it shows everything.

    `password` is the one that opens the person's files, where they are to be locked.
    """

    assessment: Assessment
    kind: Kind
    period: Period | None
    person: PersonResult | None = None
    place: int | None = None
    """Where the scorecard stands among those of the assessment, where the document shows one."""
    lacking: str = ""
    edition: Edition | None = None
    password: str = field(default="", repr=False)

    @property
    def card(self) -> Scorecard | None:
        """The scorecard it shows; if any."""
        return None if self.place is None else self.assessment.cards[self.place]

    @property
    def period_id(self) -> str:
        """The period's part of the path."""
        return self.period.id if self.period else NO_PERIOD

    def theme(self, theme: Theme) -> Theme:
        """Return the theme in the document's language and for what its plan assesses, of a theme in any."""
        return theme.speaking(self.assessment.language).value.assessing(self.assessment.plan.plan.assessed_unit)

    @property
    def department(self) -> str:
        """The department of the person, or else of the plan."""
        return (self.person.department if self.person else "") or self.assessment.plan.plan.department

    def stem(self, theme: Theme) -> str:
        """Where it goes, relative to the output folder and without a suffix: PLAN/PERIOD/KIND/NAME, below its edition if it has one."""
        theme = self.theme(theme)
        name, folder = self._name(theme), self.kind.name
        if self.edition:
            name = f"{name}-{self.edition.title(theme.locale)}"
            folder = f"{self.edition.name}/{folder}"
        return f"{safe_name(self.assessment.plan.id)}/{safe_name(self.period_id)}/{folder}/{safe_name(name)}"

    def _name(self, theme: Theme) -> str:
        """Return the name of its file, without an edition, in the words of a theme in its language."""
        title = self.kind.title(theme.locale)
        if self.person:
            return "-".join(dict.fromkeys((self.person.id, self.person.name, title)))  # a unit may go by its name alone
        blank = f"-{theme.locale.labels.get('scorecard.blank', 'blank')}" if self.kind.header.scope is Scope.PERSON else ""
        return f"{self._subject}-{title}{blank}"

    @property
    def _subject(self) -> str:
        """What a document that is about nobody is named after."""
        plan = self.assessment.plan.plan
        return plan.position or plan.department

    def context(self, theme: Theme) -> dict[str, object]:
        """What its template sees: of what there is, as much as its edition shows."""
        theme = self.theme(theme)
        context = self.shared(theme) | self.own(theme) | _CONTEXTS[self.kind.header.scope](self, theme)
        if is_unnumbered(self.assessment.plan.plan):
            context = UNNUMBERED.reduce(context)
        if self.edition is None:
            return context
        return self.edition.reduce(context) | {"edition": {"name": self.edition.name, "title": self.edition.title(theme.locale)}}

    def shared(self, theme: Theme) -> dict[str, object]:
        """Return the part of the context that all documents of the kind and plan share; nobody may change it."""
        theme = self.theme(theme)
        made_for, context = self.assessment.shared.get(self.kind.name, (None, {}))
        if made_for is not theme:
            assessment = self.assessment
            context = plan_context(assessment.plan, self.kind, theme.brand, theme.locale, assessment.kinds, assessment.positions)
            self.assessment.shared[self.kind.name] = (theme, context)
        return context

    def own(self, theme: Theme) -> dict[str, object]:
        """Return what stands in place of that where the person has targets, weights or points of their own."""
        if self.person is None or not self.person.own:
            return {}
        plan = own_plan(self.assessment.plan, self.person)
        context = plan_context(plan, self.kind, theme.brand, theme.locale, self.assessment.kinds)
        return {"plan": context["plan"], "indicators": context["indicators"]}

    def issued(self, default: date) -> date:
        """The date it bears: the plan's, or the one given."""
        return self.assessment.plan.plan.document_date or default


def _cycle(document: DocumentSpec, theme: Theme) -> dict[str, object]:
    assessment, period = document.assessment, _period(document)
    if _is_about_pay(document.kind):
        return {"pay": pay_context(assessment.plan, assessment.cards, assessment.pay, period, theme.locale)}
    context: dict[str, object] = {"people": _people(document, period, theme)} if document.kind.header.shows_people else {}
    if not _reports(document.kind) or assessment.cards:
        context["summary"] = summary_context(assessment.plan, assessment.cards, period, theme.locale)
    if _reports(document.kind):
        context["report"] = report_context(assessment.plan, assessment.people, assessment.cards, period, theme.locale)
    return context


def _people(document: DocumentSpec, period: Period, theme: Theme) -> list[dict[str, object]]:
    """Return everybody of a period, by department and id, with what a document about them alone would show of their result."""
    assessment = document.assessment
    places = [place for place, card in enumerate(assessment.cards) if card.person.period == period]
    places.sort(key=lambda place: (assessment.cards[place].person.department or "", assessment.cards[place].person.id))
    return [
        {
            "person": person_context(assessment.plan, card.person, period, theme.locale)["person"],
            "result": result_context(assessment.plan, card, assessment.cards_beside(place), theme.locale),
        }
        for place in places
        for card in [assessment.cards[place]]
    ]


_CONTEXTS: dict[Scope, Callable[[DocumentSpec, Theme], dict[str, object]]] = {
    Scope.CYCLE: _cycle,
    Scope.PLAN: lambda _order, _theme: {},
    Scope.PERSON: lambda document, theme: (
        person_context(document.assessment.plan, document.person, document.period, theme.locale) | {"result": _result(document, theme)}
    ),
}


def _reports(kind: Kind) -> bool:
    """Return whether a kind is about what units reached, which can be determined without totals."""
    return "units" in kind.header.needs


def _is_about_pay(kind: Kind) -> bool:
    """Return whether a kind is about what everybody is paid."""
    return "pay" in kind.header.needs


def _states_pay(kind: Kind, assessment: Assessment) -> bool:
    """Return whether a kind tells a person what they are paid."""
    return kind.header.shows_pay and assessment.plan.plan.pay is not None and assessment.plan.plan.pay.notice


def _period(document: DocumentSpec) -> Period:
    assert document.period is not None  # a cycle's documents are ordered by period
    return document.period


def _result(document: DocumentSpec, theme: Theme) -> dict[str, object] | None:
    if document.place is None:
        return None
    assessment, card = document.assessment, document.assessment.cards[document.place]
    result = result_context(assessment.plan, card, assessment.cards_beside(document.place), theme.locale)
    pay = assessment.pay.get(who(card.person)) if _states_pay(document.kind, assessment) else None
    return {**result, "pay": person_pay_context(assessment.plan, pay, theme.locale) if pay else None}


def list_documents(assessment: Assessment) -> Iterator[DocumentSpec]:
    """List the documents that a plan yields, kind by kind."""
    for kind in assessment.kinds:
        yield from _LISTERS[kind.header.scope](assessment, kind)


def _for_plan(assessment: Assessment, kind: Kind) -> Iterator[DocumentSpec]:
    yield DocumentSpec(assessment, kind, _own_period(assessment), lacking=_unsound(assessment))


def _for_people(assessment: Assessment, kind: Kind) -> Iterator[DocumentSpec]:
    for whose, person in assessment.subjects.items():
        place = assessment.places.get(whose)
        if place is not None and not _concerns(kind, assessment, place):
            continue
        lacking = _unsound(assessment) or ("" if place is not None or not _needs_result(kind) else msg("the results have errors"))
        if _states_pay(kind, assessment) and whose not in assessment.pay:
            lacking = lacking or msg("the pay is not known")
        shown = place if _shows_result(kind) else None
        yield DocumentSpec(assessment, kind, person.period, person, shown, lacking, password=person.password)
    for person in () if _needs_result(kind) else assessment.awaited:
        yield DocumentSpec(assessment, kind, person.period, person, lacking=_unsound(assessment), password=person.password)
    if kind.header.blank and not assessment.people and not assessment.awaited:
        yield DocumentSpec(assessment, kind, _own_period(assessment), lacking=_unsound(assessment))


def _for_periods(assessment: Assessment, kind: Kind) -> Iterator[DocumentSpec]:
    for period in assessment.periods():
        lacking = _unsound(assessment) or _incomplete(assessment, kind, period)
        yield DocumentSpec(assessment, kind, period, lacking=lacking)


def _incomplete(assessment: Assessment, kind: Kind, period: Period) -> str:
    """Say whose results stand in the way of a document about a period."""
    if _reports(kind) and not is_weighted(assessment.plan):
        held = [person for person in assessment.people if person.period == period]
        broken = sorted({person.id for person in held if not can_be_reported(assessment.plan, person)})
        return msg("the results of {people} have errors", people=listing(broken)) if broken else ""
    without = sorted({p.id for whose, p in assessment.subjects.items() if p.period == period and whose not in assessment.places})
    unpaid = sorted({p.id for whose, p in assessment.subjects.items() if p.period == period and whose not in assessment.pay})
    if unpaid and not without and _is_about_pay(kind):
        return msg("the pay of {people} is not known", people=listing(unpaid))
    return msg("no total for {people}", people=listing(without)) if without else ""


_LISTERS: dict[Scope, Callable[[Assessment, Kind], Iterator[DocumentSpec]]] = {
    Scope.PLAN: _for_plan,
    Scope.PERSON: _for_people,
    Scope.CYCLE: _for_periods,
}


def _concerns(kind: Kind, assessment: Assessment, place: int) -> bool:
    """Return whether the kind is made for a person with this result."""
    return kind.header.only is None or CONDITIONS[kind.header.only](assessment.plan, assessment.cards[place])


def in_editions(wanted: Iterable[DocumentSpec], editions: Sequence[Edition]) -> list[DocumentSpec]:
    """Return every document about people in each of the editions; without editions, and of kinds about a plan, there is the one document.

    An edition that hides all of `result` or of `summary` has no documents of kinds that are about nothing else.
    """
    return [
        replace(document, edition=edition) if edition else document
        for document in wanted
        for edition in (editions if editions and document.kind.header.scope is not Scope.PLAN else (None,))
        if edition is None or _SUBJECTS[document.kind.header.scope](document) not in edition.hidden
    ]


_SUBJECTS: dict[Scope, Callable[[DocumentSpec], str]] = {
    Scope.PERSON: lambda document: "result" if _needs_result(document.kind) else "",
    Scope.CYCLE: lambda document: "pay" if _is_about_pay(document.kind) else "report" if _reports(document.kind) else "summary",
}
"""The key that a kind of document is wholly about."""


def _needs_result(kind: Kind) -> bool:
    return "results" in kind.header.needs or kind.header.only is not None


def _shows_result(kind: Kind) -> bool:
    return _needs_result(kind) or kind.header.shows_result


def _own_period(assessment: Assessment) -> Period | None:
    dates = assessment.plan.plan.period
    return dates.period if dates else None


def _unsound(assessment: Assessment) -> str:
    return "" if assessment.sound else msg("the plan has errors")
