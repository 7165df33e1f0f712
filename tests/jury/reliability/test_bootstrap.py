"""Resamples of clusters: repeatable, and by cluster."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jury.reliability import bootstrap
from jury.reliability.bootstrap import cluster_sums, resampled_sums


def rows_of(values):
    return np.array([(value, 1.0) for value in values])


def test_the_documented_stream_draws_whole_clusters():
    groups = [f"g{number}" for number in np.random.default_rng(5).integers(0, 40, 300)]
    values = np.random.default_rng(6).integers(0, 2, 300)
    names = sorted(set(groups))
    members = {name: [value for value, group in zip(values, groups, strict=True) if group == name] for name in names}

    drawn = np.random.default_rng(7).integers(0, len(names), size=(200, len(names)))
    by_hand = [[value for cluster in row for value in members[names[cluster]]] for row in drawn]

    found = resampled_sums(cluster_sums(groups, rows_of(values)), resamples=200, seed=7)
    assert found.tolist() == [[sum(cases), len(cases)] for cases in by_hand]


def test_drawing_in_blocks_gives_the_stream_of_a_single_draw(monkeypatch):
    clusters = rows_of(range(37))
    whole = resampled_sums(clusters, resamples=101, seed=3)
    monkeypatch.setattr(bootstrap, "_CELLS_AT_ONCE", 37 * 4)
    np.testing.assert_array_equal(resampled_sums(clusters, resamples=101, seed=3), whole)


def test_the_same_seed_gives_the_same_resamples_and_another_seed_others():
    clusters = rows_of(np.random.default_rng(0).random(50))
    first, again, other = (resampled_sums(clusters, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_clusters_stand_in_the_order_of_their_names():
    sums = cluster_sums(["b", "a", "b", "10", "9"], rows_of([1, 2, 4, 8, 16]))
    assert sums.tolist() == [[8, 1], [16, 1], [2, 1], [5, 2]]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 1)), min_size=2, max_size=40), st.randoms())
def test_the_order_of_cases_never_changes_a_resample(cases, random):
    found = [
        resampled_sums(cluster_sums([g for g, _ in some], rows_of([v for _, v in some])), resamples=50)
        for some in (cases, random.sample(cases, len(cases)))
    ]
    assert np.array_equal(*found)
