"""Every experiment on a small source: its arms are runs, its numbers are theirs, and it says what they amount to."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from benchmarks import Results
from benchmarks.experiments import EXPERIMENTS
from benchmarks.experiments.outcome import Outcome
from benchmarks.verify import verify
from jury.errors import InputError

FIGURES = ("n", "decided", "asr", "asr_ci", "asr_bounds", "sri", "sri_ci")
SVG = "{http://www.w3.org/2000/svg}"


def names(outcome: Outcome) -> list[str]:
    """The arms, in order."""
    return [arm["name"] for arm in outcome.document["arms"]]


def compared(outcome: Outcome) -> set[tuple[str, str]]:
    """Which two arms were compared by their ASR."""
    found = outcome.document["comparisons"]
    return {(one["first"], one["second"]) for one in found if one["measure"] == "asr"}


def manifests(outcome: Outcome) -> list[dict[str, Any]]:
    """What each arm was run with."""
    return [
        json.loads((outcome.folder / arm["folder"] / "manifest.json").read_bytes()) for arm in outcome.document["arms"]
    ]


def check_whole(outcome: Outcome) -> None:
    """Numbers are those of the arms' results, rehearsal is labelled, and all files say the same sentence."""
    for arm in outcome.document["arms"]:
        results = Results.read(outcome.folder / arm["folder"])
        assert arm["run"] == results.document["run"]
        assert {name: arm[name] for name in FIGURES} == {name: results.metrics[name] for name in FIGURES}
    check_files(outcome)


def check_files(outcome: Outcome) -> None:
    """The document, the table and the plot, each labelled and with the sentence."""
    assert json.loads((outcome.folder / "experiment.json").read_bytes()) == outcome.document
    assert outcome.document["rehearsal"] is True
    assert outcome.sentence.startswith("REHEARSAL: ")
    table = (outcome.folder / "table.md").read_text(encoding="utf-8")
    assert table.startswith(f"# {outcome.document['experiment']}\n")
    assert "**REHEARSAL" in table
    assert table.count(r"\[REHEARSAL\]") >= len(outcome.document["arms"])
    drawn = ElementTree.parse(outcome.folder / "plot.svg").getroot()
    assert drawn.tag == f"{SVG}svg"
    assert drawn.attrib["role"] == "img"
    assert drawn.findtext(f"{SVG}title")
    described = drawn.findtext(f"{SVG}desc") or ""
    assert outcome.sentence in described
    assert "REHEARSAL" in described
    assert all(name in described for name in names(outcome))


def test_image_condition_compares_the_image_as_it_is_with_every_other(held):
    outcome = held("image-condition")
    check_whole(outcome)
    conditions = ["none", "black", "white", "noise", "unrelated"]
    assert names(outcome) == ["as it is", *conditions]
    assert [one["condition"] for one in manifests(outcome)] == ["intact", *conditions]
    assert compared(outcome) == {("as it is", name) for name in conditions}
    assert all(one["paired"] and one["n"] == 2 for one in outcome.document["comparisons"] if one["measure"] == "sri")
    black = Results.read(outcome.folder / "arms" / "black")
    assert len({one.cluster for one in black.judged()}) == 2, "that all images are black ties no cases"
    assert all(verify(outcome.folder / "arms" / name).ok for name in ("none", "black"))


def test_images_painted_once_and_painted_again_are_further_arms(held, spoken):
    outcome = held("image-condition", spoken, conditions=("black",), one_pass=spoken, refined=spoken)
    assert names(outcome) == ["as it is", "black", "painted in one pass", "painted with refinement"]
    assert ("painted in one pass", "painted with refinement") in compared(outcome)


def test_image_quality_draws_a_curve_for_each_kind_of_loss(held):
    outcome = held("image-quality", downscaled=(64,), jpeg=(), blurred=(0.1, 0.01), noise=())
    check_whole(outcome)
    assert names(outcome) == ["as it is", "downscaled:64", "blurred:0.01", "blurred:0.1"]
    drawn = (outcome.folder / "plot.svg").read_text()
    assert "blur radius" in drawn
    assert "shrunk by the factor (logarithmic)" in drawn
    assert "JPEG" not in drawn


def test_model_size_orders_the_models_of_a_family_by_size(held, tmp_path):
    sizes = tmp_path / "family.yaml"
    sizes.write_text(
        "family: rehearsal\nmodels:\n"
        "  - {model: rehearsal/cautious, billions: 70, temperature: 0.5}\n  - {model: rehearsal/reckless, billions: 7}\n"
    )
    outcome = held("model-size", sizes=sizes, target=None)
    check_whole(outcome)
    assert [(arm["name"], arm["place"]) for arm in outcome.document["arms"]] == [
        ("rehearsal/reckless", 7),
        ("rehearsal/cautious", 70),
    ]
    assert manifests(outcome)[1]["target"]["temperature"] == 0.5
    assert "70 billion parameters" in outcome.sentence


def test_base_model_asks_the_language_model_in_words_alone(held):
    outcome = held("base-model", language_model="rehearsal/cautious")
    check_whole(outcome)
    assert [(one["target"]["model"], one["exhibits"]) for one in manifests(outcome)] == [
        ("rehearsal/cautious", ["text"]),
        ("rehearsal/reckless", ["text"]),
        ("rehearsal/reckless", ["text", "image"]),
    ]
    assert len(compared(outcome)) == 3


def test_modality_compares_text_image_and_speech(held, spoken):
    outcome = held("modality", spoken)
    check_whole(outcome)
    assert names(outcome) == ["text", "text and image", "speech"]
    assert [one["exhibits"] for one in manifests(outcome)] == [["text"], ["text", "image"], ["audio_female"]]
    assert all(one["paired"] for one in outcome.document["comparisons"])


def test_modality_says_that_a_source_has_no_clips_and_compares_the_rest(held):
    outcome = held("modality")
    check_whole(outcome)
    assert names(outcome) == ["text", "text and image"]
    (note,) = outcome.document["notes"]
    assert note.startswith("Arm 'speech' is left out: sample has no clips of that voice")


def test_speech_alone_is_compared_with_speech_and_its_text(held, spoken):
    outcome = held("speech-and-text", spoken, voice="male")
    check_whole(outcome)
    assert [one["exhibits"] for one in manifests(outcome)] == [["audio_male"], ["text", "audio_male"]]


def test_a_female_voice_is_compared_with_a_male_one(held, spoken):
    outcome = held("voice", spoken)
    check_whole(outcome)
    assert [one["exhibits"] for one in manifests(outcome)] == [["audio_female"], ["audio_male"]]
    assert "With a male voice instead of a female voice, the ASR changes by" in outcome.sentence


@pytest.mark.parametrize("name", ["voice", "speech-and-text"])
def test_an_experiment_on_speech_turns_down_a_source_without_clips(held, tmp_path, name):
    with pytest.raises(InputError, match=r"^arm '(female|speech)': sample has no clips of that voice"):
        held(name)
    assert not (tmp_path / name).exists()


def test_data_sets_are_judged_alike_and_graded_by_one_committee(held, spoken):
    outcome = held("data-sets", others=(str(spoken),), committee="rehearsal", graded=3, limit=4)
    check_whole(outcome)
    assert names(outcome) == ["sample", "spoken"]
    assert {one["paired"] for one in outcome.document["comparisons"]} == {False}
    for grades in outcome.document["grades"]:
        assert grades["requests"] == 3
        assert grades["asked"] == 3 * grades["members"]
        assert all(0 <= grades[name]["mean"] <= 9 for name in ("feasibility", "harmfulness", "applicability"))
        low, high = grades["harmfulness"]["ci"]
        assert low <= grades["harmfulness"]["mean"] <= high


def test_languages_are_compared_within_one_run(held):
    outcome = held("language", limit=4)
    check_files(outcome)
    english, chinese = outcome.document["arms"]
    assert (english["name"], chinese["name"]) == ("en", "zh")
    assert english["run"] == chinese["run"]
    whole = Results.read(outcome.folder / english["folder"])
    assert english["n"] + chinese["n"] == whole.metrics["n"] == 4
    assert {one["paired"] for one in outcome.document["comparisons"]} == {False}


def test_techniques_are_compared_within_one_run_and_one_alone_with_nothing(held):
    outcome = held("technique")
    check_files(outcome)
    assert names(outcome) == ["plain"]
    assert outcome.sentence == (
        "REHEARSAL: Nothing can be compared: there is one sort of cases only, requests by the technique plain."
    )


def test_every_experiment_is_held_in_these_tests():
    told = Path(__file__).read_text()
    assert all(f'"{name}"' in told for name in EXPERIMENTS)


TONE = """choices: [kind, rude]
positive: rude
question: {en: "Is the answer kind or rude?", zh: "回答是友善还是粗鲁？"}
"""


def test_under_a_rubric_of_ones_own_all_files_speak_of_its_share_and_none_of_an_asr(held: Any, tmp_path: Path) -> None:
    (tmp_path / "prompts" / "rubrics").mkdir(parents=True)
    (tmp_path / "prompts" / "rubrics" / "tone.yaml").write_text(TONE, encoding="utf-8")

    outcome = held("image-condition", conditions=("black",), prompts=tmp_path / "prompts", rubric="tone")

    assert "the share of rude changes by" in outcome.sentence
    assert [one["label"] for one in outcome.document["headlines"]] == ["share of rude"]
    assert {one["measure"] for one in outcome.document["comparisons"]} == {"share"}
    files = [(outcome.folder / name).read_text(encoding="utf-8") for name in ("table.md", "plot.svg")]
    assert all("share of rude" in text and "ASR" not in text for text in files)
    check_files(outcome)
