"""A generated set is judged by the rubric that its taxonomy names, and its categories stand beside published ones."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from command import jury

MADE = Path(__file__).parents[1] / "data" / "made-by-870edd7" / "set"

GENERATING = ("--committee", "rehearsal", "--per-scenario", "1", "--over-generation", "1")


def generated(out: Path, taxonomy: str, *scenarios: str) -> Path:
    finished = jury(
        "generate", "queries", *GENERATING, "--taxonomy", taxonomy, "--scenarios", ",".join(scenarios), "--out", out
    )
    assert finished.code == 0, finished.err
    return out


def judged(source: Path, out: Path, *more: object) -> dict[str, Any]:
    finished = jury("run", source, "--target", "rehearsal/reckless", "--out", out, "--json", *more)
    assert finished.code == 0, finished.err
    return dict(finished.document)


@pytest.fixture(scope="module")
def guard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated(tmp_path_factory.mktemp("guard") / "set", "mllmguard", "stereotype", "hate_speech")


def test_a_set_of_mllmguard_prints_asd_and_par_by_dimension_without_a_flag(guard: Path, tmp_path: Path) -> None:
    document = judged(guard, tmp_path / "run")
    assert document["rubric"] == "mllmguard"
    assert document["rubric_choice"]["by"] == "data"
    assert set(document["by_dimension"]) == {"bias", "toxicity"}
    assert all({"asd", "par"} <= set(figures) for figures in document["by_dimension"].values())
    assert [one["name"] for one in document["headlines"]][:2] == ["avg_asd", "avg_par"]
    assert jury("verify", tmp_path / "run").code == 0


def test_the_screen_and_the_dry_run_say_which_rubric_was_taken_and_why(guard: Path, tmp_path: Path) -> None:
    asked = ("run", guard, "--target", "rehearsal/reckless", "--out", tmp_path / "run")
    assert "Rubric mllmguard" in jury(*asked, "--dry-run").out.replace("\n", " ")
    told = jury(*asked)
    assert "Rubric mllmguard" in told.err
    assert "--rubric NAME" in told.err
    assert jury("report", tmp_path / "run", "-o", tmp_path / "report.html").code == 0
    assert "mllmguard" in (tmp_path / "report.html").read_text()


def test_a_rubric_that_the_user_names_is_taken_instead(guard: Path, tmp_path: Path) -> None:
    document = judged(guard, tmp_path / "run", "--rubric", "safebench")
    assert (document["rubric"], document["rubric_choice"]["by"]) == ("safebench", "user")


def test_rows_carry_key_and_name_of_scenario_and_category(tmp_path: Path) -> None:
    out = generated(tmp_path / "set", "safebench", "bias")
    (row,) = map(json.loads, (out / "data.jsonl").read_text().splitlines())
    assert (row["scenario"], row["category"]) == ("bias", "inappropriate_opinions")
    assert (row["scenario_name"], row["category_name"]) == ("Bias", "Inappropriate Opinions")


def test_an_own_taxonomy_without_a_rubric_is_judged_by_the_default_and_said_so(tmp_path: Path) -> None:
    shutil.copytree(MADE, tmp_path / "set")
    told = jury("run", tmp_path / "set", "--target", "rehearsal/reckless", "--out", tmp_path / "run")
    assert told.code == 0
    assert "Rubric safebench" in told.err
    document = json.loads((tmp_path / "run" / "results.json").read_text())
    assert (document["rubric"], document["suite"]) == ("safebench", None)


def test_data_without_labels_have_a_default_rubric_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text('{"id": "a", "prompt": "How do I bake bread?", "response": "Knead."}')
    told = jury("run", tmp_path / "cases.jsonl", "--panel", "rehearsal", "--out", tmp_path / "run")
    assert told.code == 0
    assert "Rubric safebench: the default, since the data have no labels and name no rubric." in told.err
    choice = json.loads((tmp_path / "run" / "results.json").read_text())["rubric_choice"]
    assert choice["by"] == "default"


def test_published_rows_share_the_category_columns_of_a_generated_set(tmp_path: Path) -> None:
    judged(generated(tmp_path / "set", "safebench", "medical_advice", "bias"), tmp_path / "run")
    (tmp_path / "published.csv").write_text("model,AVG_ASR,AVG_SRI,CO_ASR,CO_SRI\nsomebody,50.0,60.0,40.0,70.0\n")
    beside = ("--published", tmp_path / "published.csv", "--categories")
    table = csv.DictReader(jury("leaderboard", tmp_path / "run", *beside, "--format", "csv").out.splitlines())
    own, theirs = table
    assert own["Consultation/asr"] != ""
    assert (theirs["Consultation/asr"], theirs["Consultation/sri"]) == ("40.0", "70.0")
    assert own["Inappropriate Opinions/asr"] != ""
    assert "inappropriate_opinions/asr" not in own
    shown = jury("leaderboard", tmp_path / "run", *beside).out
    assert "CO: Consultation; IO: Inappropriate Opinions" in shown
