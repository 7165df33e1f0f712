"""Agreement among jurors: published worked examples, a second implementation, and the edges they leave undefined."""

import csv
from collections import defaultdict

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jury.reliability.agreement import gwet_ac1, krippendorff_alpha, prevalence

#: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C: four observers, twelve units.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
UNITS = tuple(zip(*OBSERVERS, strict=True))

BALLOTS = st.sampled_from((1, 2, 3, None))
PANELS = st.integers(1, 5).flatmap(
    lambda jurors: st.lists(st.lists(BALLOTS, min_size=jurors, max_size=jurors), min_size=1, max_size=15)
)


@pytest.mark.parametrize(("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_is_the_one_krippendorff_publishes(level, published):
    assert krippendorff_alpha(UNITS, level) == pytest.approx(published, abs=5e-4)


def test_ac1_is_the_one_gwet_publishes():
    """The same ballots in Gwet 2014, "Handbook of Inter-Rater Reliability", 4th edition: AC1 = 0.77544."""
    assert gwet_ac1(UNITS) == pytest.approx(0.77544, abs=5e-6)


def test_ac1_stays_high_where_one_class_is_rare_and_kappa_falls_below_zero():
    units = [("+", "+")] * 118 + [("+", "-")] * 5 + [("-", "+")] * 2
    share = (123 + 120) / 250
    chance = 2 * share * (1 - share)
    assert gwet_ac1(units) == pytest.approx((118 / 125 - chance) / (1 - chance))
    assert gwet_ac1(units) > 0.94
    assert krippendorff_alpha(units) < 0


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
@settings(deadline=None)
@given(panel=PANELS)
def test_alpha_equals_the_reference_implementation(level, panel):
    pairable = {value for unit in panel if sum(v is not None for v in unit) > 1 for value in unit if value is not None}
    if len(pairable) < 2:
        return
    matrix = np.array([[np.nan if value is None else value for value in unit] for unit in panel]).T
    expected = krippendorff.alpha(reliability_data=matrix, level_of_measurement=level, value_domain=[1, 2, 3])
    assert krippendorff_alpha(panel, level) == pytest.approx(expected)


@given(PANELS, st.randoms())
def test_the_order_of_units_and_jurors_changes_no_digit(panel, random):
    seats = random.sample(range(len(panel[0])), len(panel[0]))
    other = [[unit[seat] for seat in seats] for unit in random.sample(panel, len(panel))]
    assert krippendorff_alpha(panel) == krippendorff_alpha(other)
    assert gwet_ac1(panel) == gwet_ac1(other)
    assert prevalence(panel, 1) == prevalence(other, 1)


def test_unanimous_ballots_without_variation_agree_perfectly():
    units = [("safe", "safe", None), ("safe", "safe", "safe")]
    assert krippendorff_alpha(units) == 1.0
    assert gwet_ac1(units, ("safe", "unsafe")) == 1.0
    assert gwet_ac1(units) == 1.0
    assert prevalence(units, "unsafe") == 0.0


def test_unanimous_ballots_with_variation_agree_perfectly():
    units = [("safe", "safe"), ("unsafe", "unsafe")]
    assert krippendorff_alpha(units) == pytest.approx(1.0)
    assert gwet_ac1(units) == pytest.approx(1.0)


@pytest.mark.parametrize("units", [[], [()], [("safe",), ("unsafe",)], [(None, "safe"), (None, None)]])
def test_without_two_ballots_on_a_unit_agreement_is_unknown(units):
    assert krippendorff_alpha(units) is None
    assert gwet_ac1(units, ("safe", "unsafe")) is None


def test_prevalence_is_the_share_of_the_ballots_cast():
    assert prevalence([("unsafe", None), ("safe", "safe"), (None, "safe")], "unsafe") == 0.25
    assert prevalence([(None, None)], "unsafe") is None


def test_choices_nobody_made_count_in_ac1():
    units = [("a", "a"), ("a", "b"), ("b", "b")]
    assert gwet_ac1(units, ("a", "b", "c")) > gwet_ac1(units, ("a", "b"))


def test_eight_recorded_judges_agree_by_ac1_and_hardly_by_alpha(shared_data):
    """Known of all 4,000 MSTS answers: alpha .13, AC1 .86. The half at hand lies close to it; drawing its images
    again moves AC1 by .02. One ballot of 15,040 is no label at all and is missing here.
    """
    units = defaultdict(list)
    with (shared_data / "msts" / "ballots.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            units[row["item_id"]].append(row["label"] if row["label"] in ("safe", "unsafe") else None)
    units = list(units.values())
    assert krippendorff_alpha(units) == pytest.approx(0.13, abs=0.03)
    assert gwet_ac1(units, ("safe", "unsafe")) == pytest.approx(0.86, abs=0.02)
    assert prevalence(units, "unsafe") == 1005 / 15039
