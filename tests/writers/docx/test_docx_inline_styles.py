"""`style` attributes of templates: what Word takes of them, and that the rest is told."""

from dataclasses import replace

import pytest


@pytest.mark.parametrize(
    ("style", "run"),
    [
        ("color:red", '<w:color w:val="FF0000"/>'),
        ("color: #1F4E79; font-weight: bold", '<w:b/><w:bCs/><w:color w:val="1F4E79"/>'),
        ("color: var(--color-primary)", '<w:color w:val="123456"/>'),
        ("background-color: #ff0 !important", '<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>'),
        ("text-decoration: underline; font-style: italic", '<w:i/><w:iCs/><w:u w:val="single"/>'),
        ("font-weight: 400", '<w:b w:val="0"/><w:bCs w:val="0"/>'),
    ],
)
def test_text_has_the_look_that_its_element_states(written, style, run):
    file = written(f'<p>甲<span style="{style}">a</span></p>')
    assert not file.diagnostics
    assert f"<w:rPr>{run}</w:rPr>" in file.raw("word/document.xml").decode()


def test_paragraphs_and_cells_have_theirs(written):
    table = '<table class=data><tr><td style="background: #eee; color: red; text-align: center">乙</td></tr></table>'
    file = written(f'<p style="color:red; text-align:right; background-color:#eee">甲</p>{table}')
    assert not file.diagnostics
    assert file.all("//w:body/w:p[1]/w:pPr/w:jc/@w:val") == ["right"]
    assert file.all("//w:body/w:p[1]/w:pPr/w:shd/@w:fill") == ["EEEEEE"]
    assert file.all("//w:body/w:p[1]//w:color/@w:val") == ["FF0000"]
    assert file.all("//w:tc/w:tcPr/w:shd/@w:fill") == ["EEEEEE"]
    assert file.all("//w:tc//w:color/@w:val") == ["FF0000"]
    assert file.all("//w:tc//w:jc/@w:val") == ["center"]


@pytest.mark.parametrize(
    "style", ["margin-top: 3mm", "position: absolute", "color: nonsense", "color: var(--color-none)", "font-weight: heavy"]
)
def test_what_word_does_not_take_is_told(written, style):
    file = written(f'<p style="{style}">恭喜</p>')
    assert [each.code for each in file.diagnostics] == ["GP601"]
    assert f'<p style="{style}"> near “恭喜”' in file.diagnostics[0].message


def test_a_picture_that_css_places_is_told(written, look):
    css = ".seal, .other { right: 0; position: absolute } .logo { height: 6mm }"
    picture = '<p><img class="{}" src="images/logo.png" alt="章"></p>'
    assert [each.code for each in written(picture.format("seal"), look=replace(look, css=css)).diagnostics] == ["GP610"]
    assert not written(picture.format("logo"), look=replace(look, css=css)).diagnostics
