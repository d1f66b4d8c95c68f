"""What people filled into a Word form: its content controls, read back by their tags."""

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import msg
from genplan.people.word_archive import MAX_FILE_BYTES, UnreadableError, read_controls
from genplan.people.word_controls import Control
from genplan.people.wording import quoted

__all__ = ["MAX_FILE_BYTES", "FieldValue", "read_fields"]
from genplan.source.days import parse_day, parts_of_day

FieldValue: TypeAlias = str | bool
"""What a control holds: text, a date as 2026-07-01, or whether a box is ticked. A control still to be filled in holds an empty text."""

_PICKED = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*)?")
_BLANK_DAY = re.compile(r"[\s年月日/.-]*")


def read_fields(data: bytes, file: str) -> Outcome[Mapping[str, FieldValue] | None]:
    """Read the fields of a Word form, by tag, in the order of the document; none where the file cannot be read.

    Controls of one tag are one field; the first that holds something gives its value. `file` is the file's name for messages.

    Finds GP611 (not a Word document that can be read), GP612 (controls of one name that hold different values), GP613 (no fields), GP640
    (fields inside one another) and GP641 (no day of the calendar).
    """
    try:
        controls = [each for each in read_controls(data) if each.name and each.has_content]
    except UnreadableError as error:
        advice = msg("open it in Word or WPS and save it as .docx (Word 文档)")
        return Outcome(None, [diagnose("GP611", Span(file), str(error), help=advice)])
    if not controls:
        advice = msg("use the form that genplan built, filled in and saved as .docx")
        return Outcome({}, [diagnose("GP613", Span(file), msg("the document has no fields to read"), help=advice)])
    values, by_name = _joined(controls, file)
    return Outcome(values, [*_nested(controls, file), *by_name])


def _joined(controls: Iterable[Control], file: str) -> tuple[Mapping[str, FieldValue], Iterable[Diagnostic]]:
    """Reduce each field to one value, and report those that have two, or no day where one should be."""
    values: dict[str, FieldValue] = {}
    by_name: dict[tuple[str, str], Diagnostic] = {}
    for control in controls:
        name, (value, problem) = control.name, _value(control, file)
        if problem:
            by_name.setdefault((name, problem.code), problem)
        if not values.get(name):
            values[name] = value
        elif value and value != values[name]:
            message = msg(
                "{field} is filled in twice: {first} and {second}; the first is used",
                field=quoted(name),
                first=_shown(values[name]),
                second=_shown(value),
            )
            advice = msg("enter the same value in both places of the form")
            by_name.setdefault((name, "GP612"), diagnose("GP612", Span(file), message, help=advice))
    return values, by_name.values()


def _nested(controls: Iterable[Control], file: str) -> Iterable[Diagnostic]:
    """Tell of fields that stand inside another."""
    by_name: dict[str, Diagnostic] = {}
    for control in controls:
        outer = control.outer
        while outer is not None and not outer.name:
            outer = outer.outer
        if outer is not None:
            message = msg("{field} is inside {outer}, whose value includes its text", field=quoted(control.name), outer=quoted(outer.name))
            advice = msg("delete the outer one in Word: click into it, 开发工具 → 删除内容控件 (Remove Content Control)")
            by_name.setdefault(control.name, diagnose("GP640", Span(file), message, help=advice))
    return by_name.values()


def _shown(value: FieldValue) -> str:
    return quoted(str(value).lower() if isinstance(value, bool) else value)


def _value(control: Control, file: str) -> tuple[FieldValue, Diagnostic | None]:
    if control.ticked is not None:
        return control.ticked, None
    if control.is_placeholder:
        return "", None
    text = control.text.replace("\u00a0", " ").strip()
    return (text, None) if control.picked is None else _day(control, text, file)


def _day(control: Control, text: str, file: str) -> tuple[str, Diagnostic | None]:
    """Return a date as ISO 8601: the one that can be read, for it may have been typed over the one picked."""
    if _BLANK_DAY.fullmatch(text):
        return "", None
    picked = _PICKED.fullmatch(control.picked or "")
    day = parse_day(text) if parts_of_day(text) else parse_day(picked[1]) if picked else None
    if day:
        return day.isoformat(), None
    message = msg("{field} expects a date, but contains {text}, which is not a valid date", field=quoted(control.name), text=quoted(text))
    return text, diagnose("GP641", Span(file), message, help=msg("write the date in digits, e.g. 2026-07-01 or 2026年7月1日"))
