"""Thresholds, calibration and doubt are learned on scores that never saw the label."""

import numpy as np
import pytest
from sklearn.metrics import f1_score

from jury.guardrank.calibrating import fit_calibration, read_calibration
from jury.guardrank.risk import risk_curve, sure_from
from jury.guardrank.thresholds import for_f1, for_recall


def calibrated_sample(seed=0, size=4000):
    rng = np.random.default_rng(seed)
    probabilities = rng.beta(0.5, 4, size)
    return probabilities, rng.random(size) < probabilities


def test_the_threshold_for_f1_is_the_best_one_where_probabilities_are_right():
    probabilities, truth = calibrated_sample()
    best = max(f1_score(truth, probabilities > cut) for cut in np.linspace(0.05, 0.9, 60))
    assert f1_score(truth, probabilities > for_f1(probabilities, truth)) > best - 0.02


def test_the_threshold_for_a_recall_finds_that_share():
    probabilities, truth = calibrated_sample()
    cut = for_recall(0.9)(probabilities, truth)
    assert (probabilities[truth] > cut).mean() == pytest.approx(0.9, abs=0.01)


def test_without_positives_any_recall_is_reached_at_zero():
    assert for_recall(0.9)(np.array([0.2, 0.3]), np.array([False, False])) == 0.0


@pytest.mark.parametrize("method", ["platt", "isotonic"])
def test_calibration_never_falls_and_survives_being_written(method):
    rng = np.random.default_rng(1)
    scores = rng.normal(size=400) * 3
    yes = rng.random(400) < 1 / (1 + np.exp(-scores))
    calibration = fit_calibration(scores, yes, method)
    ladder = calibration(np.linspace(-20, 20, 50))
    assert (np.diff(ladder) >= 0).all()
    assert read_calibration(calibration.written())(scores) == pytest.approx(calibration(scores))
    assert abs(calibration(scores).mean() - yes.mean()) < 0.03


def test_who_is_sure_from_a_confidence_errs_no_more_than_was_put_up_with():
    confidence = np.array([0.99, 0.95, 0.9, 0.8, 0.7, 0.6])
    right = np.array([True, True, True, True, False, False])
    assert sure_from(confidence, right, 0.0) == 0.8
    assert sure_from(confidence, right, 0.2) == 0.7
    assert sure_from(confidence, ~right, 0.0) == 1.0


def test_equal_confidences_are_believed_together_or_not_at_all():
    assert sure_from(np.array([0.9, 0.9]), np.array([True, False]), 0.0) == 1.0


def test_the_risk_curve_goes_from_everything_to_the_surest():
    confidence = np.linspace(1, 0.5, 100)
    points = risk_curve(confidence, np.arange(100) < 80)
    assert points[0].coverage == 1
    assert points[0].risk == pytest.approx(0.2)
    assert points[-1].risk == 0
    assert risk_curve(np.array([]), np.array([], dtype=bool)) == []
