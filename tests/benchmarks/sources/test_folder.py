"""A folder of recorded answers, labels and ballots."""

from pathlib import Path

import pytest

RESPONSES = "item_id,prompt,response,target\na,One?,Yes.,m\nb,Two?,No.,m\n"
GOLD = "item_id,label\nb,unsafe\na,safe\n"
BALLOTS = "item_id,juror,label\na,j,safe\nb,j,what?\n"


@pytest.fixture
def fill(write):
    """Writes the files of a folder and returns the folder."""

    def fill_folder(**files: str | bytes) -> Path:
        for name, content in files.items():
            path = write(f"{name}.csv", content)
        return path.parent

    return fill_folder


def test_answers_labels_and_ballots_come_together(fill, read):
    folder = fill(responses=RESPONSES, gold=GOLD, ballots=BALLOTS)
    loaded = read(folder)
    assert [(case.id, case.final_label) for case in loaded.cases] == [("a", "safe"), ("b", "unsafe")]
    assert loaded.name == "data"
    assert loaded.ballots == folder / "ballots.csv"
    assert loaded.labels == ("safe", "unsafe")
    assert loaded.rubric == "safebench"
    assert not loaded.rehearsal


def test_answers_alone_are_enough(fill, read):
    loaded = read(fill(responses=RESPONSES))
    assert len(loaded.cases) == 2
    assert (loaded.ballots, loaded.labels, loaded.rubric) == (None, (), None)


def test_labels_and_ballots_alone_give_cases_known_by_their_id(fill, read):
    loaded = read(fill(gold=GOLD, ballots=BALLOTS))
    assert [(case.id, case.turns, case.final_label) for case in loaded.cases] == [
        ("b", (), "unsafe"),
        ("a", (), "safe"),
    ]


def test_labels_are_those_of_the_whole_file_whatever_the_limit(fill, read):
    loaded = read(fill(responses=RESPONSES, gold=GOLD), limit=1)
    assert [case.id for case in loaded.cases] == ["a"]
    assert loaded.labels == ("safe", "unsafe")


@pytest.mark.parametrize(
    ("labels", "rubric"),
    [
        (("safe", "safe"), "safebench"),
        (("1_full_compliance", "3_partial_refusal"), "refusal"),
        (("safe", "2_full_refusal"), None),
        (("0", "1"), None),
    ],
)
def test_the_rubric_follows_from_the_labels(fill, read, labels, rubric):
    assert read(fill(gold="item_id,label\na,{}\nb,{}\n".format(*labels), ballots=BALLOTS)).rubric == rubric


def test_answers_of_a_scripted_target_are_a_rehearsal(fill, read):
    assert read(fill(responses=RESPONSES.replace(",m\n", ",rehearsal/cautious\n"))).rehearsal


def test_a_label_that_contradicts_the_answers_file_is_no_label(fill, read, bad_row):
    folder = fill(responses="item_id,prompt,response,gold\na,One?,Yes.,unsafe\nb,Two?,No.,unsafe\n", gold=GOLD)
    said = "gold.csv row 3: field `label` gives item 'a' 'safe' where responses.csv says 'unsafe'; "
    assert bad_row(folder).startswith(said)
    assert [case.final_label for case in read(folder).cases] == [None, "unsafe"]
    assert read(folder).rows.labels == 1


def test_equal_labels_in_both_files_are_one(fill, read):
    folder = fill(responses="item_id,prompt,response,gold\na,One?,Yes.,safe\nb,Two?,No.,\n", gold=GOLD)
    assert [len(case.gold) for case in read(folder).cases] == [1, 1]


def test_labels_of_one_meaning_in_two_spellings_are_no_contradiction(fill, read):
    responses = "item_id,prompt,response,gold\na,One?,Yes.,SAFE.\nb,Two?,No.,2 - unsafe\n"
    loaded = read(fill(responses=responses, gold=GOLD + "a,Safe\n"))
    assert [case.final_label for case in loaded.cases] == ["safe", "unsafe"]
    assert not loaded.rows


def test_a_label_for_an_unknown_item_is_named(fill, bad_row):
    folder = fill(responses=RESPONSES, gold=GOLD + "c,safe\n")
    assert bad_row(folder).startswith("gold.csv row 4: field `item_id` names 'c', which is not in responses.csv; ")


def test_labels_of_other_items_alone_are_another_sets(fill, complaint):
    folder = fill(responses=RESPONSES, gold="item_id,label\nc,safe\n")
    assert "gold.csv row 2: field `item_id` names 'c', which is not in responses.csv" in complaint(folder)


def test_an_item_with_two_labels_has_none(fill, read, bad_row):
    folder = fill(responses=RESPONSES, gold=GOLD + "b,safe\n")
    assert bad_row(folder).startswith(
        "gold.csv row 4: field `label` differs from row 2, which labels item 'b' 'unsafe'; "
    )
    assert [case.final_label for case in read(folder).cases] == ["safe", None]


def test_an_answer_whose_row_is_broken_keeps_its_label_and_its_ballots(fill, read):
    folder = fill(responses=RESPONSES.replace("a,One?", "a,"), gold=GOLD, ballots=BALLOTS)
    case = read(folder).cases[0]
    assert (case.id, case.problem.kind, case.final_label) == ("a", "row", "safe")
    assert read(folder).rows.cases == 1


@pytest.mark.parametrize(
    ("files", "source"), [({"responses": RESPONSES}, "responses.csv"), ({"gold": GOLD}, "gold.csv")]
)
def test_a_ballot_for_an_unknown_item_is_named(fill, read, bad_row, files, source):
    folder = fill(**files, ballots=BALLOTS + "c,j,safe\n")
    assert bad_row(folder).startswith(f"ballots.csv row 4: field `item_id` names 'c', which is not in {source}; ")
    assert read(folder).rows.ballots == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("b,,safe", "field `juror` is empty"),
        ("b,j,safe,more", "has 4 cells"),
        ("a,j,unsafe", "field `label` differs from an earlier row of juror 'j' on this item, which is 'safe'"),
    ],
)
def test_a_bad_row_of_ballots_is_named(fill, bad_row, row, said):
    assert bad_row(fill(responses=RESPONSES, ballots=f"{BALLOTS}{row}\n")).startswith(f"ballots.csv row 4: {said}")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"responses": "item_id,prompt,answer\na,One?,Yes.\n"}, "responses.csv row 1: field `response` is missing among the columns "),
        ({"responses": RESPONSES, "gold": "item_id,labl\na,safe\n"}, "gold.csv row 1: field `label` is missing among the columns "),
        ({"gold": GOLD, "ballots": "item_id,jurer,label\na,j,safe\n"}, "ballots.csv row 1: field `juror` is missing among the columns "),
        ({"responses": RESPONSES, "gold": "item_id,label\na, \n"}, "gold.csv row 2: field `label` is empty; "),
        ({"responses": RESPONSES, "gold": ""}, "gold.csv: is empty; "),
        ({"responses": b"item_id,prompt,response\na,One?,\xff\n"}, "responses.csv row 2: is not UTF-8 text; "),
    ],
)  # fmt: skip
def test_a_bad_file_of_the_folder_is_named(fill, complaint, files, said):
    folder = fill(**files)
    assert complaint(folder).startswith(f"{folder}/{said}")


def test_a_folder_without_the_files_says_which_are_needed(fill, complaint):
    folder = fill(gold=GOLD)
    assert complaint(folder).startswith(f"{folder}: has no responses.csv, nor both ballots.csv and gold.csv; ")
