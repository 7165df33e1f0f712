"""Colours that can be read, in light and in dark (WCAG 2.2, 1.4.3: a contrast of 4.5 for text)."""

import re
from pathlib import Path

import pytest

from benchmarks.report import page
from benchmarks.report.charts.grid import SHADES

STYLE = (Path(page.__file__).parent / "style.css").read_text()
BLOCKS = re.findall(r"(:root|\.cool) \{\n(.*?)\n\s*\}", STYLE.split("@media print")[0], re.DOTALL)
LIGHT, DARK = BLOCKS[:1] + BLOCKS[2:3], BLOCKS[1:2] + BLOCKS[3:4]

#: Text on its ground, by the names of both colours.
PAIRS = [
    ("ink", "paper"), ("ink", "card"), ("ink", "well"), ("soft", "paper"), ("soft", "card"), ("soft", "well"),
    ("accent", "paper"), ("accent", "card"), ("positive", "card"), ("negative", "card"), ("undecided", "card"),
    ("on-banner", "banner"), *((f"on-{shade}", f"heat-{shade}") for shade in range(SHADES)),
]  # fmt: skip


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def palette(blocks: list[tuple[str, str]], *, cool: bool) -> dict[str, str]:
    base = colours(BLOCKS[0][1]) | colours(blocks[0][1])
    return base | colours(blocks[1][1]) if cool else base


@pytest.mark.parametrize("cool", [False, True])
@pytest.mark.parametrize("blocks", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text, ground, blocks, cool):
    found = palette(blocks, cool=cool)
    assert contrast(found[text], found[ground]) >= 4.5


def test_the_style_sheet_loads_nothing():
    assert not re.search(r"@import|url\(|https?:|@font-face", STYLE)


def test_the_page_shows_all_of_a_trial_on_paper():
    assert "details::details-content" in STYLE.split("@media print")[1]
