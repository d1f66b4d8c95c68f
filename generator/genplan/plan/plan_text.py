"""A plan's front matter and prose written out again, with a remark wherever something comes from another file."""

import json
from collections.abc import Iterator

from genplan.diagnostics import Span
from genplan.plan.inheritance import WrittenPlan
from genplan.plan.keys import KEYS
from genplan.source.yaml import Mapping, Node, Scalar, Sequence, parse

_ABOUT_ONE_FILE = frozenset({"extends", "remove"})


def plan_text(written: WrittenPlan, file: str, *, remarks: bool) -> str:
    """Write a plan as one file that extends nothing; with `remarks`, what comes from other files than `file` says so."""
    lines = ["---"]
    if remarks and written.bases:
        lines.append(f"# {file}, with what it extends: {', '.join(base.file for base in written.bases)}")
    entries = tuple((key, value) for key, value in written.data.entries if KEYS(key.value) not in _ABOUT_ONE_FILE)
    named = [(line, origin if remarks else "") for line, origin in _mapping(Mapping(entries, written.data.span), 0, file)]
    lines += [f"{line}  # {origin}" if origin else line for line, origin in named]
    lines.append("---")
    for section in written.sections:
        lines += [*([f"# {section.heading}"] if section.heading else []), "", section.markdown, ""]
    return "\n".join(lines).rstrip() + "\n"


Lines = Iterator[tuple[str, str]]
"""Lines, each with the place it comes from where that is in another file than what it stands in."""


def _mapping(node: Mapping, depth: int, file: str) -> Lines:
    for key, value in node.entries:
        yield from _entry(f"{'  ' * depth}{_scalar(key)}:", value, depth, _origin(key.span, file), key.span.file)


def _entry(start: str, value: Node, depth: int, origin: str, file: str) -> Lines:
    """Write a value behind its key or the dash of a list."""
    if isinstance(value, Scalar):
        yield f"{start} {_scalar(value)}".rstrip(), origin
    elif isinstance(value, Mapping):
        yield start if value.entries else f"{start} {{}}", origin
        yield from _mapping(value, depth + 1, file)
    else:
        yield start if value.items else f"{start} []", origin
        for item in value.items:
            yield from _item(item, depth + 1, file)


def _item(item: Node, depth: int, file: str) -> Lines:
    """Write a member of a list: its first key stands behind the dash."""
    origin = _origin(item.span, file)
    dash = f"{'  ' * depth}-"
    if not isinstance(item, Mapping) or not item.entries:
        yield from _entry(dash, item, depth, origin, item.span.file)
        return
    (first, inner), *others = _mapping(item, depth + 1, item.span.file)
    yield f"{dash} {first.lstrip()}", origin or inner
    yield from others


def _origin(span: Span, file: str) -> str:
    return "" if span.file == file else f"{span.file}:{span.line}"


def _scalar(scalar: Scalar) -> str:
    """Write a value so that it is read again as it is: without quotes if it needs none."""
    if scalar.value == "" and not scalar.quoted:
        return ""
    return scalar.value if _reads_back(scalar) else json.dumps(scalar.value, ensure_ascii=False)


def _reads_back(scalar: Scalar) -> bool:
    """Return whether a value is read as itself without quotes; a quoted `null` or `~` is text, and otherwise none."""
    text = scalar.value
    if "\n" in text or (scalar.quoted and text in ("", "~", "null")):
        return False
    node, diagnostics = parse(f"- {text}\n- {text}: {text}\n", "")
    if diagnostics or not isinstance(node, Sequence) or len(node.items) != 2:  # noqa: PLR2004 - as written above
        return False
    alone, both = node.items
    inside = both.entries[0] if isinstance(both, Mapping) and len(both.entries) == 1 else ()
    return all(isinstance(each, Scalar) and each.value == text for each in (alone, *inside)) and bool(inside)
