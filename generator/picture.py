"""The picture that other sites show beside a link to a page: words on the colours of this site, as PNG.

The letters are those of the font that Pillow carries, which has no accents: `drawable` says what it can show.
"""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from generator.markup import SIGN

SIZE = (1200, 630)
"""Width and height in pixels, as the platforms ask for."""

NIGHT, GOLD, PAPER, HAZE = "#14284b", "#e9b44c", "#ffffff", "#b6bfce"
_LEFT, _WIDTH = 90, 1020
_SHOWN = frozenset(map(chr, range(32, 127))) | frozenset("·’“”…")


def drawable(text: str) -> bool:
    """Say whether the font has every character of *text*."""
    return _SHOWN.issuperset(text)


@cache
def picture(title: str, line: str) -> bytes:
    """Return the picture that says *title*, large and on two lines at most, and *line* below it."""
    image = Image.new("RGB", SIZE, NIGHT)
    draw = ImageDraw.Draw(image)
    image.paste(_mark(), (_LEFT, 70))
    draw.rectangle([(0, 612), SIZE], fill=GOLD)
    font, lines = _fitted(title)
    top = 290 if len(lines) == 1 else 225
    for at, words in enumerate(lines):
        draw.text((_LEFT, top + at * 100), words, font=font, fill=PAPER)
    draw.text((_LEFT, 445), line, font=_font(34), fill=HAZE)
    draw.text((_LEFT, 535), "Summit Record", font=_font(30), fill=GOLD)
    sign = PngInfo()
    sign.add_text("Comment", SIGN)
    made = io.BytesIO()
    image.save(made, "PNG", pnginfo=sign)
    return made.getvalue()


@cache
def _mark() -> Image.Image:
    """Return the site's mark, docs/assets/mark.svg; it is drawn large and made small, so that its edges are smooth."""
    image = Image.new("RGB", (480, 480), NIGHT)
    draw = ImageDraw.Draw(image)
    points = [(2, 20), (9.2, 6.5), (12.6, 12.5), (14.8, 9), (22, 20)]
    draw.polygon([((x - 2) * 24, (y - 2) * 24) for x, y in points], fill=GOLD)
    draw.ellipse([(13.2 * 24, 0.5 * 24), (17.8 * 24, 5.1 * 24)], fill=GOLD)
    return image.resize((120, 120), Image.Resampling.LANCZOS)


def _fitted(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the largest font in which *title* fits on two lines, and these; the smallest cuts it."""
    for size in (88, 72, 60):
        font, lines = _font(size), [""]
        for word in title.split():
            longer = f"{lines[-1]} {word}".strip()
            if font.getlength(longer) <= _WIDTH:
                lines[-1] = longer
            else:
                lines.append(word)
        if len(lines) <= 2 and max(map(font.getlength, lines)) <= _WIDTH:
            return font, lines
    return font, [_cut(words, font) for words in lines[:2]]


def _cut(words: str, font: ImageFont.FreeTypeFont) -> str:
    while font.getlength(words) > _WIDTH:
        words = words[:-1]
    return words


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow without FreeType"
    return font
