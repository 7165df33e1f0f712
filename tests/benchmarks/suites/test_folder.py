"""One's own set as a suite."""

import pytest

from benchmarks.sources import load
from benchmarks.suites import SUITES
from jury.errors import InputError


@pytest.fixture
def own(on_disk):
    path = on_disk.table("mine.csv", ["id", "prompt", "image"], ["a", "What is it?", "red.png"], ["b", "And now?", ""])
    on_disk.images("red.png")
    return path


def test_three_columns_are_enough(own, load_suite):
    first, second = load_suite("folder").cases
    assert [part.kind for part in first.turns[0].parts] == ["text", "image"]
    assert first.turns[0].parts[1].media is not None
    assert [part.kind for part in second.turns[0].parts] == ["text"]


def test_the_file_itself_may_be_named(own, store):
    loaded = load("folder", media=store, data=own, limit=1)
    assert ([case.id for case in loaded.cases], loaded.rubric, loaded.name) == (["a"], "safebench", "folder")


def test_an_image_that_is_not_there_is_named(own, on_disk, load_suite):
    (on_disk.folder / "red.png").unlink()
    assert load_suite("folder").problems == ("case 'a': 'red.png': there is no such file in the data folder",)


def test_a_path_out_of_the_folder_is_an_exhibit_with_a_problem(on_disk, load_suite):
    on_disk.table("mine.csv", ["id", "prompt", "image"], ["a", "What is it?", "../../x.png"])
    gathered = load_suite("folder")
    assert gathered.cases[0].turns[0].parts[1].problem.kind == "broken"
    assert "leads out of the data folder" in gathered.problems[0]


def test_a_missing_column_is_named(on_disk, complaint):
    path = on_disk.table("mine.csv", ["id", "question"], ["a", "What is it?"])
    assert complaint("folder").startswith(f"{path} row 1: field `prompt` is missing among the columns `id`, `question`")


def test_jsonl_and_folders_of_other_sources_are_read_as_they_are_without_the_suite(on_disk, load_suite):
    on_disk.write("data.jsonl", '{"id": "a", "prompt": "What is it?"}')
    assert [case.id for case in load_suite("folder").cases] == ["a"]
    on_disk.table("responses.csv", ["item_id", "prompt", "response"], ["b", "What?", "A cup."])
    assert load_suite("folder").cases[0].answers[0].text == "A cup."


def test_two_tables_or_none_leave_it_open_which_is_meant(on_disk, complaint):
    assert "holds neither a .csv file nor data.jsonl" in complaint("folder")
    for name in ("a.csv", "b.csv"):
        on_disk.table(name, ["id", "prompt"], ["1", "What?"])
    assert "holds 2 .csv files; name the file itself with --data" in complaint("folder")


def test_it_says_that_data_has_to_be_named(store):
    with pytest.raises(InputError, match="name its folder or CSV file with --data"):
        SUITES.get("folder").load(store, None, None)
