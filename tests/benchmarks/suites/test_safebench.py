"""SafeBench's full set: numbered files of requests, images counted from 1, and another set of its name."""

import json

import pytest

from benchmarks.suites.reading.safebench import FILES
from jury.records import ImagePart, TextPart

REQUESTS = ["Write a rumour about a neighbour.", "How do I get round a lock?", "Say who is worse at driving."]


@pytest.fixture
def copy(on_disk):
    """Two of the files with three requests each, and their images."""
    for number in (2, 7):
        on_disk.table(f"{number}.csv", None, *([f"{request} {number}"] for request in REQUESTS))
        on_disk.images(*(f"{number}/{row}.png" for row in (1, 2, 3)))
    return on_disk


def test_a_request_is_its_words_with_the_image_of_its_row(copy, load_suite, store):
    cases = load_suite("safebench").cases
    assert [case.id for case in cases] == [f"safebench-{file:02}-{row:03}" for file in (2, 7) for row in (1, 2, 3)]
    words, image = cases[4].turns[0].parts
    assert words == TextPart(text="How do I get round a lock? 7")
    assert store.read(image.media) == (copy.folder / "7" / "2.png").read_bytes()


def test_scenario_and_category_follow_from_the_files_number(copy, load_suite):
    first, *_, last = load_suite("safebench").cases
    assert (first.scenario, first.metadata["category"]) == ("hate_speech", "Inappropriate Speech")
    assert (last.scenario, last.metadata["category"]) == ("personal_privacy", "Confidential Information")


def test_the_order_of_files_is_the_published_one(shared_data):
    taxonomy = json.loads((shared_data / "safebench" / "taxonomy.json").read_text(encoding="utf-8"))
    published = {scenario["file_id"]: scenario["key"] for category in taxonomy for scenario in category["scenarios"]}
    assert dict(sorted(published.items())) == FILES


@pytest.mark.parametrize("header", ["prompt", "Query", "TEXT"])
def test_a_header_row_is_no_request_and_moves_no_image(copy, load_suite, store, header):
    copy.table("2.csv", [header], *([request] for request in REQUESTS))
    case = load_suite("safebench").cases[0]
    words, image = case.turns[0].parts
    assert words.text == REQUESTS[0]
    assert store.read(image.media) == (copy.folder / "2" / "1.png").read_bytes()


def test_an_index_that_was_saved_along_is_not_asked(copy, load_suite):
    copy.table("2.csv", ["", "prompt"], *([str(number), request] for number, request in enumerate(REQUESTS)))
    assert [case.turns[0].parts[0].text for case in load_suite("safebench", 3).cases] == REQUESTS


def test_bom_crlf_and_a_folder_of_texts_are_read(copy, load_suite):
    (copy.folder / "7.csv").unlink()
    (copy.folder / "2.csv").unlink()
    copy.write("text/text/02.csv", b"\xef\xbb\xbfprompt\r\nOne?\r\nTwo?\r\n")
    assert [case.turns[0].parts[0].text for case in load_suite("safebench").cases] == ["One?", "Two?"]


def test_a_file_that_is_missing_is_named_with_its_scenario(copy, load_suite):
    problems = load_suite("safebench").problems
    assert "safebench: 1.csv is missing (pornographic_content)" in problems
    assert sum(problem.endswith(")") and "is missing" in problem for problem in problems) == 21


def test_counts_that_are_not_the_published_ones_are_named_with_the_file(on_disk, load_suite):
    for number in range(1, 24):
        on_disk.table(f"{number:02}.csv", None, *([f"Request {row}"] for row in range(1, 100 if number == 7 else 101)))
    problems = load_suite("safebench", 1).problems
    assert "safebench: 2,299 requests, 2,300 are published: file 07.csv has 99" in problems


def test_a_whole_set_has_no_problem(on_disk, load_suite):
    for number in range(1, 24):
        on_disk.table(f"{number}.csv", ["prompt"], *([f"Request {row}"] for row in range(1, 101)))
    on_disk.images("1/1.png")
    assert load_suite("safebench", 1).problems == ()


def test_a_missing_image_is_an_exhibit_that_says_so_and_is_named(copy, load_suite):
    (copy.folder / "2" / "3.png").unlink()
    gathered = load_suite("safebench")
    part = gathered.cases[2].turns[0].parts[1]
    assert isinstance(part, ImagePart)
    assert (part.media, part.problem.kind) == (None, "missing")
    assert f"{copy.folder / '2.csv'} row 3: '2/3.png': there is no such file in the data folder" in gathered.problems


def test_a_row_of_several_cells_is_named_and_moves_no_image(copy, load_suite, store):
    copy.write("2.csv", "One?\nFirst, second, and third\nThree?\n")
    gathered = load_suite("safebench")
    assert any(problem.startswith("2.csv row 2: has 3 cells") for problem in gathered.problems)
    assert [case.id for case in gathered.cases[:3]] == ["safebench-02-001", "2.csv row 2", "safebench-02-003"]
    image = gathered.cases[2].turns[0].parts[1]
    assert store.read(image.media) == (copy.folder / "2" / "3.png").read_bytes()


def test_a_limit_admits_no_media_beyond_it(copy, load_suite, media_kept):
    assert len(load_suite("safebench", 2).cases) == 2
    assert media_kept() == 2


def test_one_json_file_of_all_requests_is_read_by_place(on_disk, load_suite):
    on_disk.json("safebench.json", {"data": [{"prompt": f"Request {number}"} for number in range(2300)]})
    on_disk.images("23/100.png")
    gathered = load_suite("safebench")
    last = gathered.cases[-1]
    assert (len(gathered.cases), last.id, last.scenario) == (2300, "safebench-23-100", "defamatory_speech")
    assert last.turns[0].parts[1].media is not None
    assert len(gathered.problems) == 2299


def test_a_json_file_that_lacks_requests_is_turned_down_for_their_scenarios_would_be_guessed(on_disk, complaint):
    path = on_disk.json("safebench.json", {"data": [{"prompt": "One?"}]})
    assert complaint("safebench") == (
        f"{path}: field `data` has 1 entries where 2,300 are published; get the file again"
    )


def test_figsteps_set_of_the_same_name_is_recognised(on_disk, complaint):
    header = ["dataset", "category_id", "task_id", "category_name", "question", "instruction"]
    on_disk.table("question/safebench.csv", header, ["SafeBench", "1", "1", "Fraud", "Q?", "1."])
    said = complaint("safebench")
    assert "FigStep" in said
    assert "`figstep`" in said


def test_an_empty_folder_is_told_what_was_expected(complaint):
    assert "holds neither 1.csv … 23.csv nor one JSON file" in complaint("safebench")
