"""brand.yml in every form of its public format, and what is said of mistakes in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from genplan import resources
from genplan.diagnostics import Outcome
from genplan.theme.brand import Brand, HeadingType, LinkType, load_brand, model

LoadBrand = Callable[[str], Outcome[Brand | None]]
META = "meta: {name: 示例科技}\n"
FILES = ("logo.png", "images/small.png", "images/dark.png", "fonts/A.ttf", "fonts/B.ttf")


@pytest.fixture
def load_text(tmp_path: Path) -> LoadBrand:
    built_in = {".png": "images/logo.png", ".ttf": "fonts/NotoSansSC-Regular.ttf"}
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).symlink_to(resources.templates() / built_in[Path(name).suffix])

    def find(name: str) -> Path | None:
        return tmp_path / name if name in FILES else None

    def load(text: str) -> Outcome[Brand | None]:
        path = tmp_path / "brand.yml"
        path.write_text(text, "utf-8")
        return load_brand(path, "templates/brand.yml", find)

    return load


@pytest.fixture
def brand(load_text: LoadBrand) -> Callable[[str], Brand]:
    def load(text: str) -> Brand:
        brand, found = load_text(text)
        assert brand is not None
        assert {d.code for d in found} <= {"GP520", "GP521", "GP536", "GP537"}
        return brand

    return load


@pytest.fixture
def codes(load_text: LoadBrand) -> Callable[[str], list[tuple[str, int | None]]]:
    return lambda text: [(d.code, d.span.line) for d in load_text(text).diagnostics if d.code != "GP520"]


MakeBrand = Callable[[str], Brand]
Codes = Callable[[str], list[tuple[str, int | None]]]

# Names


@pytest.mark.parametrize(
    ("name", "short", "full"),
    [
        ("示例科技", "示例科技", "示例科技"),
        ("{short: 示例科技, full: 示例科技有限公司}", "示例科技", "示例科技有限公司"),
        ("{full: 示例科技有限公司}", "示例科技有限公司", "示例科技有限公司"),
        ("{short: 示例科技}", "示例科技", "示例科技"),
    ],
)
def test_name(brand: MakeBrand, name: str, short: str, full: str):
    loaded = brand(f"meta: {{name: {name}}}\n")
    assert (loaded.name, loaded.full_name) == (short, full)


@pytest.mark.parametrize("link", ["https://example.com", "{home: https://example.com, github: https://github.com/x}"])
def test_link(brand: MakeBrand, link: str):
    assert brand(f"meta:\n  name: 示例\n  link: {link}\n").name == "示例"


def test_name_is_needed(codes: Codes):
    assert codes("color: {primary: '#000'}\n") == [("GP202", 1)]
    assert codes("") == [("GP202", 1)]
    assert codes("meta: {}\n") == [("GP202", 1)]
    assert codes("- meta\n") == [("GP202", 1)]


# Logos


@pytest.mark.parametrize(
    ("logo", "path", "alt"),
    [
        ("logo.png", "logo.png", "示例科技"),
        ("{path: logo.png, alt: 标志}", "logo.png", "标志"),
        ("{medium: logo.png}", "logo.png", "示例科技"),
        ("{medium: {path: logo.png, alt: 标志}}", "logo.png", "标志"),
        ("{medium: {light: logo.png, dark: images/dark.png}}", "logo.png", "示例科技"),
        ("{medium: {light: {path: logo.png, alt: 标志}, dark: images/dark.png}}", "logo.png", "标志"),
        ("{images: {main: logo.png}, medium: main}", "logo.png", "示例科技"),
        ("{images: {main: {path: logo.png, alt: 标志}}, medium: main}", "logo.png", "标志"),
        ("{images: {main: {path: logo.png, alt: 标志}}, medium: {light: main, dark: images/dark.png}}", "logo.png", "标志"),
        ("{small: images/small.png, large: logo.png}", "images/small.png", "示例科技"),
        ("{small: images/small.png, medium: logo.png}", "logo.png", "示例科技"),
        ("{large: logo.png}", "logo.png", "示例科技"),
    ],
)
def test_logo(brand: MakeBrand, logo: str, path: str, alt: str):
    loaded = brand(f"{META}logo: {logo}\n")
    assert (loaded.logo, loaded.logo_alt) == (path, alt)
    assert loaded.logo_file is not None
    assert loaded.logo_file.as_posix().endswith(path)


def test_no_logo(brand: MakeBrand):
    assert (brand(META).logo, brand(META).logo_file) == (None, None)


@pytest.mark.parametrize(
    "logo", ["no.png", "{medium: no.png}", "{medium: https://example.com/logo.png}", "{medium: ../logo.png}", "{medium: nosuchname}"]
)
def test_missing_logo(codes: Codes, logo: str):
    assert codes(f"{META}logo: {logo}\n") == [("GP512", 2)]


# Colours


def test_colors_of_a_brand_that_gives_none(brand: MakeBrand):
    assert brand(META).colors["primary"] == "#1f4e79"


@pytest.mark.parametrize(
    ("lines", "color"),
    [
        ('primary: "#1F4E79"', "#1f4e79"),
        ('primary: "#A1f"', "#aa11ff"),
        ('palette: {navy: "#1F4E79"}\n  primary: navy', "#1f4e79"),
        ('palette: {a: b, b: c, c: "#010203"}\n  primary: a', "#010203"),
        ('palette: {primary: "#010203"}\n  primary: primary', "#010203"),
        ('palette: {深蓝: "#010203"}\n  primary: 深蓝', "#010203"),
    ],
)
def test_color(brand: MakeBrand, lines: str, color: str):
    assert brand(f"{META}color:\n  {lines}\n").colors["primary"] == color


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ("primary: navy", 3),
        ('primary: "1F4E79"', 3),
        ('primary: "#12345"', 3),
        ('primary: "#12345g"', 3),
        ("primary: rgb(1, 2, 3)", 3),
        ("primary: 'red;} body{display:none'", 3),
        ("palette: {a: b, b: a}\n  primary: a", 4),
        ("palette: {a: a}\n  primary: a", 4),
        ("palette: {a: nosuch}\n  primary: a", 4),
    ],
)
def test_what_is_not_a_color(codes: Codes, lines: str, line: int):
    assert codes(f"{META}color:\n  {lines}\n") == [("GP511", line)]


def test_a_role_may_name_another(brand: MakeBrand):
    assert brand(f"{META}color: {{primary: '#010203', secondary: primary}}\n").colors["secondary"] == "#010203"


def test_color_that_yaml_took_for_a_comment(codes: Codes):
    assert codes(f"{META}color:\n  primary: #1F4E79\n") in ([("GP203", 3)], [])


def test_every_mistake_is_found_at_once(codes: Codes):
    text = f"{META}logo: no.png\ncolor: {{primary: x, dark: y}}\ntypography: {{fonts: [{{family: A, source: google}}]}}\n"
    assert sorted(codes(text)) == [("GP511", 3), ("GP511", 3), ("GP512", 2), ("GP513", 4)]


# Typography


@pytest.mark.parametrize(
    ("size", "points"),
    [("10.5pt", 10.5), ("14px", 10.5), ("1rem", 12), ("0.9em", 10.8), ("16", 12), (None, 10.5)],
)
def test_size(brand: MakeBrand, size: str | None, points: float):
    lines = f"typography: {{base: {{family: A, size: {size}}}}}\n" if size else ""
    assert brand(META + lines).body_size == pytest.approx(points)


@pytest.mark.parametrize(
    ("size", "code"), [("big", "GP203"), ("10 pt", "GP203"), ("-3pt", "GP203"), ("0pt", "GP205"), ("400pt", "GP205"), ("10pt;}", "GP203")]
)
def test_what_is_not_a_size(codes: Codes, size: str, code: str):
    assert codes(f"{META}typography: {{base: {{size: '{size}'}}}}\n") == [(code, 2)]


def test_families(brand: MakeBrand):
    assert brand(META + "typography: {base: Noto Serif SC}\n").heading_font == "Noto Serif SC"
    loaded = brand(META + "typography:\n  base: {family: 宋体, line-height: 1.5}\n  headings: 黑体\n")
    assert (loaded.body_font, loaded.heading_font, loaded.line_height) == ("Noto Sans SC", "Noto Sans SC", 1.5)
    assert (loaded.word_body_font, loaded.word_heading_font, loaded.word_latin_font) == ("宋体", "黑体", "宋体")


def test_word_fonts(brand: MakeBrand):
    loaded = brand(META + "defaults: {genplan: {word: {body: 宋体, headings: 黑体, latin: Arial}}, quarto: {format: {html: x}}}\n")
    assert (loaded.word_body_font, loaded.word_heading_font, loaded.word_latin_font) == ("宋体", "黑体", "Arial")


def test_the_rest_of_the_format_is_accepted(brand: MakeBrand):
    brand(
        META + "typography:\n"
        "  base: {family: A, size: 10pt, weight: 400, line-height: 1.5}\n"
        "  headings: {family: A, weight: 600, style: normal, line-height: 1.2, color: primary}\n"
        "  monospace: {family: B, size: 0.9em, weight: 400}\n"
        "  monospace-inline: {color: primary, background-color: light}\n"
        "  monospace-block: {color: primary, background-color: light, line-height: 1.4}\n"
        "  link: {weight: 600, color: primary, background-color: light, decoration: underline}\n"
    )


def test_every_field_of_the_public_format_is_known():
    """The fields of the models of PyPI's brand-yml 0.2.0, listed by hand: genplan does not depend on it."""
    known = {
        model.Meta: "name link",
        model.Name: "full short",
        model.Logos: "images small medium large",
        model.Image: "path alt attrs",
        model.Pair: "light dark",
        model.Colors: "palette foreground background primary secondary tertiary success info warning danger light dark",
        model.Typography: "fonts base headings monospace monospace-inline monospace-block link",
        model.Font: "family source files weight style display version url",
        model.Face: "path weight style",
        model.Base: "family size weight line-height",
        model.Headings: "family weight style line-height color",
        model.Monospace: "family size weight line-height color background-color",
        model.Link: "weight color background-color decoration",
        model.BrandFile: "meta logo color typography defaults",
    }
    for each, names in known.items():
        assert {field.alias or name for name, field in each.model_fields.items()} == set(names.split()), each


def test_typography_is_followed(brand: MakeBrand):
    loaded = brand(
        META + "color: {palette: {plum: '#6A1B4D'}, primary: plum}\n"
        "typography:\n  base: {weight: 300}\n"
        "  headings: {weight: bold, style: italic, line-height: 1.25, color: plum}\n"
        "  link: {weight: 600, color: primary, background-color: light, decoration: underline}\n"
    )
    assert loaded.body_weight == 300
    assert loaded.headings == HeadingType(700, "italic", 1.25, "#6a1b4d")
    assert loaded.link == LinkType(600, "#f3f6f9", "underline")
    assert loaded.colors["link"] == "#6a1b4d"
    assert brand(META).colors["link"] == brand(META).colors["info"]


@pytest.mark.parametrize(
    ("lines", "keys"),
    [
        ("typography: {monospace: A}", ["typography.monospace"]),
        (
            "typography: {monospace-inline: {color: red}, monospace-block: {size: 9pt}}",
            ["typography.monospace-inline", "typography.monospace-block"],
        ),
        ("typography: {fonts: [{family: A, display: swap}]}", ["typography.fonts.0.display"]),
        ("logo: {medium: {light: logo.png, dark: images/dark.png}}", ["logo.medium.dark"]),
        (
            "logo: {medium: {light: logo.png, dark: images/dark.png}}\ncolor: {background: '#101010', foreground: '#eeeeee'}",
            ["logo.medium.light"],
        ),
        ("logo: {images: {a: logo.png, b: images/small.png}, medium: a}", ["logo.images.b"]),
        ("logo: {medium: {path: logo.png, attrs: {height: 1}}}", ["logo.medium.attrs"]),
        ("logo: {small: images/small.png, medium: logo.png, large: logo.png}", []),
    ],
)
def test_what_is_not_used_is_said(load_text: LoadBrand, lines: str, keys: list[str]):
    notes = [d for d in load_text(f"{META}{lines}\n").diagnostics if d.code == "GP520"]
    assert [d.message.split("`")[1] for d in notes] == keys
    assert all(d.span.line is not None and d.span.line > 1 for d in notes)


def test_logos_by_size(brand: MakeBrand):
    def paths(text: str) -> dict[str, str]:
        return {size: logo.path for size, logo in brand(f"{META}logo: {text}\n").logos.items()}

    assert paths("{small: images/small.png, medium: logo.png, large: images/dark.png}") == {
        "small": "images/small.png",
        "medium": "logo.png",
        "large": "images/dark.png",
    }
    assert paths("logo.png") == {"small": "logo.png", "medium": "logo.png"}
    assert paths("{large: logo.png}") == {"small": "logo.png", "medium": "logo.png", "large": "logo.png"}
    dark = brand(f"{META}logo: {{light: logo.png, dark: images/dark.png}}\ncolor: {{background: '#111', foreground: '#eee'}}\n")
    assert dark.logo == "images/dark.png"


@pytest.mark.parametrize(
    "lines", ["link: {decoration: blink}", "headings: {style: slanted}", "headings: {weight: heavy}", "link: {size: 9pt}"]
)
def test_mistakes_in_typography(codes: Codes, lines: str):
    assert codes(f"{META}typography:\n  {lines}\n")[0][1] == 3


def test_font_files(brand: MakeBrand):
    text = (
        "typography:\n  fonts:\n    - family: A\n      source: file\n      files:\n"
        "        - fonts/A.ttf\n        - {path: fonts/B.ttf, weight: bold, style: italic}\n"
        "    - {family: 宋体}\n    - {family: 黑体, source: system}\n"
    )
    faces = brand(META + text).fonts
    assert [(f.family, f.path, f.weight, f.style) for f in faces] == [
        ("A", "fonts/A.ttf", 400, "normal"),
        ("A", "fonts/B.ttf", 700, "italic"),
    ]


@pytest.mark.parametrize("source", ["google", "bunny"])
def test_font_that_would_be_fetched(load_text: LoadBrand, source: str):
    brand, found = load_text(
        f"{META}typography:\n  fonts:\n    - family: Noto Serif SC\n      source: {source}\n      weight: [400, 700]\n"
    )
    assert brand is not None
    assert brand.fonts == ()
    assert [d.code for d in found] == ["GP513"]
    assert source in found[0].message


@pytest.mark.parametrize("path", ["fonts/C.ttf", "../A.ttf", "https://example.com/A.ttf"])
def test_missing_font_file(codes: Codes, path: str):
    assert [code for code, _ in codes(f"{META}typography: {{fonts: [{{family: A, source: file, files: [{path}]}}]}}\n")] == ["GP512"]


@pytest.mark.parametrize("weight", ["heavy", "-1", "0", "5000", "[400]"])
def test_what_is_not_a_weight(codes: Codes, weight: str):
    text = f"{META}typography: {{fonts: [{{family: A, source: file, files: [{{path: fonts/A.ttf, weight: {weight}}}]}}]}}\n"
    assert codes(text) == [("GP203", 2)]


# Mistakes of form


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("meta: {name: x}\ncolour: {}\n", "GP201"),
        ("meta: {name: x}\nmeta: {name: y}\n", "GP103"),
        ("meta: {name: &a x}\n", "GP102"),
        ("meta: [\n", "GP101"),
        ("meta: {name: x}\ncolor: {palette: [a]}\n", "GP203"),
        ("meta: {name: x}\ncolor: {primary: [1]}\n", "GP203"),
        ("meta: {name: x}\ntypography: {base: {line-height: 9}}\n", "GP205"),
        ("meta: {name: x}\ndefaults: {genplan: {wrod: {}}}\n", "GP201"),
    ],
)
def test_mistake(load_text: LoadBrand, text: str, code: str):
    brand, found = load_text(text)
    assert brand is None
    assert code in {d.code for d in found}
    assert all(d.span.file == "templates/brand.yml" for d in found)


def test_unreadable(tmp_path: Path):
    assert [d.code for d in load_brand(tmp_path / "no.yml", "templates/brand.yml", lambda _: None).diagnostics] == ["GP001"]
    (tmp_path / "brand.yml").write_bytes("meta: {name: 示例}".encode("gbk"))
    assert [d.code for d in load_brand(tmp_path / "brand.yml", "templates/brand.yml", lambda _: None).diagnostics] == ["GP002"]
