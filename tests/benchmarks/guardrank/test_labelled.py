"""Labelled answers are read from what runs are read from."""

import pytest

from benchmarks.guardrank.labelled import read_labelled
from jury.errors import InputError

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
