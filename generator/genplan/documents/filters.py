"""Which documents a build is asked for."""

from collections.abc import Callable, Mapping, Sequence

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.documents.specs import DocumentSpec
from genplan.messages import a_few, msg
from genplan.plan.period_parsing import read_period
from genplan.theme.theme import Theme

_FIELDS: dict[str, Callable[[DocumentSpec, Theme], tuple[str, ...]]] = {
    "kind": lambda document, theme: (document.kind.name, document.kind.title(document.theme(theme).locale)),
    "person": lambda document, _: (document.person.id, document.person.name) if document.person else (),
    "period": lambda document, _: (document.period.id,) if document.period else (),
}


def _period(word: str) -> str:
    """Return the id of a period that is written in another form; anything else stays as it is."""
    period = read_period(word)
    return period.id if period else word


_MOST_NAMED = 20

_READ: dict[str, Callable[[str], str]] = {"period": _period}


def select(
    every: Sequence[DocumentSpec], filters: Mapping[str, tuple[str, ...]], theme: Theme
) -> tuple[list[DocumentSpec], list[Diagnostic]]:
    """Keep what matches every filter; GP704 for a word that matches nothing at all."""
    unmatched = []
    filters = {name: tuple(map(_READ.get(name, str), words)) for name, words in filters.items()}
    for name, words in filters.items():
        known = {word for document in every for word in _FIELDS[name](document, theme)} if words else set()
        for word in words:
            if word not in known:
                offered = sorted({_FIELDS[name](document, theme)[0] for document in every if _FIELDS[name](document, theme)})
                advice = msg("available: {offered}", offered=a_few(offered, _MOST_NAMED)) if offered else msg("none is available")
                unmatched.append(diagnose("GP704", Span(f"--{name}"), msg("`{word}` matches nothing", word=word), help=advice))
    wanted = [
        document
        for document in every
        if all(not words or set(words) & set(_FIELDS[name](document, theme)) for name, words in filters.items())
    ]
    if every and not wanted and not unmatched:
        given = [f"--{name}" for name, words in filters.items() if words]
        unmatched.append(
            diagnose("GP704", Span(" ".join(given)), msg("no document matches all of these at once"), help=msg("remove one of them"))
        )
    return wanted, unmatched
