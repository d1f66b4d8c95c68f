"""Messages that can be shown in another language than the one they are written in.

As in zope.i18nmessageid, a message is a string (its English text) that remembers what it was made of: the id in the catalogues and the
values of its placeholders. It is translated where it is shown, so that one diagnostic can be read in several languages.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from gettext import NullTranslations
from types import MappingProxyType
from typing import Self


class _Composed(str):
    """A text that remembers its parts."""

    __slots__ = ()

    def __str__(self) -> str:
        """Remember them when an exception that carries the text is turned into text."""
        return self

    def __add__(self, other: str) -> "Listing":
        return Listing((self, other), "")


class Message(_Composed):
    """A text with named placeholders.

    `msgid` is its id in the catalogues and `values` are the values of its placeholders: texts, or messages of their own. A message about
    a number of things has a `plural` form and that number.
    """

    __slots__ = ("msgid", "number", "plural", "values")

    msgid: str
    plural: str | None
    number: int
    values: Mapping[str, str]

    def __new__(cls, msgid: str, values: Mapping[str, str] = MappingProxyType({}), plural: str | None = None, number: int = 1) -> Self:
        """Write the English text."""
        self = super().__new__(cls, _filled(msgid if plural is None or number == 1 else plural, values))
        self.msgid, self.values, self.plural, self.number = msgid, values, plural, number
        return self

    def with_values(self, **values: object) -> "Message":
        """Fill in placeholders of a message from a table."""
        return Message(self.msgid, {**self.values, **_texts(values)}, self.plural, self.number)

    def __reduce__(self) -> tuple[object, ...]:
        return Message, (self.msgid, self.values, self.plural, self.number)


class InScripts(_Composed):
    """Chinese words in Simplified characters, with the same in Traditional ones, which zh-TW shows."""

    __slots__ = ("traditional",)

    traditional: str

    def __new__(cls, simplified: str, traditional: str) -> Self:
        """Keep both."""
        self = super().__new__(cls, simplified)
        self.traditional = traditional
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return InScripts, (plain(self), self.traditional)


class Listing(_Composed):
    """Texts in a row. The separator is translated too: Chinese writes 、 where English has a comma."""

    __slots__ = ("parts", "separator")

    parts: tuple[str, ...]
    separator: str

    def __new__(cls, parts: Iterable[str], separator: str = ", ") -> Self:
        """Join the parts."""
        every = tuple(parts)
        self = super().__new__(cls, separator.join(every))
        self.parts, self.separator = every, separator
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return Listing, (self.parts, self.separator)


def msg(msgid: str, /, **values: object) -> Message:
    """Make a message. `msgid` is a literal, which `make messages` collects; `{name}` in it is replaced by a value."""
    return Message(msgid, _texts(values))


def plural(one: str, many: str, count: int, /, **values: object) -> Message:
    """Make a message about a number of things; `{count}` in it is replaced by that number."""
    return Message(one, {"count": str(count), **_texts(values)}, many, count)


def listing(parts: Iterable[str], separator: str = ", ") -> Listing:
    """Make a list of texts or messages. `separator` is one of `SEPARATORS`."""
    return Listing(parts, separator)


def a_few(names: Iterable[str], most: int, separator: str = ", ") -> str:
    """Name at most so many, and say how many more there are."""
    every = list(names)
    listed = listing(every[:most], separator)
    return listed if len(every) <= most else msg("{names} and {count} more", names=listed, count=len(every) - most)


def translated(text: str, to: NullTranslations) -> str:
    """Write a message, and the messages in it, in the language of a catalogue; other text is returned unchanged."""
    if isinstance(text, Listing):
        separator = to.gettext(text.separator) if text.separator else ""
        return separator.join(translated(part, to) for part in text.parts)
    if isinstance(text, InScripts):
        return text.traditional if to.info().get("language") == TRADITIONAL else plain(text)
    if not isinstance(text, Message):
        return text
    template = to.gettext(text.msgid) if text.plural is None else to.ngettext(text.msgid, text.plural, text.number)
    return _filled(template, {name: translated(value, to) for name, value in text.values.items()})


def to_data(text: str) -> object:
    """Write a text as data for JSON, so that it can be translated when it is read again."""
    if isinstance(text, Listing):
        return {"parts": [to_data(part) for part in text.parts], "separator": text.separator}
    if isinstance(text, InScripts):
        return {"simplified": plain(text), "traditional": text.traditional}
    if not isinstance(text, Message):
        return text
    values = {name: to_data(value) for name, value in text.values.items()}
    return {"msgid": text.msgid, "values": values, "plural": text.plural, "number": text.number}


def from_data(data: object) -> str:
    """Read what `to_data` wrote.

    Raises:
        TypeError, KeyError, ValueError: it did not write this.
    """
    if isinstance(data, str):
        return data
    if not isinstance(data, dict):
        raise TypeError
    if "parts" in data:
        return Listing([from_data(part) for part in data["parts"]], _text(data["separator"]))
    if "simplified" in data:
        return InScripts(_text(data["simplified"]), _text(data["traditional"]))
    values = {_text(name): from_data(value) for name, value in data["values"].items()}
    plural_form, number = data["plural"], data["number"]
    if not isinstance(number, int) or not isinstance(plural_form, str | None):
        raise TypeError
    return Message(_text(data["msgid"]), values, plural_form, number)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def plain(text: str) -> str:
    """Return the English text of a message as an ordinary string."""
    return "".join(text)


def placeholders(text: str) -> Iterator[tuple[str, str]]:
    """Yield the placeholders of a message with their values, in English."""
    if isinstance(text, Message):
        for name, value in text.values.items():
            yield name, plain(value)


def _texts(values: Mapping[str, object]) -> dict[str, str]:
    return {name: value if isinstance(value, str) else str(value) for name, value in values.items()}


TRADITIONAL = "zh_TW"
"""The catalogue of the language in Traditional characters."""
_CHINESE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
"""Chinese characters and full-width punctuation, between which there are no spaces."""
_IS_CHINESE = re.compile(f"[{_CHINESE}]")
PLACEHOLDER = re.compile(
    rf"(?P<before>(?<=[{_CHINESE}]) )?(?:\{{\{{|\}}\}}|\{{(?P<name>\w+)\}})(?P<after> (?=[{_CHINESE}]))?",
)
"""A placeholder, or a literal brace, which is doubled in a text with placeholders, and a space that parts it from Chinese text. Nothing
else of `str.format` is supported."""


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Replace placeholders by their values; one without a value is left unchanged, for `with_values`."""
    return PLACEHOLDER.sub(lambda part: _placed(part, values), template) if values else template


def _placed(part: re.Match[str], values: Mapping[str, str]) -> str:
    """Write a value, without the spaces that part it from Chinese text where it is Chinese itself: `{value} 不是数字`."""
    name, before, after = part["name"], part["before"] or "", part["after"] or ""
    if name is None:
        return f"{before}{part[0].strip()[0]}{after}"
    value = values.get(name)
    if value is None:
        return part[0]
    return f"{'' if _IS_CHINESE.match(value[:1]) else before}{value}{'' if _IS_CHINESE.match(value[-1:]) else after}"


SEPARATORS = (msg(", "), msg("; "), msg(" or "), msg(" and "), msg(": "))
"""The separators of lists. They are in the catalogues, for languages that write others."""
