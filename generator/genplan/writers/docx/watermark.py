"""Word's own kind of watermark: a shape named PowerPlusWaterMarkObject in every header, which Word's menu shows and removes."""

import io
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from genplan.writers.docx.archive import archive, entry
from genplan.writers.docx.relations import kind
from genplan.writers.docx.xml import DECLARATION, R, W, escape

_TYPES = "[Content_Types].xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_LONGEST, _TALLEST = 500.0, 125.0
"""Length and height of the text at most, in points: what `writers.watermark` gives it on pages."""
_WIDE_FROM = 0x2E80
"""Characters from here on, the Chinese ones among them, are an em wide; those before, about half of it."""

_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>'
    '<v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>'
    '<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)


def stamp(data: bytes, text: str, font: str, colour: str) -> bytes:
    """Put a watermark behind every page of a Word document; the same document gives the same bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as source_zip:
        parts = {name: source_zip.read(name) for name in source_zip.namelist()}
    main = _main(parts)
    relations = posixpath.join(posixpath.dirname(main), "_rels", f"{posixpath.basename(main)}.rels")
    _give_headers(parts, main, relations)
    for number, name in enumerate(_headers(parts, main, relations), 1):
        root = _parse(parts[name])
        _add(root, _shape(number, text, font, colour))
        parts[name] = _serialized(root)
    return archive([entry(name, content) for name, content in parts.items()])


def _parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _serialized(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _main(parts: dict[str, bytes]) -> str:
    rows = _parse(parts["_rels/.rels"])
    return next(str(row.get("Target")).lstrip("/") for row in rows if row.get("Type") == kind("officeDocument"))


def _headers(parts: dict[str, bytes], main: str, relations: str) -> Iterator[str]:
    folder = posixpath.dirname(main)
    targets = [str(row.get("Target")) for row in _parse(parts[relations]) if row.get("Type") == kind("header")]
    yield from dict.fromkeys(
        target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}") for target in targets
    )


def _give_headers(parts: dict[str, bytes], main: str, relations: str) -> None:
    """Ensure that every page has a header. A section without one inherits it, but the first section has none to inherit."""
    document = _parse(parts[main])
    own = posixpath.join(posixpath.dirname(main), "genplan-watermark.xml")
    settings = parts.get(posixpath.join(posixpath.dirname(main), "settings.xml"))
    even = settings is not None and _on(_parse(settings), "evenAndOddHeaders")
    had: set[str] = set()
    for section in document.iter(f"{{{W}}}sectPr"):
        had |= {str(row.get(f"{{{W}}}type")) for row in section.findall(f"{{{W}}}headerReference")}
        wanted = ["default", *(["even"] if even else []), *(["first"] if _on(section, "titlePg") else [])]
        for place, name in enumerate(each for each in wanted if each not in had):
            row = etree.Element(f"{{{W}}}headerReference", {f"{{{W}}}type": name, f"{{{R}}}id": _relate(parts, relations, own)})
            section.insert(place, row)
            had.add(name)
            parts[main] = b""
    if not parts[main]:
        parts[main] = _serialized(document)
        parts[own] = f'{DECLARATION}<w:hdr xmlns:w="{W}"><w:p/></w:hdr>'.encode()
        types = _parse(parts[_TYPES])
        etree.SubElement(types, f"{{{_PACKAGE}/content-types}}Override", PartName=f"/{own}", ContentType=_HEADER_TYPE)
        parts[_TYPES] = _serialized(types)


def _on(holder: etree._Element, name: str) -> bool:
    switch = holder.find(f"{{{W}}}{name}")
    return switch is not None and switch.get(f"{{{W}}}val", "1") not in {"0", "false", "off"}


def _relate(parts: dict[str, bytes], relations: str, part: str) -> str:
    rows = _parse(parts[relations])
    target = posixpath.basename(part)
    for row in rows:
        if row.get("Target") == target:
            return str(row.get("Id"))
    id_ = "rIdGenplanWatermark"
    etree.SubElement(rows, f"{{{_PACKAGE}/relationships}}Relationship", Id=id_, Type=kind("header"), Target=target)
    parts[relations] = _serialized(rows)
    return id_


def _add(root: etree._Element, run: etree._Element) -> None:
    """Put a run at the start of a header's first paragraph."""
    paragraph = root.find(f"{{{W}}}p")
    if paragraph is None:
        paragraph = etree.SubElement(root, f"{{{W}}}p")
    first = paragraph[0] if len(paragraph) else None
    paragraph.insert(1 if first is not None and first.tag == f"{{{W}}}pPr" else 0, run)


def _shape(number: int, text: str, font: str, colour: str) -> etree._Element:
    ems = sum(1.0 if ord(character) >= _WIDE_FROM else 0.55 for character in text)
    height = min(_TALLEST, _LONGEST / ems)
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{height * ems:.1f}pt;height:{height:.1f}pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    return _parse(
        (
            f'<w:r xmlns:w="{W}"><w:rPr><w:noProof/></w:rPr><w:pict xmlns:v="urn:schemas-microsoft-com:vml" '
            f'xmlns:o="urn:schemas-microsoft-com:office:office">{_SHAPE_TYPE}'
            f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" alt="{escape(text)}" '
            f'style="{style}" o:allowincell="f" fillcolor="{colour}" stroked="f">'
            f'<v:textpath style="font-family:&quot;{escape(font)}&quot;;font-size:1pt" string="{escape(text)}"/>'
            "</v:shape></w:pict></w:r>"
        ).encode()
    )
