"""Draw the logo of the sample company, templates/images/logo.png.

Run: python tools/logo.py (needs pillow).
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

TEMPLATES = Path(__file__).parent.parent / "templates"
NAVY = (31, 78, 121, 255)
WHITE = (255, 255, 255, 255)
HEIGHT = 192
SCALE = 4
"""Drawn larger and reduced, for smooth edges."""


def draw() -> Image.Image:
    """Draw the mark, three rising bars in a rounded square, with the name next to it."""
    size = HEIGHT * SCALE
    font = ImageFont.truetype(str(TEMPLATES / "fonts" / "NotoSansSC-Bold.ttf"), int(size * 0.56))
    text_width = int(font.getlength("示例科技"))
    image = Image.new("RGBA", (int(size * 1.22) + text_width, size), (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, size - 1, size - 1), radius=size // 5, fill=NAVY)
    for index, height in enumerate((0.28, 0.42, 0.58)):
        left = size * (0.22 + 0.21 * index)
        pen.rounded_rectangle((left, size * (0.79 - height), left + size * 0.14, size * 0.79), radius=size // 40, fill=WHITE)
    pen.text((int(size * 1.2), size // 2), "示例科技", font=font, fill=NAVY, anchor="lm")
    return image.resize((image.width // SCALE, HEIGHT), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    draw().quantize(64, method=Image.Quantize.FASTOCTREE).save(TEMPLATES / "images" / "logo.png", optimize=True)
