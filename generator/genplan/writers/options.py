"""What one build asks of its files beyond their look."""

from dataclasses import dataclass

PLAIN = "plain"
PDF_VARIANTS = (PLAIN, "pdf/a-3a", "pdf/ua-1", "pdf/a-3a+ua-1")
"""What a PDF may claim to be; every one is tagged, `plain` claims no standard."""

AUTO, WEASYPRINT, TYPST = "auto", "weasyprint", "typst"
PDF_ENGINES = (AUTO, WEASYPRINT, TYPST)
"""What can make PDFs; `auto` stands for WeasyPrint where it can be used, else Typst."""
DATA_NAME = "genplan-data.json"
"""The file inside a PDF/A-3 that holds the document's data."""


@dataclass(frozen=True, slots=True)
class Options:
    """How files are written; a writer heeds what concerns its format.

    `pdf_variant` is one of PDF_VARIANTS; None stands for `plain`. `watermark` is a line of text behind every page, empty for none.
    With `duplex`, every document of a collection starts on a new sheet of paper. `pdf_engine` makes PDFs, of all documents of a build the
    same: WEASYPRINT or TYPST.
    """

    pdf_variant: str | None = None
    watermark: str = ""
    duplex: bool = False
    pdf_engine: str = WEASYPRINT

    @property
    def is_archive(self) -> bool:
        """Whether PDFs claim PDF/A, which a file that asks for a password cannot."""
        return (self.pdf_variant or PLAIN).startswith("pdf/a")


DEFAULTS = Options()
