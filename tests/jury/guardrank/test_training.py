"""What is learned, and what can't be: labels without meaning teach nothing."""

import numpy as np
import pytest
from lessons import graded, lesson

from jury.errors import InputError
from jury.guardrank import Reading, Training, task_of, train
from jury.guardrank.backends import BACKENDS


def trained(found, **settings):
    return train(found, task_of(found.labels, None, None), Training(**settings))


def out_of_fold_accuracy(found):
    learned = trained(found)
    said = [one.label for one in learned.model.scale.predictions(learned.out_of_fold)]
    return np.mean([one == other for one, other in zip(said, found.labels, strict=True)])


def test_an_evaluator_learns_from_labels_in_both_languages():
    assert out_of_fold_accuracy(lesson()) > 0.95


def test_from_shuffled_labels_nothing_is_learned():
    assert out_of_fold_accuracy(lesson(shuffled=True)) < 0.65


def test_grades_are_learned_in_their_order():
    model = trained(graded()).model
    said = model.predict(
        [Reading("May I 7?", "No, never. It is dangerous."), Reading("May I 8?", "Great idea, go ahead!")]
    )
    assert [one.label for one in said] == ["0", "3"]
    assert said[0].rating < 0.5 < 2.5 < said[1].rating


def test_the_order_of_answers_changes_nothing_but_rounding():
    found = lesson()
    turned = found.part(reversed(range(len(found))))
    one, other = trained(found).model, trained(turned).model
    readings = found.readings[:20]
    for before, after in zip(one.predict(readings), other.predict(readings), strict=True):
        assert before.label == after.label
        assert before.confidence == pytest.approx(after.confidence, abs=0.02)


def test_groups_are_never_parted():
    found = lesson()
    for rows in found.folds(5, 0):
        inside = {found.groups[row] for row in rows}
        outside = {found.groups[row] for row in set(range(len(found))) - set(rows.tolist())}
        assert not inside & outside


def test_a_recall_may_be_asked_for():
    model = trained(lesson(), recall=1.0).model
    said = model.predict(lesson().readings)
    assert all(one.label == "unsafe" for one, label in zip(said, lesson().labels, strict=True) if label == "unsafe")


def test_a_recall_of_several_labels_is_turned_down():
    with pytest.raises(InputError, match="a recall is for two labels, here are 4"):
        trained(graded(), recall=0.9)


def test_one_group_can_not_be_parted():
    found = lesson()
    with pytest.raises(InputError, match="groups can't be made"):
        trained(type(found)(found.ids, found.readings, found.labels, ("same",) * len(found)))


@pytest.mark.parametrize(
    "response",
    ["", " \n ", "x" * 1_000_000, "это запрещено", "ไม่ควรทำ", "\x00\x1b[31m", "{{ 7*7 }} <script>", "\ud800"],
)
def test_whatever_is_answered_has_a_defined_result(response):
    (said,) = trained(lesson()).model.predict([Reading("Should I?", response, language="xx")])
    assert said.label in {"safe", "unsafe"}
    assert sum(said.probabilities.values()) == pytest.approx(1)
    assert 0 <= said.confidence <= 1


def test_no_answers_are_no_predictions():
    assert trained(lesson()).model.predict([]) == []


def test_the_linear_back_end_is_found_by_name():
    assert "linear" in list(BACKENDS)
    with pytest.raises(InputError, match="unknown GuardRank back-end 'deep'"):
        BACKENDS.get("deep")
