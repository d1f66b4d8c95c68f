"""What documents can reach, rule by rule: each holds by itself, whatever the others would stop as well."""

import io
from pathlib import Path

import pytest
import tinyhtml5
from PIL import Image

from genplan.theme.resource_checks.pictures import read_picture
from genplan.theme.resource_checks.problem import UnusableError
from genplan.theme.resource_checks.styles import style_problems
from genplan.theme.resource_checks.tree import reaches
from genplan.theme.resource_checks.vectors import check_vector

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{}</svg>'


def reached(body: str) -> list[tuple[str, str]]:
    tree = tinyhtml5.parse(f"<body><main>{body}</main></body>", namespace_html_elements=False)
    return [(each.code, each.message) for each in reaches(tree)]


@pytest.mark.parametrize("tag", ["script", "iframe", "object", "embed", "video", "canvas", "form", "math", "button", "dialog", "noscript"])
def test_an_element_that_is_not_listed_is_refused_even_without_an_attribute(tag: str):
    ((code, message), *_) = reached(f"<{tag}>x</{tag}>")
    assert code == "GP540"
    assert f"<{tag}>" in message


@pytest.mark.parametrize("attribute", ["onclick", "srcset", "background", "formaction", "is", "autofocus"])
def test_an_attribute_that_is_not_listed_is_refused(attribute: str):
    ((code, message),) = reached(f'<p {attribute}="x">x</p>')
    assert code == "GP540"
    assert f"`{attribute}`" in message


@pytest.mark.parametrize("rel", ["attachment", "ATTACHMENT", "nofollow attachment", "x\tattachment"])
def test_an_attachment_is_refused_wherever_it_leads(rel: str):
    assert ("GP540", '<a rel="attachment"> would embed a file in the document') in reached(
        f'<a rel="{rel}" href="https://example.com/">x</a>'
    )


@pytest.mark.parametrize("rules", ["link: attr(data-x)", "-weasy-link: attr(data-x)", "p { LINK: attr(data-x) }", "a: b; link: attr(x)"])
def test_no_property_makes_links(rules: str):
    (problem,) = style_problems(rules, lambda _: "")
    assert (problem.code, "makes links out of anything" in problem.message) == ("GP546", True)


def test_a_property_may_take_links_away():
    assert list(style_problems("link: none; p { -weasy-link: none }", lambda _: "")) == []


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "WEBP", "ICO"])
def test_a_picture_of_another_type_than_its_name_says_is_refused(tmp_path: Path, kind: str):
    data = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(data, kind)
    (tmp_path / "a.png").write_bytes(data.getvalue())
    with pytest.raises(UnusableError) as refused:
        read_picture(tmp_path / "a.png", "a.png")
    assert refused.value.code == "GP541"


@pytest.mark.parametrize(
    "inner",
    [
        "".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10 if n else "<path/>"}</g>' for n in range(9)) + '<use href="#a8"/>',
        '<g id="a"><use href="#a"/></g>',
        f'<pattern id="p">{"<path/>" * 400}</pattern>' + '<path fill="url(#p)"/>' * 400,
    ],
    ids=["uses of uses", "a circle", "patterns"],
)
def test_a_drawing_that_draws_without_end_is_refused(inner: str):
    with pytest.raises(UnusableError) as refused:
        check_vector(SVG.format(inner).encode())
    assert refused.value.code == "GP544"
    assert "more than 100,000 times" in refused.value.message


def test_a_drawing_may_repeat_itself():
    check_vector(SVG.format('<g id="a"><path/></g>' + '<use href="#a"/>' * 100).encode())


def test_a_style_element_loads_nothing_from_elsewhere():
    ((code, message),) = reached("<style>p { background: url(https://example.com/x.png) }</style>")
    assert code == "GP546"
    assert "in <style>" in message


def test_every_address_of_a_style_sheet_is_judged():
    (problem,) = style_problems("p { background: url(x.csv) }", "`{}` is no picture".format)
    assert (problem.code, problem.message) == ("GP546", "`x.csv` is no picture")
