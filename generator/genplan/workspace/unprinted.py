"""What a plan says and none of its documents prints."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from genplan.diagnostics import Diagnostic, Related, diagnose
from genplan.messages import listing, msg
from genplan.plan.load import PlanFile
from genplan.theme.kinds import NEEDED, NEEDS, Kind
from genplan.theme.theme import Theme

CONTENT = (
    "number",
    "version",
    "effective",
    "confidentiality",
    "cycle",
    "summary",
    "reports_to",
    "direct_reports",
    "position_code",
    "job_level",
    "duties",
    "authority",
    "relations",
    "qualifications",
    "raters",
    "process",
    "bonuses",
    "deductions",
    "vetoes",
    "grades",
    "ceilings",
    "inputs",
    "distribution",
    "results_use",
    "appeal",
    "improvement",
    "interim_reviews",
    "development",
    "clauses",
    "signatories",
    "positions",
    "scales",
    "notice",
    "chapters",
)
"""Keys of a plan under which stands what documents are to say; the others set how something is done, or stand in every document."""


def find_unprinted(plan: PlanFile, kinds: Sequence[Kind], theme: Theme) -> list[Diagnostic]:
    """GP361: keys of the plan that none of its kinds asks for, told together where the same kind would print them.

    Nothing of a plan without documents: that is reported separately.
    """
    printed = _keys_of(kinds, theme)
    if not kinds or printed is None:
        return []
    by_kind: dict[str, list[str]] = defaultdict(list)
    for key in CONTENT:
        if getattr(plan.plan, key) and key not in printed:
            by_kind[_nearest(key, plan, theme)].append(key)
    return [_unprinted(plan, keys, theme.kinds.get(name)) for name, keys in by_kind.items()] + list(_without_document(plan, kinds))


def _without_document(plan: PlanFile, kinds: Sequence[Kind]) -> Iterator[Diagnostic]:
    """GP361: opinions and signatures that are for kinds of which the plan has no document."""
    built = {kind.name for kind in kinds}
    for key in ("opinions", "signatures"):
        for index, each in enumerate(getattr(plan.plan, key)):
            if not built & set(each.documents):
                name = each.name if key == "opinions" else each.role
                message = msg(
                    "no document of this plan prints `{name}` of `{key}`, which is for {documents}",
                    name=name,
                    key=key,
                    documents=listing(each.documents),
                )
                advice = msg("name a kind that is built under its `documents` (文件种类), or remove it")
                yield diagnose("GP361", plan.span(key, index), message, help=advice)


def _keys_of(kinds: Sequence[Kind], theme: Theme) -> frozenset[str] | None:
    """List the keys that kinds ask for; None where one of them does not tell."""
    asked = [theme.mentions.of(kind) for kind in kinds]
    known = [keys for keys in asked if keys is not None]
    return frozenset[str]().union(*known) if len(known) == len(asked) else None


def _nearest(key: str, plan: PlanFile, theme: Theme) -> str:
    """Return the kind that comes closest to printing a key; empty where none would."""
    able = [kind for kind in theme.kinds.values() if key in (_keys_of([kind], theme) or ())]
    return min(able, key=lambda kind: len(_lacking(plan, kind))).name if able else ""


def _lacking(plan: PlanFile, kind: Kind) -> list[str]:
    return [need for need in kind.header.needs if not NEEDS[need](plan)]


def _unprinted(plan: PlanFile, keys: Sequence[str], kind: Kind | None) -> Diagnostic:
    (_, place), *others = [(key, plan.span(key, key=True)) for key in keys]
    message = msg("no document of this plan prints {keys}", keys=listing(f"`{key}`" for key in keys))
    related = [Related(span, key) for key, span in others]
    return diagnose("GP361", place, message, help=_cure(plan, kind), label=keys[0], related=related)


def _cure(plan: PlanFile, kind: Kind | None) -> str:
    if kind is None:
        return msg("no kind in the theme prints it: remove it, or write a kind that does")
    if lacking := [NEEDED[need] for need in _lacking(plan, kind)]:
        return msg(
            "the kind `{kind}` would, but needs {lacking}; add that, or remove the keys", kind=kind.name, lacking=listing(lacking, " and ")
        )
    return msg("add `{kind}` to `documents` (文件种类), or remove the keys", kind=kind.name)
