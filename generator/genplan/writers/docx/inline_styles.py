"""`style` attributes of templates: colours, weight and alignment are applied in Word; anything else is reported."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

from genplan.messages import msg
from genplan.writers.docx.context import Context, classes
from genplan.writers.docx.lettering import RUN

_BRAND_COLOR = re.compile(r"var\(\s*--color-([\w-]+)\s*\)")
_PROPERTY = re.compile(r"<w:(\w+)(?: [^>]*)?/>")
_BOLD_FROM = 600
_ALIGNMENTS = {"left": "left", "start": "left", "right": "right", "end": "right", "center": "center", "justify": "both"}
_AFTER_GROUND = re.compile("<w:(?:tabs|spacing|ind|jc|outlineLvl)[ >]")
_AFTER_ALIGNMENT = re.compile("<w:outlineLvl ")
_ON, _OFF = "", ' w:val="0"'


class Style(NamedTuple):
    """The part of a `style` attribute that Word supports, as XML."""

    run: str = ""
    """Properties of its text."""
    shade: str = ""
    """The colour behind a text, a paragraph or a cell."""
    align: str = ""
    """Of a paragraph."""


_POSITIONED = re.compile(r"\.([\w-]+)[^{}.,]*(?:,[^{}]*)?\{[^{}]*position\s*:\s*(?:absolute|fixed)")


@lru_cache(maxsize=16)
def _positioned(css: str) -> frozenset[str]:
    """Return the classes that a style sheet takes out of the text and puts at a place of the page."""
    return frozenset(match[1] for match in _POSITIONED.finditer(css))


def report_place(context: Context, picture: Element) -> None:
    """Report (GP610) a picture that the style sheet positions on the page: in Word it stays in the text."""
    for name in classes(picture):
        if name in _positioned(context.look.css):
            message = msg("the picture “{class_}” is positioned by CSS; in Word documents it stays in the text", class_=name)
            context.report("GP610", message, help=msg("put it where it should be in Word, or use a Word template for this kind"))


def style_of(context: Context, element: Element) -> Style:
    """Read the `style` attribute of an element; report (GP601) what Word documents do not support."""
    own = Style()
    for declaration in (element.get("style") or "").split(";"):
        name, _, value = (part.strip().casefold() for part in declaration.partition(":"))
        if not name or (name == "width" and "data-width" in element.keys()):  # noqa: SIM118 - an element is no mapping; Word has that width
            continue
        try:
            own = _READERS[name](own, context, value.removesuffix("!important").strip())
        except (KeyError, ValueError):
            context.report(
                "GP601",
                msg(
                    '<{tag} style="{style}"> near “{text}” is not supported in Word documents',
                    tag=element.tag,
                    style=f"{name}: {value}",
                    text=" ".join("".join(element.itertext()).split())[:20],
                ),
                help=msg("use a class, with a rule in styles/custom.css and a style in reference.docx"),
            )
    return own


def _color(own: Style, context: Context, value: str) -> Style:
    return own._replace(run=merged(own.run, f'<w:color w:val="{_hex(context, value)}"/>'))


def _background(own: Style, context: Context, value: str) -> Style:
    return own._replace(shade=f'<w:shd w:val="clear" w:color="auto" w:fill="{_hex(context, value)}"/>')


def _hex(context: Context, value: str) -> str:
    from genplan.writers.pixels import hex_color  # noqa: PLC0415 - Pillow takes a while to load, and few templates have such styles

    named = _BRAND_COLOR.fullmatch(value)
    return hex_color(context.look.brand.colors[named[1]] if named else value)


def _weight(own: Style, _: Context, value: str) -> Style:
    bold = {"bold": True, "normal": False}.get(value)
    on = _ON if (int(value) >= _BOLD_FROM if bold is None else bold) else _OFF
    return own._replace(run=merged(own.run, f"<w:b{on}/><w:bCs{on}/>"))


def _slant(own: Style, _: Context, value: str) -> Style:
    on = {"italic": _ON, "oblique": _ON, "normal": _OFF}[value]
    return own._replace(run=merged(own.run, f"<w:i{on}/><w:iCs{on}/>"))


def _line(own: Style, _: Context, value: str) -> Style:
    line = {"underline": '<w:u w:val="single"/>', "line-through": "<w:strike/>", "none": '<w:u w:val="none"/>'}[value]
    return own._replace(run=merged(own.run, line))


def _alignment(own: Style, _: Context, value: str) -> Style:
    return own._replace(align=f'<w:jc w:val="{_ALIGNMENTS[value]}"/>')


_READERS: dict[str, Callable[[Style, Context, str], Style]] = {
    "color": _color,
    "background": _background,
    "background-color": _background,
    "font-weight": _weight,
    "font-style": _slant,
    "text-decoration": _line,
    "text-align": _alignment,
}


def merged(outer: str, inner: str) -> str:
    """Join the properties of runs in Word's order; of two that are the same, the inner one counts."""
    if not (outer and inner):
        return outer or inner
    found = {match[1]: match[0] for properties in (outer, inner) for match in _PROPERTY.finditer(properties)}
    return "".join(sorted(found.values(), key=lambda text: RUN.index(_PROPERTY.match(text)[1])))  # type: ignore[index]


def aligned(properties: str, own: str) -> str:
    """Insert the shading and the alignment of a paragraph into its properties, in Word's order."""
    ground, align = own.partition("<w:jc")[0], "".join(own.partition("<w:jc")[1:])
    for text, behind in ((ground, _AFTER_GROUND), (align, _AFTER_ALIGNMENT)):
        after = behind.search(properties)
        at = after.start() if after else len(properties)
        properties = f"{properties[:at]}{text}{properties[at:]}"
    return properties
