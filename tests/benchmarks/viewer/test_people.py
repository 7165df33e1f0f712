"""Labels are given by name, compared with others' and the jury's, and taken away for those who learn from them."""

import csv
import io
import shutil

import pytest
from command import complaint, jury
from viewers import case_path, client, post, run_path, viewer, words

from benchmarks.guardrank.labelled import read_labelled
from benchmarks.labels import Label, Labels


@pytest.fixture
def at(tmp_path, plain):
    shutil.copytree(plain, tmp_path / "run")
    with viewer(tmp_path / "cache", tmp_path / "run") as address:
        yield address


def say(address, name, case, choice, **more):
    with client(address, {"jury_reader": name}) as asked:
        path = case_path(asked, case)
        return post(asked, f"{path}/label", seen_on=path, choice=choice, **more)


def test_people_agree_with_each_other_and_the_jury(at, tmp_path):
    for case, ours, theirs in (("c1", "safe", "safe"), ("c5", "safe", "unsafe"), ("c6", "unsafe", "unsafe")):
        assert say(at, "Ada", case, ours, rating="4", note="plain").status_code == 303
        assert say(at, "Bo", case, theirs).status_code == 303
    with client(at) as asked:
        run = run_path(asked)
        shown = words(asked.get(f"{run}/people").text)
        assert "6 labels; 2 cases settled, 1 on which people differ" in shown
        assert "Ada Bo 3 67 %" in shown
        assert "Ada the jury 3 100 %" in shown
        assert "Bo the jury 3 67 %" in shown
        gold = list(csv.DictReader(io.StringIO(asked.get(f"{run}/gold.csv").text)))
        assert [(row["item_id"], row["label"]) for row in gold] == [("c1", "safe"), ("c6", "unsafe")]
        sheet = list(csv.DictReader(io.StringIO(asked.get(f"{run}/labels.csv").text)))
        assert len(sheet) == 6
        assert {row["note"] for row in sheet if row["annotator"] == "Ada"} == {"plain"}
    told = jury("labels", tmp_path / "run", "--gold", tmp_path / "gold.csv", "--json").document
    assert (told["settled"], told["unsettled"], told["labels"]) == (2, ["c5"], 6)
    assert (tmp_path / "gold.csv").read_text() == asked_gold(at)
    assert "67" in jury("labels", tmp_path / "run").out.replace("0.67", "67")


def asked_gold(address) -> str:
    with client(address) as asked:
        return asked.get(f"{run_path(asked)}/gold.csv").text


def test_gold_csv_feeds_guardrank(at, tmp_path, plain):
    for case in ("c3", "c4"):
        say(at, "Ada", case, "unsafe")
    gold = tmp_path / "gold.csv"
    gold.write_text(asked_gold(at))
    learned = read_labelled([str(plain.parent / "cases.jsonl")], labels=gold).lesson
    assert dict(zip(learned.ids, learned.labels, strict=True)) == {
        "c1": "safe",
        "c2": "safe",
        "c3": "unsafe",
        "c4": "unsafe",
    }


def test_whoever_thinks_again_replaces_their_label(at):
    say(at, "Ada", "c1", "safe")
    say(at, "Ada", "c1", "unsafe")
    with client(at) as asked:
        assert "1 label; 1 case settled" in words(asked.get(f"{run_path(asked)}/people").text)
        assert "c1,unsafe" in asked.get(f"{run_path(asked)}/gold.csv").text


def test_the_annotator_gold_has_the_last_word(at):
    say(at, "Ada", "c1", "safe")
    say(at, "Bo", "c1", "unsafe")
    say(at, "gold", "c1", "unsafe")
    assert "c1,unsafe,gold" in asked_gold(at)


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        ("Ada", {"choice": "maybe"}, "is no choice of this rubric"),
        ("Ada", {"choice": "safe", "rating": "9"}, "lies outside 1 to 5"),
        ("Ada", {"choice": "safe", "rating": "x"}, "a rating is a number"),
        ("Ada", {"choice": "safe", "note": "x" * 5_000}, "at most 4,000 characters"),
        ("", {"choice": "safe"}, "say who you are first"),
    ],
)
def test_a_label_that_makes_no_sense_is_turned_down_and_not_kept(at, name, fields, told):
    with client(at, {"jury_reader": name}) as asked:
        path = case_path(asked, "c1")
        answer = post(asked, f"{path}/label", seen_on=path, **fields)
        assert answer.status_code == 400
        assert told in answer.text
        assert "0 labels" in words(asked.get(f"{run_path(asked)}/people").text)


def test_a_formula_in_a_note_stays_a_note(at):
    say(at, "Ada", "c1", "safe", note="=HYPERLINK(1)")
    with client(at) as asked:
        assert ",'=HYPERLINK(1)," in asked.get(f"{run_path(asked)}/labels.csv").text


def test_a_run_nobody_has_labelled_is_named(plain, tmp_path):
    folder = shutil.copytree(plain, tmp_path / "fresh")
    assert "nobody has labelled" in complaint("labels", folder)


def test_labels_in_another_spelling_count_and_those_without_a_meaning_are_told(at, tmp_path):
    run = tmp_path / "run"
    for number, choice in enumerate(("Safe.", "2 - UNSAFE", "unsure", "full_refusal"), start=1):
        Labels(run).add(Label(case_id=f"c{number}", annotator="Ada", choice=choice, at="2026-01-01T00:00:00+00:00"))
    with client(at) as asked:
        shown = words(asked.get(f"{run_path(asked)}/people").text)
        assert "2 labels abstain or mean no choice of this run's rubric" in shown
        assert [row.split(",")[1] for row in asked_gold(at).split()[1:]] == ["safe", "unsafe"]
    assert "a gold label is unknown: 'full_refusal' (1 time, none is near)" in complaint("labels", run)
    told = jury("labels", run, "--ignore-labels", "--json").document
    assert (told["ignored"], told["abstained"], told["settled"]) == ({"full_refusal": 1}, {"unsure": 1}, 2)
    assert "Left out: 1 labels without a meaning: full_refusal (1)" in jury("labels", run, "--ignore-labels").out
