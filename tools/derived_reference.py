"""Parts of tools/reference_official.py and tools/reference_looks.py: makes a theme's reference.docx out of the modern one."""

import io
import zipfile
from collections.abc import Iterable

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree
from reference_docx import Style, parse, part_of

from genplan.writers.docx.archive import archive, entry
from genplan.writers.docx.branding import Skin, rewrite_theme
from genplan.writers.docx.xml import W


def replace_styles(styles: etree._Element, changes: Iterable[Style]) -> None:
    """Replace the styles of the same name, whose numbering stays, and append the others."""
    named = {str(style.find(qn("w:name")).get(qn("w:val"))): style for style in styles.iterfind(qn("w:style"))}
    for style in changes:
        new = parse(f'<w:styles xmlns:w="{W}">{style.xml()}</w:styles>')[0]
        old = named.get(style.name)
        if old is None:
            styles.append(new)
            continue
        for number in old.iterfind(f"{qn('w:pPr')}/{qn('w:numPr')}"):
            # Numbering comes after keepLines and before everything else that these styles state.
            properties = new.find(qn("w:pPr"))
            after = [child for child in properties if child.tag in {qn("w:keepNext"), qn("w:keepLines")}]
            properties.insert(len(after), number)
        styles.replace(old, new)


def rewrite_theme_of(document: Document, skin: Skin) -> etree._Element:
    """Give a document the colours and fonts of a skin; return its theme."""
    part = part_of(document, "theme")
    theme = parse(part.blob)
    rewrite_theme(theme, skin)
    part._blob = etree.tostring(theme, encoding="UTF-8", xml_declaration=True)  # noqa: SLF001 - python-docx gives no other way
    return theme


def saved(document: Document) -> bytes:
    """Return a document as a file that is the same each time."""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return archive(entry(name, package.read(name)) for name in sorted(package.namelist()))
