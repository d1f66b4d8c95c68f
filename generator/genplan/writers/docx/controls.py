"""Content controls (`w:sdt`) around what people fill in, so that a form is filled by tabbing through it and read back by names.

A control's tag is the datum's name, its title what the form calls it. A line of text has controls around runs; a table cell is a
control as a whole, for what is typed beside a control that only holds the cell's text would not be in it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias
from xml.etree.ElementTree import Element

from genplan.people.form_fields import NAMESPACE, FieldKind, FormField
from genplan.writers.docx.xml import escape

LONGEST = 64
"""Characters (UTF-16 units) that Word takes in a tag or a title."""
PLACEHOLDER = "genplan-blank"
"""Name of the glossary entry that Word puts into a control that has been emptied."""
BLANK = "\u00a0" * 4
"""What an empty control holds: Word takes none without text, and spaces that do not break print as nothing."""

_HASH = 12
_DAY = re.compile(r"\s*(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*")
_DATE_FORMATS = {"zh": "yyyy年M月d日"}
_OTHER_DATES = "d MMMM yyyy"
_GLYPHS = "MS Gothic"
_TICKED = "☑"


@dataclass(frozen=True, slots=True)
class ControlProperties:
    """What a control is, apart from where it stands."""

    name: str
    label: str
    element: Element
    text: str
    """What it holds so far."""
    empty: bool
    """It holds a placeholder only."""
    language: str
    lines: bool
    """Its text may have several lines."""


def fillable(element: Element) -> bool:
    """Return whether an element is filled in as a whole; one that holds others that are is not."""
    return bool(element.get("data-name")) and not any(inner.get("data-name") for inner in element.iter() if inner is not element)


def control(element: Element, label: str, language: str) -> ControlProperties:
    """Describe the control of an element that is `fillable`; where nothing is its `label`, its name is."""
    name = element.get("data-name", "")
    text = "".join(element.itertext()).strip()
    empty = element.get("data-empty") == "true" or not text
    return ControlProperties(name, label or name, element, text, empty, language, lines=element.tag == "td")


def tag(name: str) -> str:
    """Return the name as Word takes it: a longer one ends in a hash, so that names that begin alike stay apart."""
    if _units(name) <= LONGEST:
        return name
    return f"{_cut(name, LONGEST - _HASH - 1)}~{sha256(name.encode()).hexdigest()[:_HASH]}"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, most: int) -> str:
    while _units(text) > most:
        text = text[: -max(1, (_units(text) - most) // 2)]
    return text


def properties(own: ControlProperties, id_: int, run: str, content: str) -> str:
    """Write the `w:sdtPr`: `run` are the properties of text typed into it, `content` is what it holds, as XML."""
    kind = own.element.get("data-type", "text")
    # Text alone goes into plain controls; what holds more, such as a link or several paragraphs, needs a rich one.
    plain = "<w:hyperlink" not in content and "<w:drawing" not in content and content.count("<w:p>") <= 1
    shape = _SHAPES.get(kind, _text)(own) if plain or kind == "tick" else "<w:richText/>"
    placeholder = f'<w:placeholder><w:docPart w:val="{PLACEHOLDER}"/></w:placeholder>' if kind != "tick" else ""
    showing = "<w:showingPlcHdr/>" if own.empty and kind != "tick" else ""
    return (
        f'<w:sdtPr>{run}<w:alias w:val="{escape(_cut(own.label, LONGEST))}"/><w:tag w:val="{escape(tag(own.name))}"/>'
        f'<w:id w:val="{id_}"/>{placeholder}{showing}{shape}</w:sdtPr>'
    )


def _text(own: ControlProperties) -> str:
    return '<w:text w:multiLine="1"/>' if own.lines else "<w:text/>"


def _number(_: ControlProperties) -> str:
    return "<w:text/>"


def _date(own: ControlProperties) -> str:
    day = None if own.empty else _DAY.fullmatch(own.text)
    full = f' w:fullDate="{day[1]}-{int(day[2]):02}-{int(day[3]):02}T00:00:00Z"' if day else ""
    shown = _DATE_FORMATS.get(own.language.partition("-")[0], _OTHER_DATES)
    return (
        f'<w:date{full}><w:dateFormat w:val="{shown}"/><w:lid w:val="{escape(own.language)}"/>'
        '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    )


def _choice(own: ControlProperties) -> str:
    # Word refuses a list that names a value twice, or an empty one.
    options = dict.fromkeys(option.strip() for option in own.element.get("data-options", "").split("|"))
    items = "".join(f'<w:listItem w:displayText="{escape(option)}" w:value="{escape(option)}"/>' for option in options if option)
    return f"<w:dropDownList>{items}</w:dropDownList>" if items else _text(own)


def _tick(own: ControlProperties) -> str:
    states = "".join(
        f'<w14:{name}State w14:val="{code}" w14:font="{_GLYPHS}"/>' for name, code in (("checked", "2611"), ("unchecked", "2610"))
    )
    return f'<w14:checkbox><w14:checked w14:val="{int(own.text == _TICKED)}"/>{states}</w14:checkbox>'


Shape: TypeAlias = Callable[[ControlProperties], str]

_SHAPES: dict[str, Shape] = {"text": _text, "number": _number, "date": _date, "choice": _choice, "tick": _tick}
"""What a control takes, by `data-type`."""


def listed(own: ControlProperties) -> FormField:
    """Describe a control for the list of the form's fields."""
    kind: FieldKind = "tick" if own.element.get("data-type") == "tick" else "date" if own.element.get("data-type") == "date" else "text"
    return FormField(tag(own.name), _cut(own.label, LONGEST), kind)


def field_list(fields: Iterable[FormField]) -> str:
    """Write the list of a form's fields."""
    rows = (f'<field name="{escape(each.name)}" title="{escape(each.title)}" kind="{each.kind}"/>' for each in fields)
    return f'<fields xmlns="{NAMESPACE}">{"".join(rows)}</fields>'


def wrap(properties_: str, content: str) -> str:
    """Put a control around runs, paragraphs or a cell."""
    return f"<w:sdt>{properties_}<w:sdtContent>{content}</w:sdtContent></w:sdt>"


def glossary(namespaces: str) -> str:
    """Write the glossary: its one entry is the blank that an emptied control shows, in place of Word's grey request to click."""
    return (
        f"<w:glossaryDocument {namespaces}><w:docParts><w:docPart><w:docPartPr>"
        f'<w:name w:val="{PLACEHOLDER}"/><w:category><w:name w:val="General"/><w:gallery w:val="placeholder"/></w:category>'
        '<w:types><w:type w:val="bbPlcHdr"/></w:types><w:behaviors><w:behavior w:val="content"/></w:behaviors>'
        '<w:guid w:val="{6E706C6E-0000-4000-8000-67656E706C61}"/></w:docPartPr>'
        f'<w:docPartBody><w:p><w:r><w:t xml:space="preserve">{BLANK}</w:t></w:r></w:p></w:docPartBody>'
        "</w:docPart></w:docParts></w:glossaryDocument>"
    )
