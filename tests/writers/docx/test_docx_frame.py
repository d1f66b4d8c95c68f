"""Page, running header and footer, pictures, and what the file says about itself."""

from dataclasses import replace

from docx_kit import NS, W

from genplan import resources

FRAME = """<body class="{cls}">
<header class="running">
<img class="logo" src="images/logo.png" alt="示例 “标志”"> <span class="left">左</span> <span class="right">右</span>
</header>
<footer class="running"><span class="left">甲</span><span class="center">乙</span>
<span class="right">第 <span class="page-number"></span> 页 共 <span class="page-count"></span> 页</span></footer>
<main><p>正文</p></main></body>"""


def test_header_and_footer_stand_in_their_parts_and_not_in_the_text(written):
    file = written(FRAME.format(cls=""))

    assert file.text == "正文"
    header, footer = ("".join(file.all("//w:t/text()", f"word/{name}1.xml")).strip() for name in ("header", "footer"))
    assert (header, footer) == ("左右", "甲乙第 1 页 共 1 页")
    assert len(file.all("//w:sectPr/w:headerReference | //w:sectPr/w:footerReference")) == 2


def test_page_numbers_are_fields(written):
    file = written(FRAME.format(cls=""))

    kinds = file.all("//w:fldChar/@w:fldCharType", "word/footer1.xml")
    assert kinds == ["begin", "separate", "end"] * 2
    assert [code.strip() for code in file.all("//w:instrText/text()", "word/footer1.xml")] == ["PAGE", "NUMPAGES"]


def test_places_of_the_line_are_tab_stops_of_the_style(written):
    file = written(FRAME.format(cls=""))

    assert len(file.all("//w:r/w:tab", "word/footer1.xml")) == 2
    assert len(file.all("//w:r/w:tab", "word/header1.xml")) == 1  # no middle: one step to the right
    stops = file.all("//w:style[w:name/@w:val='footer']/w:pPr/w:tabs/w:tab", "word/styles.xml")
    grid = 11906 - 2 * 1247
    assert [(stop.get(f"{W}val"), int(stop.get(f"{W}pos"))) for stop in stops] == [("center", grid // 2), ("right", grid)]


def test_the_logo_is_a_picture_with_its_description(written):
    file = written(FRAME.format(cls=""))

    assert file.all("//*[local-name()='docPr']/@descr", "word/header1.xml") == ["示例 “标志”"]
    target = next(r.get("Target") for r in file.part("word/_rels/header1.xml.rels"))
    assert file.raw(f"word/{target}")[:4] == b"\x89PNG"


def test_a_document_without_a_frame_has_no_such_parts(written):
    assert not [name for name in written("<p>甲</p>").names if "header" in name or "footer" in name]


def test_landscape_turns_the_page_and_moves_the_stops(written):
    file = written(FRAME.format(cls="landscape"))

    page = file.all("//w:pgSz")[0]
    assert (page.get(f"{W}w"), page.get(f"{W}h"), page.get(f"{W}orient")) == ("16838", "11906", "landscape")
    assert file.all("//w:style[w:name/@w:val='header']/w:pPr/w:tabs/w:tab/@w:pos", "word/styles.xml")[1] == str(16838 - 2 * 1247)


def test_a_picture_has_the_width_it_states_within_the_text(written):
    file = written(
        '<figure><img src="images/logo.png" alt="甲" data-width="30"><img src="images/logo.png" alt="乙" data-width="900"></figure>'
    )

    sizes = [(int(e.get("cx")), int(e.get("cy"))) for e in file.all("//*[local-name()='extent']")]
    assert sizes[0] == (30 * 36000, 10 * 36000)
    assert sizes[1][0] == (11906 - 2 * 1247) * 635
    assert len([name for name in file.names if name.startswith("word/media/")]) == 1
    assert len(set(file.all("//*[local-name()='docPr']/@id"))) == 2


def test_pictures_outside_the_theme_are_refused(written):
    file = written('<p><img src="../secret.png" alt="标志"></p>')

    assert [d.code for d in file.diagnostics] == ["GP602"]


def test_pictures_word_cannot_show_are_refused(written, look, tmp_path):
    (tmp_path / "a.svg").write_text("<svg/>")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    found = replace(look, resolve=lambda name: path if (path := tmp_path / name).exists() else None)
    file = written('<p><img src="a.svg" alt="甲"><img src="b.png" alt="乙"></p>', look=found)
    assert [d.code for d in file.diagnostics] == ["GP542", "GP542"]


def test_properties_come_from_the_metadata_and_no_clock(written):
    core = written("<p>甲</p>").part("docProps/core.xml")

    said = {child.tag.rpartition("}")[2]: child.text for child in core}
    assert said == {
        "title": "方案", "subject": "考核", "creator": "人事部", "keywords": "绩效",
        "category": "考核", "identifier": "00ff", "language": "zh-CN",
        "lastModifiedBy": "人事部", "revision": "1", "created": "2025-03-01T00:00:00Z", "modified": "2025-03-01T00:00:00Z",
    }  # fmt: skip


def test_the_language_reaches_styles_and_settings(written):
    file = written("<p>甲</p>", language="zh-TW")

    assert file.all("//w:docDefaults//w:lang/@w:eastAsia", "word/styles.xml") == ["zh-TW"]
    assert file.part("word/settings.xml").find("w:themeFontLang", NS).get(f"{W}eastAsia") == "zh-TW"


def test_the_kind_of_the_document_is_a_property(written):
    assert [value.text for value in written("<p>甲</p>").part("docProps/custom.xml").iter() if value.text] == ["scheme"]


def test_faces_of_an_official_document_have_the_shapes_of_its_language(written, look):
    look = replace(look, reference=resources.templates() / "themes" / "official" / "reference.docx")
    simplified = {"方正小标宋简体", "仿宋", "楷体", "黑体", "宋体"}
    faces = "//w:rFonts/@w:*[local-name()='eastAsia']"

    assert simplified & set(written("<p>甲</p>", look).all(faces, "word/styles.xml"))
    taiwan = written("<p>甲</p>", look, "zh-TW")
    assert not simplified & set(taiwan.all(faces, "word/styles.xml"))
    assert "標楷體" in taiwan.all(faces, "word/styles.xml")
