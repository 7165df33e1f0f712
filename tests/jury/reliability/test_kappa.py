"""Kappas, AC2 and agreement by class: published worked examples, a second implementation, and the undefined edges."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from jury.reliability.agreement import gwet_ac1
from jury.reliability.kappa import cohen_kappa, fleiss_kappa
from jury.reliability.per_class import specific_agreement
from jury.reliability.weighted import gwet_ac2

#: Fleiss 1971, table 1: six psychiatrists each, thirty patients; depression, personality disorder, schizophrenia,
#: neurosis, other.
DIAGNOSES = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""
PATIENTS = [tuple(kind for kind, count in enumerate(counts) for _ in range(int(count))) for counts in DIAGNOSES.split()]

#: Gwet 2014, "Handbook of Inter-Rater Reliability": four raters, twelve subjects (the data set of R's irrCAC).
SUBJECTS = [
    (1, 1, None, 1), (2, 2, 3, 2), (3, 3, 3, 3), (3, 3, 3, 3), (2, 2, 2, 2), (1, 2, 3, 4),
    (4, 4, 4, 4), (1, 1, 2, 1), (2, 2, 2, 2), (None, 5, 5, 5), (None, None, 1, 1), (None, None, 3, None),
]  # fmt: skip

BALLOTS = st.sampled_from((1, 2, 3, None))
PANELS = st.integers(2, 5).flatmap(
    lambda jurors: st.lists(st.lists(BALLOTS, min_size=jurors, max_size=jurors), min_size=1, max_size=15)
)
FIGURES = (fleiss_kappa, specific_agreement, gwet_ac2)


def test_fleiss_kappa_is_the_one_fleiss_publishes():
    assert fleiss_kappa(PATIENTS) == pytest.approx(0.430, abs=5e-4)


def test_fleiss_kappa_of_incomplete_ballots_is_that_of_irrcac():
    assert fleiss_kappa(SUBJECTS) == pytest.approx(0.76117, abs=5e-6)


def test_quadratic_ac2_is_that_of_irrcac():
    assert gwet_ac2(SUBJECTS, "quadratic") == pytest.approx(0.914, abs=5e-6)


def test_specific_agreement_less_chance_is_the_kappa_fleiss_publishes_for_each_diagnosis():
    found = specific_agreement(PATIENTS)
    ballots = [kind for patient in PATIENTS for kind in patient]
    shares = [ballots.count(kind) / len(ballots) for kind in range(5)]
    kappas = [(found[kind] - share) / (1 - share) for kind, share in enumerate(shares)]
    assert kappas == pytest.approx([0.245, 0.245, 0.520, 0.471, 0.566], abs=6e-4)


@settings(deadline=None)
@given(PANELS)
def test_cohens_kappa_equals_scikit_learn(panel):
    first, second = [unit[0] for unit in panel], [unit[1] for unit in panel]
    both = [unit[:2] for unit in panel if None not in unit[:2]]
    found = cohen_kappa(first, second)
    if len({value for pair in both for value in pair}) > 1:
        assert found == pytest.approx(cohen_kappa_score(*zip(*both, strict=True)))
    else:
        assert found == (1.0 if both else None)
    assert found == cohen_kappa(second[::-1], first[::-1])


@given(PANELS)
def test_ac2_of_a_scale_of_two_points_is_ac1(panel):
    panel = [[None if value is None else min(value, 2) for value in unit] for unit in panel]
    for weights in ("ordinal", "linear", "quadratic"):
        assert gwet_ac2(panel, weights, (1, 2)) == pytest.approx(gwet_ac1(panel, (1, 2)))


def test_weights_by_rank_ignore_how_far_apart_points_are():
    stretched = [[None if value is None else value**3 for value in unit] for unit in SUBJECTS]
    assert gwet_ac2(stretched, "ordinal") == gwet_ac2(SUBJECTS, "ordinal")
    assert gwet_ac2(stretched, "linear") != pytest.approx(gwet_ac2(SUBJECTS, "linear"))


def test_ordinal_weights_of_three_points_are_those_irrcac_prints():
    """1, 2/3, 0: the pair that is one rank apart agrees by two thirds, by hand on a single unit of each kind."""
    observed, spread = 2 / 3, (0.25 + 0.25) * (3 + 4 * 2 / 3) / 6
    assert gwet_ac2([(1, 2)], "ordinal", (1, 2, 3)) == pytest.approx((observed - spread) / (1 - spread))


@given(PANELS, st.randoms())
def test_the_order_of_units_and_jurors_changes_no_digit(panel, random):
    seats = random.sample(range(len(panel[0])), len(panel[0]))
    other = [[unit[seat] for seat in seats] for unit in random.sample(panel, len(panel))]
    assert [figure(panel) for figure in FIGURES] == [figure(other) for figure in FIGURES]


@given(PANELS, st.permutations(("apple", "pear", "plum")))
def test_the_names_of_labels_change_nothing(panel, names):
    name = {None: None, **dict(zip((1, 2, 3), names, strict=True))}
    renamed = [[name[value] for value in unit] for unit in panel]
    assert fleiss_kappa(renamed) == pytest.approx(fleiss_kappa(panel))
    assert specific_agreement(renamed) == {name[value]: share for value, share in specific_agreement(panel).items()}
    columns, others = list(zip(*panel, strict=True)), list(zip(*renamed, strict=True))
    assert cohen_kappa(*columns[:2]) == cohen_kappa(*others[:2])


@pytest.mark.parametrize("value", [3, 5.0])
def test_unanimous_ballots_agree_perfectly(value):
    units = [(value, value, None), (value, value, value)]
    assert fleiss_kappa(units) == cohen_kappa(*list(zip(*units, strict=True))[:2]) == 1.0
    assert gwet_ac2(units) == gwet_ac2(units, "quadratic", (1, 3, 5)) == 1.0
    assert specific_agreement(units, (value, 1)) == {value: 1.0, 1: None}


@pytest.mark.parametrize("units", [[], [()], [(1,), (2,)], [(None, 1), (None, None)]])
def test_without_two_ballots_on_a_unit_agreement_is_unknown(units):
    assert fleiss_kappa(units) is None
    assert gwet_ac2(units) is None
    assert set(specific_agreement(units, (1, 2)).values()) == {None}


def test_two_jurors_without_a_common_case_have_no_kappa():
    assert cohen_kappa([], []) is None
    assert cohen_kappa(["safe", None], [None, "safe"]) is None


def test_specific_agreement_of_two_jurors_is_twice_both_over_all_that_chose_it():
    units = [("+", "+")] * 118 + [("+", "-")] * 5 + [("-", "+")] * 2
    assert specific_agreement(units) == {"+": 236 / 243, "-": 0.0}
