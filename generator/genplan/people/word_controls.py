"""The content controls of a Word form, from one pass over its XML that makes no tree of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from genplan.messages import msg
from genplan.source.bounded_xml import BoundedXml, TooLargeError

MAX_ELEMENTS = 500_000
"""Elements of all parts. A form of ten pages has some ten thousand."""
MAX_CONTROLS = 10_000
"""A form of ten pages has a few hundred."""
MAX_NAME = 256
"""Characters of a control's tag, or of its title; Word takes 64."""
MAX_CHARACTERS = 1_000_000
"""Of what all controls hold; where one stands in another, its text counts for both."""

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml}"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CONTROL, _PROPERTIES, _CONTENT = (f"{_WORD}{name}" for name in ("sdt", "sdtPr", "sdtContent"))
_TAG, _TITLE, _PLACEHOLDER, _DATE = (f"{_WORD}{name}" for name in ("tag", "alias", "showingPlcHdr", "date"))
_CHECKBOX, _CHECKED = (f"{_WORD_2010}{name}" for name in ("checkbox", "checked"))
_BUILDING_BLOCK = f"{_WORD}docPartObj"
_TEXT, _PARAGRAPH = f"{_WORD}t", f"{_WORD}p"
_BREAKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
# Of a change that was tracked, the text taken out; of alternatives, the one for programs older than Word 2010.
_PASSED_OVER = frozenset({f"{_WORD}del", f"{_WORD}moveFrom", f"{_COMPATIBILITY}Fallback", _PROPERTIES})
_ON = frozenset({"1", "true", "on"})


@dataclass(slots=True)
class Control:
    """A content control: what its properties say, and the text in it."""

    outer: "Control | None"
    """The one that it stands in."""
    start: int
    """How many pieces of text came before."""
    is_joined: bool = False
    """It directly follows another, on the same line."""
    name: str = ""
    title: str = ""
    ticked: bool | None = None
    """None where it is no box."""
    picked: str | None = None
    """The date that was picked, with a time; None where it is no date."""
    is_placeholder: bool = False
    is_building_block: bool = False
    """It holds a table of contents or the like, and nothing that is filled in."""
    has_content: bool = False
    text: str = ""
    """A paragraph or a line break is a new line."""


class Controls(BoundedXml):
    """One pass over the parts of a form; `controls` has the controls in the order in which they begin."""

    def __init__(self) -> None:
        super().__init__()
        self.controls: list[Control] = []
        self._elements = self._nesting = self._characters_held = 0
        self._path: list[str] = []
        self._passed_over = 0
        """Elements that are open from the one that is skipped inwards."""
        self._open: Control | None = None
        self._pieces: list[str] = []
        self._is_apart = True
        """There is text or the end of a line between the last control and here."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Record a control, of what its properties say, and of breaks."""
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise TooLargeError(msg("more than {most} elements", most=MAX_ELEMENTS))
        if self._passed_over or tag in _PASSED_OVER:
            self._property(tag, attributes)
            self._passed_over += 1
        elif tag == _CONTROL:
            self._begin()
        elif self._open is not None:
            self._open.has_content |= tag == _CONTENT and self._path[-1] == _CONTROL
            self._hold(_BREAKS.get(tag, ""))
        self._path.append(tag)

    def _begin(self) -> None:
        if len(self.controls) == MAX_CONTROLS:
            raise TooLargeError(msg("more than {most} fields", most=MAX_CONTROLS))
        self._nesting += 1
        self._open = Control(self._open, len(self._pieces), is_joined=not self._is_apart)
        self._is_apart = False
        self.controls.append(self._open)

    def _property(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._open is None or not self._is_property(tag):
            return
        value = attributes.get(f"{_WORD}val", "")
        if tag in {_TAG, _TITLE} and len(value) > MAX_NAME:
            raise TooLargeError(msg("a field whose name has more than {most} characters", most=MAX_NAME))
        if tag == _TAG:
            self._open.name = value
        elif tag == _TITLE:
            self._open.title = value
        elif tag == _BUILDING_BLOCK:
            self._open.is_building_block = True
        elif tag == _PLACEHOLDER:
            self._open.is_placeholder = not value or value in _ON
        elif tag == _DATE:
            self._open.picked = attributes.get(f"{_WORD}fullDate", "")
        elif tag == _CHECKED:
            self._open.ticked = attributes.get(f"{_WORD_2010}val", "1") in _ON

    def _is_property(self, tag: str) -> bool:
        """Return whether the element stands where the properties of the open control do, and not in what is skipped."""
        places = (_CONTROL, _PROPERTIES, _CHECKBOX) if tag == _CHECKED else (_CONTROL, _PROPERTIES)
        return self._passed_over == len(places) - 1 and tuple(self._path[-len(places) :]) == places

    def end(self, tag: str) -> None:
        """Conclude a control, or a paragraph in one."""
        self._path.pop()
        if self._passed_over:
            self._passed_over -= 1
        elif tag == _CONTROL and self._open is not None:
            self._conclude(self._open)
        elif tag == _PARAGRAPH:
            self._is_apart = True
            self._hold("\n")

    def _conclude(self, control: Control) -> None:
        control.text = "".join(self._pieces[control.start :])
        self._nesting -= 1
        self._open = control.outer
        if self._open is None:
            self._pieces.clear()

    def text(self, text: str) -> None:
        """Keep the text that is read in controls."""
        if self._path[-1] == _TEXT and not self._passed_over:
            self._is_apart |= self._open is None
            self._hold(text)

    def _hold(self, text: str) -> None:
        if not text or self._open is None:
            return
        self._pieces.append(text)
        self._characters_held += len(text) * self._nesting
        if self._characters_held > MAX_CHARACTERS:
            raise TooLargeError(msg("fields with more than {most} characters in total", most=MAX_CHARACTERS))
