"""The model that ships: written for the project, trained by its script, held against data it never saw."""

from collections import Counter

import pytest

from benchmarks.guardrank.default_model import labelled_examples, train_default
from benchmarks.guardrank.examples import examples
from benchmarks.guardrank.labelled import read_labelled
from benchmarks.guardrank.working import evaluated
from jury.guardrank import load_model
from jury.guardrank.shelf import opened


def test_its_examples_are_several_hundred_in_two_languages():
    found = examples()
    counted = Counter((one.language, one.gold) for one in found)
    assert len(found) > 600
    assert min(counted.values()) > 100
    assert len({one.id for one in found}) == len(found)
    assert len({one.response for one in found}) > 0.9 * len(found)


def test_no_frame_is_left_unfilled():
    assert not [one for one in examples() if "{" in one.response or "}" in one.response]


def test_the_script_trains_the_model_that_ships(tmp_path):
    train_default(tmp_path / "model")
    readings = labelled_examples().lesson.readings
    shipped, anew = opened("default").predict(readings), load_model(tmp_path / "model").predict(readings)
    assert [one.label for one in shipped] == [one.label for one in anew]
    assert [one.confidence for one in shipped] == pytest.approx([one.confidence for one in anew], abs=1e-3)


def test_on_msts_which_it_never_saw_it_is_as_good_as_some_recorded_judges(shared_data):
    document = evaluated("default", read_labelled([str(shared_data / "msts")], group="case_id"))
    assert not document["seen_in_training"]
    assert document["f1"] > 0.45
    assert document["f1_ci"][0] > 0.321  # Llama Guard 3 Vision on the same answers


def test_it_knows_its_own_examples_when_it_meets_them():
    assert evaluated("default", labelled_examples())["seen_in_training"]
