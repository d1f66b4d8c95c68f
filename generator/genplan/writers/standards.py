"""PDF/A-3a and PDF/UA-1: what a file that claims them carries beyond a tagged PDF."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

import weasyprint

from genplan.theme.document import Document
from genplan.writers.options import DATA_NAME, PLAIN

_UA_AND_ITS_SCHEMA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""
"""PDF/A admits a property it does not define, such as that of PDF/UA, only with a description of its schema."""


@dataclass(frozen=True, slots=True)
class Standard:
    """A variant: what WeasyPrint calls it, whether the file also claims PDF/UA-1, and whether the document's data go with it."""

    weasyprint: str | None = None
    also_ua: bool = False
    carries_data: bool = False

    @property
    def is_archive(self) -> bool:
        """Whether the file claims PDF/A."""
        return bool(self.weasyprint and self.weasyprint.startswith("pdf/a"))

    def print_options(self, document: Document) -> dict[str, Any]:
        """Return the options of `write_pdf` that the variant takes."""
        if self.weasyprint is None:
            return {}
        attached = [_attachment(document, document.data())] if self.carries_data and document.data is not None else []
        colours = {"output_intent": "srgb"} if self.is_archive else {}
        return {"pdf_variant": self.weasyprint, "attachments": attached, **colours}

    def finish(self, pdf: Any) -> None:  # noqa: ANN401 - pydyf has no types
        """Complete the catalogue and the metadata that WeasyPrint made."""
        if "AF" in pdf.catalog:  # WeasyPrint 70 lists each attached file twice
            pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
        for image in pdf.objects if self.is_archive else ():
            if "Interpolate" in (extra := getattr(image, "extra", {})):
                extra["Interpolate"] = "false"  # smoothing is the reader's choice, which PDF/A rules out
        if self.also_ua:  # it writes the identifier of one standard
            stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])].stream
            stream[:] = [part.replace(b"</rdf:RDF>", _UA_AND_ITS_SCHEMA) for part in stream]


STANDARDS = {
    PLAIN: Standard(),
    "pdf/a-3a": Standard("pdf/a-3a", carries_data=True),
    "pdf/ua-1": Standard("pdf/ua-1"),
    "pdf/a-3a+ua-1": Standard("pdf/a-3a", also_ua=True, carries_data=True),
}
"""PDF_VARIANTS to what makes them."""


def _attachment(document: Document, data: bytes) -> weasyprint.Attachment:
    issued = datetime.combine(document.metadata.issued, time(), UTC)
    return weasyprint.Attachment(
        string=data.decode(),
        name=DATA_NAME,
        description=document.metadata.title,
        created=issued,
        modified=issued,
        relationship="Data",
    )
