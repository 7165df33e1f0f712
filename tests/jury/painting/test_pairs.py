"""Exact transforms: what is exchanged, and what stays."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from jury.errors import InputError
from jury.painting import scene_card, side_by_side, swapped, with_noise

PIXELS = arrays.arrays(np.uint8, st.tuples(st.integers(1, 24), st.integers(1, 24), st.just(3)))


@given(PIXELS)
def test_swapping_twice_gives_the_image_back(pixels):
    image = Image.fromarray(pixels)
    assert swapped(swapped(image)).tobytes() == image.tobytes()


@given(PIXELS)
def test_swapping_exchanges_the_halves_pixel_for_pixel(pixels):
    width = pixels.shape[1]
    half = width // 2
    result = np.asarray(swapped(Image.fromarray(pixels)))
    assert (result[:, :half] == pixels[:, width - half :]).all()
    assert (result[:, width - half :] == pixels[:, :half]).all()
    assert (result[:, half : width - half] == pixels[:, half : width - half]).all()


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "1"])
def test_swapping_keeps_the_mode_and_the_transparency(mode):
    image = scene_card("a car and a tree", (160, 160)).convert(mode)
    image.info["transparency"] = 3
    result = swapped(swapped(image))
    assert (result.mode, result.info["transparency"]) == (mode, 3)
    assert result.convert("RGBA").tobytes() == image.convert("RGBA").tobytes()


@settings(max_examples=25)
@given(PIXELS, PIXELS)
def test_exchanging_the_panels_leaves_the_letters_where_they_are(one, other):
    left, right = Image.fromarray(one), Image.fromarray(other)
    pair, exchanged = side_by_side(left, right), side_by_side(right, left)
    height = max(left.height, right.height)
    letters, panels = (0, height, pair.width, pair.height), (0, 0, pair.width, height)
    assert exchanged.crop(letters).tobytes() == pair.crop(letters).tobytes()
    assert exchanged.crop(panels).tobytes() == swapped(pair.crop(panels)).tobytes()


def test_each_panel_has_a_letter_of_its_own_beneath_it():
    blank = Image.new("RGB", (100, 100), "white")
    pair = side_by_side(blank, blank)
    under_left, under_right = (np.asarray(pair.crop((x, 100, x + 100, pair.height))) for x in (0, 100))
    assert under_left.min() < 64
    assert under_right.min() < 64
    assert (under_left != under_right).any()


def test_a_smaller_image_lies_in_the_middle_of_its_panel():
    pair = side_by_side(Image.new("RGB", (100, 80), "red"), Image.new("RGB", (50, 40), "blue"))
    assert pair.getpixel((150, 40)) == (0, 0, 255)
    assert pair.getpixel((110, 40)) == (255, 255, 255)


@given(PIXELS, st.floats(0, 1), st.integers(0, 9))
def test_noise_moves_a_pixel_by_at_most_its_amount(pixels, amount, seed):
    noisy = np.asarray(with_noise(Image.fromarray(pixels), amount, seed)).astype(int)
    assert np.abs(noisy - pixels).max() <= amount * 255 + 0.5


def test_the_noise_of_a_seed_is_the_same_everywhere():
    # `random.Random(7).randbytes(6)`: the first six bytes of the Mersenne Twister seeded with 7.
    assert with_noise(Image.new("RGB", (2, 1)), 1, 7).tobytes().hex() == "38b4e652a7f2"


@pytest.mark.parametrize("amount", [-0.1, 1.1, float("nan")])
def test_an_amount_that_is_no_share_is_an_error(amount):
    with pytest.raises(InputError, match="name a number from 0 to 1"):
        with_noise(Image.new("RGB", (2, 2)), amount, 0)
