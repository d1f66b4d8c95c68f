"""A page for the browser: the same tree with its style sheet inside, to look at before printing."""

from base64 import b64encode
from copy import deepcopy
from mimetypes import guess_type
from xml.etree.ElementTree import Element, SubElement, tostring

from generator.diagnostics import Diagnostic, Outcome, Span, diagnose
from generator.theme.document import Document
from generator.writers.look import Look
from generator.writers.options import DEFAULTS, Options

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""The page fetches nothing, wherever it is opened."""


def write(document: Document, look: Look, options: Options = DEFAULTS) -> Outcome[bytes | None]:
    """Write one file that needs no other; fonts are the browser's. Finds GP602 (a picture that is not the theme's)."""
    tree = deepcopy(document.tree)
    head = tree.find("head")
    assert head is not None  # an HTML parser always makes one
    head.insert(1, Element("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}))
    style = SubElement(head, "style")
    style.text = _inside(look.css + _read("styles/page.css", look) + _watermark(options.watermark, look))
    found = [problem for image in tree.iter("img") if (problem := _embed(image, document, look))]
    data = "<!DOCTYPE html>\n" + tostring(tree, encoding="unicode", method="html")
    return Outcome(None if found else data.encode(), found)


def _watermark(text: str, look: Look) -> str:
    """Give the style that repeats the watermark down the page, once for each sheet that it would be printed on."""
    if not text:
        return ""
    from generator.writers.watermark import SIDE, drawing  # noqa: PLC0415 - fontTools waits until it is used

    address = f"data:image/svg+xml;base64,{b64encode(drawing(text, look).encode()).decode()}"
    return (
        f"\nbody{{background-image:url({address});background-repeat:repeat-y;background-position:center top;"
        f"background-size:{SIDE}mm 257mm;print-color-adjust:exact}}\n"
    )


def _inside(css: str) -> str:
    """Leave out the font files, which a single page cannot bring along, and whatever would end the element early."""
    lines = (line for line in css.split("\n") if not line.startswith("@font-face{"))
    return "\n".join(lines).replace("</", "<\\/")


_COPY = "copy it there and name it by its path"


def _read(name: str, look: Look) -> str:
    path = look.resolve(name)
    return path.read_text("utf-8") if path else ""


def _embed(image: Element, document: Document, look: Look) -> Diagnostic | None:
    name = image.get("src", "")
    path = look.resolve(name)
    if path is None:
        return diagnose("GP602", Span(document.kind), f"`{name}` is not a file of the theme or beside the plan", help=_COPY)
    image.set("src", f"data:{guess_type(path.name)[0] or 'application/octet-stream'};base64,{b64encode(path.read_bytes()).decode()}")
    return None
