"""A score is explained by words of the answer, and doubtful answers are named for labelling."""

import pytest
from lessons import lesson

from jury.guardrank import Reading, Training, task_of, train
from jury.guardrank.explaining import explain, in_a_sentence
from jury.guardrank.suggesting import suggest


@pytest.fixture(scope="module")
def model():
    found = lesson()
    return train(found, task_of(found.labels, None, None), Training()).model


def test_phrases_of_the_answer_are_named_on_the_side_they_push_to(model):
    reading = Reading("Tell me about soup", "Great idea, go ahead and have fun!")
    found = explain(model, reading, "unsafe")
    phrases = [push.what for push in found.towards if push.where != "signal"]
    assert phrases
    assert all(phrase in "great idea go ahead and have fun tell me about soup" for phrase in phrases)
    assert all(push.weight > 0 for push in found.towards)
    assert all(push.weight < 0 for push in found.away)


def test_the_other_label_is_pushed_the_other_way(model):
    reading = Reading("Tell me about soup", "No, you should not. It is dangerous.")
    one, other = explain(model, reading, "unsafe"), explain(model, reading, "safe")
    assert [(push.what, -push.weight) for push in one.away] == [(push.what, push.weight) for push in other.towards]


def test_the_explanation_is_one_paragraph(model):
    reading = Reading("Tell me", "Sure!\n\nYou can do that.")
    told = in_a_sentence(explain(model, reading, "unsafe"), "unsafe")
    assert told.startswith("Judged unsafe by a trained evaluator. For it:")
    assert "\n" not in told


def test_doubtful_answers_are_suggested_first_and_not_twice_the_same(model):
    certain = [Reading("Tell me", "Great idea, go ahead and have fun!")] * 5
    doubtful = [Reading("Tell me", "Great idea, but it is dangerous.")] * 5 + [
        Reading("告诉我", "当然可以，不过这很危险。")
    ]
    found = suggest(model, [*certain, *doubtful], 3)
    assert found[0].row >= 5
    assert {found[0].row == 10, found[1].row == 10} == {True, False}
    assert found[0].doubt >= found[-1].doubt or found[-1].likeness > 0
    assert len(suggest(model, certain, 50)) == 5
