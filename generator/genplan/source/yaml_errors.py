"""What the YAML parsers complain of, told as the slip of the pen that it is usually."""

import re
from dataclasses import dataclass, replace
from typing import Protocol

import yaml

from genplan.diagnostics import Diagnostic, Span, diagnose
from genplan.messages import msg


class Mark(Protocol):
    """A place, as either of the parsers gives it; both counts start at 0."""

    @property
    def line(self) -> int:
        """Lines before it."""

    @property
    def column(self) -> int:
        """Characters before it in its line."""


@dataclass(frozen=True, slots=True)
class _Slip:
    """A complaint that holds `words`, what it means, and the cure.

    Its place is where the parser gave up, or `at_start` where what it was reading began.
    """

    words: str
    message: str
    advice: str
    at_start: bool = False


_QUOTED = re.compile(r"'.*'|\".*\"")
_QUOTE = msg("put the whole value in quotes")

# The two parsers, libyaml and the one in Python, word some complaints differently; the words here stand in both.
_SLIPS = (
    _Slip("scanning an alias", msg("a value that starts with `*`"), _QUOTE, at_start=True),
    _Slip("scanning an anchor", msg("a value that starts with `&`"), _QUOTE, at_start=True),
    _Slip("scanning a tag", msg("a value that starts with `!`"), _QUOTE, at_start=True),
    _Slip("parsing a tag", msg("a value that starts with `!`"), _QUOTE, at_start=True),
    _Slip("scanning a block scalar", msg("a value that starts with `|` or `>`"), _QUOTE, at_start=True),
    _Slip("escape", msg("an unknown escape sequence"), msg("in double quotes `\\` starts an escape; write `\\\\` for a literal backslash")),
    _Slip(
        "could not find expected ':'",
        msg("a line that is not `key: value`"),
        msg("put `: ` after the key; a full-width colon `：` or a colon without a space does not count"),
        at_start=True,
    ),
    _Slip("unexpected end of stream", msg("an unclosed quote"), msg("close it after the value, on the same line"), at_start=True),
    _Slip(
        "expected ',' or",
        msg("an unclosed bracket, or entries without separators"),
        msg("close it with `]` or `}`, and separate entries with `, `; a full-width comma `，` does not count"),
        at_start=True,
    ),
    _Slip(
        "mapping values are not allowed",
        msg("an unexpected colon"),
        msg("put a space after the colon on the line above, align the keys of one entry, and quote values that contain `: `"),
    ),
    _Slip("sequence entries are not allowed", msg("an unexpected list entry"), msg("start the list on the line below its key")),
    _Slip("tab character", msg("a tab in the indentation"), msg("indent with spaces")),
    _Slip(
        "cannot start any token",
        msg("a tab, or a character that cannot start a value"),
        msg("indent with spaces, not tabs; quote values that start with @, ` or %"),
    ),
    _Slip(
        "while parsing a block",
        msg("a line that does not fit the lines above"),
        msg("align the keys of one entry and the `- ` of one list; quote whole values, not parts of them"),
    ),
)
_ADVICE = msg("check the indentation and the colon after each key; quote values that contain `: ` or start with one of @ ` % & * ! | > [ {")


def end_of(text: str) -> tuple[int, int]:
    """Return the last position of a text, from 0 like marks: parsers report what is missing at the end on a line that does not exist."""
    shown = text.removesuffix("\n")
    return shown.count("\n"), len(shown) - shown.rfind("\n") - 1


def syntax_error(error: Exception, text: str, start: Span) -> Diagnostic:
    """Make GP101 of an exception of the parser; `start` is the line that the YAML starts on."""
    if not isinstance(error, yaml.MarkedYAMLError):
        what = str(error).splitlines()[0] if isinstance(error, yaml.reader.ReaderError) else msg("a value that cannot be read")
        return diagnose("GP101", start, msg("not valid YAML: {fault}", fault=what), help=_ADVICE)
    complaint = f"{error.context or ''}: {error.problem or ''}"
    slip = next((s for s in _SLIPS if s.words in complaint), _Slip("", _unquoted(error.problem or error.context or ""), _ADVICE))
    marks = (error.context_mark, error.problem_mark) if slip.at_start else (error.problem_mark, error.context_mark)
    return diagnose("GP101", _place(marks, text, start), msg("not valid YAML: {fault}", fault=slip.message), help=slip.advice)


def _unquoted(complaint: str) -> str:
    """Leave out what a complaint quotes of the text."""
    return _QUOTED.sub("…", complaint)


def _place(marks: tuple[Mark | None, ...], text: str, start: Span) -> Span:
    mark = next((mark for mark in marks if mark is not None), None)
    if mark is None:
        return start
    line, column = min((mark.line, mark.column), end_of(text))
    return replace(start, line=line + (start.line or 1), column=column + 1)
