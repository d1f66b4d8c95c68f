"""How much is measured in how long: what `make bench` does by default, with BENCH=full, and in a test."""

from dataclasses import dataclass

_DAY = 24 * 3600


@dataclass(frozen=True)
class Extra:
    """Another measurement of this folder: its title, its script with arguments, and what it prints (nothing: Markdown)."""

    title: str
    command: tuple[str, ...]
    kind: str = ""


def _at_scale(form: str, *shapes: str) -> Extra:
    return Extra(f"Ten thousand documents ({form.upper()})", ("scale.py", "10000", form, *shapes))


@dataclass(frozen=True)
class Plan:
    """Bounds of a run.

    `counts` are the numbers of documents, `workers` of processes; `rounds` is how often each is measured at most, `singles` how often
    single documents are, for `single_allowance` seconds at most. The first round of whole runs is to take `first_round` seconds: where it
    would take longer, as estimated from single documents, the longest get fewer documents, those of peers before genplan's. Nothing is
    measured once more that would end more than `budget` seconds after the start; `again_allowance` are the seconds for building again in
    each of the `forms`. `everyone` says whether programs beside Python and second ways to use a peer take part, `extras` which other
    measurements of this folder are run.
    """

    counts: tuple[int, ...] = (1, 100, 1000)
    workers: tuple[int, ...] = (1, 2)
    rounds: int = 5
    singles: int = 21
    single_allowance: float = 15
    first_round: float = 400
    budget: float = 620
    again_allowance: float = 45
    forms: tuple[str, ...] = ("html", "docx", "pdf", "pdf,docx")
    everyone: bool = True
    extras: tuple[Extra, ...] = ()


PLANS = {
    "default": Plan(extras=(_at_scale("html", "plans of 100"), _at_scale("docx", "plans of 100"))),
    "full": Plan(
        singles=51,
        single_allowance=120,
        first_round=_DAY,
        budget=6 * 3600,
        again_allowance=600,
        extras=(_at_scale("html"), _at_scale("docx"), _at_scale("pdf", "plans of 100"), Extra("A cluster", ("cluster.py",), "text")),
    ),
    "smoke": Plan(
        counts=(2,), workers=(2,), rounds=1, singles=2, first_round=_DAY, budget=0, again_allowance=0, forms=("html",), everyone=False
    ),
}
