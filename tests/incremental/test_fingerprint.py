"""What counts as what a file was made from: libraries, the look, and the data, whose keys stand in an order."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from genplan.incremental import fingerprint
from genplan.incremental.fingerprint import Fingerprints, difference, versions
from genplan.incremental.manifest import Manifest
from genplan.theme.theme import Theme, load_theme
from genplan.writers.options import Options

EVERY = {"genplan", "Python", "zlib", "jinja2", "markupsafe", "markdown-it-py", "babel", "tinyhtml5"}
"""What a file of any format is made with."""


@pytest.fixture
def manifest(tmp_path: Path) -> Iterator[Manifest]:
    with Manifest(tmp_path) as held:
        yield held


@pytest.fixture
def prints(theme: Theme, manifest: Manifest) -> Fingerprints:
    return Fingerprints(theme, manifest)


@pytest.mark.parametrize(
    ("form", "own"),
    [
        ("html", set()),
        ("docx", {"python-docx", "lxml", "pillow", "fonttools", "resvg-py", "docxtpl"}),
        ("weasyprint", {"weasyprint", "pydyf", "tinycss2", "cssselect2", "pyphen", "fonttools", "pillow", "pikepdf"}),
    ],
)
def test_versions_of_libraries_count(form: str, own: set[str]) -> None:
    named = {name for name, _ in versions(form)}
    assert named >= EVERY | own
    if form != "weasyprint":
        assert named == EVERY | own


@pytest.mark.parametrize(
    ("form", "library"), [("html", "jinja2"), ("html", "babel"), ("docx", "lxml"), ("weasyprint", "weasyprint"), ("typst", "typst")]
)
def test_another_version_of_a_library_is_another_part(form: str, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dict(versions(form))
    installed = fingerprint.version
    monkeypatch.setattr(fingerprint, "version", lambda name: "0.0.1" if name == library else installed(name))
    versions.cache_clear()
    try:
        assert difference(before, versions(form)) == [library]
    finally:
        versions.cache_clear()


@pytest.mark.parametrize(("form", "counts"), [("weasyprint", True), ("typst", False), ("docx", False), ("html", False)])
def test_native_libraries_count_for_pdfs(form: str, counts: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001 - of the table
    before = versions(form)
    monkeypatch.setattr(fingerprint, "native_versions", lambda: {"Pango": "0.0.1"})
    versions.cache_clear()
    try:
        assert (versions(form) != before) == counts
    finally:
        versions.cache_clear()


def test_a_library_that_is_missing_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise fingerprint.PackageNotFoundError(name)

    monkeypatch.setattr(fingerprint, "version", missing)
    versions.cache_clear()
    try:
        assert dict(versions("html"))["jinja2"] == fingerprint.data_digest("")
    finally:
        versions.cache_clear()


def test_the_order_of_keys_counts(prints: Fingerprints) -> None:
    """A template that goes through a mapping shows its keys in their order."""
    one, other = {"scores": {"甲": "1", "乙": "2"}}, {"scores": {"乙": "2", "甲": "1"}}
    assert prints.data(one, {})[1] != prints.data(other, {})[1]
    assert prints.data(one, {})[1] == prints.data({"scores": {"甲": "1", "乙": "2"}}, {})[1]


def test_what_a_document_shares_is_a_part_of_its_own(prints: Fingerprints, manifest: Manifest) -> None:
    team, brand = {"count": "3"}, {"name": "示例"}
    shared = {"team": team, "brand": brand, "unshown": "x"}
    common, own = prints.data({"team": team, "brand": brand, "person": "甲"}, shared)
    assert set(manifest.items(common)) == {"team", "team.count", "brand", "brand.name"}
    assert set(manifest.items(own)) == {"person"}
    again = prints.data({"team": team, "brand": brand, "person": "乙"}, shared)
    assert again[0] == common
    assert again[1] != own


def test_data_that_only_equal_the_shared_are_the_documents_own(prints: Fingerprints, manifest: Manifest) -> None:
    common, own = prints.data({"team": {"count": "3"}}, {"team": {"count": "3"}})
    assert manifest.items(common) == {}
    assert set(manifest.items(own)) == {"team", "team.count"}


def test_less_of_what_is_shared_is_another_part(prints: Fingerprints, manifest: Manifest) -> None:
    shared = {"one": "1", "two": "2"}
    assert set(manifest.items(prints.data(dict(shared), shared)[0])) == {"one", "two"}
    assert set(manifest.items(prints.data({"one": shared["one"]}, shared)[0])) == {"one"}


def test_what_another_kind_shares_is_another_part(prints: Fingerprints, manifest: Manifest) -> None:
    first, second = {"one": "1"}, {"one": "2"}
    before = manifest.items(prints.data(dict(first), first)[0])
    assert manifest.items(prints.data(dict(second), second)[0]) != before


def test_options_name_what_they_are(prints: Fingerprints, manifest: Manifest) -> None:
    day = date(2026, 9, 30)
    asked = manifest.items(prints.options("team/0007", day, Options(), ("language", "zh-CN")))
    assert {"file", "issued", "language"} < set(asked)
    later = manifest.items(prints.options("team/0007", date(2026, 10, 1), Options(), ("language", "zh-CN")))
    assert difference(asked, later) == ["issued"]
    assert difference(asked, manifest.items(prints.options("team/0008", day, Options(), ("language", "en")))) == ["file", "language"]


def test_files_of_the_theme_count_for_their_format(prints: Fingerprints, manifest: Manifest) -> None:
    names = {form: set(manifest.items(prints.look("zh-CN", form))) for form in ("pdf", "docx", "html")}
    assert "reference.docx" in names["docx"] - names["pdf"] - names["html"]
    assert "styles/page.css" in names["html"] - names["pdf"] - names["docx"]
    assert {"labels", "style sheet", "brand.name"} <= names["pdf"]
    assert any(name.startswith("fonts/") for name in names["pdf"])


def test_another_language_is_another_look(prints: Fingerprints, manifest: Manifest) -> None:
    simplified, traditional = (manifest.items(prints.look(language, "html")) for language in ("zh-CN", "zh-TW"))
    assert "labels" in difference(simplified, traditional)


def test_what_the_style_sheet_names_counts_however_it_names_it(tmp_path: Path, manifest: Manifest) -> None:
    styles = tmp_path / "styles"
    styles.mkdir()
    (tmp_path / "a b.png").write_bytes(b"1")
    (styles / "more.css").write_text("p { background: url('deep.png') }", "utf-8")
    (tmp_path / "deep.png").write_bytes(b"1")
    (styles / "custom.css").write_text(
        '@import "styles/more.css"; p { background: url(a%20b.png) } b { background: url(data:x) } i { filter: url(#f) }', "utf-8"
    )
    theme = load_theme(tmp_path, "zh-CN").value
    assert theme is not None
    names = set(manifest.items(Fingerprints(theme, manifest).look("zh-CN", "pdf")))
    assert {"a b.png", "deep.png"} <= names
    assert not any(name.startswith(("data:", "#")) for name in names)


def test_templates_are_read_anew(tmp_path: Path, manifest: Manifest) -> None:
    kind = tmp_path / "kinds" / "result.html.j2"
    kind.parent.mkdir()
    kind.write_text("before", "utf-8")
    theme = load_theme(tmp_path, "zh-CN").value
    assert theme is not None
    part = manifest.part((("kinds/result.html.j2", fingerprint.file_digest(kind)),))
    assert Fingerprints(theme, manifest).same_templates(part)
    kind.write_text("after", "utf-8")
    prints = Fingerprints(theme, manifest)
    assert not prints.same_templates(part)
    assert difference(manifest.items(part), prints.templates_now(part)) == ["kinds/result.html.j2"]


def test_pictures_are_read_anew(tmp_path: Path, theme: Theme, manifest: Manifest) -> None:
    (tmp_path / "logo.png").write_bytes(b"before")
    part = manifest.part((("logo.png", fingerprint.file_digest(tmp_path / "logo.png")),))
    assert Fingerprints(theme, manifest).same_pictures(part, tmp_path)
    (tmp_path / "logo.png").write_bytes(b"after")
    assert not Fingerprints(theme, manifest).same_pictures(part, tmp_path)


@pytest.mark.parametrize(
    ("before", "now", "named"),
    [
        ({"a": "1", "b": "2"}, {"a": "1", "b": "2"}, []),
        ({"a": "1", "b": "2"}, {"a": "1", "b": "3"}, ["b"]),
        ({"a": "1"}, (("a", "1"), ("c", "1")), ["c"]),
        ({"a": "1", "b": "2"}, {"c": "3"}, ["a", "b", "c"]),
    ],
)
def test_differences_are_named(before: dict, now: dict | tuple, named: list[str]) -> None:
    assert difference(before, now) == named


def test_what_is_known_is_computed_once(theme: Theme, manifest: Manifest, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counting(function: Callable) -> Callable:
        return lambda *arguments: asked.append(function.__name__) or function(*arguments)

    for name in ("versions", "_look"):
        monkeypatch.setattr(fingerprint, name, counting(getattr(fingerprint, name)))
    prints = Fingerprints(theme, manifest)
    assert prints.look("zh-CN", "html") == prints.look("zh-CN", "html")
    assert prints.versions("html", "weasyprint") == prints.versions("html", "weasyprint")
    assert sorted(asked) == ["_look", "versions"]


def test_all_of_genplan_is_its_version(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(fingerprint, "tree_digest", lambda roots: asked.extend(roots) or "0")
    versions.cache_clear()
    try:
        assert "genplan" in dict(versions("html"))
    finally:
        versions.cache_clear()
    assert [(root.name, (root / "cli" / "__init__.py").is_file()) for root in asked] == [("genplan", True)]
