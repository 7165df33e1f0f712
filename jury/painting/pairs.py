"""Images in pairs, for questions whose answer must follow what changed, or must not."""

from PIL import Image, ImageDraw

from jury.painting.layout import Block
from jury.painting.noise import with_noise
from jury.painting.opaque import on_white

__all__ = ["side_by_side", "swapped", "with_noise"]

#: The strip of letters beneath two panels, as a share of a panel's height.
LETTER_SHARE = 0.14
_SMALLEST_STRIP = 24


def swapped(image: Image.Image) -> Image.Image:
    """The image with its left and right halves exchanged, pixel for pixel; the middle column of an odd width stays.

    Done twice, it gives the image back.
    """
    width, height = image.size
    half = width // 2
    result = image.copy()
    result.paste(image.crop((width - half, 0, width, height)), (0, 0))
    result.paste(image.crop((0, 0, half, height)), (width - half, 0))
    return result


def side_by_side(left: Image.Image, right: Image.Image) -> Image.Image:
    """Two panels of equal size next to each other, the letter A beneath the left one and B beneath the right.

    The smaller image is laid on white in the middle of its panel. `side_by_side(right, left)` exchanges the panels and
    leaves the letters where they are: above the letters it is exactly `swapped`.
    """
    width, height = max(left.width, right.width), max(left.height, right.height)
    strip = max(_SMALLEST_STRIP, round(height * LETTER_SHARE))
    result = Image.new("RGB", (2 * width, height + strip), "white")
    draw = ImageDraw.Draw(result)
    for letter, panel, start in (("A", left, 0), ("B", right, width)):
        result.paste(on_white(panel), (start + (width - panel.width) // 2, (height - panel.height) // 2))
        box = (start, height, start + width, height + strip)
        Block((letter,), round(strip * 0.7)).draw(draw, box, centred=True, fill="black")
    return result
