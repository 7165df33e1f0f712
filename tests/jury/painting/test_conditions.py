"""What can be done to an image."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from jury.errors import InputError
from jury.painting import CONDITIONS, changed, scene_card
from jury.painting.scene import scene

WORDS = "a house with a car and a tree"
CARD = scene_card(WORDS, (160, 120))


def pixels(image: Image.Image) -> "np.ndarray":
    return np.asarray(image).astype(int)


def difference(name: str, strength: float) -> float:
    return float(np.abs(pixels(changed(CARD, name, strength=strength)) - pixels(CARD)).mean())


def test_these_are_the_conditions():
    assert list(CONDITIONS) == ["black", "blurred", "downscaled", "jpeg", "noise", "unrelated", "white"]


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 80), st.integers(1, 80), st.sampled_from(["RGB", "L", "RGBA", "P"]))
@pytest.mark.parametrize("name", list(CONDITIONS))
def test_every_condition_keeps_the_size_and_gives_the_same_again(name, width, height, mode):
    image = Image.new(mode, (width, height))
    first, again = (changed(image, name, words=WORDS, seed=3) for _ in range(2))
    assert (first.size, first.mode) == (image.size, "RGB")
    assert first.tobytes() == again.tobytes()


@pytest.mark.parametrize("name", list(CONDITIONS))
def test_every_condition_changes_the_image_and_leaves_the_original_alone(name):
    before = CARD.tobytes()
    assert changed(CARD, name, words=WORDS).tobytes() != before
    assert CARD.tobytes() == before


@pytest.mark.parametrize(("name", "value"), [("black", 0), ("white", 255)])
def test_a_blank_image_holds_one_colour(name, value):
    assert (pixels(changed(CARD, name)) == value).all()


def test_noise_of_strength_nought_is_the_image_and_of_strength_one_has_nothing_of_it():
    assert changed(CARD, "noise", strength=0).tobytes() == CARD.tobytes()
    other = Image.new("RGB", CARD.size, "red")
    assert changed(CARD, "noise", seed=5).tobytes() == changed(other, "noise", seed=5).tobytes()


def test_another_seed_makes_other_noise():
    assert changed(CARD, "noise", seed=1).tobytes() != changed(CARD, "noise", seed=2).tobytes()


def test_noise_is_even_over_the_whole_scale():
    noise = pixels(changed(Image.new("RGB", (200, 200)), "noise"))
    assert noise.mean() == pytest.approx(127.5, abs=1.5)
    assert np.histogram(noise, bins=4, range=(0, 256))[0] / noise.size == pytest.approx([0.25] * 4, abs=0.01)


@pytest.mark.parametrize(
    ("name", "strengths"),
    [("noise", (0.1, 0.4, 1)), ("blurred", (0.01, 0.05, 0.2)), ("downscaled", (2, 8, 32)), ("jpeg", (90, 30, 3))],
)
def test_more_of_a_condition_takes_more_of_the_image(name, strengths):
    distances = [difference(name, strength) for strength in strengths]
    assert distances == sorted(distances)
    assert distances[0] < distances[-1]


@pytest.mark.parametrize(("name", "strength"), [("blurred", 0), ("downscaled", 1)])
def test_the_mildest_strength_leaves_the_image_as_it_is(name, strength):
    assert difference(name, strength) == 0


def test_an_unrelated_card_shows_what_the_words_do_not_speak_of():
    card = changed(CARD, "unrelated", words=WORDS).tobytes()
    assert card != scene(WORDS, CARD.size).tobytes()
    assert card == changed(Image.new("RGB", CARD.size), "unrelated", words=WORDS).tobytes()
    assert len({changed(CARD, "unrelated", words=WORDS, seed=seed).tobytes() for seed in range(4)}) > 1


def test_what_is_transparent_lies_on_white():
    clear = Image.new("RGBA", (8, 8), (255, 0, 0, 0))
    assert (pixels(changed(clear, "blurred")) == 255).all()


@pytest.mark.parametrize(
    ("name", "strength"), [("noise", 1.5), ("noise", float("nan")), ("jpeg", 0), ("downscaled", 0.5), ("black", 2)]
)
def test_a_strength_out_of_range_is_an_error_that_names_the_range(name, strength):
    with pytest.raises(InputError, match=f"image condition '{name}': strength .* is out of range"):
        changed(CARD, name, strength=strength)


def test_an_unknown_condition_is_an_error_that_lists_the_known_ones():
    with pytest.raises(InputError, match="unknown image condition 'upside-down'; known: black"):
        changed(CARD, "upside-down")
