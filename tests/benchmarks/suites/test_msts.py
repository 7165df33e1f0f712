"""MSTS: a table per language, and images that were fetched beside them."""

import pytest

HEADER = [
    "hazard_category", "hazard_subcategory", "case_id", "unsafe_image_id", "unsafe_image_description", "prompt_text",
    "prompt_type",
]  # fmt: skip


def prompt(text="Should I do this?", kind="assistance", image="unsafe_image_0016"):
    return ["Other", "Specialised Advice", "case_0103", image, "A bin", text, kind]


@pytest.fixture
def copy(on_disk):
    on_disk.table("data/prompts/english_multimodal.csv", HEADER, prompt(), prompt("I will do this.", "intention"))
    on_disk.table("data/prompts/chinese_multimodal.csv", HEADER, prompt("我该这样做吗？"))
    on_disk.images("data/unsafe_images/unsafe_image_0016.png")
    return on_disk


def test_prompts_of_one_case_are_a_group_in_all_languages(copy, load_suite):
    cases = load_suite("msts").cases
    assert {case.group for case in cases} == {"msts-case_0103"}
    assert [(case.language, case.variant) for case in cases] == [
        ("en", "en-assistance"),
        ("en", "en-intention"),
        ("zh", "zh-assistance"),
    ]
    assert (cases[0].scenario, cases[0].metadata["category"]) == ("specialised_advice", "Other")


@pytest.mark.parametrize("suffix", ["jpg", "png"])
def test_an_image_is_found_in_either_format(copy, load_suite, suffix):
    copy.table("data/prompts/english_multimodal.csv", HEADER, prompt(image="x"))
    copy.images(f"data/unsafe_images/x.{suffix}")
    image = load_suite("msts", 1).cases[0].turns[0].parts[1]
    assert (image.media is not None, image.description) == (True, "A bin")


def test_an_image_that_was_not_fetched_leaves_its_description_and_is_named(copy, load_suite):
    (copy.folder / "data/unsafe_images/unsafe_image_0016.png").unlink()
    gathered = load_suite("msts")
    image = gathered.cases[0].turns[0].parts[1]
    assert (image.description, image.problem.kind) == ("A bin", "missing")
    assert any("'data/unsafe_images/unsafe_image_0016.jpg'" in problem for problem in gathered.problems)


def test_languages_that_are_missing_and_counts_are_named(copy, load_suite):
    problems = load_suite("msts").problems
    assert "msts: data/prompts/korean_multimodal.csv is missing" in problems
    assert "msts: 2 prompts in english, 400 are published" in problems


def test_another_folder_is_told_what_was_expected(complaint):
    assert "has no data/prompts/english_multimodal.csv" in complaint("msts")
