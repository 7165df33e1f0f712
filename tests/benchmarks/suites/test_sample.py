"""The suite everything can be tried with: a set that `jury generate dataset` made."""

import json
import shlex
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import pytest
from command import jury

from benchmarks.sources import Loaded, load
from benchmarks.suites import SUITES
from benchmarks.suites.sample import FOLDER, MADE_BY
from jury.media import MediaStore, inspect_image
from jury.policy import STRICTEST, policy_of
from jury.records import ImagePart, TextPart
from jury.taxonomies import load_taxonomy


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path)


@pytest.fixture
def sample(store: MediaStore) -> Loaded:
    return load("sample", media=store)


def images(loaded: Loaded) -> list[ImagePart]:
    parts = [part for case in loaded.cases for turn in case.turns for part in turn.parts]
    return [part for part in parts if isinstance(part, ImagePart)]


@pytest.fixture(scope="module")
def made_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The set as its command makes it here and now."""
    out = tmp_path_factory.mktemp("sample") / "set"
    finished = jury(*shlex.split(MADE_BY)[1:], "--out", out)
    assert finished.code == 0, finished.err
    return out


@pytest.mark.parametrize("name", ["data.jsonl", "README.md", "scores.svg"])
def test_the_command_it_names_makes_it(made_again, name):
    assert (made_again / name).read_bytes() == (FOLDER / name).read_bytes()


def test_the_command_it_names_paints_its_images(made_again):
    def painted(folder: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (folder / "media" / "images").iterdir()}

    shipped, here = painted(FOLDER), painted(made_again)
    assert shipped.keys() == here.keys()
    # Another Pillow may set the same words a pixel aside.
    if json.loads((FOLDER / "manifest.json").read_text())["versions"]["pillow"] == version("pillow"):
        assert shipped == here


def test_it_is_twenty_cases_in_two_languages_for_rehearsals(sample):
    assert Counter(case.language for case in sample.cases) == {"en": 10, "zh": 10}
    assert (sample.name, sample.rubric, sample.rehearsal) == ("sample", "safebench", True)
    assert sample.problems == ()


def test_every_prompt_says_something_and_claims_no_answer_or_label(sample):
    for case in sample.cases:
        assert all(isinstance(turn.parts[0], TextPart) and turn.parts[0].text.strip() for turn in case.turns)
        assert case.answers == ()
        assert case.gold == ()


def test_every_image_is_small_and_whole(sample, store):
    shown = [image.media for image in images(sample)]
    assert len(shown) == 20
    for ref in shown:
        assert inspect_image(store.read(ref)) == ref
        assert ref.width == ref.height == 192
    assert sum(ref.size for ref in shown) < 150_000


def test_its_scenarios_are_mild_ones_of_the_taxonomy(sample):
    scenarios = {scenario.key: scenario for scenario in load_taxonomy("safebench").scenarios}
    named = {case.scenario for case in sample.cases}
    assert len(named) == 10
    assert all(policy_of(scenarios[key]) != STRICTEST for key in named)


def test_every_case_says_that_scripts_made_it(sample):
    assert all(case.metadata["rehearsal"] is True for case in sample.cases)


def test_it_loads_the_same_twice(sample, store):
    assert load("sample", media=store) == sample


def test_limit_takes_its_first_cases(sample, store):
    assert load("sample", media=store, limit=3).cases == sample.cases[:3]


def test_the_registry_says_what_it_is():
    assert SUITES.get("sample").licence == "Apache-2.0"
    assert "twenty" in SUITES.get("sample").description
