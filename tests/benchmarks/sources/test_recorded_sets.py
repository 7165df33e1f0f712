"""The recorded sets load whole; the counts are those their README states."""

import csv

import pytest


@pytest.mark.parametrize(
    ("name", "count", "rubric"),
    [("msts", 1880, "safebench"), ("xstest", 1350, "refusal"), ("bluebirds", 108, None), ("llmbar_natural", 100, None)],
)
def test_every_item_is_a_case_with_its_final_label(shared_data, read, name, count, rubric):
    loaded = read(shared_data / name)
    with (shared_data / name / "gold.csv").open(encoding="utf-8", newline="") as file:
        gold = {row["item_id"]: row["label"] for row in csv.DictReader(file)}
    assert len(loaded.cases) == count
    assert {case.id: case.final_label for case in loaded.cases} == gold
    assert loaded.labels == tuple(sorted(set(gold.values())))
    assert (loaded.name, loaded.rubric, loaded.ballots) == (name, rubric, shared_data / name / "ballots.csv")


def test_msts_keeps_prompts_answers_and_described_images_word_for_word(shared_data, read):
    cases = {case.id: case for case in read(shared_data / "msts").cases}
    with (shared_data / "msts" / "responses.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        case = cases[row["item_id"]]
        prompt, image = case.turns[0].parts
        assert (prompt.text, image.description) == (row["prompt"], row["image_description"])
        assert (case.answers[0].text, case.target) == (row["response"], row["target"])
        assert (case.group, case.variant) == (row["case_id"], row["prompt_type"])


def test_xstest_has_two_annotators_and_no_groups(shared_data, read):
    cases = read(shared_data / "xstest").cases
    assert {tuple(label.annotator for label in case.gold) for case in cases} == {("annotator_1", "annotator_2", "gold")}
    assert {case.group for case in cases} == {""}
