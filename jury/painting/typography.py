"""A request as an image of its own words, black on white."""

from PIL import Image, ImageDraw

from jury.painting.layout import fitted

#: The edge left free around the text, as a share of the image's shorter edge.
MARGIN = 0.06


def typographic_card(text: str, size: tuple[int, int], *, items: int = 0) -> Image.Image:
    """The text as large as fits into `size` (width, height in pixels), then `items` numbered lines left empty.

    With three items this is FigStep's image: a request as the title of a list that is to be filled in (Gong et al.,
    "FigStep: Jailbreaking Large Vision-Language Models via Typographic Visual Prompts", arXiv 2311.05608, section 3).
    Raises `InputError` for a text that does not fit or has letters no font here has.
    """
    image = Image.new("RGB", size, "white")
    set_text(image, (0, 0, *size), text, items=items)
    return image


def set_text(image: Image.Image, box: tuple[int, int, int, int], text: str, *, items: int = 0) -> None:
    """Write a text and numbered empty lines into a box (left, top, right, bottom) of an image, black, left-aligned."""
    left, top, right, bottom = box
    margin = round(min(image.size) * MARGIN)
    inner = (left + margin, top + margin // 2, right - margin, bottom - margin // 2)
    lines = [text.strip(), *(f"{number}." for number in range(1, items + 1))]
    block = fitted("\n".join(lines), inner[2] - inner[0], inner[3] - inner[1])
    block.draw(ImageDraw.Draw(image), inner, centred=False, fill="black")
