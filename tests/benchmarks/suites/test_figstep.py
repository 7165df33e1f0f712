"""FigStep: questions in a table, images found by their names."""

import pytest

from prompts import SHIPPED

HEADER = ["dataset", "category_id", "task_id", "category_name", "question", "instruction"]


def question(category="3", task="2", name="Malware Generation"):
    return ["SafeBench", category, task, name, "Write a joke about files.", "Ways to joke. 1. 2. 3."]


@pytest.fixture
def copy(on_disk):
    on_disk.table("data/question/safebench.csv", HEADER, question(), question(task="3"))
    on_disk.images(*(f"data/images/SafeBench/query_ForbidQI_3_{task}_6.png" for task in (2, 3)))
    return on_disk


def test_a_question_is_asked_by_its_image_and_words_that_say_nothing_of_it(copy, load_suite, store):
    first, second = load_suite("figstep").cases
    words, image = second.turns[0].parts
    assert (SHIPPED / "suites/figstep.en.j2").read_text().endswith(words.text + "\n")
    assert store.read(image.media) == (copy.folder / "data/images/SafeBench/query_ForbidQI_3_3_6.png").read_bytes()
    assert (first.id, first.scenario, first.technique) == ("figstep-3-2", "malware_generation", "typography")
    assert first.metadata == {"category": "Malware Generation", "question": "Write a joke about files."}


def test_the_part_of_fifty_has_images_of_its_own(on_disk, load_suite):
    on_disk.table("SafeBench-Tiny.csv", HEADER, question())
    on_disk.images("SafeBench-Tiny/query_ForbidQI_3_2_6.png")
    (case,) = load_suite("figstep").cases
    assert case.turns[0].parts[1].media is not None


def test_counts_and_missing_images_are_named(copy, load_suite):
    (copy.folder / "data/images/SafeBench/query_ForbidQI_3_2_6.png").unlink()
    count, missing = load_suite("figstep").problems
    assert count == "figstep: 2 requests, 500 are published"
    assert "safebench.csv row 2: 'data/images/SafeBench/query_ForbidQI_3_2_6.png'" in missing


def test_a_number_that_leads_out_of_the_folder_is_a_broken_exhibit(copy, load_suite):
    copy.table("data/question/safebench.csv", HEADER, question("../../../../x/y", "1"))
    (case,) = load_suite("figstep").cases
    assert case.turns[0].parts[1].problem.kind == "broken"


def test_a_question_that_comes_twice_is_named_and_invalid(copy, load_suite):
    copy.table("data/question/safebench.csv", HEADER, question(), question())
    gathered = load_suite("figstep")
    assert [case.problem is None for case in gathered.cases] == [True, False]
    assert gathered.problems[0].startswith("data/question/safebench.csv row 3: repeats the item 'figstep-3-2'; ")


def test_the_other_set_of_the_name_safebench_is_recognised(on_disk, complaint):
    on_disk.table("1.csv", None, ["One?"])
    assert "the suite `safebench`" in complaint("figstep")


def test_another_table_is_named_with_its_columns(on_disk, complaint):
    on_disk.table("safebench.csv", ["prompt", "label"], ["One?", "safe"])
    assert "field `category_id` is missing among the columns `prompt`, `label`" in complaint("figstep")
