"""SVG files: drawings, and nothing that loads, runs or embeds.

Everything is allowed by a list: elements of SVG that draw, references within the file, style sheets that name no address. An SVG is a
program in a browser, and to a renderer a way to files: what is left out here is out of the reach of both.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Never
from xml.parsers import expat

from genplan.messages import Message, msg
from genplan.theme.resource_checks.problem import UnusableError
from genplan.theme.resource_checks.styles import MAX_DEPTH, shown, style_problems

_NAMESPACE = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_HTML = "http://www.w3.org/1999/xhtml"
_SEPARATOR = " "

_ELEMENTS = frozenset(
    {"svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "switch", "style", "view"}
    | {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath"}
    | {"linearGradient", "radialGradient", "stop", "pattern", "clipPath", "mask", "marker", "filter"}
    | {"feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap"}
    | {"feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode"}
    | {"feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence"}
)
"""What an SVG file may hold, apart from what programs note in namespaces of their own, which nothing draws."""
MAX_ELEMENTS = 50_000
MAX_DRAWN = 100_000
"""Elements after every `use` has been followed: thirty lines can ask for a billion."""
_LARGEST = 10_000
"""Longest side, in pixels, that a file may state."""
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(px|pt|mm|cm|in)?\s*")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LOCAL = re.compile(r"\s*#([^\s#]+)\s*")
_PAINT = re.compile(r"""url\(\s*["']?#([^"')\s]+)""", re.IGNORECASE)
_SUSPECT = re.compile(r"url\s*\(|\\|@|image\s*\(|image-set|src\s*\(", re.IGNORECASE)
_ENTITIES = msg("picture {name} declares entities")
_REDRAW = msg("export it again as a plain SVG, without scripts, links or pictures")


def check_vector(data: bytes) -> None:
    """Ensure that an SVG file is a drawing.

    Raises:
        UnusableError: GP541 (it is no SVG), GP542 (it cannot be drawn) or GP544 (it holds more than a drawing).
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusableError("GP542", msg("picture {name} is not UTF-8"), msg("save it as UTF-8")) from None
    reader = _Reader()
    reader.read(text)
    if reader.drawn("") > MAX_DRAWN:
        _refuse(msg("picture {name} repeats its parts (`use`) more than 100,000 times in all"))


def natural_size(attributes: Mapping[str, str]) -> tuple[float, float] | None:
    """Read the size that an SVG's outermost tag states, else that of its view box, in pixels of 1/96 inch; None where there is none."""
    width, height = (_LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height"))
    if width and height:
        size = (float(width[1]) * _PIXELS[width[2]], float(height[1]) * _PIXELS[height[2]])
    else:
        try:
            box = [float(part) for part in attributes.get("viewBox", "").replace(",", " ").split()]
        except ValueError:
            return None
        size = (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)  # noqa: PLR2004 - x, y, width, height
    return size if all(isfinite(side) and 1 <= side <= _LARGEST for side in size) else None


def _refuse(message: Message) -> Never:
    raise UnusableError("GP544", message, _REDRAW)


@dataclass
class _Reader:
    """Walks through a file once; stops at the first thing that is not allowed."""

    open: list[str] = field(default_factory=list)
    """The elements that are open, by names as shown."""
    within: list[str] = field(default_factory=lambda: [""])
    """The ids that are open, the file itself first: what a reference to each would draw."""
    named: list[bool] = field(default_factory=list)
    count: int = 0
    holds: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Elements directly within each id."""
    refers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """What each id has drawn besides: ids inside it, and those it refers to. References by style sheets are not counted."""
    style: list[str] | None = None

    def read(self, text: str) -> None:
        parser = expat.ParserCreate("utf-8", namespace_separator=_SEPARATOR)
        parser.XmlDeclHandler = _in_utf_8
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _no_declarations
        parser.EntityDeclHandler = lambda *_: _refuse(_ENTITIES)
        parser.ProcessingInstructionHandler = lambda target, _: _refuse(
            msg("picture {name} contains a processing instruction (<?{target}?>)", target=target)
        )
        try:
            parser.Parse(text.encode(), True)  # noqa: FBT003 - expat's signature: it is all of the file
        except expat.ExpatError as error:
            if not self.count:
                message = msg("{name} is not a picture, despite its name")
                raise UnusableError("GP541", message, msg("use a picture file")) from error
            message = msg(
                "picture {name} is not well-formed: {reason} (line {line})", reason=expat.ErrorString(error.code), line=error.lineno
            )
            raise UnusableError("GP542", message, _REDRAW) from error

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        space, _, name = tag.rpartition(_SEPARATOR)
        if self.count == 1:
            self._outermost(space, name, attributes)
        if space == _HTML or (space in {"", _NAMESPACE} and name not in _ELEMENTS):
            _refuse(msg("picture {name} holds a <{element}>", element=name))
        if self.count > MAX_ELEMENTS:
            _refuse(msg("picture {name} holds more than {limit} elements", limit=f"{MAX_ELEMENTS:,}"))
        if len(self.open) >= MAX_DEPTH:
            _refuse(msg("picture {name} nests elements more than {limit} levels deep", limit=MAX_DEPTH))
        self.open.append(name)
        if name == "style":
            self.style = []
        self._reference(name, attributes)
        for each, value in attributes.items():
            self._attribute(name, each, value)

    def _outermost(self, space: str, name: str, attributes: dict[str, str]) -> None:
        if name != "svg" or space not in {"", _NAMESPACE}:
            raise UnusableError(
                "GP541", msg("{name} is not an SVG drawing: its outermost element is <{element}>", element=name), msg("name a picture")
            )
        if not space:
            message = msg("picture {name} does not declare the SVG namespace, so browsers would not show it")
            raise UnusableError("GP542", message, f'write <svg xmlns="{_NAMESPACE}" …>')
        if natural_size(attributes) is None:
            raise UnusableError(
                "GP542", msg("picture {name} states no usable size"), msg('write width="…" and height="…" into its <svg> tag')
            )

    def _reference(self, name: str, attributes: dict[str, str]) -> None:
        """Count what each id draws."""
        id_ = attributes.get("id", "")
        self.holds[self.within[-1]] += 1
        if id_:
            self.refers[self.within[-1]].append(id_)
            self.within.append(id_)
        self.named.append(bool(id_))
        href = attributes.get("href") or attributes.get(f"{_XLINK}{_SEPARATOR}href") or ""
        local = _LOCAL.fullmatch(href)
        if href and not local:
            _refuse(msg("picture {name} refers to another file: <{element} href=“{address}”>", element=name, address=href[:40]))
        if local and name == "use":
            self.refers[self.within[-1]].append(local[1])
        for value in attributes.values():
            self.refers[self.within[-1]] += _PAINT.findall(value)

    def _attribute(self, element: str, name: str, value: str) -> None:
        space, _, short = name.rpartition(_SEPARATOR)
        if short.lower().startswith("on") and space in {"", _NAMESPACE}:
            _refuse(msg("picture {name} has a script: <{element} {attribute}=…>", element=element, attribute=short))
        if space == _XML and short == "base":
            _refuse(msg("picture {name} redirects its references (xml:base)"))
        if space in {"", _NAMESPACE} and _SUSPECT.search(value):
            self._style(value)

    def _style(self, text: str) -> None:
        problem = next(iter(style_problems(text, _not_in_the_file)), None)
        if problem:
            _refuse(msg("picture {name} has a style that could load something: {reason}", reason=problem.message))

    def _characters(self, text: str) -> None:
        if self.style is not None:
            self.style.append(text)

    def _end(self, _: str) -> None:
        if self.open.pop() == "style" and self.style is not None:
            self._style("".join(self.style))
            self.style = None
        if self.named.pop():
            self.within.pop()

    def drawn(self, start: str) -> int:
        """Count the elements that drawing an id takes, every reference followed; a circle counts as too many."""
        totals: dict[str, int] = {}
        begun: set[str] = set()
        waiting = [start]
        while waiting:
            at = waiting[-1]
            if at in totals:
                waiting.pop()
            elif at in begun:
                drawn = self.holds.get(at, 0) + sum(totals.get(each, MAX_DRAWN) for each in self.refers.get(at, ()))
                totals[at] = min(drawn, MAX_DRAWN + 1)
                waiting.pop()
            else:
                begun.add(at)
                waiting += [each for each in self.refers.get(at, ()) if each not in totals and each not in begun]
        return totals[start]


def _in_utf_8(_version: str, encoding: str | None, _standalone: int) -> None:
    """Refuse a file whose encoding others would read otherwise than it is read here."""
    if (encoding or "utf-8").lower() not in {"utf-8", "us-ascii"}:
        raise UnusableError("GP542", msg("picture {name} says that its encoding is {encoding}", encoding=encoding), msg("save it as UTF-8"))


def _not_in_the_file(address: str) -> str:
    return msg("`{address}` is not in the file", address=shown(address))


def _no_declarations(_name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
    """Let the usual document type pass, which nobody fetches; not one that declares something."""
    if has_subset:
        _refuse(_ENTITIES)
