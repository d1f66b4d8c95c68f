"""Each limit of what is read holds by itself: just above it a file is refused for that very reason, whatever other limits would say."""

from collections.abc import Callable

import pytest
from bombs import ROWS, book, form, packed, relations, sheet, strings, styles, tag, workbook

from genplan.people.readers import read_table
from genplan.people.word_fields import read_fields

NAMES = f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{"$A:" * 20_000}</definedName>' * 5
SHEETS = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 251))
UNSIZED = sheet(ROWS + "".join(f'<row r="{n}"/>' for n in range(3, 8_100)), before="")

LIMITS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "parts": ("xlsx", lambda: packed({f"{n}.xml": "<a/>" for n in range(2_001)}), "more than 2000 parts"),
    "cells": (
        "xlsx",
        lambda: workbook(sheet=sheet("".join(f'<row r="{n}">{"<c/>" * 499}</row>' for n in range(1, 1_442)))),
        "more than 360000 cells",
    ),
    "other elements": ("xlsx", lambda: workbook(styles=styles(cells="<xf/>" * 100_001)), "more than 100000 styles"),
    "sheets": ("xlsx", lambda: workbook(book=book(SHEETS + '<sheet name="more" sheetId="251" r:id="r1"/>')), "more than 250 sheets"),
    "sheets without a size": ("xlsx", lambda: workbook(book=book(SHEETS), sheet=UNSIZED), "250 sheets that do not declare their size"),
    "names": ("xlsx", lambda: workbook(book=book(more=tag("definedNames", NAMES))), "names of more than 262144 characters"),
    "a number format": (
        "xlsx",
        lambda: workbook(styles=styles(f'<numFmt numFmtId="164" formatCode="{"0" * 301}"/>')),
        "a number format of more than 300",
    ),
    "depth": ("xlsx", lambda: workbook(sheet=sheet(after="<a>" * 64 + "</a>" * 64)), "nested more than 64 levels deep"),
    "a text": ("xlsx", lambda: workbook(strings=strings(f"<si><t>{'a' * 65_537}</t></si>")), "a text of more than 65536 characters"),
    "a tag": ("xlsx", lambda: workbook(relations=relations(f"<!--{'a' * 1_200_000}-->")), "a tag or remark of more than 1024 KiB"),
    "columns": ("csv", lambda: b"a,b" + b"," * 16_400 + b"\n1,2\n", "columns"),
    "lines": ("csv", lambda: b"a,b\n1,2\n" + b"\n" * 1_000_001, "more than 1000000 lines"),
    "a record": ("csv", lambda: b"a,b\n" + (b"a" * 100_000 + b",") * 11 + b"\n", "a record of more than 1048576 characters"),
    "rows": ("csv", lambda: b"a,b\n" + b"1,2\n" * 20_001, "20001 rows and 2 columns: more than the limit"),
    "many rows": ("csv", lambda: b"a,b\n" + b"1,2\n" * 30_000, "more than 20000 rows"),
    "cells of a table": ("csv", lambda: b",".join(b"c%d" % n for n in range(400)) + (b"\n" + b"1," * 399 + b"1") * 901, "360000 cells"),
    "parts of a form": ("docx", lambda: form("", **{f"header{n}": "<a/>" for n in range(2_000)}), "more than 2000 parts"),
}


@pytest.mark.parametrize(("kind", "make", "reason"), LIMITS.values(), ids=LIMITS)
def test_a_limit_is_a_reason(kind: str, make: Callable[[], bytes], reason: str) -> None:
    data = make()
    value, found = read_fields(data, "x.docx") if kind == "docx" else read_table(data, f"x.{kind}")
    assert value is None
    (each,) = found
    assert each.code == ("GP611" if kind == "docx" else "GP418")
    assert reason in each.message
