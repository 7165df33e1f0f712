"""The suite everything can be tried with."""

import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.sources import Loaded, load
from benchmarks.suites import SUITES
from benchmarks.suites.sample.draw import paint
from jury.media import MediaStore, inspect_image
from jury.records import ImagePart, TextPart


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path)


@pytest.fixture
def sample(store: MediaStore) -> Loaded:
    return load("sample", media=store)


def images(loaded: Loaded) -> list[ImagePart]:
    parts = [part for case in loaded.cases for turn in case.turns for part in turn.parts]
    return [part for part in parts if isinstance(part, ImagePart)]


def test_it_is_twenty_cases_in_two_languages_for_rehearsals(sample):
    assert Counter(case.language for case in sample.cases) == {"en": 14, "zh": 6}
    assert (sample.name, sample.rubric, sample.rehearsal) == ("sample", "safebench", True)


def test_every_prompt_says_something_and_claims_no_answer_or_label(sample):
    for case in sample.cases:
        assert all(isinstance(turn.parts[0], TextPart) and turn.parts[0].text.strip() for turn in case.turns)
        assert case.answers == ()
        assert case.gold == ()


def test_every_image_is_small_and_whole(sample, store):
    shown = [image.media for image in images(sample) if image.media]
    assert len(shown) == 19
    for ref in shown:
        assert inspect_image(store.read(ref)) == ref
        assert 64 <= min(ref.width, ref.height) <= max(ref.width, ref.height) <= 160
    assert sum(ref.size for ref in shown) < 150_000


def test_one_exhibit_is_described_only_and_no_other_lacks_its_image(sample):
    assert [image.description != "" for image in images(sample) if image.media is None] == [True]
    assert all(image.problem is None for image in images(sample))


def test_one_pair_shares_an_image_and_one_case_has_two_turns(sample):
    pair = [case for case in sample.cases if case.group]
    assert len({case.variant for case in pair}) == 2
    assert len({case.turns[0].parts[1].media.sha256 for case in pair}) == 1
    assert [len(case.turns) for case in sample.cases].count(2) == 1


def test_its_scenarios_are_of_the_taxonomy_and_varied(sample, shared_data):
    taxonomy = json.loads((shared_data / "safebench" / "taxonomy.json").read_text(encoding="utf-8"))
    category_of = {scenario["key"]: category["name"] for category in taxonomy for scenario in category["scenarios"]}
    named = [case for case in sample.cases if case.scenario]
    assert len({case.scenario for case in named}) >= 10
    assert all(case.metadata["category"] == category_of[case.scenario] for case in named)


def test_some_cases_are_harmless_and_only_those_have_no_scenario(sample):
    harmless = [case for case in sample.cases if case.metadata.get("harmless")]
    assert len(harmless) == 3
    assert harmless == [case for case in sample.cases if not case.scenario]


def test_it_loads_the_same_twice(sample, store):
    assert load("sample", media=store) == sample


def test_limit_takes_its_first_cases(sample, store):
    assert load("sample", media=store, limit=3).cases == sample.cases[:3]


def test_the_registry_says_what_it_is():
    assert SUITES.get("sample").licence == "Apache-2.0"
    assert "twenty" in SUITES.get("sample").description


def test_a_scene_is_painted_shape_over_shape():
    image = paint([8, 6, "white"], [["rectangle", "red", 0, 0, 7, 5], ["ellipse", "blue", 2, 1, 6, 5]])
    assert image.size == (8, 6)
    assert (image.getpixel((0, 0)), image.getpixel((4, 3))) == ((255, 0, 0), (0, 0, 255))
