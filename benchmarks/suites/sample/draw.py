"""Paints the images of the suite from `scenes.yaml`: `python -m benchmarks.suites.sample.draw`."""

from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageDraw

_FOLDER = Path(__file__).parent
_LINE_WIDTH = 4


def paint(ground: list[Any], shapes: list[list[Any]]) -> Image.Image:
    """An image of width, height and colour `ground`, with shapes such as `[ellipse, red, x0, y0, x1, y1]` over it."""
    width, height, colour = ground
    image = Image.new("RGB", (width, height), colour)
    draw = ImageDraw.Draw(image)
    for shape, fill, *where in shapes:
        if shape == "text":
            draw.text((where[0], where[1]), where[2], fill=fill)
        elif shape == "line":
            draw.line(where, fill=fill, width=_LINE_WIDTH)
        else:
            {"rectangle": draw.rectangle, "ellipse": draw.ellipse, "polygon": draw.polygon}[shape](where, fill=fill)
    return image


def main() -> None:
    """Write `media/<scene>.png` for every scene."""
    scenes = yaml.safe_load((_FOLDER / "scenes.yaml").read_text(encoding="utf-8"))
    for name, scene in scenes.items():
        paint(**scene).save(_FOLDER / "media" / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
