"""Which documents a build is asked for."""

from collections.abc import Callable, Mapping, Sequence

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.documents.specs import DocumentSpec
from genplan.plan.period_parsing import read_period
from genplan.theme.theme import Theme

_FIELDS: dict[str, Callable[[DocumentSpec, Theme], tuple[str, ...]]] = {
    "kind": lambda order, theme: (order.kind.name, order.kind.title(order.theme(theme).locale)),
    "person": lambda order, _: (order.person.id, order.person.name) if order.person else (),
    "period": lambda order, _: (order.period.id,) if order.period else (),
}


def _period(word: str) -> str:
    """Give the id of a period that is written in another form; anything else stays as it is."""
    period = read_period(word)
    return period.id if period else word


_READ: dict[str, Callable[[str], str]] = {"period": _period}


def select(
    every: Sequence[DocumentSpec], filters: Mapping[str, tuple[str, ...]], theme: Theme
) -> tuple[list[DocumentSpec], list[Diagnostic]]:
    """Keep what matches every filter; GP704 for a word that matches nothing at all."""
    unmatched = []
    filters = {name: tuple(map(_READ.get(name, str), words)) for name, words in filters.items()}
    for name, words in filters.items():
        known = {word for order in every for word in _FIELDS[name](order, theme)} if words else set()
        for word in words:
            if word not in known:
                offered = sorted({_FIELDS[name](order, theme)[0] for order in every if _FIELDS[name](order, theme)})
                advice = f"there is: {', '.join(offered[:20]) or 'none'}{', …' if len(offered) > 20 else ''}"  # noqa: PLR2004 - a screenful
                unmatched.append(diagnose("GP704", Span(f"--{name}"), f"`{word}` matches nothing", help=advice))
    wanted = [
        order for order in every if all(not words or set(words) & set(_FIELDS[name](order, theme)) for name, words in filters.items())
    ]
    if every and not wanted and not unmatched:
        given = [f"--{name}" for name, words in filters.items() if words]
        unmatched.append(diagnose("GP704", Span(" ".join(given)), "no document matches all of these at once", help="leave one of them out"))
    return wanted, unmatched
