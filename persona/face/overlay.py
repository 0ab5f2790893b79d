"""Words drawn on a picture: the label that says what it is, and captions burnt in."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from persona.face.landmarks import Picture

_LABEL_SHARE, _CAPTION_SHARE = 0.030, 0.046
"""Height of the letters over the height of the picture."""
_MARGIN = 0.025


class _Plate(NamedTuple):
    """Letters on a dark plate, ready to be laid on a picture."""

    colour: NDArray[np.uint16]
    """[h, w, 3], already weighted."""
    stay: NDArray[np.uint16]
    """[h, w, 1], how much of the picture stays, of 256."""


def draw_label(picture: Picture, text: str) -> None:
    """Write `text` small into the upper left corner; changes `picture`."""
    height, width = picture.shape[:2]
    margin = round(_MARGIN * height)
    plate = _plate(text, round(_LABEL_SHARE * height), width - 2 * margin)
    _lay(picture, plate, margin, margin)


def draw_caption(picture: Picture, text: str) -> None:
    """Write `text` into the lower middle; changes `picture`."""
    height, width = picture.shape[:2]
    margin = round(_MARGIN * height)
    plate = _plate(text, round(_CAPTION_SHARE * height), width - 2 * margin)
    deep, wide = plate.stay.shape[:2]
    _lay(picture, plate, (width - wide) // 2, height - deep - 2 * margin)


def _lay(picture: Picture, plate: _Plate, left: int, top: int) -> None:
    deep, wide = plate.stay.shape[:2]
    place = picture[top : top + deep, left : left + wide]
    place[:] = (place * plate.stay + plate.colour) >> 8


@lru_cache(maxsize=64)
def _plate(text: str, letter: int, widest: int) -> _Plate:
    font = ImageFont.load_default(letter)
    lines = _wrapped(text, font, widest - letter)
    pad = letter // 2
    wide = min(widest, round(max(font.getlength(line) for line in lines)) + 2 * pad)
    deep = round(letter * 1.25 * len(lines)) + pad
    image = Image.new("RGBA", (wide, deep), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, wide - 1, deep - 1), radius=pad, fill=(12, 14, 18, 150))
    for number, line in enumerate(lines):
        at = (wide / 2, pad / 2 + letter * (0.62 + 1.25 * number))
        pen.text(at, line, font=font, fill=(255, 255, 255, 255), anchor="mm")
    drawn = np.asarray(image).astype(np.uint16)
    solid = drawn[:, :, 3:]
    weight = (solid * 256) // 255
    return _Plate(drawn[:, :, 2::-1] * weight, 256 - weight)


def _wrapped(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, room: int) -> list[str]:
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
