"""Writes values for YAML, so that they are read again as they are."""

import json

from genplan.source.yaml import Mapping, Scalar, Sequence, parse


def scalar_text(scalar: Scalar) -> str:
    """Write a value so that it is read again as it is: without quotes if it needs none."""
    if scalar.value == "" and not scalar.quoted:
        return ""
    return scalar.value if _reads_back(scalar) else json.dumps(scalar.value, ensure_ascii=False)


def _reads_back(scalar: Scalar) -> bool:
    """Return whether a value is read as itself without quotes; a quoted `null` or `~` is text, and otherwise none."""
    text = scalar.value
    if scalar.quoted and text in ("~", "null"):
        return False
    node, diagnostics = parse(f"- {text}\n- {text}: {text}\n", "")
    if diagnostics or not isinstance(node, Sequence) or len(node.items) != 2:  # noqa: PLR2004 - as written above
        return False
    alone, both = node.items
    inside = both.entries[0] if isinstance(both, Mapping) and len(both.entries) == 1 else ()
    return all(isinstance(each, Scalar) and each.value == text for each in (alone, *inside)) and bool(inside)
