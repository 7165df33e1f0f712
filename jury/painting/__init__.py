"""Offline painters: plain cards and typographic images, conditions for experiments, pairs. Equal input, equal bytes."""

from jury.painting.conditions import CONDITIONS, Condition, changed
from jury.painting.pairs import side_by_side, swapped, with_noise
from jury.painting.png import png_bytes
from jury.painting.scene import NO_CAPTION, scene_card
from jury.painting.scene_text import scene_text_card
from jury.painting.typography import typographic_card

__all__ = [
    "CONDITIONS",
    "NO_CAPTION",
    "Condition",
    "changed",
    "png_bytes",
    "scene_card",
    "scene_text_card",
    "side_by_side",
    "swapped",
    "typographic_card",
    "with_noise",
]
