"""Mistakes in style sheets: at their places, while checking and while writing a PDF alike."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from genplan.theme.document import Document
from genplan.theme.stylesheet import Sheet
from genplan.writers.look import Look
from genplan.writers.pdf import write
from genplan.writers.pdf.sheet_mistakes import check_sheets

FIRST = Sheet("templates/styles/theme.css", "h1 { color: red }\n\nh2 { colour: red }")
SECOND = Sheet("templates/styles/custom.css", "p {\n  color: nosuch;\n}\np::befor { color: red }", ("print",))


def places(found: list) -> list[str]:
    return sorted(f"{d.span} {d.code}" for d in found)


def test_a_pdf_and_a_check_find_the_same(page: Callable[..., Document], built_in_look: Look):
    css = f"{built_in_look.css}\n{FIRST}\n{SECOND}"
    data, found = write(page("<p>甲</p>"), replace(built_in_look, css=css, sheets=(FIRST, SECOND)))
    assert data is not None
    assert places(found) == places(check_sheets((FIRST, SECOND)))
    assert places(found) == [
        "templates/styles/custom.css:2:3 GP603",
        "templates/styles/custom.css:4:1 GP603",
        "templates/styles/theme.css:3:6 GP603",
    ]


@pytest.mark.parametrize(
    ("text", "message", "cure"),
    [
        ("p { colr: red }", "PDFs do not know the property `colr`", "did you mean `color`?"),
        ("p { text-wrap-style: x }", "PDFs do not know the property `text-wrap-style`", "remove it"),
        ("p { widows: 1.5 }", "`1.5` is no value that PDFs know for `widows`", "correct the value"),
        ("p { color: }", "PDF: `color: `: no value", ""),
        ("p { color red }", "this is not a declaration", "a declaration is"),
        ("}", "this is not a rule", "a rule is"),
        ("@media (x) { }", "the media are not known, so what is for them is left out", "PDFs know the media"),
        ("@media print { a:hovre { color: red } }", "`a:hovre` is no selector that PDFs know, so its rule is left out", "correct it"),
        ("@foo { }", "PDFs do not know this rule, which is left out", "remove it"),
        ("@foo;", "PDFs do not know this rule, which is left out", "remove it"),
        ("a { b: c } @import 'x.css';", "`@import` has no effect here", "move it"),
    ],
)
def test_what_is_said(text: str, message: str, cure: str):
    found = check_sheets((Sheet("a.css", text),))
    assert message in [d.message for d in found]
    assert next(d for d in found if d.message == message).help.startswith(cure)


def test_sound_sheet():
    assert not check_sheets((Sheet("a.css", "p { color: red } @media screen { b { filter: blur(1px) } } :root { --a: 1mm }"),))
