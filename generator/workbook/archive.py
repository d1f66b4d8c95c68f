"""The workbook as bytes: the same workbook makes the same bytes."""

import io
import re
import zipfile
from datetime import date

from openpyxl.workbook import Workbook

_TIME = (1980, 1, 1, 0, 0, 0)
_PROPERTIES = "docProps/core.xml"
_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")


def packed(book: Workbook, issued: date) -> bytes:
    """Save a workbook that was made on the day `issued`, at no time of the clock; openpyxl would state when it saved."""
    raw = io.BytesIO()
    book.save(raw)
    result = io.BytesIO()
    moment = f"{issued.isoformat()}T00:00:00Z".encode()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == _PROPERTIES:
                data = _MOMENT.sub(rb"\g<1>" + moment + rb"\g<3>", data)
            member = zipfile.ZipInfo(name, _TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            target.writestr(member, data)
    return result.getvalue()
