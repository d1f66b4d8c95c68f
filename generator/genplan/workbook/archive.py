"""The workbook as bytes: the same workbook makes the same bytes."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl.workbook import Workbook
from openpyxl.writer.excel import ExcelWriter

_TIME = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")


def packed(book: Workbook, issued: date) -> bytes:
    """Save a workbook that was made on the day `issued`, at no time of the clock; openpyxl would state when it saved."""
    data = io.BytesIO()
    ExcelWriter(book, _Undated(data, issued)).save()
    return data.getvalue()


class _Undated(zipfile.ZipFile):
    """Takes the parts of a workbook, and gives each the same time. The clock's may be one that ZIP has no number for, before 1980."""

    def __init__(self, file: io.BytesIO, issued: date) -> None:
        super().__init__(file, "w")
        self._moment = f"{issued.isoformat()}T00:00:00Z".encode()

    def write(self, filename: Any, arcname: Any = None, *_: object, **__: object) -> None:  # noqa: ANN401 - as zipfile has it
        """Take a part from a file."""
        self.writestr(arcname, Path(filename).read_bytes())

    def writestr(self, name: Any, data: str | bytes, *_: object, **__: object) -> None:  # type: ignore[override]  # noqa: ANN401 - as above
        """Take a part."""
        content = data.encode() if isinstance(data, str) else data
        if name == _PROPERTIES:
            content = _MOMENT.sub(rb"\g<1>" + self._moment + rb"\g<3>", content)
        member = zipfile.ZipInfo(name, _TIME)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.create_system = 0
        super().writestr(member, content)
