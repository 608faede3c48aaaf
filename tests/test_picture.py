from __future__ import annotations

import io

import pytest
from PIL import Image

from generator.markup import SIGN
from generator.picture import GOLD, NIGHT, SIZE, drawable, picture


def opened(title: str, line: str = "Who met whom") -> Image.Image:
    return Image.open(io.BytesIO(picture(title, line)))


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """Return the box of what is neither ground, nor the bar, nor the mark: the words."""
    words = image.convert("L").crop((0, 210, 1200, 605)).point(lambda light: 255 if light > 90 else 0)
    box = words.getbbox()
    assert box
    return box


@pytest.mark.parametrize("title", ["Facts", "2021 Geneva US-Russia summit", "A very long name, " * 17, "W" * 300])
def test_a_picture_has_the_size_that_platforms_ask_for_and_no_word_leaves_it(title: str) -> None:
    image = opened(title)
    assert (image.format, image.size) == ("PNG", SIZE)
    assert image.convert("RGB").getpixel((5, 5)) == tuple(bytes.fromhex(NIGHT[1:]))
    assert image.convert("RGB").getpixel((5, 625)) == tuple(bytes.fromhex(GOLD[1:]))
    assert ink(image)[2] <= 1115


def test_a_picture_bears_the_sign_and_is_the_same_each_time() -> None:
    assert opened("Facts").info["Comment"] == SIGN
    assert picture("Facts", "x") == picture.__wrapped__("Facts", "x")
    assert len(picture("Facts", "x")) < 30_000


def test_only_what_the_font_has_is_drawable() -> None:
    assert drawable("2021 Brussels summit · “x”")
    assert not any(map(drawable, ["Erdoğan", "თბილისი", "US–Russia", "⛴️", "a\nb"]))
