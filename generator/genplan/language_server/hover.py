"""What a word of a plan means."""

from dataclasses import dataclass

from genplan.language_server.names import named_at
from genplan.language_server.plan_text import PlanText
from genplan.language_server.positions import Place, Position
from genplan.language_server.shapes import keys_at, meanings, shapes_at
from genplan.language_server.tree import KeyNode, Spot
from genplan.messages import localized, msg
from genplan.plan.keys import KEYS


@dataclass(frozen=True, slots=True)
class Explained:
    """A word with what it means, as Markdown."""

    place: Place
    text: str


def explain(plan: PlanText, position: Position) -> Explained | None:
    """Explain the key, fixed value or name at a position; None where there is nothing to say."""
    spot = plan.at(position)
    if spot is None:
        return None
    text = _of_key(spot) if isinstance(spot.what, KeyNode) else _of_value(spot, plan)
    return Explained(spot.what.place, text) if text else None


def _of_key(spot: Spot) -> str:
    name = KEYS(spot.text)
    meaning = next((key.meaning for key in keys_at(shapes_at(spot.path, spot.tables), spot.tables[-1]) if key.name == name), None)
    if meaning is None:
        return ""
    words = dict.fromkeys([spot.text, name, *KEYS.written(name)])
    return "\n\n".join(filter(None, [" · ".join(f"**{word}**" for word in words), meaning]))


def _of_value(spot: Spot, plan: PlanText) -> str:
    meaning = meanings(shapes_at(spot.path, spot.tables)).get(spot.text)
    if meaning:
        return f"**{spot.text}**\n\n{meaning}"
    named = next((each for each in named_at(spot.path, plan) if each.name == spot.text), None)
    if named is None:
        return ""
    where = named.path.name if named.place.end == 0 else f"{named.path.name}:{named.place.line + 1}"
    return localized(msg("{kind} `{name}`, {where}", kind=named.kind, name=named.name, where=where))
