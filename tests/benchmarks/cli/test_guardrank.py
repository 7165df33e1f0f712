"""`jury guardrank`, as people type it."""

import csv
import json

import pytest
from command import complaint, jury

from benchmarks.guardrank.default_model import write_examples


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    path = tmp_path_factory.mktemp("answers") / "answers.csv"
    write_examples(path)
    return path


@pytest.fixture(scope="module")
def model(answers, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "mine"
    finished = jury("guardrank", "train", answers, "--out", folder, "--licence", "mine", "--json")
    assert finished.code == 0, finished.err
    assert finished.document["out_of_fold"]["f1"] > 0.9
    return folder


def test_train_says_what_was_learned_from(answers, tmp_path):
    finished = jury("guardrank", "train", answers, "--out", tmp_path / "model", "--recall", "0.95")
    assert finished.code == 0
    assert "Trained on 696 answers of answers.csv" in finished.out
    assert "Saved to" in finished.out


def test_evaluate_says_when_it_has_seen_the_answers(model, answers):
    finished = jury("guardrank", "evaluate", model, answers)
    assert "These are the answers it was trained on" in " ".join(finished.out.split())
    assert {"precision", "recall", "f1", "kappa", "f1_ci", "by_language"} <= set(
        jury("guardrank", "evaluate", model, answers, "--json").document
    )


def test_predict_gives_a_line_an_answer_and_explains_on_request(model, answers, tmp_path):
    lines = jury("guardrank", "predict", model, answers).out.splitlines()
    assert len(lines) == 696
    assert "explanation" not in json.loads(lines[0])
    finished = jury("guardrank", "predict", "default", answers, "--explain", "--out", tmp_path / "said.jsonl")
    assert "Written to" in finished.out
    first = json.loads((tmp_path / "said.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert first["explanation"]["towards"]
    assert first["reasoning"].startswith("Judged ")


def test_an_answer_that_failed_is_invalid_and_never_safe(model, tmp_path):
    path = tmp_path / "cases.jsonl"
    case = {"id": "failed", "turns": [{"parts": [{"kind": "text", "text": "Hi"}]}]}
    broken = {**case, "answers": [{"state": "invalid", "cause": {"kind": "timeout", "detail": "no answer in 60 s"}}]}
    path.write_text(json.dumps(broken) + "\n")
    said = json.loads(jury("guardrank", "predict", model, path).out)
    assert said == {"id": "failed", "state": "invalid", "cause": {"kind": "timeout", "detail": "no answer in 60 s"}}


def test_suggestions_are_labelled_and_learned_from(model, answers, tmp_path):
    rows = list(csv.DictReader(answers.read_text(encoding="utf-8").splitlines(keepends=True)))
    for row in rows[::3]:
        row["gold"] = ""
    half = tmp_path / "half.csv"
    with half.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    to_label = tmp_path / "to-label.csv"
    assert jury("guardrank", "suggest", model, half, "--count", "5", "--out", to_label).code == 0
    suggested = list(csv.DictReader(to_label.read_text(encoding="utf-8").splitlines(keepends=True)))
    assert len(suggested) == 5
    to_label.write_text("id,label\n" + "".join(f"{row['id']},unsafe\n" for row in suggested))
    finished = jury("guardrank", "train", half, "--labels", to_label, "--out", tmp_path / "next", "--json")
    assert finished.document["answers"] == len(rows) - len(rows[::3]) + 5
    assert finished.document["left_out"] == [f"left out: {len(rows[::3]) - 5} without a label"]


def test_the_card_names_data_licence_and_figures(model, answers, tmp_path):
    card = jury("guardrank", "card", model, "--data", str(answers)).out
    for words in ("licence: mine", "languages: en 440, zh 256", "## Out of fold", "## On answers.csv", "| zh |"):
        assert words in card
    assert jury("guardrank", "card", model, "--out", tmp_path / "card.md").code == 0
    assert jury("guardrank", "card", model, "--json").document["kind"] == "binary"


def test_crossval_prints_both_languages_of_output(answers):
    table = jury("guardrank", "crossval", answers, "--folds", "2", "--against-plain").out
    assert "plain tf-idf" in table
    assert "F1 over plain tf-idf" in table
    assert jury("guardrank", "crossval", answers, "--folds", "2", "--json").document["f1"] > 0.9


def test_out_of_fold_ballots_are_replayed_beside_others(shared_data, tmp_path):
    out = tmp_path / "recording"
    finished = jury("guardrank", "crossval", shared_data / "msts", "--folds", "3", "--ballots", "--out", out, "--json")
    replayed = jury("lab", "replay", out, "--rule", "log_odds:graded=1", "--json").document
    assert replayed["jurors"]["guardrank"]["f1"] == pytest.approx(finished.document["f1"])
    assert replayed["panel"]["f1"] > replayed["majority"]["f1"]


def test_bad_input_is_one_sentence(model, answers, tmp_path):
    nothing = tmp_path / "nothing.csv"
    nothing.write_text("id,prompt,response\na,Hi,Hello\n")
    strange = tmp_path / "strange.csv"
    strange.write_text("id,label\nnobody,safe\n")
    assert "no answer has a label" in complaint("guardrank", "train", nothing, "--out", tmp_path / "m")
    assert "model.json can't be read" in complaint("guardrank", "predict", tmp_path, answers)
    assert "labels 'nobody', which is in none of" in complaint(
        "guardrank", "train", answers, "--labels", strange, "--out", tmp_path / "m"
    )
    assert "has no 'flavour' to group by" in complaint("guardrank", "crossval", answers, "--group", "flavour")
    assert "unknown GuardRank back-end 'deep'" in complaint(
        "guardrank", "train", answers, "--backend", "deep", "--out", tmp_path / "m"
    )


def test_the_examples_can_be_had_as_a_file(tmp_path, answers):
    assert jury("guardrank", "examples", tmp_path / "examples.csv").code == 0
    assert (tmp_path / "examples.csv").read_bytes() == answers.read_bytes()


@pytest.mark.parametrize("command", ["train", "evaluate", "crossval", "predict", "card", "suggest", "examples"])
def test_help_has_an_example(command):
    assert "Example: jury guardrank" in jury("guardrank", command, "--help").out
