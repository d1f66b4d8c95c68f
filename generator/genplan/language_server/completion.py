"""What may be written in a place: keys, fixed values and names."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from genplan.diagnostics import Span
from genplan.language_server.names import Named, named_at
from genplan.language_server.plan_text import HERE, PlanText
from genplan.language_server.positions import Place, Position
from genplan.language_server.shapes import Shape, keys_at, meanings, shapes_at
from genplan.language_server.tree import KeyNode, Leaf, ListNode, Spot, TableNode
from genplan.language_server.wording import wording_of
from genplan.messages import localized
from genplan.plan.key_wording import KeyWording, values
from genplan.plan.keys import KEYS
from genplan.source.yaml import Scalar
from genplan.source.yaml_text import scalar_text

_DASH = "- "


class OfferKind(Enum):
    """What is offered."""

    KEY = "key"
    VALUE = "value"
    NAME = "name"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be written: `text` takes the place of what is at `place`; `detail` is shown beside it, `meaning` when asked."""

    label: str
    kind: OfferKind
    text: str
    place: Place
    detail: str = ""
    meaning: str = ""
    needed: bool = False


def complete(plan: PlanText, position: Position) -> list[Offer]:
    """List what may be written at a position; empty where nothing is known to fit.

    The line may be unfinished, and so may others: they are read by their indentation.
    """
    offers = _offers(plan, plan.typed_at(position), position)
    if not offers and position.line in plan.data_lines and not plan.lines[position.line].strip():
        offers = [_as_member(offer, position) for offer in _offers(plan, plan.typed_at(position, before=_DASH), position)]
    return offers


def _as_member(offer: Offer, position: Position) -> Offer:
    """Put the dash of a list before what is offered as its member."""
    return replace(offer, text=_DASH + offer.text, place=Place(position.line, position.column, position.column))


def _offers(plan: PlanText, spot: Spot | None, position: Position) -> list[Offer]:
    if spot is None or spot.what.place.line != position.line:  # inside a text of several lines
        return []
    wording = wording_of(plan.tree)
    shapes = shapes_at(spot.path, spot.tables)
    place = _without_mark(spot.what.place)
    if isinstance(spot.what, KeyNode):
        return list(_keys(shapes, spot.tables[-1], spot.what, wording, place))
    keys = _keys(shapes, TableNode(), None, wording, place) if spot.what.alone else iter(())
    return [*keys, *_values(shapes, wording, place), *_names(plan, spot, place)]


def _without_mark(place: Place) -> Place:
    return replace(place, end=place.end - len(HERE))


def _keys(shapes: list[Shape], table: TableNode, typed: KeyNode | None, wording: KeyWording, place: Place) -> Iterator[Offer]:
    """Offer the keys that a table does not have yet."""
    used = {KEYS(entry.key) for entry in table.entries if entry is not typed}
    colon = ":" if typed is not None and typed.colon else ""
    for key in keys_at(shapes, table):
        if key.name not in used:
            word = wording.key(key.name)
            other = key.name if word != key.name else next(iter(KEYS.written(key.name)), "")
            yield Offer(word, OfferKind.KEY, word if colon else f"{word}: ", place, other, key.meaning, key.needed)


def _values(shapes: list[Shape], wording: KeyWording, place: Place) -> Iterator[Offer]:
    meaning = meanings(shapes)
    groups = dict.fromkeys(tuple(shape["enum"]) for shape in shapes if "enum" in shape)
    for value in dict.fromkeys(value for group in groups for value in values(group, wording)):
        yield Offer(value.text, OfferKind.VALUE, value.text, place, value.other, meaning.get(value.text, ""))


def _names(plan: PlanText, spot: Spot, place: Place) -> Iterator[Offer]:
    """Offer names; those that a list already has are left out."""
    assert isinstance(spot.what, Leaf)
    used = _beside(spot)
    for named in named_at(spot.path, plan):
        if named.name not in used:
            text = scalar_text(Scalar(named.name, quoted=False, span=Span("")))
            yield Offer(named.name, _kind_of(named, plan), text, place, localized(named.kind))


def _kind_of(named: Named, plan: PlanText) -> OfferKind:
    return OfferKind.FILE if named.path not in {each.path for each in plan.with_bases()} else OfferKind.NAME


def _beside(spot: Spot) -> set[str]:
    """Return the other members of the list that a value is in."""
    if not spot.path or not isinstance(spot.path[-1], int):
        return set()
    key = next((step for step in reversed(spot.path) if isinstance(step, str)), "")
    listed = spot.tables[-1].get(KEYS(key)) if spot.tables else None
    return {each.text for each in listed.members if isinstance(each, Leaf)} if isinstance(listed, ListNode) else set()
