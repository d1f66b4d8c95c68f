"""What the file says about itself: the core and the extended properties."""

from genplan.theme.document import Metadata
from genplan.writers.docx.xml import DECLARATION, escape

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def core(metadata: Metadata) -> str:
    """Write the core properties; the date of issue is the only time there is."""
    moment = f"{metadata.issued.isoformat()}T00:00:00Z"
    rows = (
        ("dc:title", metadata.title),
        ("dc:subject", metadata.subject),
        ("dc:creator", metadata.author),
        ("cp:keywords", metadata.keywords),
        ("cp:category", metadata.subject),
        ("dc:identifier", metadata.identifier),
        ("dc:language", metadata.language),
        ("cp:lastModifiedBy", metadata.author),
        ("cp:revision", "1"),
    )
    times = "".join(f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified"))
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        + "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in rows if text)
        + f"{times}</cp:coreProperties>"
    )


def extended(company: str) -> str:
    """Write the extended properties."""
    named = f"<Company>{escape(company)}</Company>" if company else ""
    return f'{DECLARATION}<Properties xmlns="{_EXTENDED}"><Application>genplan</Application>{named}</Properties>'


def custom(kind: str) -> str:
    """Write the custom properties: the document's kind, by which a folder of files or a mail rule can tell records apart."""
    row = f'<property fmtid="{_USER_DEFINED}" pid="2" name="genplan.kind"><vt:lpwstr>{escape(kind)}</vt:lpwstr></property>'
    return f'{DECLARATION}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_TYPES}">{row}</Properties>'
