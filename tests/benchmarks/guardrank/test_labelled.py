"""Labelled answers are read from what runs are read from."""

import pytest

from benchmarks.guardrank.labelled import LabelOptions, read_labelled
from jury.errors import InputError
from jury.guardrank import task_of

ROWS = """id,prompt,response,target,gold
a,May I?,Yes,model/one,unsafe
b,May I?,No,model/two,safe
c,Shall I?,No,model/one,safe
d,Shall I?,Perhaps,model/two,
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text(ROWS)
    return path


def test_answers_to_one_request_belong_together(table):
    found = read_labelled([str(table)])
    one, other, third = found.lesson.groups
    assert one == other != third
    assert found.left_out == ("left out: 1 without a label",)


def test_groups_may_be_targets(table):
    assert read_labelled([str(table)], group="target").lesson.groups == ("model/one", "model/two", "model/one")


def test_further_labels_fill_gaps_and_overrule(table, tmp_path):
    labels = tmp_path / "labels.csv"
    labels.write_text("id,label,note\nd,unsafe,x\na,safe,x\nb,,not yet\n")
    assert read_labelled([str(table)], labels=labels).lesson.labels == ("safe", "safe", "safe", "unsafe")


def test_an_id_that_two_sources_use_is_named(table, tmp_path):
    again = tmp_path / "again.csv"
    again.write_text(ROWS)
    with pytest.raises(InputError, match="two answers have the id 'a'"):
        read_labelled([str(table), str(again)])


def test_labels_are_read_in_any_spelling(table):
    plain = read_labelled([str(table)]).lesson
    table.write_text(ROWS.replace(",unsafe", ",2 - Unsafe").replace(",safe", ",SAFE."))
    assert read_labelled([str(table)]).lesson == plain


def test_labels_are_those_of_a_model_where_it_knows_them_by_other_names(table):
    table.write_text(ROWS.replace(",unsafe", ",不安全").replace(",safe", ",安全"))
    assert read_labelled([str(table)], options=LabelOptions(("safe", "unsafe"))).lesson.labels[0] == "unsafe"
    numbered = LabelOptions(("1 - safe", "2 - unsafe"))
    table.write_text(ROWS)
    assert read_labelled([str(table)], options=numbered).lesson.labels == ("2 - unsafe", "1 - safe", "1 - safe")


def test_a_label_that_nobody_knows_is_listed_or_left_out_and_counted(table):
    table.write_text(ROWS + "e,Why?,No,model/one,unsfae\nf,When?,No,model/one,unsure\n")
    with pytest.raises(InputError, match=r"'unsfae' \(1 time, nearest 'unsafe'\).*--kind nominal"):
        read_labelled([str(table)])
    found = read_labelled([str(table)], options=LabelOptions(ignore=True))
    assert found.lesson.ids == ("a", "b", "c")
    told = found.about(task_of(found.lesson.labels, None, None))
    assert (told["gold"]["ignored"], told["gold"]["abstained"], told["gold"]["counted"]) == (1, 1, 3)
    assert told["notes"][0] == "Left out: 1 label without a meaning: unsfae (1)."


def test_labels_of_its_own_are_taken_where_that_is_said(table):
    table.write_text(ROWS.replace(",safe", ",borderline", 1))
    assert set(read_labelled([str(table)], options=LabelOptions(own=True)).lesson.labels) == {
        "unsafe",
        "borderline",
        "safe",
    }
