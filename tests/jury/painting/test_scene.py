"""Plain cards of scenes."""

import numpy as np
import pytest

from jury.painting import NO_CAPTION, png_bytes, scene_card
from jury.painting.backdrop import backdrop_of
from jury.painting.scene import scene, subject_of
from jury.painting.things import THINGS, things_in

SIZE = (512, 512)


def drawn(words: str) -> bytes:
    return scene(words, (256, 256)).tobytes()


@pytest.mark.parametrize(
    ("words", "things"),
    [
        ("A person beside two Cars and a house", ("person", "car", "house")),
        ("桌上有一部手机、一把钥匙和一份文件", ("phone", "key", "document")),
        ("a keyboard, not a k e y", ("screen",)),
        ("a carpet and a scarf", ()),
        ("one car, another car", ("car",)),
    ],
)
def test_things_are_recognised_by_whole_words_in_the_order_they_are_named(words, things):
    assert things_in(words) == things


def test_every_thing_is_recognised_by_each_of_its_words():
    assert {name: {things_in(word) for word in THINGS.get(name).words} for name in THINGS} == {
        name: {(name,)} for name in THINGS
    }


@pytest.mark.parametrize("name", list(THINGS))
def test_every_thing_leaves_its_mark_on_the_card(name):
    words = THINGS.get(name).words
    assert np.asarray(scene(words[0], (256, 256))).std() > 10
    assert drawn(words[0]) != drawn("nothing we know")


@pytest.mark.parametrize(
    ("words", "backdrop"),
    [
        ("a desk in an office", "room"),
        ("夜里的街道", "night"),
        ("a key on the beach", "sea"),
        ("a car", "open"),
        ("a computer with a firewall", "open"),
    ],
)
def test_the_ground_suits_the_words(words, backdrop):
    assert backdrop_of(words) == backdrop


def test_equal_words_give_equal_cards_whatever_their_case_and_spacing():
    assert drawn("A house  with a tree") == drawn("a house with a tree ")


def test_other_words_give_another_card():
    words = ["a house", "a house today", "being late", "being early"]
    assert len({drawn(one) for one in words}) == len(words)


def test_words_that_name_nothing_known_give_abstract_shapes():
    assert len(scene("the feeling of being late", (256, 256)).getcolors(65_536)) > 5


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("A red car. It stands in the street.", "A red car"),
        ("A price of 3.50 for tea", "A price of 3.50 for tea"),
        ("一辆汽车。停在街上", "一辆汽车"),
        ("car\nin the street", "car"),
        ("!", "!"),
    ],
)
def test_the_caption_is_the_first_sentence(words, subject):
    assert subject_of(words) == subject


def test_a_long_subject_is_shortened():
    assert subject_of("very " * 100).endswith("…")
    assert len(subject_of("very " * 100)) <= 90


def test_the_caption_stands_beneath_the_scene():
    plain, captioned = (np.asarray(scene_card("a car", SIZE, caption=text)) for text in ("a car", "a wheel"))
    strip = round(512 * 0.86)
    assert (plain[:strip] == captioned[:strip]).all()
    assert (plain[strip:] != captioned[strip:]).any()


@pytest.mark.parametrize("size", [(128, 128), (512, 512), (1024, 256), (200, 900)])
def test_a_card_has_the_size_that_was_asked_for(size):
    assert scene_card("a house, a tree, a car and a person", size).size == size


def test_a_card_is_small_and_its_bytes_are_always_the_same():
    words = "A person at a computer in an office with a cup and a book"
    first, again = (png_bytes(scene_card(words, SIZE)) for _ in range(2))
    assert first == again
    assert len(first) < 15_000


def test_a_card_without_a_caption_is_the_scene_alone():
    card = scene_card("a car", SIZE, caption=NO_CAPTION)
    assert (np.asarray(card) == np.asarray(scene("a car", SIZE))).all()
