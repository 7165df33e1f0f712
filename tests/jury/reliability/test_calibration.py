"""Calibration, measured and mended, held against scikit-learn."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve as reference_curve
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss

from jury.reliability.calibration import brier_score, calibration_curve, expected_calibration_error
from jury.reliability.isotonic import fit_isotonic
from jury.reliability.platt import fit_platt

CONFIDENCES = st.integers(0, 40).map(lambda share: share / 40)
PAIRS = st.lists(st.tuples(CONFIDENCES, st.booleans()), min_size=1, max_size=40)
FITS = (fit_isotonic, fit_platt)
GRID = [step / 100 for step in range(101)]


def split(pairs):
    return [confidence for confidence, _ in pairs], [hit for _, hit in pairs]


def targets_of(right):
    hits, misses = sum(right), len(right) - sum(right)
    return [(hits + 1) / (hits + 2) if hit else 1 / (misses + 2) for hit in right]


@settings(deadline=None)
@given(PAIRS, st.integers(1, 12))
def test_the_curve_is_that_of_scikit_learn(pairs, bins):
    confidences, right = split(pairs)
    held = [one for one in calibration_curve(confidences, right, bins) if one.ballots]
    accuracies, means = reference_curve(np.array(right, dtype=int), confidences, n_bins=bins)
    assert [one.accuracy for one in held] == pytest.approx(accuracies)
    assert [one.confidence for one in held] == pytest.approx(means)
    assert sum(one.ballots for one in held) == len(pairs)


@settings(deadline=None)
@given(PAIRS)
def test_the_brier_score_is_that_of_scikit_learn(pairs):
    confidences, right = split(pairs)
    assert brier_score(confidences, right) == pytest.approx(brier_score_loss(right, confidences, pos_label=True))


def test_ece_is_the_mean_gap_by_ballots():
    confidences, right = [0.95, 0.95, 0.95, 0.55], [True, True, False, True]
    expected = 3 / 4 * abs(2 / 3 - 0.95) + 1 / 4 * 0.45
    assert expected_calibration_error(confidences, right) == pytest.approx(expected)


@settings(deadline=None)
@given(PAIRS)
def test_isotonic_calibration_is_scikit_learns_on_platts_targets(pairs):
    confidences, right = split(pairs)
    reference = IsotonicRegression(out_of_bounds="clip").fit(confidences, targets_of(right))
    fitted = fit_isotonic(confidences, right)
    assert [fitted(place) for place in GRID] == pytest.approx(reference.predict(GRID))


@settings(deadline=None, max_examples=30)
@given(PAIRS)
def test_platts_sigmoid_is_the_logistic_regression_of_his_targets(pairs):
    confidences, right = split(pairs)
    fitted, targets = fit_platt(confidences, right), targets_of(right)
    assume(fitted.slope > 0)
    column = np.array(confidences * 2)[:, None]
    labels, weights = [1] * len(pairs) + [0] * len(pairs), targets + [1 - target for target in targets]
    reference = LogisticRegression(C=np.inf, tol=1e-10, solver="newton-cholesky", max_iter=1000)
    reference.fit(column, labels, sample_weight=weights)
    probabilities = reference.predict_proba(np.array(confidences)[:, None])[:, 1]
    assert [fitted(place) for place in confidences] == pytest.approx(probabilities, abs=1e-5)


@pytest.mark.parametrize("fit", FITS)
@given(pairs=PAIRS)
def test_a_calibration_never_falls_and_is_never_certain(fit, pairs):
    fitted = fit(*split(pairs))
    probabilities = [fitted(confidence) for confidence in sorted(split(pairs)[0])]
    assert probabilities == sorted(probabilities)
    assert probabilities[0] > 0
    assert probabilities[-1] < 1


@pytest.mark.parametrize("fit", [*FITS, expected_calibration_error, brier_score, calibration_curve])
@given(pairs=PAIRS, random=st.randoms())
def test_the_order_of_items_changes_no_digit(fit, pairs, random):
    assert fit(*split(pairs)) == fit(*split(random.sample(pairs, len(pairs))))


@pytest.mark.parametrize("fit", FITS)
def test_nothing_labelled_says_a_half(fit):
    assert [fit([], [])(confidence) for confidence in (0, 0.3, 1)] == [0.5] * 3


@pytest.mark.parametrize("fit", FITS)
def test_items_of_one_class_follow_the_rule_of_succession(fit):
    always, never = fit([0.2, 0.9, 0.9], [True] * 3), fit([0.2, 0.9, 0.9], [False] * 3)
    assert [always(0.2), always(0.9)] == pytest.approx([4 / 5] * 2)
    assert [never(0.2), never(0.9)] == pytest.approx([1 / 5] * 2)


@pytest.mark.parametrize("fit", FITS)
def test_confidence_that_points_the_wrong_way_is_worth_nothing(fit):
    fitted = fit([0.1, 0.2, 0.8, 0.9], [True, True, False, False])
    assert fitted(0.1) == pytest.approx(fitted(0.9)) == pytest.approx(0.5)


def test_without_ballots_there_is_no_error_and_every_bin_is_empty():
    assert expected_calibration_error([], []) is None
    assert brier_score([], []) is None
    assert [(one.ballots, one.accuracy) for one in calibration_curve([], [], 2)] == [(0, None), (0, None)]


@pytest.mark.parametrize("measure", [*FITS, calibration_curve, brier_score])
@pytest.mark.parametrize(("confidences", "right"), [([1.2], [True]), ([float("nan")], [True]), ([0.5], [])])
def test_what_is_no_confidence_or_has_no_partner_is_an_error(measure, confidences, right):
    with pytest.raises(ValueError):
        measure(confidences, right)


def test_a_curve_without_bins_is_an_error():
    with pytest.raises(ValueError, match="at least one bin"):
        calibration_curve([0.5], [True], 0)
