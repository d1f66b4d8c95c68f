"""A plan's front matter and prose written out again, with a remark wherever something comes from another file."""

from collections.abc import Iterator

from genplan.diagnostics import Span
from genplan.messages import listing, localized, msg
from genplan.plan.inheritance import WrittenPlan
from genplan.plan.keys import KEYS
from genplan.source.yaml import Mapping, Node, Scalar
from genplan.source.yaml_text import scalar_text

_ABOUT_ONE_FILE = frozenset({"extends", "remove"})


def plan_text(written: WrittenPlan, file: str, *, remarks: bool) -> str:
    """Write a plan as one file that extends nothing; with `remarks`, what comes from other files than `file` says so."""
    lines = ["---"]
    if remarks and written.bases:
        bases = listing(base.file for base in written.bases)
        lines.append(localized(msg("# {file}, with what it extends: {bases}", file=file, bases=bases)))
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
        yield from _entry(f"{'  ' * depth}{scalar_text(key)}:", value, depth, _origin(key.span, file), key.span.file)


def _entry(start: str, value: Node, depth: int, origin: str, file: str) -> Lines:
    """Write a value behind its key or the dash of a list."""
    if isinstance(value, Scalar):
        yield f"{start} {scalar_text(value)}".rstrip(), origin
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
