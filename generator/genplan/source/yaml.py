"""YAML read into nodes that know their place, without what makes YAML dangerous or surprising.

Scalars stay the text that was written: `0007`, `no` and `1.10` mean themselves, and the data model decides what is a number. Anchors,
aliases, tags and merge keys are refused, depth is bounded, and a key stands once in its mapping.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from genplan.diagnostics import Diagnostic, Outcome, Related, Span, diagnose
from genplan.messages import msg
from genplan.source.text import is_unprintable
from genplan.source.yaml_errors import Mark, end_of, syntax_error

MAX_DEPTH = 32
_WITH_ESCAPES = '"'
"""The style of values in which `\\e` stands for a character."""
MAX_NODES = 200_000
"""Keys, values and lists. A plan has some thousand, results of a thousand people some fifty thousand."""
_FEW_NODES, _SHORT = 10_000, 256 * 1024
"""As many nodes, and characters, as the slow parser in Python reads to tell what is wrong."""

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as written. `quoted` values are text even when empty."""

    value: str
    quoted: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order written."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    span: Span


Node: TypeAlias = Scalar | Sequence | Mapping

_WRITE_OUT = msg("write the value out where it is used; quote text that starts with * or &")
_SPLIT = msg("check that this is the right file; keep results of that many people in CSV or a workbook")
_FLATTEN = msg("look for unclosed brackets, and write lists as lines that start with `- `")
_NULLS = frozenset({"", "~", "null"})


class _RefusedError(Exception):
    """Carries the diagnostic that ends the reading."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class _Composer:
    """Builds nodes from the parser's events."""

    def __init__(self, events: Iterator[yaml.Event], text: str, start: Span, most: int) -> None:
        self.events = events
        self.end = end_of(text)
        self.start = start
        self.first_line = start.line or 1
        self.left = most
        self.diagnostics: list[Diagnostic] = []

    def span(self, start: Mark | None, end: Mark | None) -> Span:
        assert start is not None
        assert end is not None  # the parser sets both on every event
        line, column = min((start.line, start.column), self.end)
        end_column = end.column + 1 if end.line == line and end.column > column else None
        return Span(self.start.file, line + self.first_line, column + 1, end_column, private=self.start.private)

    def refuse(self, code: str, event: yaml.Event, message: str, advice: str) -> _RefusedError:
        return _RefusedError(diagnose(code, self.span(event.start_mark, event.end_mark), message, help=advice))

    def document(self) -> Node | None:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                node = self.node(next(self.events), 0)
                self.no_second_document()
                return node
        return None

    def no_second_document(self) -> None:
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                raise self.refuse("GP101", event, msg("a second YAML document starts here"), msg("keep only one document in the file"))

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.left -= 1
        if self.left < 0:
            raise self.refuse("GP010", event, msg("more than {limit} keys and values", limit=MAX_NODES), _SPLIT)
        if depth > MAX_DEPTH:
            raise self.refuse("GP104", event, msg("values are nested more than {limit} levels deep", limit=MAX_DEPTH), _FLATTEN)
        if isinstance(event, yaml.AliasEvent):
            raise self.refuse("GP102", event, msg("aliases (`*name`) are not supported"), _WRITE_OUT)
        assert isinstance(event, yaml.NodeEvent)
        if event.anchor is not None:
            raise self.refuse("GP102", event, msg("anchors (`&name`) are not supported"), _WRITE_OUT)
        tag: str | None = getattr(event, "tag", None)
        if tag not in (None, "!"):
            raise self.refuse("GP102", event, msg("tags (`!name`) are not supported"), msg("remove it; quote text that starts with `!`"))
        if isinstance(event, yaml.ScalarEvent):
            quoted = bool(event.style)  # of a plain scalar, the C parser gives "" and the other None
            self.note_controls(event)
            return Scalar(event.value, quoted, self.span(event.start_mark, event.end_mark))
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(event, depth)
        return self.mapping(event, depth)

    def note_controls(self, event: yaml.ScalarEvent) -> None:
        """Find the control characters that a value in double quotes writes as escapes: in text as such they were found before."""
        if event.style == _WITH_ESCAPES and not event.value.isprintable():
            bad = next(filter(is_unprintable, event.value), None)
            if bad is not None:
                span = self.span(event.start_mark, event.end_mark)
                advice = msg("delete the escape: neither Word nor PDF can contain this character")
                self.diagnostics.append(
                    diagnose("GP006", span, msg("control character U+{code}, written as an escape", code=f"{ord(bad):04X}"), help=advice)
                )

    def sequence(self, start: yaml.Event, depth: int) -> Sequence:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event, depth + 1))
        return Sequence(tuple(items), self.span(start.start_mark, start.end_mark))

    def mapping(self, start: yaml.Event, depth: int) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise self.refuse("GP101", event, msg("a key must be plain text"), msg("quote the key if it starts with [ or {"))
            if key.value == "<<" and not key.quoted:
                raise self.refuse("GP102", event, msg("merge keys (`<<`) are not supported"), msg("write out the keys"))
            entries.append((key, self.node(next(self.events), depth + 1)))
        return Mapping(tuple(entries), self.span(start.start_mark, start.end_mark))


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_BREAKS = dict.fromkeys((0x85, 0x2028, 0x2029), "\ufffd")
"""What YAML takes for ends of lines and editors do not: places would be counted otherwise. Whoever reads a file refuses them (GP006)."""


def parse(text: str, file: str, first_line: int = 1, *, private: bool = False) -> Outcome[Node | None]:
    """Read one YAML document; `first_line` is the line of the file that `text` starts on, of a `private` file no line is to be shown.

    Finds GP006 (control characters, written as escapes), GP010 (too many values), GP101 (not YAML), GP102 (anchor, alias, tag or merge
    key) and GP104 (too deep). No message holds anything of the text.
    """
    text = text.translate(_BREAKS)
    start = Span(file, first_line, private=private)
    error = _compose(text, start, _Loader)
    if isinstance(error, Outcome):
        return error
    if _may_be_too_deep(error, text):
        closer = _compose(text, start, yaml.SafeLoader, most=_FEW_NODES)
        gave_up = isinstance(closer, Outcome) and any(each.code == "GP010" for each in closer.diagnostics)
        error = error if gave_up else closer
    return error if isinstance(error, Outcome) else Outcome(None, [syntax_error(error, text, start)])


def _compose(text: str, start: Span, loader: type[yaml.SafeLoader], *, most: int = MAX_NODES) -> Outcome[Node | None] | Exception:
    """Build the nodes, or return what the parser complains of."""
    composer = _Composer(iter(yaml.parse(text, Loader=loader)), text, start, most)
    try:
        return Outcome(composer.document(), composer.diagnostics)
    except _RefusedError as error:
        return Outcome(None, [error.diagnostic])
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        return error


def _may_be_too_deep(error: Exception, text: str) -> bool:
    """Whether libyaml may have given up for depth: some releases have a limit of their own, and reach it before the first deep event.

    The parser in Python has none, so the depth is found by `_Composer` whatever the release.
    """
    mark = getattr(error, "problem_mark", None)
    before = text[: mark.index] if mark and mark.index <= _SHORT else ""
    return sum(map(before.count, "[{")) - sum(map(before.count, "]}")) > MAX_DEPTH


def plain(node: Node, rename: Callable[[str], str] = str) -> Outcome[Plain]:
    """Turn nodes into plain data, with keys renamed; GP103 where a mapping names a key twice.

    Of a key named twice the first value is kept.
    """
    error: list[Diagnostic] = []
    return Outcome(_plain(node, rename, error), error)


def _plain(node: Node, rename: Callable[[str], str], error: list[Diagnostic]) -> Plain:
    if isinstance(node, Scalar):
        return None if not node.quoted and node.value in _NULLS else node.value
    if isinstance(node, Sequence):
        return [_plain(item, rename, error) for item in node.items]
    values: dict[str, Plain] = {}
    first: dict[str, Scalar] = {}
    for key, value in node.entries:
        name = rename(key.value)
        if name in first:
            error.append(_twice(key, first[name]))
            continue
        first[name] = key
        values[name] = _plain(value, rename, error)
    return values


def _twice(key: Scalar, earlier: Scalar) -> Diagnostic:
    message = msg("key `{key}` appears twice", key=key.value)
    if key.value != earlier.value:
        message = msg("key `{key}` appears twice (`{earlier}` means the same)", key=key.value, earlier=earlier.value)
    return diagnose(
        "GP103",
        key.span,
        message,
        help=msg("keep one of them"),
        related=[Related(earlier.span, msg("first occurrence"))],
    )


def locate(root: Node, path: Path, rename: Callable[[str], str] = str, *, key: bool = False) -> Span:
    """Find where the value at `path` stands, or its key where `key` is true.

    Steps that do not exist (a missing key, a validator's own label) are skipped, so that the answer is the nearest place that does.
    """
    node = root
    span = root.span
    for step in path:
        error = _child(node, step, rename)
        if error is not None:
            key_span, node = error
            span = key_span if key else node.span
    return span


def _child(node: Node, step: str | int, rename: Callable[[str], str]) -> tuple[Span, Node] | None:
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        item = node.items[step]
        return item.span, item
    if isinstance(node, Mapping):
        for name, value in node.entries:
            if rename(name.value) == step:
                return name.span, value
    return None


def merge(under: Mapping, over: Mapping) -> Mapping:
    """Lay a mapping over another, key by key; lists and single values are replaced whole."""
    known = {key.value: (key, value) for key, value in under.entries}
    for key, value in over.entries:
        before = known.get(key.value, (key, value))[1]
        known[key.value] = (key, merge(before, value) if isinstance(before, Mapping) and isinstance(value, Mapping) else value)
    return Mapping(tuple(known.values()), under.span)
