"""Shared scales: a scoring rule that a plan writes once, under a name, and that several indicators are scored by.

A reference is replaced by the rule before the plan is checked against its model, so that everything behind sees a rule as if it were
written there. Each node keeps its place: what is wrong with a scale is reported where the scale stands.
"""

import difflib
from collections.abc import Mapping as Names

from genplan.diagnostics import Diagnostic, Outcome, diagnose
from genplan.messages import listing, msg
from genplan.plan.keys import KEYS
from genplan.plan.scoring_rule import METHOD_WORDS
from genplan.source.yaml import Mapping, Node, Scalar, Sequence

_REFERENCE = "scale"
_GROUPS = ("dimensions", "indicators")


def with_scales(data: Mapping) -> Outcome[Mapping]:
    """Put the rules of scales in place of references to them. Finds GP393: a reference to a scale that does not exist."""
    scales = _scales(data)
    diagnostics: list[Diagnostic] = []
    return Outcome(_in_groups(data, scales, diagnostics), diagnostics)


def _scales(data: Mapping) -> dict[str, Mapping]:
    """Map the names of the scales to their rules; what is not shaped like a scale is left to the model."""
    found: dict[str, Mapping] = {}
    listed = _value(data, "scales")
    for item in listed.items if isinstance(listed, Sequence) else ():
        name, rule = (_value(item, key) for key in ("name", "scoring")) if isinstance(item, Mapping) else (None, None)
        if isinstance(name, Scalar) and isinstance(rule, Mapping):
            found.setdefault(name.value.strip(), rule)
    return found


def _value(node: Mapping, key: str) -> Node | None:
    return next((value for name, value in node.entries if KEYS(name.value) == key), None)


def _in_groups(node: Mapping, scales: Names[str, Mapping], diagnostics: list[Diagnostic]) -> Mapping:
    """Replace the references of all indicators in a plan or a dimension."""
    entries = [
        (key, Sequence(tuple(_member(item, scales, diagnostics) for item in value.items), value.span))
        if KEYS(key.value) in _GROUPS and isinstance(value, Sequence)
        else (key, value)
        for key, value in node.entries
    ]
    return Mapping(tuple(entries), node.span)


def _member(node: Node, scales: Names[str, Mapping], diagnostics: list[Diagnostic]) -> Node:
    if not isinstance(node, Mapping):
        return node
    node = _in_groups(node, scales, diagnostics)
    entries = [(key, _rule(value, scales, diagnostics) if KEYS(key.value) == "scoring" else value) for key, value in node.entries]
    return Mapping(tuple(entries), node.span)


def _rule(node: Node, scales: Names[str, Mapping], diagnostics: list[Diagnostic]) -> Node:
    """Replace a reference: the name of a scale alone, or under `scale` beside parameters that take the place of the scale's own."""
    reference = _reference(node) if scales or isinstance(node, Mapping) else None
    if reference is None:
        return node
    rule = scales.get(reference.value.strip())
    if rule is None:
        diagnostics.append(_unknown(reference, scales))
        return Scalar("direct", quoted=False, span=node.span)
    own = node.entries if isinstance(node, Mapping) else ()
    written = {KEYS(key.value) for key, _ in own}
    inherited = tuple((key, value) for key, value in rule.entries if KEYS(key.value) not in written)
    name = (Scalar(_REFERENCE, quoted=False, span=reference.span), reference)
    return Mapping((*inherited, *(entry for entry in own if KEYS(entry[0].value) != _REFERENCE), name), rule.span)


def _reference(node: Node) -> Scalar | None:
    """Return what names a scale, if anything does."""
    if isinstance(node, Scalar):
        return None if node.value in METHOD_WORDS else node
    named = _value(node, _REFERENCE) if isinstance(node, Mapping) else None
    return named if isinstance(named, Scalar) else None


def _unknown(reference: Scalar, scales: Names[str, Mapping]) -> Diagnostic:
    near = difflib.get_close_matches(reference.value, scales, n=1)
    names = msg("write one of: {offered}", offered=listing(scales)) if scales else msg("add it under `scales:` (量表)")
    advice = msg("did you mean `{near}`?", near=near[0]) if near else names
    return diagnose("GP393", reference.span, msg("there is no scale `{name}`", name=reference.value), help=advice)
