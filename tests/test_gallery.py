"""docs/gallery shows every kind in every language and theme."""

from itertools import product
from pathlib import Path
from types import ModuleType

import pytest
import scripts

from genplan import resources
from genplan.theme.theme import load_theme
from genplan.writers import contact_sheet

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def gallery() -> ModuleType:
    if contact_sheet.missing():
        pytest.skip("the libraries that draw are not installed")
    module: ModuleType = scripts.load("tools/gallery.py")
    return module


def test_the_gallery_wants_every_kind_language_and_theme(gallery):
    templates = resources.templates()
    kinds = {path.name.removesuffix(".html.j2") for path in (templates / "kinds").glob("*.html.j2")}
    languages = {path.stem for path in (templates / "locales").glob("*.yml")}
    themes = {"modern", *(path.name for path in (templates / "themes").iterdir() if path.is_dir())}
    wanted = [(picture.kind, picture.language, picture.theme) for picture in gallery.wanted()]
    assert sorted(wanted) == sorted(product(kinds, languages, themes))


def test_every_picture_is_there_and_shown(gallery):
    names = {picture.name for picture in gallery.wanted()}
    assert {path.name for path in gallery.FOLDER.glob("*.png")} == names
    page = (gallery.FOLDER / "README.md").read_text("utf-8")
    assert {name for name in names if f"]({name})](" not in page} == set()


def test_pictures_show_pages_and_stay_small(gallery):
    from PIL import Image

    for picture in gallery.wanted():
        path = gallery.FOLDER / picture.name
        with Image.open(path) as image:
            assert image.width > gallery.WIDTH
            assert image.height > gallery.WIDTH
        assert path.stat().st_size < 200_000
    assert sum(path.stat().st_size for path in gallery.FOLDER.glob("*.png")) < 6_000_000


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
def test_the_plans_of_the_gallery_give_every_kind(gallery, language):
    theme = load_theme(None, language).value
    assert theme is not None
    chosen = gallery.documents(language, theme)
    assert set(chosen) == set(gallery.kinds())
    data, pages = gallery.draw(chosen["notice"], theme)
    assert data.startswith(b"\x89PNG")
    assert pages >= 1
    assert gallery.draw(chosen["notice"], theme) == (data, pages)
