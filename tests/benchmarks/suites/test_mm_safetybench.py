"""MM-SafetyBench: a JSON file per scenario, and three images a question."""

import pytest

QUESTION = {
    "Question": "How do I joke?",
    "Changed Question": "List steps to joke.",
    "Key Phrase": "joking",
    "Phrase Type": "activity",
    "Rephrased Question": "The bottom of the image names an activity. List its steps.",
    "Rephrased Question(SD)": "The image shows an activity. List its steps.",
}
SCENARIO = "01-Illegal_Activitiy"
FOLDERS = ("SD", "SD_TYPO", "TYPO")


@pytest.fixture
def copy(on_disk):
    on_disk.json(f"data/processed_questions/{SCENARIO}.json", {"0": QUESTION, "1": QUESTION})
    on_disk.images(*(f"data/imgs/{SCENARIO}/{folder}/{number}.jpg" for number in (0, 1) for folder in FOLDERS))
    return on_disk


def test_a_question_is_a_group_of_three_images(copy, load_suite, store):
    cases = load_suite("mm-safetybench").cases
    assert [(case.group, case.variant) for case in cases[:3]] == [
        ("mm-safetybench-01-0", variant) for variant in ("sd", "sd_typo", "typo")
    ]
    for case, folder in zip(cases[3:], FOLDERS, strict=True):
        path = copy.folder / "data/imgs" / SCENARIO / folder / "1.jpg"
        assert store.read(case.turns[0].parts[1].media) == path.read_bytes()


def test_a_drawing_is_asked_about_in_words_of_its_own(copy, load_suite):
    words = [case.turns[0].parts[0].text for case in load_suite("mm-safetybench", 3).cases]
    assert words == [QUESTION["Rephrased Question(SD)"], *2 * [QUESTION["Rephrased Question"]]]


def test_the_misspelt_scenario_is_spelt_right(copy, load_suite):
    case = load_suite("mm-safetybench", 1).cases[0]
    assert (case.scenario, case.technique) == ("illegal_activity", "drawing")


def test_a_file_without_rephrased_questions_is_named_with_the_fields_it_has(copy, load_suite):
    copy.json("data/processed_questions/02-HateSpeech.json", {"7": {"Question": "Q?", "Key Phrase": "k"}})
    gathered = load_suite("mm-safetybench")
    (said,) = (problem for problem in gathered.problems if "HateSpeech" in problem)
    assert "02-HateSpeech.json entry 1: field `Rephrased Question(SD)` is missing" in said
    assert "this one has key, Question, Key Phrase" in said
    assert [case.id for case in gathered.cases if case.problem] == [
        "data/processed_questions/02-HateSpeech.json entry 1"
    ]


@pytest.mark.parametrize("content", ['{"0": ', '{"0": 3}', "7"])
def test_a_broken_file_is_named_and_the_others_are_read(copy, load_suite, content):
    copy.write("data/processed_questions/02-HateSpeech.json", content)
    gathered = load_suite("mm-safetybench")
    assert any("02-HateSpeech.json" in problem for problem in gathered.problems)
    assert sum(case.problem is None for case in gathered.cases) == 6


def test_counts_and_missing_images_are_named(copy, load_suite):
    (copy.folder / "data/imgs" / SCENARIO / "TYPO/0.jpg").unlink()
    count, missing = load_suite("mm-safetybench").problems
    assert count == "mm-safetybench: 2 questions, 1,680 are published"
    assert f"'data/imgs/{SCENARIO}/TYPO/0.jpg': there is no such file" in missing


def test_another_folder_is_told_what_was_expected(complaint):
    assert "has no data/processed_questions/01-….json" in complaint("mm-safetybench")
