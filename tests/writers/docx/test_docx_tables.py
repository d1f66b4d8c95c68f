"""Tables: an honest grid, repeated heads, merged cells, formats that come from the table's style."""

import pytest
from docx_kit import NS, W

HEAD = "<thead><tr><th>项</th><th>值</th></tr></thead>"
COLUMNS = '<colgroup><col style="width: 33.33%"><col style="width: 66.67%"></colgroup>'


def value(element, path, name="val"):
    return [found.get(f"{W}{name}") for found in element.findall(path, NS)]


def test_columns_make_the_width_of_the_text(written):
    file = written(f"<table class=data>{COLUMNS}{HEAD}</table>")

    page, margins = file.all("//w:pgSz")[0], file.all("//w:pgMar")[0]
    width = int(page.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))
    grid = [int(column) for column in file.all("//w:gridCol/@w:w")]
    assert sum(grid) == width == int(file.all("//w:tblW/@w:w")[0])
    assert grid[0] == round(width * 0.3333)
    assert file.all("//w:tblLayout/@w:type") == ["fixed"]
    assert [int(cell) for cell in file.all("//w:tcW/@w:w")] == grid


def test_head_rows_repeat_and_rows_do_not_break(written):
    file = written(f"<table class=data>{HEAD}<tbody><tr><td>1</td><td>2</td></tr></tbody></table>")

    head, body = file.all("//w:tr")
    assert len(head.findall("w:trPr/w:tblHeader", NS)) == 1
    assert not body.findall("w:trPr/w:tblHeader", NS)
    assert len(file.all("//w:cantSplit")) == 2


def test_rows_of_a_breakable_table_break(written):
    assert not written('<table class="data breakable"><tr><td>1</td></tr></table>').all("//w:cantSplit")


def test_merged_cells(written):
    file = written("<table class=data><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>丙</td><td rowspan=9>丁</td></tr></table>")

    first, second = file.all("//w:tr")
    assert value(first, "w:tc/w:tcPr/w:gridSpan") == ["2"]
    assert value(first, "w:tc/w:tcPr/w:vMerge") == ["restart"]
    assert value(second, "w:tc/w:tcPr/w:vMerge") == [None]
    assert len(second.findall("w:tc", NS)) == 3


@pytest.mark.parametrize(
    ("html", "flags"),
    [
        (f"<table class=data>{HEAD}<tr><td>1</td><td>2</td></tr></table>", {"firstRow"}),
        (
            f"<table class=data>{HEAD}<tr><th>1</th><td>2</td></tr><tr class=total><th>3</th><td>4</td></tr></table>",
            {"firstRow", "firstColumn", "lastRow"},
        ),
        ("<table class=form><tr><th>1</th><td>2</td></tr></table>", {"firstColumn"}),
        ("<table class=form><tr><th>1</th><td>2</td><th>3</th><td>4</td></tr><tr><th>5</th><td colspan=3>6</td></tr></table>", {"bands"}),
        ("<table class=form><tr><td>1</td><th>2</th></tr></table>", set()),
    ],
)
def test_the_look_turns_on_the_formats_that_fit(written, html, flags):
    look = written(html).all("//w:tblLook")[0]

    on = {name for name in ("firstRow", "lastRow", "firstColumn", "lastColumn") if look.get(f"{W}{name}") == "1"}
    assert on | ({"bands"} if look.get(f"{W}noVBand") == "0" else set()) == flags


def test_cells_that_the_formats_reach_have_none_of_their_own(written):
    file = written(f"<table class=data>{HEAD}<tr><th>1</th><td>2</td></tr><tr class=total><th>3</th><td>4</td></tr></table>")

    assert not file.all("//w:tc//w:shd")
    assert not file.all("//w:tc//w:b")


def test_cells_that_the_formats_do_not_reach_borrow_them(written):
    file = written(
        "<table class=data><thead><tr><th>1</th></tr><tr><th>2</th></tr></thead><tr class=total><td>3</td></tr><tr><td>4</td></tr></table>"
    )

    style = "//w:style[w:name/@w:val='Genplan Data']/w:tblStylePr[@w:type='{}']/w:tcPr/w:shd/@w:themeFill"
    fills = [cell.xpath("w:tcPr/w:shd/@w:themeFill", namespaces=NS) for cell in file.all("//w:tc")]
    assert fills == [[], file.all(style.format("firstRow"), "word/styles.xml"), file.all(style.format("lastRow"), "word/styles.xml"), []]
    assert [len(cell.findall(".//w:rPr/w:b", NS)) for cell in file.all("//w:tc")] == [0, 1, 1, 0]


def test_cell_classes_are_paragraph_styles(written):
    file = written(
        "<table class=data><thead><tr><th>1</th></tr></thead>"
        "<tr><td class=number>2</td></tr><tr><td class=center>3</td></tr><tr><td>4</td></tr></table>"
    )

    assert file.all("//w:tc//w:pStyle/@w:val") == ["TableHead", "TableNumber", "TableCenter", "TableText"]


def test_cells_to_fill_in_are_taller(written):
    file = written('<table class="form"><tr><td class="fill"></td></tr><tr><td></td></tr></table>')

    assert [len(row.findall("w:trPr/w:trHeight[@w:hRule='atLeast']", NS)) for row in file.all("//w:tr")] == [1, 0]


def test_a_caption_stays_with_its_table_and_names_it(written):
    file = written(
        "<p class=caption>表 1\n权重</p><table class=data><tr><td>1</td></tr></table><table class=data><tr><td>2</td></tr></table>"
    )

    assert file.all("//w:style[w:name/@w:val='caption']/w:pPr/w:keepNext", "word/styles.xml")
    assert file.all("//w:tblCaption/@w:val") == ["表 1 权重"]


def test_only_word_itself_asks_for_empty_paragraphs(written):
    table = "<table class=data><tr><td>1</td></tr></table>"
    file = written(f"{table}{table}<p></p><p>甲</p><p> </p>{table}")

    gaps = file.all("//w:body/w:p[not(w:r)]/w:pPr/w:pStyle/@w:val")
    assert gaps == ["TableGap", "TableEnd"]
    assert file.all("//w:body/*[2]/w:pPr/w:pStyle/@w:val") == ["TableGap"]
    assert file.all("//w:body/*[last()-1]/w:pPr/w:pStyle/@w:val") == ["TableEnd"]


def test_a_cell_ends_with_a_paragraph(written):
    file = written("<table class=data><tr><td><table class=data><tr><td>1</td></tr></table></td><td></td></tr></table>")

    assert all(cell[-1].tag == f"{W}p" for cell in file.all("//w:tc"))


def test_signatures_stay_on_one_page(written):
    file = written(
        "<body><section class=signatures><h2>审批</h2>"
        "<table class=signature><tr><td>1</td></tr><tr><td>2</td></tr></table></section></body>"
    )

    assert [len(p.findall("w:pPr/w:keepNext", NS)) for p in file.all("//w:body//w:p")] == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("last", "kept"),
    [
        ("<p>1</p><p>2</p>", [0, 1]),
        ("<ol><li>0</li><li>1</li><li>2</li></ol>", [0, 0]),
        ("<table class=data><tr><td>1</td></tr><tr><td>2</td></tr></table>", [1, 1]),
        ("<table class=breakable><tr><td>1</td></tr><tr><td>2</td></tr></table>", [0, 1]),
        ("<div class=keep><p>1</p><p>2</p></div>", [1, 1]),
    ],
)
def test_signatures_never_stand_alone_on_a_page(written, last, kept):
    signatures = "<section class=signatures><table class=signature><tr><td>3</td></tr></table></section>"
    file = written(f"<body><main>{last}</main>{signatures}</body>")
    slip = written(f"<body class=kind-notice><main>{last}</main>{signatures}</body>")

    assert [len(p.findall("w:pPr/w:keepNext", NS)) for p in file.all("//w:body//w:p")][:2] == kept
    assert [len(p.findall("w:pPr/w:keepNext", NS)) for p in slip.all("//w:body//w:p")][:2] == [kept[0], 0]


def test_what_leads_up_to_a_table_stays_with_it(written):
    file = written("<p>1</p><p>2</p><table class=data><tr><td>3</td></tr></table><p>4</p>")

    assert [len(p.findall("w:pPr/w:keepNext", NS)) for p in file.all("//w:body/w:p")] == [0, 1, 0]


def test_blocks_kept_together_hold_to_each_other_and_not_to_what_follows(written):
    file = written("<div class=keep><p>1</p><ul><li>2</li><li>3</li></ul><p>4</p></div><p>5</p>")

    assert [len(p.findall("w:pPr/w:keepNext", NS)) for p in file.all("//w:body/w:p")] == [1, 1, 1, 0, 0]


def test_rows_under_one_merged_cell_stay_on_one_page(written):
    other = "<tr><td>4</td><td>5</td></tr>"
    file = written(f"<table class=data><tr><td rowspan=2>1</td><td>2</td></tr><tr><td>3</td></tr>{other * 3}</table>")

    assert kept(file) == [1, 0, 0, 1, 0]


def kept(file):
    return [int(bool(row.findall(".//w:keepNext", NS))) for row in file.all("//w:tr")]


def test_no_row_is_alone_on_a_page_and_no_total_without_what_it_adds_up(written):
    row = "<tr><td>1</td></tr>"
    table = "<table class={}><thead><tr><th>0</th></tr></thead><tbody>{}</tbody></table>"
    assert kept(written(table.format("data", row * 5))) == [0, 1, 0, 0, 1, 0]
    total = "<tr class=total><td>5</td></tr>"
    assert kept(written(table.format("data", row * 5 + total + row * 3))) == [0, 1, 0, 0, 0, 1, 0, 0, 1, 0]
    assert kept(written(table.format("breakable", row * 5))) == [0, 0, 0, 0, 0, 0]


def test_more_columns_than_word_has_are_reported(written):
    file = written(f"<table class=data><tr>{'<td>1</td>' * 64}</tr></table>")

    assert [d.code for d in file.diagnostics] == ["GP601"]


def test_a_table_is_described_by_its_heads_and_named_by_the_heading_above_it(written):
    file = written(f"<h2>评分</h2><table class=data>{HEAD}<tr><td>1</td><td>2</td></tr></table>")

    assert file.all("//w:tblCaption/@w:val") == ["评分"]
    assert file.all("//w:tblDescription/@w:val") == ["项; 值"]


def test_a_form_stays_on_one_page_and_a_long_one_breaks_between_rows(written):
    row = "<tr><th>1</th><td class=fill></td></tr>"
    assert [len(r.findall(".//w:keepNext", NS)) for r in written(f"<table class=form>{row * 3}</table>").all("//w:tr")] == [2, 2, 0]
    assert kept(written(f"<table class=form>{row * 30}</table>")) == [1, *[0] * 27, 1, 0]
    assert kept(written(f'<table class="form long">{row * 4}</table>')) == [1, 0, 1, 0]


def test_cells_to_fill_in_are_parted_by_lines_in_tables_of_data(written):
    row = "<tr><td>1</td><td class=fill></td><td class=fill></td></tr>"
    count = "count(//w:tc/w:tcPr/w:tcBorders/w:left)"
    assert written(f"<table class=data>{row}</table>").all(count) == 2
    assert written(f"<table class=data>{row.replace('<td>1</td>', '')}</table>").all(count) == 1
    assert written(f"<table class=form>{row}</table>").all(count) == 0


def test_a_number_and_its_bar_have_room_on_one_line(written):
    bar = (
        '<span class=nowrap>96% <svg width="12mm" height="2mm" viewBox="0 0 12 2"><title>1</title><rect width="9" height="2"/></svg></span>'
    )
    file = written(f"<table class=data><tr><td>1</td><td>{bar}</td></tr></table>")
    assert [len(cell.findall("w:tcPr/w:tcMar/w:left", NS)) for cell in file.all("//w:tc")] == [0, 1]
