"""reference.docx is restyled in Word, the brand in brand.yml; neither undoes the other."""

import zipfile
from dataclasses import replace

import docx
import pytest
from docx_kit import NS, PALETTE, W, brand

from genplan.writers.docx.branding import mix

A = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
COMMON = "<h2>甲</h2><p>乙</p><table class=data><thead><tr><th>丙</th></tr></thead></table>"


def edit(look, tmp_path, **changes):
    """Return a look whose reference.docx has texts replaced, part by part."""
    path = tmp_path / "reference.docx"
    with zipfile.ZipFile(look.reference) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            for before, after in changes.get(name.rpartition("/")[2].removesuffix(".xml"), ()):
                assert before.encode() in text
                text = text.replace(before.encode(), after.encode())
            new.writestr(name, text)
    return replace(look, reference=path)


def test_theme_takes_the_brands_colours_and_fonts(written):
    theme = written(COMMON).part("word/theme/theme1.xml")

    assert theme.xpath("//a:accent1/a:srgbClr/@val", namespaces=A) == ["123456"]
    assert theme.xpath("//a:majorFont/a:ea/@typeface", namespaces=A) == ["黑体"]
    assert theme.xpath("//a:minorFont/a:ea/@typeface | //a:minorFont/a:font[@script='Hans']/@typeface", namespaces=A) == ["宋体", "宋体"]
    assert theme.xpath("//a:minorFont/a:latin/@typeface", namespaces=A) == ["Arial"]


ROLES = {
    "dk1": "foreground",
    "lt1": "background",
    "dk2": "dark",
    "lt2": "light",
    "accent1": "primary",
    "accent2": "secondary",
    "accent3": "tertiary",
    "accent4": "success",
    "accent5": "danger",
    "accent6": "warning",
    "hlink": "link",
    "folHlink": "secondary",
}
"""Word's slots for colours, and the role of brand.yml that fills each."""


def test_every_slot_of_the_theme_takes_its_role(written, look):
    colors = {role: f"#{number:02x}77ee" for number, role in enumerate(dict.fromkeys(ROLES.values()), 1)}
    theme = written(COMMON, look=replace(look, brand=brand(colors=colors))).part("word/theme/theme1.xml")

    filled = {slot: theme.xpath(f"string(//a:clrScheme/a:{slot}/a:srgbClr/@val)", namespaces=A) for slot in ROLES}
    assert filled == {slot: colors[role][1:].upper() for slot, role in ROLES.items()}


def test_slots_whose_role_the_brand_leaves_out_take_the_next(written, look):
    colors = {"foreground": "#010101", "background": "#fefefe", "primary": "#123456"}
    theme = written(COMMON, look=replace(look, brand=brand(colors=colors))).part("word/theme/theme1.xml")

    slots = ("dk2", "lt2", "accent2", "accent3", "hlink", "folHlink")
    filled = [theme.xpath(f"string(//a:clrScheme/a:{slot}/a:srgbClr/@val)", namespaces=A) for slot in slots]
    assert filled == ["010101", "FEFEFE", "123456", "123456", "123456", "123456"]


def test_literal_values_agree_with_the_theme(written, look):
    colors = PALETTE | {"primary": "#00aa55"}
    file = written(COMMON, look=replace(look, brand=brand(colors=colors, word_heading_font="楷体")))

    primary = file.all("//w:color[@w:themeColor='accent1']/@w:val", "word/styles.xml")
    assert primary
    assert set(primary) == {"00AA55"}
    rules = "//w:style[w:name/@w:val='Genplan Data']//*[@w:themeColor='accent1' and @w:sz]/@w:color"
    assert set(file.all(rules, "word/styles.xml")) == {"00AA55"}
    assert set(file.all("//w:rFonts[@w:eastAsiaTheme='majorEastAsia']/@w:eastAsia", "word/styles.xml")) == {"楷体"}


@pytest.mark.parametrize(
    ("color", "tint", "shade", "expected"),
    [
        ("000000", "A6", None, "595959"),
        ("4F81BD", None, "BF", "366091"),
        ("4F81BD", None, None, "4F81BD"),
        ("FFFFFF", None, "BF", "BFBFBF"),
    ],
)
def test_tints_and_shades_are_those_of_word(color, tint, shade, expected):
    got, wanted = (bytes.fromhex(text) for text in (mix(color, tint, shade), expected))
    assert all(abs(a - b) <= 1 for a, b in zip(got, wanted, strict=True))


def test_sizes_follow_the_brands_body_text(written, look):
    size = "//w:docDefaults//w:sz/@w:val | //w:style[w:name/@w:val='heading 1']/w:rPr/w:sz/@w:val"
    normal = [int(value) for value in written(COMMON).all(size, "word/styles.xml")]
    larger = [int(value) for value in written(COMMON, look=replace(look, brand=brand(body_size=21))).all(size, "word/styles.xml")]

    assert larger == [2 * value for value in normal]


def test_what_a_word_user_restyles_stays_restyled_and_branded(written, look, tmp_path):
    changed = edit(look, tmp_path, styles=[('w:before="250"', 'w:before="777"')])

    heading = written(COMMON, look=changed).all("//w:style[w:name/@w:val='heading 1']", "word/styles.xml")[0]
    assert heading.find("w:pPr/w:spacing", NS).get(f"{W}before") == "777"
    assert heading.find("w:rPr/w:color", NS).get(f"{W}val") == "123456"


def test_styles_are_found_by_name_as_word_may_rename_their_ids(written, look, tmp_path):
    changed = edit(
        look,
        tmp_path,
        styles=[('"Heading1"', '"1"'), ('"BodyText"', '"a0"')],
        document=[('"Heading1"', '"1"')],
        numbering=[('"Heading1"', '"1"')],
    )

    file = written(COMMON, look=changed)
    assert file.all("//w:body/w:p/w:pPr/w:pStyle/@w:val")[:2] == ["1", "a0"]
    assert "1" in file.all("//w:lvl/w:pStyle/@w:val", "word/numbering.xml")


def test_numbers_may_be_moved_in_the_reference_but_not_changed(written, look, tmp_path):
    changed = edit(look, tmp_path, numbering=[('w:val="%1、"', 'w:val="Kapitel %1"'), ('w:left="840"', 'w:left="999"')])

    file = written(COMMON, look=changed)
    assert "%1、" in file.all("//w:lvlText/@w:val", "word/numbering.xml")
    assert "999" in file.all("//w:ind/@w:left", "word/numbering.xml")


def test_a_reference_without_lists_gets_them(written, look, tmp_path):
    path = tmp_path / "reference.docx"
    reference = docx.Document(str(look.reference))
    for id_, relation in list(reference.part.rels.items()):
        if relation.reltype.endswith("/numbering"):
            reference.part.rels.pop(id_)
    reference.save(str(path))

    file = written(COMMON, look=replace(look, reference=path))
    assert "一、" not in file.text
    assert "%1、" in file.all("//w:lvlText/@w:val", "word/numbering.xml")
    assert "numbering.xml" in [r.get("Target") for r in file.part("word/_rels/document.xml.rels")]


def test_a_missing_style_is_reported_and_its_text_kept(written, look, tmp_path):
    changed = edit(look, tmp_path, styles=[('w:name w:val="Lead"', 'w:name w:val="Vorspann"')])

    file = written('<p class="lead">甲</p>', look=changed)
    assert [d.code for d in file.diagnostics] == ["GP605"]
    assert file.text == "甲"


def test_a_class_of_ones_own_is_a_style_of_that_name(written, look, tmp_path):
    changed = edit(look, tmp_path, styles=[('w:name w:val="Lead"', 'w:name w:val="Small Print"')])

    assert written('<p class="small-print">甲</p>', look=changed).paragraphs("Lead") == ["甲"]


@pytest.mark.parametrize("content", [b"", b"no zip", None], ids=["empty", "text", "missing"])
def test_a_reference_that_cannot_be_used_is_an_error(written, look, tmp_path, content):
    path = tmp_path / "reference.docx"
    if content is not None:
        path.write_bytes(content)

    file = written("<p>甲</p>", look=replace(look, reference=path))
    assert [d.code for d in file.diagnostics] == ["GP604"]
    assert file.data == b""


def test_a_zip_that_is_no_document_is_an_error(written, look, tmp_path):
    path = tmp_path / "reference.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.txt", "a")

    assert [d.code for d in written("<p>甲</p>", look=replace(look, reference=path)).diagnostics] == ["GP604"]


def test_an_edited_reference_is_read_again(written, look, tmp_path):
    first = edit(look, tmp_path)
    before = written(COMMON, look=first).raw("word/styles.xml")
    edit(look, tmp_path, styles=[('w:before="250"', 'w:before="777777"')])

    assert written(COMMON, look=first).raw("word/styles.xml") != before


def test_leftovers_of_the_reference_do_not_leak(written, look, tmp_path):
    leak = (
        '<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/><w:defaultTabStop'
    )
    changed = edit(look, tmp_path, settings=[("<w:defaultTabStop", leak)])

    file = written(COMMON, look=changed)
    assert b"attachedTemplate" not in file.raw("word/settings.xml")
    assert file.text == "甲乙丙"


def test_the_font_table_lists_each_face_once_and_none_that_is_not_used(written):
    faces = written("<p>甲</p>").all("//w:font/@w:name", "word/fontTable.xml")
    assert sorted(faces) == sorted({"宋体", "黑体", "Arial", "MS Gothic"})


def test_the_font_table_names_what_stands_in_for_a_face(written, look):
    substitutes = (("楷体", "宋体"), ("黑体", "微软雅黑"), ("Futura", "Arial"))
    branded = replace(look, brand=brand(word_heading_font="楷体", word_substitutes=substitutes))
    fonts = written(COMMON, look=branded).all("//w:font[w:altName]", "word/fontTable.xml")
    named = {font.xpath("@w:name", namespaces=NS)[0]: font.xpath("*[1][self::w:altName]/@w:val", namespaces=NS) for font in fonts}
    assert named["楷体"] == ["宋体"]
    assert "Futura" not in named
