"""What people filled into a Word form: its content controls, read back by their tags, or else by their order or titles."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from genplan.diagnostics import Diagnostic, Outcome, Span, diagnose
from genplan.messages import msg, plural
from genplan.people.form_fields import name_by_titles, own_controls, restore_names
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

    Controls of one tag are one field; the first that holds something gives its value. Where all tags are gone, as LibreOffice leaves them,
    fields have the names that the form lists, or else their titles. `file` is the file's name for messages.

    Finds GP611 (not a Word document that can be read), GP612 (controls of one name that hold different values), GP613 (no fields, or some
    with neither name nor title), GP640 (fields inside one another), GP641 (no day of the calendar) and GP642 (fields read by titles).
    """
    try:
        controls, listed = read_controls(data)
    except UnreadableError as error:
        advice = msg("open it in Word or WPS and save it as .docx (Word 文档)")
        return Outcome(None, [diagnose("GP611", Span(file), str(error), help=advice)])
    controls = [each for each in controls if each.has_content]
    nameless: Sequence[Diagnostic] = ()
    if not any(each.name for each in controls):
        controls = own_controls([each for each in controls if not each.is_building_block])
        nameless = [] if controls and restore_names(controls, listed) else list(_named_by_titles(controls, file))
    controls = [each for each in controls if each.name]
    values, by_name = _joined(controls, file)
    return Outcome(values, [*nameless, *_nested(controls, file), *by_name])


def _named_by_titles(controls: Sequence[Control], file: str) -> Iterable[Diagnostic]:
    """Name fields by their titles, with a warning; those without a title cannot be read."""
    untitled = name_by_titles(controls)
    if len(untitled) < len(controls):
        message = msg("the fields have lost their names, and are read by their titles")
        advice = msg("fill in the form that genplan built in Word or WPS; other programs may drop the names of fields")
        yield diagnose("GP642", Span(file), message, help=advice)
        if untitled:
            lost = plural(
                "{count} of {all} fields has neither a name nor a title, and is not read",
                "{count} of {all} fields have neither a name nor a title, and are not read",
                len(untitled),
                all=len(controls),
            )
            yield diagnose("GP613", Span(file), lost, help=advice)
    else:
        advice = msg("use the form that genplan built, filled in and saved as .docx")
        yield diagnose("GP613", Span(file), msg("the document has no fields to read"), help=advice)


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
