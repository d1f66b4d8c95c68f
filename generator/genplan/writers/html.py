"""A page for the browser: the same tree with its style sheet inside, to look at before printing."""

import re
from base64 import b64encode
from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement, tostring

from genplan.diagnostics import Diagnostic, Outcome, Span
from genplan.messages import msg
from genplan.theme.document import Document
from genplan.theme.resource_checks.pictures import Picture, is_picture_name, picture_name
from genplan.theme.resource_checks.problem import UnusableError
from genplan.writers.look import Look
from genplan.writers.options import DEFAULTS, Options

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""The page fetches nothing, wherever it is opened."""
_URL = re.compile(r"""url\(\s*["']?([^"'()\\]+?)["']?\s*\)""")


def write(document: Document, look: Look, options: Options = DEFAULTS) -> Outcome[bytes | None]:
    """Write one file that needs no other; fonts are the browser's.

    Finds GP602 (a picture that is not there), and what else keeps one from being shown (GP541 to GP544).
    """
    tree = deepcopy(document.tree)
    head = tree.find("head")
    assert head is not None  # an HTML parser always makes one
    head.insert(1, Element("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}))
    style = SubElement(head, "style")
    style.text = _inside(_with_pictures(look.css + _read("styles/page.css", look), look) + _watermark(options.watermark, look))
    diagnostics = [problem for image in tree.iter("img") if (problem := _embed(image, document, look))]
    for element in tree.iter():
        if "url(" in (rules := element.get("style", "")):
            element.set("style", _with_pictures(rules, look))
    data = "<!DOCTYPE html>\n" + tostring(tree, encoding="unicode", method="html")
    return Outcome(None if diagnostics else data.encode(), diagnostics)


def _watermark(text: str, look: Look) -> str:
    """Return the style that repeats the watermark down the page, once for each sheet that it would be printed on."""
    if not text:
        return ""
    from genplan.writers.watermark import SIDE, drawing  # noqa: PLC0415 - fontTools waits until it is used

    address = f"data:image/svg+xml;base64,{b64encode(drawing(text, look).encode()).decode()}"
    return (
        f"\nbody{{background-image:url({address});background-repeat:repeat-y;background-position:center top;"
        f"background-size:{SIDE}mm 257mm;print-color-adjust:exact}}\n"
    )


def _inside(css: str) -> str:
    """Leave out the font files, which a single page cannot bring along, and whatever would end the element early."""
    lines = (line for line in css.split("\n") if not line.startswith("@font-face{"))
    return "\n".join(lines).replace("</", "<\\/")


_COPY = msg("copy it there and use its path")


def _read(name: str, look: Look) -> str:
    path = look.resolve(name)
    return path.read_text("utf-8") if path else ""


def _embed(image: Element, document: Document, look: Look) -> Diagnostic | None:
    try:
        image.set("src", _address(look.picture(image.get("src", ""))))
    except UnusableError as error:
        return error.at(Span(document.kind))
    return None


def _with_pictures(css: str, look: Look) -> str:
    """Put the pictures that rules name inside as well; what is no picture stays out of reach, by the page's policy."""
    return _URL.sub(lambda match: _inlined(match, look), css)


def _inlined(match: re.Match[str], look: Look) -> str:
    address = match[1]
    if not is_picture_name(picture_name(address)):
        return match[0]
    try:
        return f"url({_address(look.picture(address))})"
    except UnusableError:  # said where the style sheet is read
        return "none"


def _address(picture: Picture) -> str:
    """Return an address that holds the picture itself."""
    return f"data:{picture.facts.type};base64,{b64encode(picture.data).decode()}"
