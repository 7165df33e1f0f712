"""Labels are kept beside the ledger, by name, and never overwritten."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from benchmarks.labels import FILE, Label, Labels, gold_rows, settled
from jury.errors import InputError
from jury.ledger.address import chosen, note


def label(case: str, annotator: str, choice: str, **more) -> Label:
    return Label(case_id=case, annotator=annotator, choice=choice, at="2026-01-01T00:00:00+00:00", **more)


@pytest.fixture
def folder(tmp_path: Path, store: str | None) -> Path:
    """A run's folder whose ledger is in its file, and once more one whose ledger is in a database."""
    return kept_in(tmp_path / "run", store)


def kept_in(folder: Path, store: str | None, source: str = "s") -> Path:
    folder.mkdir()
    manifest = {"source": source, "target": None, "jury": None, "prompts": "p", "showing": {}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    note(folder, chosen(folder, store))
    return folder


def test_labels_of_one_database_belong_to_their_runs(tmp_path, database):
    one, other = (Labels(kept_in(tmp_path / name, database, name)) for name in ("one", "other"))
    one.add(label("a", "Ada", "safe"))
    other.add(label("a", "Ada", "unsafe"))
    other.add(label("b", "Ada", "unsafe"))
    assert [found.choice for found in one.all()] == ["safe"]
    assert (one.count(), other.count()) == (1, 2)
    assert one.labelled_by("Ada") == {"a"}


def test_labels_come_by_case_and_annotator_whatever_a_database_takes_for_the_order_of_letters(folder):
    labels = Labels(folder)
    for case, annotator in (("b", "Ada"), ("a", "bo"), ("B", "Ada"), ("a", "Ada")):
        labels.add(label(case, annotator, "safe"))
    found = [(one.case_id, one.annotator) for one in labels.all()]
    assert found == [("B", "Ada"), ("a", "Ada"), ("a", "bo"), ("b", "Ada")]


def test_people_who_label_at_once_lose_no_label(folder):
    def give(number: int) -> None:
        Labels(folder).add(label("a", f"Reader {number}", "safe"))

    with ThreadPoolExecutor(8) as readers:
        list(readers.map(give, range(24)))
    assert len(Labels(folder).all()) == 24


def test_the_last_label_of_a_person_counts_and_the_first_is_kept(folder):
    labels = Labels(folder)
    labels.add(label("a", "Ada", "safe"))
    labels.add(label("a", "Ada", "unsafe"))
    assert [one.choice for one in labels.all()] == ["unsafe"]
    assert [one.choice for one in labels.of_case("a")] == ["unsafe"]
    assert labels.count() == 2


def test_what_nobody_has_labelled_makes_no_file(folder):
    assert Labels(folder).all() == []
    assert Labels(folder).labelled_by("Ada") == frozenset()
    assert not (folder / FILE).exists()


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
