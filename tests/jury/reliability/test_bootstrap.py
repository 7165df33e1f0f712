"""The clustered percentile bootstrap: repeatable, honest about clusters, defined at the edges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jury.reliability import bootstrap
from jury.reliability.bootstrap import cluster_bootstrap, cluster_sums, percentile_interval, resampled_sums


def mean(sums):
    return sums[:, 0] / sums[:, 1]


def rows_of(values):
    return np.array([(value, 1.0) for value in values])


def width(interval):
    return interval[1] - interval[0]


def test_the_documented_stream_repeats_an_interval_to_the_last_digit():
    generator = np.random.default_rng(5)
    groups = [f"g{number}" for number in generator.integers(0, 40, 300)]
    values = generator.integers(0, 2, 300)
    names = sorted(set(groups))
    members = {name: [value for value, group in zip(values, groups, strict=True) if group == name] for name in names}

    drawn = np.random.default_rng(7).integers(0, len(names), size=(200, len(names)))
    by_hand = []
    for row in drawn:
        cases = [value for cluster in row for value in members[names[cluster]]]
        by_hand.append(sum(cases) / len(cases))
    expected = tuple(round(float(end), 9) for end in np.quantile(by_hand, [(1 - 0.9) / 2, (1 + 0.9) / 2]))

    clusters = cluster_sums(groups, rows_of(values))
    assert cluster_bootstrap(mean, clusters, resamples=200, seed=7, level=0.9) == expected


def test_drawing_in_blocks_gives_the_stream_of_a_single_draw(monkeypatch):
    clusters = rows_of(range(37))
    whole = resampled_sums(clusters, resamples=101, seed=3)
    monkeypatch.setattr(bootstrap, "_CELLS_AT_ONCE", 37 * 4)
    np.testing.assert_array_equal(resampled_sums(clusters, resamples=101, seed=3), whole)


def test_the_same_seed_gives_the_same_interval_and_another_seed_another():
    clusters = rows_of(np.random.default_rng(0).random(50))
    assert cluster_bootstrap(mean, clusters, seed=1) == cluster_bootstrap(mean, clusters, seed=1)
    assert cluster_bootstrap(mean, clusters, seed=1) != cluster_bootstrap(mean, clusters, seed=2)


def test_clusters_stand_in_the_order_of_their_names():
    sums = cluster_sums(["b", "a", "b", "10", "9"], rows_of([1, 2, 4, 8, 16]))
    assert sums.tolist() == [[8, 1], [16, 1], [2, 1], [5, 2]]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 1)), min_size=2, max_size=40), st.randoms())
def test_the_order_of_cases_never_changes_an_interval(cases, random):
    shuffled = random.sample(cases, len(cases))
    intervals = [
        cluster_bootstrap(mean, cluster_sums([g for g, _ in some], rows_of([v for _, v in some])), resamples=50)
        for some in (cases, shuffled)
    ]
    assert intervals[0] == intervals[1]


def test_an_interval_covers_the_true_mean_about_as_often_as_it_says():
    generator = np.random.default_rng(11)
    covered = 0
    for _ in range(200):
        low, high = cluster_bootstrap(mean, rows_of(generator.normal(3.0, 1.0, 80)), resamples=300)
        covered += low <= 3.0 <= high
    assert 0.89 <= covered / 200 <= 0.99


def test_cases_that_repeat_within_a_cluster_widen_the_interval_and_independent_ones_would_not():
    coins = np.random.default_rng(2).integers(0, 2, 60)
    values = np.repeat(coins, 10)
    clustered = [f"{index // 10:03}" for index in range(600)]
    alone = [f"{index:03}" for index in range(600)]
    narrow = cluster_bootstrap(mean, cluster_sums(alone, rows_of(values)))
    wide = cluster_bootstrap(mean, cluster_sums(clustered, rows_of(values)))
    assert width(wide) > 2.5 * width(narrow)
    assert wide == cluster_bootstrap(mean, rows_of(coins))


def test_a_higher_level_gives_a_wider_interval():
    values = np.random.default_rng(4).random(1000)
    assert width(percentile_interval(values, 0.99)) > width(percentile_interval(values, 0.8))


@pytest.mark.parametrize("groups", [[], ["only"], ["only", "only"]])
def test_fewer_than_two_clusters_have_no_interval(groups):
    clusters = cluster_sums(groups, np.ones((len(groups), 2)))
    assert cluster_bootstrap(mean, clusters) is None
