"""The fields of a Word file: those that compute something of the document itself are allowed, by a list.

Word works a field out on its reader's machine. Some start programs (DDE), some take in files and pictures from anywhere (INCLUDETEXT), some
ask whoever opens the document; and Word has more of them than anybody remembers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from genplan.messages import Message, msg
from genplan.writers.docx.xml import W
from genplan.writers.word_file.opening import WordFileProblem
from genplan.writers.word_file.places import Paragraphs

_ALLOWED = frozenset(
    {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME"}
    | {"TOC", "TC", "TOA", "TA", "INDEX", "XE", "REF", "PAGEREF", "NOTEREF", "STYLEREF", "SEQ", "LISTNUM", "HYPERLINK"}
    | {"AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "AUTHOR", "LASTSAVEDBY", "TITLE", "SUBJECT", "KEYWORDS", "COMMENTS", "FILENAME", "FILESIZE"}
    | {"INFO", "DOCPROPERTY", "DOCVARIABLE", "NUMWORDS", "NUMCHARS", "REVNUM", "USERNAME", "USERINITIALS", "USERADDRESS"}
    | {"IF", "COMPARE", "SET", "QUOTE", "=", "EQ", "SYMBOL", "ADVANCE", "SHAPE", "BARCODE", "DISPLAYBARCODE", "BIBLIOGRAPHY", "CITATION"}
    | {"FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN"}
)
"""Fields that need nothing but the document, its properties and the clock. Links are looked at besides."""
_KNOWN = {
    "DDE": msg("{place}: the field {{ {field} }} starts a program"),
    "DDEAUTO": msg("{place}: the field {{ {field} }} starts a program"),
    "INCLUDETEXT": msg("{place}: the field {{ {field} }} inserts another file"),
    "INCLUDEPICTURE": msg("{place}: the field {{ {field} }} inserts a picture from elsewhere"),
    "INCLUDE": msg("{place}: the field {{ {field} }} inserts another file"),
    "IMPORT": msg("{place}: the field {{ {field} }} inserts a picture from elsewhere"),
    "LINK": msg("{place}: the field {{ {field} }} inserts another file"),
    "EMBED": msg("{place}: the field {{ {field} }} embeds an object"),
    "RD": msg("{place}: the field {{ {field} }} inserts another file"),
    "DATABASE": msg("{place}: the field {{ {field} }} queries a database"),
    "MACROBUTTON": msg("{place}: the field {{ {field} }} runs a macro"),
    "PRINT": msg("{place}: the field {{ {field} }} sends commands to the printer"),
    "AUTOTEXT": msg("{place}: the field {{ {field} }} takes text from a template of Word's"),
    "AUTOTEXTLIST": msg("{place}: the field {{ {field} }} takes text from a template of Word's"),
    "GLOSSARY": msg("{place}: the field {{ {field} }} takes text from a template of Word's"),
    "ASK": msg("{place}: the field {{ {field} }} asks whoever opens the document"),
    "FILLIN": msg("{place}: the field {{ {field} }} asks whoever opens the document"),
    "MERGEFIELD": msg("{place}: the field {{ {field} }} takes its text from a mail merge"),
}
"""What fields do that are refused, where people may know them; the list above decides."""
_CURES = {
    "MERGEFIELD": msg("use a tag such as {{ person.name }} instead: docs/designer/word-templates.md"),
    "INCLUDEPICTURE": msg("insert the picture without a link (插入 → 图片)"),
    "MACROBUTTON": msg("type the text itself, or put a content control there"),
}
_CURE = msg("delete the field (Alt+F9 shows all), or turn it into text (Ctrl+Shift+F9)")
_NAME = re.compile(r"[A-Za-z]+|=")
_NESTED = "\0"
"""Stands in an instruction where another field was."""
_ARGUMENT = re.compile(r'"((?:[^"\\]|\\.)*)"?|(\\[a-zA-Z*@#!])|(\S+)')
_QUOTES = str.maketrans("“”„", '"""')
_WITH_ARGUMENT = frozenset({"\\l", "\\o", "\\t", "\\*", "\\@", "\\#"})
_WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_TAG = re.compile(r"\{\{|\{%|\{#")
_LONGEST = 60

_SIMPLE, _CHARACTER, _TEXT = f"{{{W}}}fldSimple", f"{{{W}}}fldChar", f"{{{W}}}t"
_INSTRUCTIONS = frozenset({f"{{{W}}}instrText", f"{{{W}}}delInstrText"})
_INSTRUCTION, _TYPE = f"{{{W}}}instr", f"{{{W}}}fldCharType"
_SPACES = " \t\r\n\f\v\u00a0\u3000\u200b\ufeff"


@dataclass(slots=True)
class _Field:
    """A field whose end has not come yet."""

    at: etree._Element
    parts: list[str] = field(default_factory=list)
    instructing: bool = True
    """Its result has not begun."""


def field_problems(root: etree._Element, paragraphs: Paragraphs) -> Iterator[WordFileProblem]:
    """Find the fields of a part that documents may not have: GP630. Word cuts instructions into runs as it likes; here they are joined."""
    for at, instruction in _instructions(root):
        if wrong := _wrong_with(instruction):
            message, cure = wrong
            shown = " ".join(instruction.replace(_NESTED, "{…}").split())
            shown = shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
            yield WordFileProblem("GP630", message.with_values(place=paragraphs.of(at), field=shown), cure)


def _instructions(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """List the fields' instructions, each with where it begins."""
    waiting: list[_Field] = []
    for element in root.iter(_SIMPLE, _CHARACTER, _TEXT, *_INSTRUCTIONS):
        if element.tag == _SIMPLE:
            if waiting and waiting[-1].instructing:
                waiting[-1].parts.append(_NESTED)
            yield element, element.get(_INSTRUCTION, "")
        elif element.tag == _CHARACTER:
            yield from _turned(element, waiting)
        elif waiting and waiting[-1].instructing:
            waiting[-1].parts.append(element.text or "")
        elif element.tag in _INSTRUCTIONS:
            yield element, element.text or ""
    for each in waiting:
        yield each.at, "".join(each.parts)


def _turned(element: etree._Element, waiting: list[_Field]) -> Iterator[tuple[etree._Element, str]]:
    kind = element.get(_TYPE)
    if kind == "begin":
        if waiting and waiting[-1].instructing:
            waiting[-1].parts.append(_NESTED)
        waiting.append(_Field(element))
    elif kind == "separate" and waiting:
        waiting[-1].instructing = False
    elif kind == "end" and waiting:
        ended = waiting.pop()
        yield ended.at, "".join(ended.parts)


def _wrong_with(instruction: str) -> tuple[Message, str] | None:
    """Describe what is wrong with a field, and the cure."""
    text = instruction.strip(_SPACES)
    if not text:
        return None
    match = _NAME.match(text)
    name = match[0].upper() if match else ""
    if not name:
        return (
            msg("{place}: the field {{ {field} }} has a name that comes from another field")
            if text.startswith(_NESTED)
            else msg("{place}: the field {{ {field} }} has no name")
        ), _CURE
    if name not in _ALLOWED:
        return _KNOWN.get(name, msg("{place}: the field {{ {field} }} is not allowed in documents")), _CURES.get(name, _CURE)
    if _TAG.search(text):
        return msg("{place}: the field {{ {field} }} holds a tag, which is not filled in there"), msg("put the tag in the text")
    return _wrong_link(text[len(name) :]) if name == "HYPERLINK" else None


def _wrong_link(arguments: str) -> tuple[Message, str] | None:
    """Look at where a link leads."""
    cure = msg("link to the web (https:) or to mail (mailto:) only")
    if _NESTED in arguments:
        return msg("{place}: the field {{ {field} }} gets its address from another field"), cure
    skip = False
    for quoted, switch, bare in _ARGUMENT.findall(arguments.translate(_QUOTES)):
        if switch:
            skip = switch.lower() in _WITH_ARGUMENT
        elif skip:
            skip = False
        elif not _WEB.match((quoted or bare).strip()):
            return msg("{place}: the field {{ {field} }} links to something other than the web or mail"), cure
    return None
