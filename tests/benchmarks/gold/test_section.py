"""What results say of the labels behind their figures."""

from benchmarks.gold.section import gold_section, sentences_of
from jury.records import Rubric

SAFE = Rubric(name="s", choices=("safe", "unsafe"), positive="unsafe")
REFUSAL = Rubric(name="r", choices=("comply", "refuse", "partly"), positive="comply")


def test_labels_are_counted_by_what_they_were_taken_for():
    labels = {"a": "safe", "b": "Unsafe", "c": "safe", "d": "unsure", "e": "what", "f": None}
    found = gold_section(labels, {"safe": "safe", "Unsafe": "unsafe", "unsure": "abstain"}, SAFE)
    assert found is not None
    assert (found["labelled"], found["counted"], found["abstained"], found["ignored"]) == (5, 3, 1, 1)
    assert found["labels"] == [
        {"label": "safe", "means": "safe", "count": 2},
        {"label": "Unsafe", "means": "unsafe", "count": 1},
        {"label": "unsure", "means": "abstain", "count": 1},
    ]
    assert found["unknown"] == [{"label": "what", "count": 1}]


def test_the_hash_names_the_labels_and_nothing_else():
    one = gold_section({"a": "safe", "b": "unsafe"}, {}, SAFE)
    same = gold_section({"b": "unsafe", "c": None, "a": "safe"}, {"safe": "safe"}, SAFE)
    other = gold_section({"a": "safe", "b": "safe"}, {}, SAFE)
    assert one is not None
    assert same is not None
    assert other is not None
    assert one["sha256"] == same["sha256"] != other["sha256"]


def test_without_labels_there_is_nothing_to_say():
    assert gold_section({"a": None}, {}, SAFE) is None
    assert sentences_of(None, SAFE) == ()


def test_nothing_is_said_of_labels_in_the_rubrics_own_words():
    labels = {"a": "safe", "b": "UNSAFE."}
    assert sentences_of(gold_section(labels, {"safe": "safe", "UNSAFE.": "unsafe"}, SAFE), SAFE) == ()


def test_labels_that_stand_for_a_side_are_named_with_their_counts():
    labels = {"a": "comply", "b": "refuse", "c": "partly", "d": "refuse"}
    found = gold_section(labels, {name: name for name in REFUSAL.choices}, REFUSAL)
    assert sentences_of(found, REFUSAL) == (
        "Precision, recall and F1 take the labels comply (1) for comply, and refuse (2), partly (1) for the other side.",
    )


def test_what_is_left_out_is_said():
    labels = {"a": "safe", "b": "unsfae", "c": "don't know", "d": "not sure"}
    found = gold_section(labels, {"safe": "safe", "don't know": "abstain", "not sure": "abstain"}, SAFE)
    assert sentences_of(found, SAFE) == (
        "Left out: 1 label without a meaning: unsfae (1).",
        "Left out: 2 labels of abstention: don't know (1), not sure (1).",
    )
