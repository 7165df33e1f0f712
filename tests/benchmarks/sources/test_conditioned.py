"""What a target is shown: images under a condition, cases of a sort, parts of a suite's cases."""

import io

import pytest
from PIL import Image

from benchmarks.metrics import Ties
from benchmarks.sources import Loaded, load
from benchmarks.sources.choosing import chosen
from benchmarks.sources.conditioned import under_condition
from benchmarks.sources.nothing import NothingShownError
from benchmarks.sources.shown import shown
from jury.errors import InputError
from jury.media import MediaStore
from jury.records import Answer, AudioPart, Case, ImagePart, MediaRef, TextPart, Turn

CLIP = MediaRef(sha256="c" * 64, mime="audio/wav", size=1)


@pytest.fixture
def media(tmp_path):
    return MediaStore(tmp_path / "media")


@pytest.fixture
def sample(media):
    return load("sample", media=media, limit=4)


def images(loaded: Loaded) -> list[ImagePart]:
    return [part for case in loaded.cases for turn in case.turns for part in turn.parts if isinstance(part, ImagePart)]


def opened(media: MediaStore, image: ImagePart) -> Image.Image:
    assert image.media is not None
    return Image.open(io.BytesIO(media.read(image.media)))


def test_every_image_is_changed_kept_in_the_store_and_as_large_as_before(sample, media):
    black = under_condition(sample, "black", media)
    assert [case.id for case in black.cases] == [case.id for case in sample.cases]
    for image, before in zip(images(black), images(sample), strict=True):
        assert opened(media, image).size == opened(media, before).size
        assert opened(media, image).convert("L").getextrema() == (0, 0)


def test_noise_is_the_cases_own_and_the_same_every_time(sample, media):
    first, again = (under_condition(sample, "noise:0.5", media) for _ in range(2))
    assert first == again
    assert len({image.media for image in images(first)}) == 4


def test_without_an_image_the_rest_is_shown(sample, media):
    none = under_condition(sample, "none", media)
    assert images(none) == []
    assert all(case.turns for case in none.cases)


def test_intact_changes_nothing(sample, media):
    assert under_condition(sample, "intact", media) == sample
    assert under_condition(sample, None, media) is sample


@pytest.mark.parametrize("condition", ["none", "black", "noise"])
def test_cases_hang_together_by_what_their_images_were(sample, media, condition):
    changed = under_condition(sample, condition, media)
    assert [Ties.of(case) for case in changed.cases] == [Ties.of(case) for case in sample.cases]


def test_what_was_said_of_an_image_is_not_said_of_what_it_has_become(sample, media):
    (case, *_) = sample.cases
    parts = tuple(
        part.but(description="a red car") if isinstance(part, ImagePart) else part for part in case.turns[0].parts
    )
    described = Loaded("set", (case.but(turns=(Turn(parts=parts),)),))
    assert images(under_condition(described, "black", media))[0].description == ""


def test_a_case_without_an_image_is_left_out_and_named(sample, media):
    told = Case(id="told", turns=(Turn(parts=(TextPart(text="How?"),)),))
    mixed = under_condition(Loaded("set", (told, *sample.cases)), "intact", media)
    assert "told" not in {case.id for case in mixed.cases}
    assert mixed.problems == ("case 'told' has no image for condition 'intact' and is left out",)
    with pytest.raises(NothingShownError, match="set: no case has an image that condition 'black' could be applied to"):
        under_condition(Loaded("set", (told,)), "black", media)


def test_cases_of_a_sort_are_chosen_before_they_are_counted(media):
    whole = load("sample", media=media)
    found = chosen(whole, {"language": "zh", "category": "consultation"}, 2)
    assert [(case.language, case.metadata["category"]) for case in found.cases] == [("zh", "consultation")] * 2
    with pytest.raises(NothingShownError, match="no case is language=fr; there are language: en, zh"):
        chosen(whole, {"language": "fr"}, None)


def spoken(voice: str) -> Case:
    part = AudioPart(media=CLIP, spoken="How?")
    return Case(id=f"r-{voice}", variant=voice, group="r", turns=(Turn(parts=(part,)),))


def test_a_suites_case_of_a_voice_is_shown_with_the_words_it_speaks():
    suite = Loaded("spoken", (spoken("female"), spoken("male")))
    both = shown(suite, ("text", "audio_male"))
    assert [(case.id, [part.kind for part in case.turns[0].parts]) for case in both.cases] == [
        ("r-male", ["text", "audio"])
    ]
    assert both.problems == ("case 'r-female' has not all of text, audio_male and is left out",)


def test_a_suite_without_the_part_wanted_and_recorded_answers_are_turned_down(sample):
    with pytest.raises(NothingShownError, match="sample: no case has all of audio_female"):
        shown(sample, ("audio_female",))
    answered = sample.cases[0].but(answers=(Answer(text="No."),))
    with pytest.raises(InputError, match="has recorded answers to all of its parts"):
        shown(Loaded("set", (answered,)), ("text",))
