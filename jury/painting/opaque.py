"""Images without transparency."""

from PIL import Image


def on_white(image: Image.Image) -> Image.Image:
    """The image in RGB; what is transparent in it lies on white."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image.convert("RGBA"))
    return ground.convert("RGB")
