"""GuardRank on real labels, out of fold."""

import random
from dataclasses import replace

import pytest
from lessons import lesson

from benchmarks.guardrank.crossval import CrossValidation
from benchmarks.guardrank.labelled import Labelled, read_labelled, read_votes
from jury.guardrank import Training, task_of


def made_up(**settings):
    found = lesson(**settings)
    return Labelled("made up", found, tuple("ab"[number % 2] for number in range(len(found))))


def validation(labelled, folds=5, **settings):
    task = task_of(labelled.lesson.labels, None, None)
    return CrossValidation(labelled, task, Training(), folds, **settings)


def test_figures_are_flat_and_by_target():
    document = validation(made_up()).document()
    assert document["f1"] > 0.95
    assert document["f1_ci"][0] <= document["f1"] <= document["f1_ci"][1]
    assert set(document["by_target"]) == {"a", "b"}
    assert document["with_ballots"] is None
    assert document["labels"] == {"safe": 60, "unsafe": 60}


def test_several_seeds_have_a_spread_and_a_count_of_who_was_ahead():
    document = validation(made_up()).document(2, against_plain=True)
    assert [one["seed"] for one in document["seeds"]] == [0, 1]
    assert document["over_seeds"]["f1_ahead"].endswith(" of 2")
    assert document["plain"]["text"]["gain"]["f1"]["ci"] is not None


def test_the_same_seed_says_the_same():
    assert validation(made_up()).document() == validation(made_up()).document()


@pytest.fixture(scope="module")
def msts(shared_data):
    return read_labelled([str(shared_data / "msts")], group="case_id")


def test_it_beats_plain_regression_and_every_recorded_judge_on_msts(msts, shared_data):
    """Known on this half: .64-.71 plain, .616 the best recorded judge, chosen in hindsight."""
    jurors, votes = read_votes([str(shared_data / "msts")], "unsafe")
    document = validation(msts, jurors=jurors, votes=votes).document(against_plain=True)
    best = max(figures["f1"] for figures in document["jurors"].values())
    assert best == pytest.approx(0.616, abs=0.001)
    assert document["f1"] > max(0.65, best)
    assert document["f1"] > document["plain"]["text"]["f1"]
    assert document["average_precision"] > document["plain"]["text"]["average_precision"] + 0.03
    assert document["with_ballots"]["f1"] > document["plain"]["with_ballots"]["f1"]


def test_with_shuffled_labels_msts_falls_to_chance(msts):
    labels = list(msts.lesson.labels)
    random.Random(0).shuffle(labels)
    shuffled = replace(msts, lesson=replace(msts.lesson, labels=tuple(labels)))
    document = validation(shuffled, folds=3).document()
    assert document["average_precision"] < 0.08
    assert document["kappa"] < 0.05


def test_it_beats_string_matching_and_gpt_4_on_xstest(shared_data):
    source = str(shared_data / "xstest")
    labelled = read_labelled([source])
    jurors, votes = read_votes([source], "2_full_refusal")
    document = validation(labelled, folds=3, jurors=jurors, votes=votes).document()
    for figure in ("accuracy", "kappa"):
        assert document[figure] > document["jurors"]["string-match"][figure] > document["jurors"]["gpt-4"][figure]
    assert document["accuracy"] > 0.88
