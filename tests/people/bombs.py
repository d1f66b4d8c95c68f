"""Files that are small and cost much to read, unless somebody looks first: workbooks, tables, YAML and forms, by name."""

import io
import zipfile
from collections.abc import Callable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MEBIBYTE = 1024 * 1024

TYPES, RELATIONS, BOOK, BOOK_RELATIONS, STYLES, STRINGS, SHEET, PROPERTIES = (
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "xl/worksheets/sheet1.xml",
    "docProps/custom.xml",
)


def types(more: str = "") -> str:
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{KIND}.{kind}+xml"/>'
        for part, kind in ((BOOK, "sheet.main"), (SHEET, "worksheet"), (STRINGS, "sharedStrings"), (STYLES, "styles"))
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}{more}</Types>'
    )


def relations(more: str = "") -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in (
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            ("r2", "sharedStrings", "sharedStrings.xml"),
            ("r3", "styles", "styles.xml"),
        )
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}{more}</Relationships>'


def book(sheets: str = '<sheet name="考核" sheetId="1" r:id="r1"/>', more: str = "") -> str:
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets>{more}</workbook>'


def styles(formats: str = "", fonts: str = "<font/>", cells: str = "<xf/>", named: str = "") -> str:
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><fonts>{fonts}</fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>'  # noqa: E501 - markup in one piece
        f"<cellStyleXfs><xf/></cellStyleXfs><cellXfs>{cells}</cellXfs><cellStyles>{named}</cellStyles></styleSheet>"
    )


def strings(items: str) -> str:
    return f'<sst xmlns="{MAIN}"><si><t>工号</t></si><si><t>姓名</t></si><si><t>0007</t></si><si><t>测试甲</t></si>{items}</sst>'


ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row>'
)


def sheet(rows: str = ROWS, before: str = '<dimension ref="A1:B2"/>', after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def workbook(**parts: str | None) -> bytes:
    """Pack a workbook of one person, some of its parts replaced: `styles="…"`."""
    texts: dict[str, str] = {
        TYPES: parts.get("types") or types(),
        RELATIONS: f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        BOOK: parts.get("book") or book(),
        BOOK_RELATIONS: parts.get("relations") or relations(),
        STYLES: parts.get("styles") or styles(),
        STRINGS: parts.get("strings") or strings(""),
        SHEET: parts.get("sheet") or sheet(),
    }
    if properties := parts.get("properties"):
        texts[PROPERTIES] = properties
    return packed(texts)


def packed(texts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return out.getvalue()


def tag(name: str, inner: str) -> str:
    return f"<{name}>{inner}</{name}>"


def _members(count: int) -> bytes:
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(count):
            archive.writestr(zipfile.ZipInfo(str(number)), "")
    return out.getvalue()


def _nested(depth: int, tag: str) -> str:
    return f"<{tag}>" * depth + f"</{tag}>" * depth


WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "cell formats": lambda: workbook(styles=styles(cells="<xf/>" * 1_500_000)),
    "cell formats of long elements": lambda: workbook(styles=styles(cells='<xf numFmtId="0" fontId="0"><alignment/></xf>' * 900_000)),
    "fonts": lambda: workbook(styles=styles(fonts='<font><sz val="11"/><b/><color rgb="FF112233"/></font>' * 600_000)),
    "number formats": lambda: workbook(styles=styles("".join(f'<numFmt numFmtId="{n}" formatCode="0.{n}"/>' for n in range(164, 600_000)))),
    "one number format": lambda: workbook(
        styles=styles(f'<numFmt numFmtId="164" formatCode="{"[h]" * (12 * MEBIBYTE)}"/>', cells='<xf numFmtId="164"/>')
    ),
    "a number format of many styles": lambda: workbook(
        styles=styles(f'<numFmt numFmtId="164" formatCode="{"[h]" * 300_000}"/>', cells='<xf numFmtId="164"/>' * 90_000)
    ),
    "cell styles": lambda: workbook(styles=styles(named='<cellStyle name="a" xfId="0"/>' * 900_000)),
    "shared strings": lambda: workbook(strings=strings("<si><t>a</t></si>" * 3_000_000)),
    "distinct shared strings": lambda: workbook(strings=strings("".join(f"<si><t>{n:x}</t></si>" for n in range(2_500_000)))),
    "one shared string": lambda: workbook(strings=strings(f"<si><t>{'a' * (60 * MEBIBYTE)}</t></si>")),
    "one shared string of Chinese": lambda: workbook(strings=strings(f"<si><t>{'考' * (20 * MEBIBYTE)}</t></si>")),
    "runs of one shared string": lambda: workbook(strings=strings(f"<si>{'<r><t>a</t></r>' * 3_500_000}</si>")),
    "defined names": lambda: workbook(book=book(more=tag("definedNames", '<definedName name="n">A</definedName>' * 1_000_000))),
    "one defined name": lambda: workbook(
        book=book(
            more=tag("definedNames", f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{"$A:" * (15 * MEBIBYTE)}</definedName>')
        )
    ),
    "sheets": lambda: workbook(book=book("".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 200_000)))),
    "sheets that share a large part": lambda: workbook(
        book=book("".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 100))),
        sheet=sheet("".join(f'<row r="{n}"><c r="A{n}"/></row>' for n in range(1, 600_000)), before=""),
    ),
    "book views": lambda: workbook(book=book(more=tag("bookViews", "<workbookView/>" * 1_500_000))),
    "merged ranges": lambda: workbook(sheet=sheet(after=tag("mergeCells", '<mergeCell ref="A1:B2"/>' * 1_900_000))),
    "conditional formats": lambda: workbook(
        sheet=sheet(
            after='<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>1</formula></cfRule></conditionalFormatting>'  # noqa: E501 - markup in one piece
            * 450_000
        )
    ),
    "columns": lambda: workbook(sheet=sheet(before=tag("cols", '<col min="1" max="1" width="9"/>' * 1_800_000))),
    "validations": lambda: workbook(
        sheet=sheet(
            after=tag("dataValidations", '<dataValidation sqref="A1" type="list"><formula1>1</formula1></dataValidation>' * 600_000)
        )
    ),
    "hyperlinks": lambda: workbook(sheet=sheet(after=tag("hyperlinks", '<hyperlink ref="A1" display="a"/>' * 1_500_000))),
    "custom views": lambda: workbook(sheet=sheet(after=tag("customSheetViews", '<customSheetView guid="{0}"/>' * 1_500_000))),
    "extensions": lambda: workbook(sheet=sheet(after=tag("extLst", "<ext><a/></ext>" * 900_000))),
    "wide rows": lambda: workbook(sheet=sheet("".join(f'<row r="{n}">{"<c><v>1</v></c>" * 500}</row>' for n in range(1, 2000)))),
    "cells within bounds": lambda: workbook(sheet=sheet("".join(f'<row r="{n}">{"<c><v>1</v></c>" * 50}</row>' for n in range(1, 19_000)))),
    "empty rows": lambda: workbook(sheet=sheet(ROWS + "".join(f'<row r="{n}"/>' for n in range(3, 1_040_000)))),
    "one row": lambda: workbook(sheet=sheet(f'<row r="1">{"<c/>" * 12_000_000}</row>')),
    "nested elements": lambda: workbook(sheet=sheet(after=_nested(2_000_000, "a"))),
    "nested styles": lambda: workbook(styles=styles(fonts=_nested(1_500_000, "font"))),
    "nested runs": lambda: workbook(strings=strings(f"<si>{_nested(2_000_000, 'r')}</si>")),
    "attributes": lambda: workbook(sheet=sheet(after="<a " + " ".join(f'a{n}=""' for n in range(1_000_000)) + "/>")),
    "attributes of styles": lambda: workbook(styles=styles(fonts="<font " + " ".join(f'a{n}=""' for n in range(1_000_000)) + "/>")),
    "one cell": lambda: workbook(sheet=sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * (60 * MEBIBYTE)}</t></is></c></row>')),
    "one number": lambda: workbook(sheet=sheet(f'<row r="1"><c r="A1"><v>{"9" * (60 * MEBIBYTE)}</v></c></row>')),
    "text between cells": lambda: workbook(sheet=sheet(f'<row r="1">{"a" * (60 * MEBIBYTE)}</row>')),
    "distinct tags": lambda: workbook(sheet=sheet(after="".join(f"<a{n}/>" for n in range(1_900_000)))),
    "namespaces": lambda: workbook(sheet=sheet(after="".join(f'<a xmlns="{n}"/>' for n in range(1_900_000)))),
    "content types": lambda: workbook(types=types('<Override PartName="/a" ContentType="a"/>' * 1_000_000)),
    "relations": lambda: workbook(relations=relations('<Relationship Id="a" Type="b" Target="c"/>' * 1_000_000)),
    "properties": lambda: workbook(
        types=types(
            '<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
        ),
        properties='<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        + '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="a"><vt:lpwstr>b</vt:lpwstr></property>' * 500_000
        + "</Properties>",
    ),
    "parts": lambda: _members(100_000),
}

TEXT_CELL = '<c t="inlineStr"><is><t>text</t></is></c>'
ERROR_CELL = '<c t="e"><v>#N/A</v></c>'

AT_THE_LIMIT: dict[str, Callable[[], bytes]] = {
    "cell formats": lambda: workbook(styles=styles(cells="<xf/>" * 99_000)),
    "distinct cell formats": lambda: workbook(styles=styles(cells="".join(f'<xf numFmtId="{n}" fontId="0"/>' for n in range(99_000)))),
    "fonts": lambda: workbook(styles=styles(fonts='<font><sz val="11"/><b/><color rgb="FF112233"/></font>' * 24_000)),
    "number formats": lambda: workbook(styles=styles("".join(f'<numFmt numFmtId="{n}" formatCode="0.{n}"/>' for n in range(164, 99_000)))),
    "long number formats": lambda: workbook(
        styles=styles(f'<numFmt numFmtId="164" formatCode="{"[h]" * 99}"/>', cells='<xf numFmtId="164"/>' * 99_000)
    ),
    "cell styles": lambda: workbook(styles=styles(named="".join(f'<cellStyle name="a{n}" xfId="0"/>' for n in range(99_000)))),
    "defined names": lambda: workbook(
        book=book(more=tag("definedNames", "".join(f'<definedName name="n{n}">A</definedName>' for n in range(99_000))))
    ),
    "print titles": lambda: workbook(
        book=book(more=tag("definedNames", f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{"$A:" * 21_000}</definedName>' * 500))
    ),
    "print areas": lambda: workbook(
        book=book(more=tag("definedNames", f'<definedName name="_xlnm.Print_Area" localSheetId="0">{"A1," * 21_000}</definedName>' * 500))
    ),
    "sheets": lambda: workbook(book=book("".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 251)))),
    "sheets that share a part without a size": lambda: workbook(
        book=book("".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 251))),
        sheet=sheet(ROWS + "".join(f'<row r="{n}"/>' for n in range(3, 7900)), before=""),
    ),
    "sheets of relations": lambda: packed(
        {
            TYPES: types(),
            BOOK: book("".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, 251))),
            BOOK_RELATIONS: relations(),
            STYLES: styles(),
            STRINGS: strings(""),
            SHEET: sheet(),
            "xl/worksheets/_rels/sheet1.xml.rels": relations('<Relationship Id="a" Type="b" Target="c"/>' * 98_000),
        }
    ),
    "book views": lambda: workbook(book=book(more=tag("bookViews", "<workbookView/>" * 99_000))),
    "merged ranges": lambda: workbook(sheet=sheet(after=tag("mergeCells", '<mergeCell ref="A1:B2"/>' * 99_000))),
    "shared strings": lambda: workbook(strings=strings("".join(f"<si><t>{n}</t></si>" for n in range(358_000)))),
    "long shared strings": lambda: workbook(strings=strings("".join(f"<si><t>{n}{'考' * 20_000}</t></si>" for n in range(1000)))),
    "runs": lambda: workbook(strings=strings("<si><r><rPr><b/><sz val='1'/></rPr><t>a</t></r></si>" * 24_000)),
    "content types": lambda: workbook(types=types('<Override PartName="/a" ContentType="a"/>' * 99_000)),
    "relations": lambda: workbook(relations=relations("".join(f'<Relationship Id="a{n}" Type="b" Target="c"/>' for n in range(99_000)))),
    "cells": lambda: workbook(sheet=sheet("".join(f'<row r="{n}">{"<c><v>1.5</v></c>" * 40}</row>' for n in range(1, 8800)))),
    "cells of text": lambda: workbook(sheet=sheet("".join(f'<row r="{n}">{TEXT_CELL * 40}</row>' for n in range(1, 5800)))),
    "formulas without a value": lambda: workbook(
        sheet=sheet("".join(f'<row r="{n}">{"<c><f>1</f></c>" * 40}</row>' for n in range(1, 8800)))
    ),
    "errors": lambda: workbook(sheet=sheet("".join(f'<row r="{n}">{ERROR_CELL * 40}</row>' for n in range(1, 8800)))),
    "dates": lambda: workbook(
        styles=styles(cells='<xf numFmtId="22"/>'),
        sheet=sheet("".join(f'<row r="{n}">{"<c><v>45000.5</v></c>" * 40}</row>' for n in range(1, 8800))),
    ),
    "attributes": lambda: workbook(sheet=sheet(after=("<a " + " ".join(f'a{n}=""' for n in range(100_000)) + "/>") * 30)),
    "remarks": lambda: workbook(styles=styles(fonts="<font/>" + f"<!--{'a' * 900_000}-->" * 60)),
    "namespaces": lambda: workbook(sheet=sheet(after="".join(f'<a xmlns="{n}"/>' for n in range(99_000)))),
    "names of a kilobyte": lambda: workbook(sheet=sheet(after="".join(f"<a{n}{'b' * 600}/>" for n in range(99_000)))),
    "parts": lambda: _members(1900),
}
"""Workbooks that hold just as much as is read, of one thing each."""

HEAD = "工号,姓名,社群新增用户数\n"

TABLES: dict[str, Callable[[], bytes]] = {
    "columns": lambda: ",".join(f"c{n}" for n in range(16_000)).encode() + b"\n" + (b",".join([b"1"] * 16_000) + b"\n") * 500,
    "columns without headers": lambda: HEAD.encode() + (b"," * 16_000 + b"\n") * 1000,
    "separators": lambda: HEAD.encode() + b"," * (15 * MEBIBYTE),
    "separators under headers": lambda: b"a" + b"," * 16_000 + b"\n" + (b"," * 16_000 + b"1\n") * 1000,
    "headers": lambda: b"a," * (8 * MEBIBYTE - 1),
    "one field": lambda: HEAD.encode() + b'0007,"' + b"a" * (15 * MEBIBYTE) + b'",1\n',
    "one field without quotes": lambda: HEAD.encode() + b"0007," + b"a" * (15 * MEBIBYTE) + b",1\n",
    "fields at the limit": lambda: HEAD.encode() + (b"0007," + b"a" * 131_000 + b",1\n") * 120,
    "empty lines": lambda: HEAD.encode() + b"\n" * (15 * MEBIBYTE),
    "empty records": lambda: HEAD.encode() + b",,\n" * (5 * MEBIBYTE),
    "carriage returns": lambda: HEAD.encode() + b"\r" * (15 * MEBIBYTE),
    "quotes": lambda: HEAD.encode() + b'""' * (7 * MEBIBYTE),
    "quotes in the head": lambda: b'"",' * (5 * MEBIBYTE),
    "quote that is not closed": lambda: HEAD.encode() + b'0007,"' + b"a\n" * (7 * MEBIBYTE),
    "NUL": lambda: HEAD.encode() + b"\0" * (15 * MEBIBYTE),
    "NUL in cells": lambda: HEAD.encode() + b"\0,\0,\0\n" * 20_000,
    "cells": lambda: ",".join(f"c{n}" for n in range(400)).encode() + b"\n" + (b",".join([b"1"] * 400) + b"\n") * 19_000,
    "rows": lambda: HEAD.encode() + b"7,a,1\n" * (2 * MEBIBYTE),
}

LISTS: dict[str, Callable[[], bytes]] = {
    "items": lambda: b"- a\n" * (1024 * 1024 - 10),
    "flow": lambda: b"[" + b"a," * (2 * MEBIBYTE - 10) + b"]",
    "empty flow": lambda: b"[" + b"[]," * (MEBIBYTE + 100_000) + b"]",
    "keys": lambda: b"- {" + b"".join(b"k%d: 1, " % n for n in range(300_000)) + b"}",
    "brackets": lambda: b"[" * (4 * MEBIBYTE - 10),
    "brackets behind records": lambda: "- {工号: '1', 姓名: 甲}\n".encode() * 130_000 + b"- " + b"[" * 5000,
    "mistake behind brackets in text": lambda: b"- {a: '" + b"[" * 40 + b"'}\n" + b"- {a: 1}\n" * 400_000 + b"- {a: 1",
    "one text": lambda: b"- {a: " + b"a" * (4 * MEBIBYTE - 100) + b"}",
    "one text of lines": lambda: b"- |\n" + b" a\n" * (MEBIBYTE + 300_000),
    "anchors": lambda: b"- &a [" + b"*a," * (MEBIBYTE) + b"]",
    "remarks": lambda: b"#\n" * (2 * MEBIBYTE - 10),
    "spaces": lambda: b"- a:" + b" " * (4 * MEBIBYTE - 100) + b"b",
    "long key": lambda: b"- " + b"a" * (4 * MEBIBYTE - 100) + b": b",
    "documents": lambda: b"---\n" * (MEBIBYTE - 10),
}


def form(body: str, **more: str) -> bytes:
    parts = {"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'}
    return packed(parts | {f"word/{name}.xml": text for name, text in more.items()})


def control(content: str, name: str = "by", more: str = "") -> str:
    return f'<w:sdt><w:sdtPr><w:tag w:val="{name}"/>{more}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def nested_controls(depth: int) -> str:
    head = '<w:sdt><w:sdtPr><w:tag w:val="by"/></w:sdtPr><w:sdtContent>'
    return head * depth + "<w:r><w:t>a</w:t></w:r>" + "</w:sdtContent></w:sdt>" * depth


FORMS: dict[str, Callable[[], bytes]] = {
    "controls": lambda: form(control("<w:r><w:t>a</w:t></w:r>") * 500_000),
    "controls of their own": lambda: form("".join(control("<w:r><w:t>a</w:t></w:r>", f"f{n}") for n in range(400_000))),
    "nested controls": lambda: form(nested_controls(200_000)),
    "nested a thousand deep": lambda: form(nested_controls(1000)),
    "nested elements": lambda: form(control(_nested(4_000_000, "a"))),
    "runs": lambda: form(control("<w:r><w:t>a</w:t></w:r>" * 2_500_000)),
    "one text": lambda: form(control(f"<w:r><w:t>{'a' * (60 * MEBIBYTE)}</w:t></w:r>")),
    "long names": lambda: form("".join(control("<w:r><w:t>a</w:t></w:r>", f"{n}" + "f" * 100_000) for n in range(500))),
    "attributes": lambda: form("<a " + " ".join(f'a{n}=""' for n in range(1_000_000)) + "/>"),
    "empty elements": lambda: form("<w:p/>" * 9_000_000),
    "headers": lambda: form("", **{f"header{n}": f'<w:hdr xmlns:w="{WORD}">{"<w:p/>" * 5000}</w:hdr>' for n in range(1500)}),
    "text between": lambda: form("a" * (60 * MEBIBYTE)),
}
