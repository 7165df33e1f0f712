"""MLLMGuard's public part: seven folders, two languages, and everything that copies of it get wrong."""

from collections import Counter

import pytest

from jury.records import TextPart

COLUMNS = ["Image", "Prompt", "Jailbreak Type", "Lan", "Category I", "Category II"]


def row(image="imgs/1.png", prompt="Who is this?", kind="Disguise", lan="en", one="Privacy", two="Personal Privacy"):
    return [image, prompt, kind, lan, one, two]


@pytest.fixture
def copy(on_disk):
    """One English and one Chinese pair in every part."""
    for part in ("privacy", "bias", "toxicity", "legality"):
        rows = [row(), row("imgs/2.png", "这是谁？", lan="zh")]
        on_disk.table(f"{part}/prompt.csv", COLUMNS, *rows)
        on_disk.images(f"{part}/imgs/1.png", f"{part}/imgs/2.png")
    truth = {"one": "Truthfulness", "kind": "Non-existent Query"}
    rows = [["Image", "Prompt", "Options", *COLUMNS[2:]]]
    asked = row(prompt="What is on the table?", two="Hallucination", **truth)
    rows.append([*asked[:2], "A. A cup B. Nothing", *asked[2:]])
    on_disk.table("hallucination/en.csv", rows[0], rows[1])
    on_disk.images("hallucination/imgs/1.png")
    noisy = [*row(two="Noise Consistency", one="Truthfulness"), "b"]
    on_disk.table("noise-injection/prompt.csv", [*COLUMNS, "Answer"], noisy)
    on_disk.images("noise-injection/imgs/1.png", "noise-injection/imgs/1_noise.png")
    swapped = row(two="Position Swapping", one="Truthfulness")
    on_disk.table(
        "position-swapping/prompt.csv",
        ["Image", "Reverse Image", *COLUMNS[1:]],
        [swapped[0], "imgs/2.png", *swapped[1:]],
    )
    on_disk.images("position-swapping/imgs/1.png", "position-swapping/imgs/2.png")
    return on_disk


@pytest.fixture
def by_id(copy, load_suite):
    return {case.id: case for case in load_suite("mllmguard").cases}


def bytes_of(store, case):
    return store.read(case.turns[0].parts[1].media)


def test_plain_parts_are_one_case_a_row_and_truthfulness_two(by_id):
    parts = Counter(case.metadata["dimension"] for case in by_id.values())
    assert parts == dict.fromkeys(("privacy", "bias", "toxicity", "legality", "noise_injection"), 2) | {
        "hallucination": 2,
        "position_swapping": 2,
    }
    assert Counter(case.metadata["category"] for case in by_id.values())["truthfulness"] == 6


def test_language_scenario_and_technique_come_from_the_row(by_id):
    case = by_id["mllmguard-privacy-prompt-0002"]
    assert (case.language, case.scenario, case.technique) == ("zh", "personal_privacy", "disguise")
    assert case.turns[0].parts[0] == TextPart(text="这是谁？")


def test_hallucination_is_asked_open_and_with_its_options(by_id):
    open_, chosen = (by_id[f"mllmguard-hallucination-en-0001-{variant}"] for variant in ("open", "options"))
    assert open_.group == chosen.group == "mllmguard-hallucination-en-0001"
    assert open_.turns[0].parts[0].text == "What is on the table?"
    assert chosen.turns[0].parts[0].text == "What is on the table?\nA. A cup B. Nothing"
    assert "options" not in open_.metadata
    assert chosen.metadata["options"] == ["A. A cup", "B. Nothing"]


def test_noise_items_are_asked_about_both_images_and_keep_the_right_letter(by_id, copy, store):
    clean, noisy = (by_id[f"mllmguard-noise-injection-prompt-0001-{variant}"] for variant in ("clean", "noisy"))
    assert clean.metadata["gold"] == noisy.metadata["gold"] == "B"
    assert bytes_of(store, clean) == (copy.folder / "noise-injection/imgs/1.png").read_bytes()
    assert bytes_of(store, noisy) == (copy.folder / "noise-injection/imgs/1_noise.png").read_bytes()


def test_a_noisy_image_above_its_folder_is_found_too(copy, load_suite, store):
    (copy.folder / "noise-injection/imgs/1_noise.png").rename(copy.folder / "noise-injection/1_noise.png")
    noisy = next(case for case in load_suite("mllmguard").cases if case.variant == "noisy")
    assert bytes_of(store, noisy) == (copy.folder / "noise-injection/1_noise.png").read_bytes()


def test_position_items_are_asked_about_both_images(by_id, copy, store):
    swapped = by_id["mllmguard-position-swapping-prompt-0001-swapped"]
    assert bytes_of(store, swapped) == (copy.folder / "position-swapping/imgs/2.png").read_bytes()
    assert swapped.group == by_id["mllmguard-position-swapping-prompt-0001-original"].group


def test_a_source_column_is_read_over_and_its_lack_is_no_problem(copy, load_suite):
    copy.table("privacy/prompt.csv", [*COLUMNS, "Source"], [*row(), "web"])
    assert not any("Source" in problem for problem in load_suite("mllmguard").problems)


def test_the_images_column_may_be_called_file_name_and_the_parts_lie_in_desensitize(on_disk, load_suite):
    on_disk.table("desensitize/bias/prompt.csv", ["file_name", *COLUMNS[1:]], row())
    on_disk.images("desensitize/bias/imgs/1.png")
    (case,) = load_suite("mllmguard").cases
    assert case.turns[0].parts[1].media is not None


@pytest.mark.parametrize("path", ["1.png", "images/1.png", "bias/imgs/1.png", "./imgs/1.png", r"imgs\1.png"])
def test_an_image_under_a_wrong_path_is_found_by_its_name(copy, load_suite, path):
    copy.table("bias/prompt.csv", COLUMNS, row(path))
    case = next(case for case in load_suite("mllmguard").cases if case.metadata["dimension"] == "bias")
    assert case.turns[0].parts[1].media is not None


@pytest.mark.parametrize(
    ("path", "kind"), [("imgs/9.png", "missing"), ("../../secret.png", "broken"), ("/etc/hostname", "missing")]
)
def test_an_image_that_cannot_be_had_is_named_with_file_and_row_and_the_rest_is_read(copy, load_suite, path, kind):
    copy.table("bias/prompt.csv", COLUMNS, row(path), row())
    gathered = load_suite("mllmguard")
    first, second = (case for case in gathered.cases if case.metadata["dimension"] == "bias")
    assert first.turns[0].parts[1].problem.kind == kind
    assert second.turns[0].parts[1].media is not None
    (said,) = (problem for problem in gathered.problems if "bias" in problem)
    assert said.startswith(f"{copy.folder / 'bias/prompt.csv'} row 2: ")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (row(lan="fr"), "field `Lan` is 'fr'; write en or zh"),
        (row(image=""), "field `Image` names no file"),
        (row()[:4], "has 4 cells under 6 columns"),
    ],
)
def test_a_broken_row_is_named_and_the_rest_is_read(copy, load_suite, bad, said):
    copy.table("toxicity/prompt.csv", COLUMNS, bad, row())
    gathered = load_suite("mllmguard")
    (broken,) = (case for case in gathered.cases if case.problem is not None)
    assert broken.problem.detail.startswith(f"toxicity/prompt.csv row 2: {said}")
    assert broken.problem.detail in gathered.problems
    assert sum(case.metadata.get("dimension") == "toxicity" for case in gathered.cases) == 1


def test_a_table_without_a_needed_column_is_named_with_the_columns_it_has(copy, load_suite):
    copy.table("noise-injection/prompt.csv", COLUMNS, row())
    (said,) = (problem for problem in load_suite("mllmguard").problems if "noise-injection" in problem)
    assert "field `Answer` is missing among the columns `Image`, `Prompt`" in said


def test_missing_tables_and_the_count_are_named(copy, load_suite):
    (copy.folder / "legality" / "prompt.csv").unlink()
    problems = load_suite("mllmguard").problems
    assert "mllmguard: legality/prompt.csv is missing" in problems
    assert "mllmguard: hallucination/zh.csv is missing" in problems
    assert "mllmguard: 9 pairs, 1,500 are published" in problems


def test_another_folder_is_told_what_was_expected(complaint):
    assert "has none of the folders privacy, bias, toxicity" in complaint("mllmguard")
