"""A scene above, the request's words below it."""

from PIL import Image

from jury.painting.scene import scene
from jury.painting.typography import set_text

#: The scene's share of the height.
SCENE_SHARE = 0.6


def scene_text_card(words: str, text: str, size: tuple[int, int]) -> Image.Image:
    """A plain card of the scene in `words` with `text` printed beneath, `size` being width and height in pixels.

    Raises `InputError` for a text that does not fit or has letters no font here has.
    """
    width, height = size
    edge = round(height * SCENE_SHARE)
    image = Image.new("RGB", size, "white")
    image.paste(scene(words, (width, edge)), (0, 0))
    set_text(image, (0, edge, width, height), text)
    return image
