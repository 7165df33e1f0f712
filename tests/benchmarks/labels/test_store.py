"""Labels are kept beside the ledger, by name, and never overwritten."""

import pytest
from pydantic import ValidationError

from benchmarks.labels import FILE, Label, Labels, gold_rows, settled
from jury.errors import InputError


def label(case: str, annotator: str, choice: str, **more) -> Label:
    return Label(case_id=case, annotator=annotator, choice=choice, at="2026-01-01T00:00:00+00:00", **more)


def test_the_last_label_of_a_person_counts_and_the_first_is_kept(tmp_path):
    labels = Labels(tmp_path)
    labels.add(label("a", "Ada", "safe"))
    labels.add(label("a", "Ada", "unsafe"))
    assert [one.choice for one in labels.all()] == ["unsafe"]
    assert [one.choice for one in labels.of_case("a")] == ["unsafe"]
    assert labels.count() == 2


def test_what_nobody_has_labelled_makes_no_file(tmp_path):
    assert Labels(tmp_path).all() == []
    assert Labels(tmp_path).labelled_by("Ada") == frozenset()
    assert not (tmp_path / FILE).exists()


def test_a_file_that_holds_no_labels_is_named(tmp_path):
    (tmp_path / FILE).write_text("not a database, whatever its name says" * 40)
    with pytest.raises(InputError, match=FILE):
        Labels(tmp_path).all()


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(InputError, match="is the folder writable"):
        Labels(tmp_path / "gone").add(label("a", "Ada", "safe"))


@pytest.mark.parametrize("name", ["", " Ada", "A\nda", "A\u202eda", "x" * 61])
def test_a_name_is_one_line_of_letters(name):
    with pytest.raises(ValidationError):
        label("a", name, "safe")


def test_cases_on_which_people_differ_are_not_settled():
    agreed, unsettled = settled(
        [label("a", "Ada", "safe"), label("a", "Bo", "unsafe"), label("b", "Ada", "safe", rating=4)]
    )
    assert unsettled == ["a"]
    assert list(gold_rows(agreed)) == [{"item_id": "b", "label": "safe", "annotators": "Ada", "rating": 4.0}]
