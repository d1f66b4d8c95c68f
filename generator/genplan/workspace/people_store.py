"""People and scorecards by the ten thousand: sequences that hold next to nothing of each in memory."""

import os
import pickle
import tempfile
import weakref
from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from hashlib import blake2b
from io import BytesIO
from operator import attrgetter
from sys import intern
from types import MappingProxyType
from typing import IO, Any, TypeAlias, TypeVar, overload

from genplan.diagnostics import Diagnostic, Outcome, Span
from genplan.people.model import Actual, Decision, PersonResult, Presence, Published, Rating
from genplan.plan.load import PlanFile
from genplan.plan.periods import Period
from genplan.scoring.line import Line
from genplan.scoring.published import rank_differences
from genplan.scoring.scorecard import Rank, Scorecard, Scorer, ranks, scorer
from genplan.source.quantity import Quantity
from genplan.storage.temporary import guarded

Who: TypeAlias = tuple[str, str]
"""A person in a period: the ids of both. After a transfer there are two records of them."""
_Item = TypeVar("_Item")
_LENGTH = 16
"""Bytes of a record's digest."""
_EMPTY: Mapping[str, Any] = MappingProxyType({})
_NOTHING: Mapping[str, Any] = {
    **dict.fromkeys(("actuals", "ratings", "inputs", "items", "vetoes"), _EMPTY),
    **dict.fromkeys(("problems", "suggestions", "measures"), ""),
    "unusable": frozenset(),
}
"""What stands for everything that was collected of a person where that does not count: one for all."""


def who(person: PersonResult) -> Who:
    """Name a person in a period."""
    return intern(person.period.id), intern(person.id)


def packed(person: PersonResult) -> bytes:
    """Write a person without their password."""
    buffer = BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _APART
    pickler.dump(replace(person, password="") if person.password else person)
    return buffer.getvalue()


@lru_cache(maxsize=64)
def _period(*values: Any) -> Period:  # noqa: ANN401 - what a period is made of
    """Give the same period to all."""
    return Period(*values)


def _span(file: str, *place: Any) -> Span:  # noqa: ANN401 - what a place is made of
    return Span(intern(file), *place)


def _apart(kind: type, together: Callable[..., object]) -> Callable[[Any], tuple[Callable[..., object], tuple[Any, ...]]]:
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda each: (together, values(each))


_TOGETHER: dict[type, Callable[..., object]] = {
    **{kind: kind for kind in (PersonResult, Actual, Rating, Presence, Published, Decision, Quantity)},
    Period: _period,
    Span: _span,
}
_APART: dict[type, Any] = {kind: _apart(kind, together) for kind, together in _TOGETHER.items()}
"""How records are taken apart: put together from their values they are there four times as soon as the way that pickle would take."""


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_LENGTH).digest()


class _Made(Sequence[_Item]):
    """A sequence whose items are made one at a time, when they are asked for."""

    def _one(self, at: int) -> _Item:
        raise NotImplementedError

    @overload
    def __getitem__(self, at: int) -> _Item: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[_Item]: ...
    def __getitem__(self, at: int | slice) -> _Item | Sequence[_Item]:
        places = range(len(self))[at]
        return self._one(places) if isinstance(places, int) else [self._one(each) for each in places]


class Shelf:
    """A file without a name, which goes with this object. It holds people of many plans, so that memory does not.

    Raises (every method):
        ExternalError: the folder of temporary files cannot be written, or not be read (GP702).
    """

    def __init__(self) -> None:
        with guarded():
            self._file = tempfile.TemporaryFile(prefix="genplan-")  # noqa: SIM115 - it is closed with this object
        weakref.finalize(self, _closed, self._file)

    def add(self, data: bytes) -> int:
        """Put a person away; gives where they are.

        Raises:
            ExternalError: there is no room for temporary files (GP765).
        """
        with guarded():
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(data)
        return start

    def person(self, start: int) -> PersonResult:
        """Give the person who is there.

        Raises:
            ExternalError: what was put away could not be written (GP765).
        """
        with guarded():
            self._file.seek(start)
        person: PersonResult = pickle.load(self._file)  # noqa: S301 - written by `add`
        return person


def _closed(file: IO[bytes]) -> None:
    """Close a file whose content nobody wants any more."""
    with suppress(OSError):
        file.close()


class Kept(_Made[PersonResult]):
    """People on a shelf. Passwords stay in memory: they are written nowhere.

    Of the people that are given nothing is held, so that the memory they take is free in one piece, once they are gone.
    """

    def __init__(self, people: Iterable[PersonResult], shelf: Shelf) -> None:
        self._shelf = shelf
        self._starts = array("q")
        self._digests = bytearray()
        self._passwords: dict[int, str] = {}
        whose: list[Who] = []
        for at, person in enumerate(people):
            if person.password:
                self._passwords[at] = person.password
            data = packed(person)
            self._starts.append(shelf.add(data))
            self._digests += _digest(data)
            whose.append((person.period.id, person.id))
        self._whose = pickle.dumps(whose)

    @cached_property
    def whose(self) -> list[Who]:
        """Whose the records are."""
        return [(intern(period), intern(person)) for period, person in pickle.loads(self._whose)]  # noqa: S301 - written above

    def digests(self) -> list[str]:
        """Digest each record, without the password."""
        return [self._digests[at : at + _LENGTH].hex() for at in range(0, len(self._digests), _LENGTH)]

    def passwords(self) -> dict[Who, str]:
        """Give the passwords that there are."""
        return {self.whose[at]: password for at, password in self._passwords.items()}

    def __len__(self) -> int:
        return len(self._starts)

    def _one(self, at: int) -> PersonResult:
        person = self._shelf.person(self._starts[at])
        password = self._passwords.get(at)
        return replace(person, password=password) if password else person


class Scored(_Made[Scorecard]):
    """Scorecards of which the totals and ranks are held; the rest is computed again when it is asked for."""

    def __init__(
        self,
        score: Scorer | None,
        people: Sequence[PersonResult],
        places: Sequence[tuple[int, ...]],
        totals: Sequence[Decimal],
        unranked: Collection[str],
    ) -> None:
        self._score = score
        self._people = people
        self._places = places
        whose = who_of(people)
        self.whose = [whose[place[-1]] for place in places]
        without = {period for period, _ in set(whose).difference(self.whose)}
        self.ranks = ranks([(period, total) for (period, _), total in zip(self.whose, totals, strict=True)], {*unranked, *without})

    def __len__(self) -> int:
        return len(self._places)

    def _one(self, at: int) -> Scorecard:
        assert self._score is not None  # there are places
        card = self._score([self._people[place] for place in self._places[at]], [])
        assert card is not None  # it was one before
        rank, ranked = self.ranks[at]
        return replace(card, rank=rank, ranked=ranked)


def who_of(people: Sequence[PersonResult]) -> list[Who]:
    """List whose the records of people are."""
    return people.whose if isinstance(people, Kept) else [who(person) for person in people]


def digests_of(people: Sequence[PersonResult]) -> list[str]:
    """Digest the records of people, without their passwords."""
    return people.digests() if isinstance(people, Kept) else [_digest(packed(person)).hex() for person in people]


def who_of_cards(cards: Sequence[Scorecard]) -> list[Who]:
    """List whose scorecards these are."""
    return cards.whose if isinstance(cards, Scored) else [who(card.person) for card in cards]


def ranks_of(cards: Sequence[Scorecard]) -> list[Rank]:
    """List the rank of each scorecard, and among how many."""
    return cards.ranks if isinstance(cards, Scored) else [(card.rank, card.ranked) for card in cards]


def score_kept(plan: PlanFile, people: Sequence[PersonResult], unranked: Collection[str] = ()) -> Outcome[Sequence[Scorecard]]:
    """Score everybody, as `score_people` does, and hold of each scorecard what ranks it."""
    score = scorer(plan)
    found: list[Diagnostic] = []
    records: dict[Who, list[int]] = {}
    for at, person in enumerate(who_of(people)):
        records.setdefault(person, []).append(at)
    places: list[tuple[int, ...]] = []
    totals: list[Decimal] = []
    published: list[tuple[str, Actual | None]] = []
    for held in records.values():
        if score is None:
            break
        card = score([people[at] for at in held], found)
        if card is not None:
            places.append(tuple(held))
            totals.append(card.total)
            published.append((card.person.id, card.person.published.rank))
    scored = Scored(score, people, places, totals, unranked)
    found += rank_differences(published, scored.ranks)
    return Outcome(scored, found)


def stated(person: PersonResult) -> PersonResult:
    """Give a person without the figures that were collected: who, and what is said of them."""
    return replace(person, id=intern(person.id), department=intern(person.department), position=intern(person.position), **_NOTHING)


def subject(person: PersonResult) -> PersonResult:
    """Give a person without what was collected: enough to name their documents."""
    return replace(stated(person), comment="", conclusion="", published=Published(), decision=None)


def slim(cards: Iterable[Scorecard]) -> list[Scorecard]:
    """Give scorecards with no more of each than a summary shows: who, totals, grades, and the lines' scores, equal lines only once."""
    shared: dict[tuple[int, Fraction, Fraction, bool], Line] = {}

    def line(at: int, full: Line) -> Line:
        return shared.setdefault((at, full.score, full.weight, full.scored is None), replace(full, actual=None, raters=()))

    return [
        replace(
            card,
            person=stated(card.person),
            segments=(),
            lines=tuple(line(at, each) for at, each in enumerate(card.lines)),
            steps=(),
        )
        for card in cards
    ]
