"""The list of its fields that a Word form carries in a part of its own: LibreOffice drops the names of controls, and keeps parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast

from genplan.messages import msg
from genplan.people.word_controls import MAX_CONTROLS, Control
from genplan.source.bounded_xml import BoundedXml, TooLargeError

NAMESPACE = "urn:genplan:fields"
"""Of the elements: a `fields` of one `field` each, with `name`, `title` and `kind`."""

FieldKind: TypeAlias = Literal["text", "date", "tick"]


@dataclass(frozen=True, slots=True)
class FormField:
    """A control as it was written; its place is that in the list."""

    name: str
    title: str
    kind: FieldKind


class FieldList(BoundedXml):
    """One pass over the parts that may hold the list."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[FormField] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Record a field."""
        if tag == f"{NAMESPACE}}}field":
            if len(self.fields) == MAX_CONTROLS:
                raise TooLargeError(msg("more than {most} fields", most=MAX_CONTROLS))
            kind = cast("FieldKind", attributes.get("kind", "text"))
            self.fields.append(FormField(attributes.get("name", ""), attributes.get("title", ""), kind))


def restore_names(controls: Sequence[Control], fields: Sequence[FormField]) -> bool:
    """Name the controls of a form by the list of its fields; return whether they are the ones that it lists.

    They are if there are as many, of the same kinds in the same order, with the same titles where they have any.
    """
    if len(controls) != len(fields) or not all(_is(control, field) for control, field in zip(controls, fields, strict=True)):
        return False
    for control, field in zip(controls, fields, strict=True):
        control.name = field.name
    return True


def own_controls(controls: Sequence[Control]) -> Sequence[Control]:
    """Leave out what LibreOffice adds: controls around paragraphs that hold others, and copies of a control.

    Behind a text with characters of several scripts it repeats the control for each stretch of one script.
    """
    outer = {id(control.outer) for control in controls}
    leaves = [control for control in controls if id(control) not in outer]
    pairs = zip([None, *leaves], leaves, strict=False)
    return [each for before, each in pairs if not (before and each.is_joined and each.title and each.title == before.title)]


def _is(control: Control, field: FormField) -> bool:
    kind = "tick" if control.ticked is not None else "date" if control.picked is not None else "text"
    return kind == field.kind and control.title in {"", field.title}


def name_by_titles(controls: Sequence[Control]) -> Sequence[Control]:
    """Name controls by their titles, a second one of a title by its place as well; return those that have none."""
    times: dict[str, int] = {}
    for control in controls:
        if control.title:
            times[control.title] = count = times.get(control.title, 0) + 1
            control.name = control.title if count == 1 else f"{control.title} ({count})"
    return [control for control in controls if not control.title]
