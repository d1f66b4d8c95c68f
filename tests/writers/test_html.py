"""The page stands by itself: nothing is fetched from anywhere, wherever it is opened."""

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

from genplan.theme.document import Document
from genplan.writers.html import write
from genplan.writers.look import Look

MakePage = Callable[..., Document]
BODY = (
    '<main data-numbering="outline"><h1>方案</h1><h2>目的</h2><p>甲 &lt;b&gt; &amp; 乙<br>丙</p>'
    '<img src="images/logo.png" alt="标志"></main>'
)


def written(document: Document, look: Look) -> str:
    data, found = write(document, look)
    assert data is not None
    assert not found
    return data.decode("utf-8")


def parsed(text: str) -> Element:
    return tinyhtml5.parse(text, namespace_html_elements=False)


def test_nothing_is_referred_to(page: MakePage, built_in_look: Look):
    text = written(page(BODY), built_in_look)
    assert text.startswith("<!DOCTYPE html>")
    tree = parsed(text)
    addresses = [e.get(name) for e in tree.iter() for name in ("src", "href", "data", "srcset", "poster", "action") if e.get(name)]
    assert all(address.startswith("data:") for address in addresses)
    assert not [e.tag for e in tree.iter() if e.tag in {"link", "script", "iframe", "base", "object", "embed"}]
    style = "".join(tree.find("head/style").itertext())
    assert "url(" not in style
    assert "@import" not in style
    assert "@font-face" not in style


def test_policy_comes_before_the_styles_and_allows_nothing_else(page: MakePage, built_in_look: Look):
    head = parsed(written(page(BODY), built_in_look)).find("head")
    assert head is not None
    tags = [(e.tag, e.get("http-equiv")) for e in head]
    assert tags.index(("meta", "Content-Security-Policy")) < tags.index(("style", None))
    policy = next(e.get("content", "") for e in head if e.get("http-equiv"))
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert "script-src" not in rules
    assert all("http" not in sources and "*" not in sources and "'self'" not in sources for sources in rules.values())


def test_encoding_is_declared_first(page: MakePage, built_in_look: Look):
    assert written(page(BODY), built_in_look).encode().index(b'charset="utf-8"') < 1024


def test_picture_is_inside(page: MakePage, built_in_look: Look):
    image = next(parsed(written(page(BODY), built_in_look)).iter("img"))
    kind, _, data = image.get("src", "").partition(",")
    logo = built_in_look.resolve("images/logo.png")
    assert logo is not None
    assert (kind, b64decode(data)) == ("data:image/png;base64", logo.read_bytes())


@pytest.mark.parametrize(
    "source",
    [
        "http://example.com/a.png",
        "//example.com/a.png",
        "file:///etc/passwd",
        "/etc/passwd",
        "../pyproject.toml",
        "data:image/png;base64,x",
        "no.png",
        "",
    ],
)
def test_picture_from_elsewhere(page: MakePage, built_in_look: Look, source: str):
    data, found = write(page(f'<img src="{source}" alt="x"><img src="images/logo.png" alt="y">'), built_in_look)
    assert data is None
    assert [d.code for d in found] == ["GP602"]


def test_text_stays_text(page: MakePage, built_in_look: Look):
    tree = parsed(written(page(BODY), built_in_look))
    assert "甲 <b> & 乙" in "".join(tree.itertext())
    assert not list(tree.iter("b"))


def test_style_sheet_cannot_end_its_element(page: MakePage, built_in_look: Look):
    look = replace(built_in_look, css=built_in_look.css + "</style><script>alert(1)</script>")
    assert not list(parsed(written(page(BODY), look)).iter("script"))


def test_document_is_not_changed(page: MakePage, built_in_look: Look):
    document = page(BODY)
    first, second = written(document, built_in_look), written(document, built_in_look)
    assert first == second
    assert next(document.tree.iter("img")).get("src") == "images/logo.png"
    assert document.tree.find("head/style") is None


def test_numbers_stand_in_the_tree(page: MakePage, built_in_look: Look):
    heading = next(parsed(written(page(BODY), built_in_look)).iter("h2"))
    assert heading.get("data-number") == "一、"


def test_no_path_of_this_machine(page: MakePage, built_in_look: Look):
    text = written(page(BODY), built_in_look)
    assert str(Path.cwd()) not in text
    assert not re.search(r"file:|/home/|/usr/", text)
