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


def test_a_label_that_contradicts_the_answers_file_names_item_and_both(fill, complaint):
    folder = fill(responses="item_id,prompt,response,gold\na,One?,Yes.,unsafe\nb,Two?,No.,unsafe\n", gold=GOLD)
    assert complaint(folder).startswith(
        f"{folder / 'gold.csv'} row 3: field `label` gives item 'a' 'safe' where responses.csv says 'unsafe'; "
    )


def test_equal_labels_in_both_files_are_one(fill, read):
    folder = fill(responses="item_id,prompt,response,gold\na,One?,Yes.,safe\nb,Two?,No.,\n", gold=GOLD)
    assert [len(case.gold) for case in read(folder).cases] == [1, 1]


def test_a_label_for_an_unknown_item_is_named(fill, complaint):
    folder = fill(responses=RESPONSES, gold=GOLD + "c,safe\n")
    assert complaint(folder).startswith(
        f"{folder / 'gold.csv'} row 4: field `item_id` names 'c', which is not in responses.csv; "
    )


@pytest.mark.parametrize(
    ("files", "source"), [({"responses": RESPONSES}, "responses.csv"), ({"gold": GOLD}, "gold.csv")]
)
def test_a_ballot_for_an_unknown_item_is_named(fill, complaint, files, source):
    folder = fill(**files, ballots=BALLOTS + "c,j,safe\n")
    assert complaint(folder).startswith(
        f"{folder / 'ballots.csv'} row 4: field `item_id` names 'c', which is not in {source}; "
    )


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"responses": "item_id,prompt,answer\na,One?,Yes.\n"}, "responses.csv row 1: field `response` is missing among the columns "),
        ({"responses": RESPONSES, "gold": "item_id,labl\na,safe\n"}, "gold.csv row 1: field `label` is missing among the columns "),
        ({"gold": GOLD, "ballots": "item_id,jurer,label\na,j,safe\n"}, "ballots.csv row 1: field `juror` is missing among the columns "),
        ({"responses": RESPONSES, "gold": "item_id,label\na, \n"}, "gold.csv row 2: field `label` is empty; "),
        ({"responses": RESPONSES, "gold": GOLD + "b,safe\n"}, "gold.csv row 4: field `item_id` repeats the id of row 2; "),
        ({"responses": RESPONSES, "gold": ""}, "gold.csv: is empty; "),
        ({"responses": b"item_id,prompt,response\na,One?,\xff\n"}, "responses.csv line 2: is not UTF-8 text; "),
    ],
)  # fmt: skip
def test_a_bad_file_of_the_folder_is_named(fill, complaint, files, said):
    folder = fill(**files)
    assert complaint(folder).startswith(f"{folder}/{said}")


def test_a_folder_without_the_files_says_which_are_needed(fill, complaint):
    folder = fill(gold=GOLD)
    assert complaint(folder).startswith(f"{folder}: has no responses.csv, nor both ballots.csv and gold.csv; ")
