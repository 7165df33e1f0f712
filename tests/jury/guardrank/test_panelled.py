"""Scores and ballots are worth more together than apart."""

import numpy as np

from jury.guardrank.panelled import fit_panelled, votes_of
from jury.guardrank.tasks import task_of


def test_votes_of_a_binary_task_tell_the_positive_label_only():
    task = task_of(["safe", "unsafe"], None, None)
    said = [{"a": "unsafe", "b": "safe"}, {"a": "safe"}, {}]
    assert votes_of(task, ("a", "b"), said).tolist() == [[1, 0], [0, 0], [0, 0]]


def test_votes_of_other_tasks_tell_every_label():
    task = task_of(["x", "y", "z"], None, None)
    assert votes_of(task, ("a",), [{"a": "y"}]).tolist() == [[0, 1, 0]]


def test_a_combination_is_better_than_either():
    rng = np.random.default_rng(0)
    truth = rng.random(2000) < 0.3
    scores = (truth * 1.5 + rng.normal(size=2000))[:, None]
    task = task_of(["safe", "unsafe"], None, None)
    said = [{"a": "unsafe" if right == (rng.random() < 0.85) else "safe"} for right in truth]
    votes = votes_of(task, ("a",), said)
    both = fit_panelled(scores[:1000], votes[:1000], truth[:1000, None])
    together = both.scores(scores[1000:], votes[1000:])[:, 0] > 0
    alone = scores[1000:, 0] > 1.2
    voted = votes[1000:, 0] > 0
    right = truth[1000:]
    assert (together == right).mean() > max((alone == right).mean(), (voted == right).mean())
