"""Figures on recorded ballots that are known from elsewhere (jury.md, "Known figures on recorded ballots")."""

import pytest
from command import jury

pytestmark = pytest.mark.slow


def replayed(data, *options: str):
    return jury("lab", "replay", data, *options, "--json").document


def test_msts_any_k_and_the_best_single_juror(shared_data):
    document = replayed(shared_data / "msts", "--rule", "all", "--positive", "unsafe")
    found = [round(document["rules"][f"any:{k}"]["f1"], 3) for k in range(1, 6)]
    # jury.md has .350 for k = 5; these ballots give 36/104 by hand too (tp 18, fp + fn 68).
    assert found == [0.207, 0.412, 0.547, 0.441, 0.346]
    assert round(max(juror["f1"] for juror in document["jurors"].values()), 3) == 0.616
    assert round(document["ac1"], 2) == 0.88


def test_msts_selection_is_not_below_the_best_single_juror_and_says_that_one_is_best(shared_data):
    document = jury("lab", "select", shared_data / "msts", "--json").document
    assert document["f1"] >= document["best_single"]["f1"]
    assert document["one_juror"]
    assert document["sentence"].startswith("One juror is the best panel here: gemini-1.5-pro.")


def test_llmbar_both_orders_beat_the_original_one(shared_data):
    data = shared_data / "llmbar_natural"
    both = replayed(data, "--ties", "half")
    original = replayed(data, "--ties", "half", "--jurors", "*/orig")
    assert (round(both["majority"]["accuracy"], 2), round(original["majority"]["accuracy"], 2)) == (0.93, 0.85)
    assert len(original["jurors"]) == 6


def test_bluebirds_dawid_skene_beats_a_majority(shared_data):
    document = replayed(shared_data / "bluebirds", "--rule", "dawid_skene")
    assert round(document["majority"]["accuracy"], 3) == 0.759
    assert round(document["panel"]["accuracy"], 3) == 0.898


def test_dawid_skene_on_msts_is_the_published_estimator_and_smoothing_an_argument(shared_data):
    plain, smoothed = (
        replayed(shared_data / "msts", "--rule", rule, "--positive", "unsafe")["panel"]["f1"]
        for rule in ("dawid_skene", "dawid_skene:smoothing=0.01")
    )
    assert (round(plain, 3), round(smoothed, 3)) == (0.566, 0.628)


def test_ballots_that_are_no_labels_are_invalid_and_never_vanish(shared_data):
    document = replayed(shared_data / "xstest", "--positive", "1_full_compliance")
    assert document["jurors"]["gpt-4"]["undecided"] > 0
    assert len(document["labels"]) == 3
