"""What is wrong with a Word template is told with the paragraph it stands in."""

import io
import zipfile
from collections.abc import Callable

import pytest
from lxml import etree

from genplan.diagnostics import Diagnostic, Outcome
from genplan.writers.word_file import opening

Filled = Callable[..., Outcome[bytes | None]]
LOOP = "{%tr for line in result.lines %}", ""
END = "{%tr endfor %}", ""


def found(outcome: Outcome[bytes | None]) -> list[tuple[str, str]]:
    assert all(isinstance(each, Diagnostic) and each.span.file == "templates/kinds/notice.docx" for each in outcome.diagnostics)
    assert all(each.help for each in outcome.diagnostics)
    return [(each.code, each.message) for each in outcome.diagnostics]


def test_every_unknown_name_is_found_with_its_place(filled: Filled) -> None:
    outcome = filled(
        "一", "考核总分：{{ result.totl }}", "{{ nope }} 和 {{ plan.titel }}",
        rows=[("指标", "得分"), LOOP, ("{{ line.name }}", "{{ line.skore }}"), END], header="{{ plan.x }}",
    )  # fmt: skip
    assert outcome.value is None
    assert found(outcome) == [
        ("GP503", "paragraph 2: “考核总分：{{ result.totl }}”: 'dict object' has no attribute 'totl'"),
        ("GP503", "paragraph 3: “{{ nope }} 和 {{ plan.titel }}”: 'nope' is undefined"),
        ("GP503", "paragraph 3: “{{ nope }} 和 {{ plan.titel }}”: 'dict object' has no attribute 'titel'"),
        ("GP503", "table 1, row 3, cell 2: “{{ line.skore }}”: 'dict object' has no attribute 'skore'"),
        ("GP503", "header, paragraph 1: “{{ plan.x }}”: 'dict object' has no attribute 'x'"),
    ]


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("{{ plan. }}", "GP502", "paragraph 1: “{{ plan. }}”"),
        ("{% fo x in nothing %}", "GP502", "paragraph 1: “{% fo x in nothing %}”"),
        ("{{ 'x'|center(9) }}", "GP502", "paragraph 1: "),
        ("{{ ''.__class__ }}", "GP504", "paragraph 1: "),
        ("{{ t('no.such') }}", "GP515", "paragraph 1: “{{ t('no.such') }}”: no label `no.such`"),
        ("{{ plan.version }}", "GP506", "paragraph 1: "),
        ("{% include 'no.html.j2' %}", "GP505", "paragraph 1: "),
        ("{% if plan %}x", "GP618", "paragraph 1: “{% if plan %}x”: `{% if plan %}` is not closed"),
        ("x{% endif %}", "GP618", "paragraph 1: “x{% endif %}”: `{% endif %}` closes nothing"),
        ("{% if plan %}{% for x in nothing %}{% endif %}{% endfor %}", "GP618", "paragraph 1: "),
        ("{{ plan.title }", "GP619", "paragraph 1: “{{ plan.title }”: `{{` is not closed in its paragraph"),
        ("plan.title }}", "GP619", "paragraph 1: “plan.title }}”: `}}` closes nothing"),
    ],
)
def test_a_mistake_is_told_with_its_place(filled: Filled, text: str, code: str, message: str) -> None:
    outcome = filled(text)
    assert outcome.value is None
    ((told, words),) = found(outcome)
    assert told == code
    assert words.startswith(message)


def test_every_tag_that_cannot_be_read_is_found(filled: Filled) -> None:
    assert [code for code, _ in found(filled("{{ plan. }}", "{{ plan.title }}", "{{ 1 + }}"))] == ["GP502", "GP502"]


def test_a_tag_over_two_paragraphs(filled: Filled) -> None:
    assert [code for code, _ in found(filled("{{ plan.", "title }}"))] == ["GP619", "GP619"]


def test_an_end_without_the_letters_of_its_beginning(filled: Filled) -> None:
    outcome = filled(rows=[LOOP, ("{{ line.name }}", ""), ("{% endfor %}", "")])
    ((code, message),) = found(outcome)
    assert code == "GP618"
    assert message.startswith("table 1, row 3, cell 1: “{% endfor %}”")
    assert outcome.diagnostics[0].help == "write {%tr endfor %} in a row of its own"
    assert outcome.diagnostics[0].related[0].note.startswith("table 1, row 1, cell 1")


def test_a_block_that_ends_in_a_table(filled: Filled) -> None:
    ((code, message),) = found(filled("{%p for line in result.lines %}", rows=[("{%p endfor %}", "x")]))
    assert code == "GP618"
    assert "not in the same text or table" in message


def test_a_row_tag_with_a_percent_sign_inside(filled: Filled) -> None:
    outcome = filled(rows=[("{%tr if 3 % 2 %}", ""), ("x", ""), ("{%tr endif %}", "")])
    assert found(outcome)[0][0] == "GP502"
    assert "must not contain % or }" in outcome.diagnostics[0].help


def test_braces_in_full_width_are_a_warning(filled: Filled) -> None:
    outcome = filled("｛｛ plan.title ｝｝")
    assert outcome.value is not None
    assert [code for code, _ in found(outcome)] == ["GP622"]


# Files that cannot be templates


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for each in source.namelist():
            target.writestr(each, change(source.read(each)) if each == name else source.read(each))
    return out.getvalue()


def refusal(outcome: Outcome[bytes | None]) -> str:
    assert outcome.value is None
    ((code, message),) = found(outcome)
    assert code == "GP615"
    return message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a Word document"),
        (b"PK\x03\x04 and then nothing", "not a Word document"),
        (b"PK\x05\x06" + bytes(18), "damaged"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512), "password"),
    ],
)
def test_what_is_no_word_document(filled: Filled, data: bytes, message: str) -> None:
    assert message in refusal(filled(data))


DAMAGES: dict[str, Callable[[dict[str, bytes], str], dict[str, bytes]]] = {
    "missing": lambda parts, name: {each: data for each, data in parts.items() if each != name},
    "empty": lambda parts, name: parts | {name: b""},
    "cut": lambda parts, name: parts | {name: parts[name][: len(parts[name]) // 2]},
    "other": lambda parts, name: parts | {name: b"<other/>"},
    "properties": lambda parts, name: without_properties(parts) | {"_rels/.rels": properties_in(name)},
    "prefixed": lambda parts, name: parts | {name: prefixed(parts[name])},
}


def without_properties(parts: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in parts.items() if name != "docProps/core.xml"}


def properties_in(name: str) -> bytes:
    """Relationships by which a part is the document's properties, whatever it is."""
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    row = f'<Relationship Id="r" Type="{kind}" Target="/{name}"/>'
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{row}</Relationships>'.encode()


def prefixed(data: bytes) -> bytes:
    """The same XML, its own namespace under a prefix."""
    root = etree.fromstring(data)
    fresh = etree.Element(root.tag, dict(root.attrib), {"own": etree.QName(root).namespace})
    fresh.extend(list(root))
    return etree.tostring(fresh)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("properties", [True, False], ids=["properties", "no-properties"])
def test_whatever_part_is_damaged(filled: Filled, word: Callable[..., bytes], damage: str, *, properties: bool) -> None:
    with zipfile.ZipFile(io.BytesIO(word("{{ plan.title }}", header="{{ plan.title }}", footer="页"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts = parts if properties else without_properties(parts)
    for name in [name for name in parts if name.endswith((".xml", ".rels"))]:
        outcome = filled(zipped(DAMAGES[damage](parts, name)))
        if outcome.value is None:
            assert [diagnostic.code for diagnostic in outcome.diagnostics] == ["GP615"], name
        else:
            assert damage not in {"empty", "cut"}, name  # Word would refuse the document
            with zipfile.ZipFile(io.BytesIO(outcome.value)) as archive:
                assert "word/document.xml" in archive.namelist(), name


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("document.main+xml", "template.main+xml", ".dotx"),
        ("vnd.openxmlformats-officedocument.wordprocessingml.document.main", "vnd.ms-word.document.macroEnabled.main", "macros"),
        ("wordprocessingml.document.main", "presentationml.presentation.main", "not a Word document"),
    ],
)  # fmt: skip
def test_files_of_another_kind(filled: Filled, word: Callable[..., bytes], old: str, new: str, message: str) -> None:
    data = changed(word("x"), "[Content_Types].xml", lambda part: part.replace(old.encode(), new.encode()))
    assert message in refusal(filled(data))


@pytest.mark.parametrize(
    ("kind", "target", "allowed"),
    [
        ("hyperlink", "https://example.com/", True),
        ("hyperlink", "mailto:hr@example.com", True),
        ("hyperlink", "file:///C:/x.docx", False),
        ("image", "https://example.com/pixel.png", False),
        ("oleObject", "file:///C:/x.xlsx", False),
        ("subDocument", "part.docx", False),
        ("attachedTemplate", "file:///C:/Users/x/Normal.dotm", True),
    ],
)
def test_what_stands_outside_the_file(filled: Filled, word: Callable[..., bytes], kind: str, target: str, allowed: bool) -> None:  # noqa: FBT001
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="rIdX" Type="{base}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    data = changed(word("x"), "word/_rels/document.xml.rels", lambda part: part.replace(b"</Relationships>", link.encode()))
    outcome = filled(data)
    if allowed:
        assert not found(outcome)
        with zipfile.ZipFile(io.BytesIO(outcome.value)) as archive:
            kept = target.encode() in archive.read("word/_rels/document.xml.rels")
        assert kept == (kind == "hyperlink")
    else:
        assert target in refusal(outcome)


def test_entities_are_not_read(filled: Filled, word: Callable[..., bytes]) -> None:
    bomb = b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    data = changed(word("x"), "word/document.xml", lambda part: part.replace(b"<w:document", bomb + b"<w:document", 1))
    assert "document type" in refusal(filled(data))


def test_a_file_that_unpacks_to_too_much(filled: Filled, word: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_UNPACKED_BYTES", 1_000)
    assert "unpacks to more than" in refusal(filled(word("much")))


def test_without_docxtpl_it_says_what_to_install(filled: Filled, word: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name in [name for name in sys.modules if name.startswith(("docxtpl", "genplan.writers.word_template.story"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    outcome = filled(word("no docxtpl"))
    assert [code for code, _ in found(outcome)] == ["GP617"]
    assert outcome.diagnostics[0].help == 'pip install "genplan[word]"'
