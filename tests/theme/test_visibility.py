"""Logos that can be seen on the paper, and those that cannot."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from genplan.theme.brand.visibility import is_faint
from genplan.theme.resource_checks.pictures import read_picture

Draw = Callable[[ImageDraw.ImageDraw], None]
CLEAR, WHITE, BLUE = (0, 0, 0, 0), (255, 255, 255, 255), (30, 60, 160, 255)


def letters(color: tuple[int, ...], start: int = 20) -> Draw:
    def draw(pencil: ImageDraw.ImageDraw) -> None:
        for x in range(start, 180, 20):
            pencil.rectangle((x, 20, x + 8, 60), fill=color)

    return draw


def ring(pencil: ImageDraw.ImageDraw) -> None:
    pencil.ellipse((5, 5, 75, 75), fill=WHITE, outline=BLUE, width=5)


def symbol_and_white_letters(pencil: ImageDraw.ImageDraw) -> None:
    pencil.ellipse((5, 20, 45, 60), fill=BLUE)
    letters(WHITE, 60)(pencil)


@pytest.mark.parametrize(
    ("draw", "sheet", "mode", "paper", "faint"),
    [
        (letters(WHITE), CLEAR, "RGBA", "#ffffff", True),
        (letters(WHITE), CLEAR, "RGBA", "#102040", False),
        (letters((240, 240, 240, 255)), CLEAR, "RGBA", "#ffffff", True),
        (letters((0, 0, 0, 20)), CLEAR, "RGBA", "#ffffff", True),
        (letters(BLUE), CLEAR, "RGBA", "#ffffff", False),
        (letters((255, 209, 0, 255)), CLEAR, "RGBA", "#ffffff", False),
        (letters(WHITE), WHITE, "RGB", "#ffffff", True),
        (letters(BLUE), WHITE, "L", "#ffffff", False),
        (letters(BLUE), WHITE, "P", "#ffffff", False),
        (letters(WHITE), BLUE, "RGBA", "#ffffff", False),
        (ring, CLEAR, "RGBA", "#ffffff", False),
        (symbol_and_white_letters, CLEAR, "RGBA", "#ffffff", True),
        (letters(CLEAR), CLEAR, "RGBA", "#ffffff", True),
    ],
)
def test_picture(tmp_path: Path, draw: Draw, sheet: tuple[int, ...], mode: str, paper: str, *, faint: bool):
    image = Image.new("RGBA", (200, 80), sheet)
    draw(ImageDraw.Draw(image))
    image.convert(mode).save(tmp_path / "logo.png")
    assert is_faint(read_picture(tmp_path / "logo.png", "logo.png"), paper) is faint


@pytest.mark.parametrize(("content", "faint"), [('<rect width="9" height="9" fill="#fff"/>', True), ("<text>A</text>", False)])
def test_drawing(tmp_path: Path, content: str, *, faint: bool):
    logo = tmp_path / "logo.svg"
    logo.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" width="20mm" height="20mm">{content}</svg>', "utf-8")
    assert is_faint(read_picture(logo, "logo.svg"), "#ffffff") is faint
