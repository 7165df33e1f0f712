"""Labels become questions, and answers to these probabilities of labels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.errors import InputError
from jury.guardrank.tasks import task_of


@pytest.mark.parametrize(
    ("labels", "kind", "positive"),
    [
        (["safe", "unsafe"], "binary", "unsafe"),
        (["0", "1", "2", "3"], "ordinal", "3"),
        (["full", "none", "partial"], "nominal", "full"),
    ],
)
def test_the_kind_follows_from_the_labels(labels, kind, positive):
    task = task_of(labels, None, None)
    assert (task.kind, task.positive) == (kind, positive)


def test_grades_stand_in_their_order():
    assert task_of(["10", "9", "1"], None, None).labels == ("1", "9", "10")


@pytest.mark.parametrize(
    ("labels", "kind", "positive", "words"),
    [
        (["safe"], None, None, "only one label"),
        (["yes", "no"], None, None, "which label is looked for"),
        (["a", "b"], "ordinal", None, "grades are whole numbers"),
        (["a", "b", "c"], "binary", None, "takes two labels, here are 3"),
        (["safe", "unsafe"], None, "bad", "no label 'bad'"),
    ],
)
def test_labels_that_make_no_task_are_turned_down(labels, kind, positive, words):
    with pytest.raises(InputError, match=words):
        task_of(labels, kind, positive)


@given(st.lists(st.floats(0.001, 0.999), min_size=3, max_size=3))
def test_probabilities_of_labels_add_up_whatever_the_answers(answers):
    for labels in (["0", "1", "2", "3"], ["a", "b", "c"]):
        task = task_of(labels, None, None)
        row = task.probabilities(np.array([answers]))
        assert row.shape == (1, len(labels))
        assert row.min() >= 0
        assert row.sum() == pytest.approx(1)


def test_answers_of_an_ordinal_task_say_what_lies_above():
    task = task_of(["0", "1", "2"], None, None)
    assert task.answers(["0", "2"]).tolist() == [[False, False], [True, True]]
