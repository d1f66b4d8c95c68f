"""Draw the pictures of docs/hr/first-documents.md: does what the page says, in each language, and looks at what there is then.

Run it after a change of looks: `make gallery` or `python tools/pictures.py`. It needs Chromium, for the page that lists the files.
"""

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

import pages
import pypdfium2
from PIL import Image

FOLDER = Path(__file__).parents[1] / "docs" / "hr"
LANGUAGES = {"en": "", "zh-CN": ".zh-CN", "zh-TW": ".zh-TW"}
"""Language to the suffix of its page."""
WIDTH = 900
"""Pixels of a picture."""
COLORS = 64


def main() -> int:
    """Draw the pictures of each language."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("Chromium is missing (Debian: apt install chromium)")
    (FOLDER / "pictures").mkdir(exist_ok=True)
    for language, suffix in LANGUAGES.items():
        with tempfile.TemporaryDirectory() as folder:
            wrong = pages.play((FOLDER / f"first-documents{suffix}.md").read_text("utf-8"), Path(folder))
            if wrong:
                raise SystemExit("\n".join(wrong))
            output = Path(folder) / "hr" / "output"
            _save(_page(browser, output / "index.html", Path(folder) / "page.png"), f"portal-{language}")
            (result,) = (path for path in output.rglob("0101-*.pdf") if path.parent.name == "result" and path.parents[1].name == "2026-Q3")
            _save(_first_page(result), f"result-{language}")
    return 0


def _page(browser: str, page: Path, picture: Path) -> Image.Image:
    options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1200,800", f"--screenshot={picture}"]
    subprocess.run([browser, *options, page.as_uri()], check=True, capture_output=True)
    return Image.open(io.BytesIO(picture.read_bytes()))


def _first_page(file: Path) -> Image.Image:
    document = pypdfium2.PdfDocument(file)
    return document[0].render(scale=2).to_pil()


def _save(picture: Image.Image, name: str) -> None:
    height = round(picture.height * WIDTH / picture.width)
    small = picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS).quantize(COLORS)
    small.save(FOLDER / "pictures" / f"{name}.png", optimize=True)
    print(f"drew {name}")


if __name__ == "__main__":
    raise SystemExit(main())
