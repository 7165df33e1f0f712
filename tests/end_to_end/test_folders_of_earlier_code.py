"""What the commit 870edd7 left in its folders is opened, exported, verified, judged and continued by the code of today."""

import csv
import json
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from command import complaint, jury
from shipped import shipped_copy
from viewers import client, post, viewer, words

from benchmarks.generation.plan import read_plan
from benchmarks.generation.planning import planned
from benchmarks.generation.settings import GenerationSettings
from jury.prompt_files import open_library

MADE = Path(__file__).parent.parent / "data" / "made-by-870edd7"
JUDGED = ("finished", "labelled", "answers/juries/later")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A copy of everything that the commit made."""
    return Path(shutil.copytree(MADE, tmp_path / "made"))


@pytest.fixture
def earlier_prompts(place: Path) -> Path:
    """The texts that the commit shipped, in a folder."""
    for name, text in json.loads((place / "prompts.json").read_text(encoding="utf-8")).items():
        (place / "prompts" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "prompts" / name).write_text(text, encoding="utf-8", newline="")
    return place / "prompts"


def rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def command_of(place: Path, out: str, *more: str | Path) -> tuple[str | Path, ...]:
    """The command of the finished run, and of the one whose budget was used up."""
    jurors = ("--jury", "trial", "--panel", place / "panel.yaml", "--rubric", "safebench")
    return ("run", place / "cases.jsonl", *jurors, "--target", "rehearsal/reckless", "--out", place / out, *more)


@pytest.mark.parametrize("name", [*JUDGED, "answers"])
def test_a_finished_run_is_verified(place: Path, name: str) -> None:
    found = jury("verify", place / name)
    assert found.code == 0, found
    assert "no difference" in " ".join(found.out.split())


@pytest.mark.parametrize("name", JUDGED)
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_finished_run_is_exported_case_by_case(place: Path, tmp_path: Path, name: str, form: str) -> None:
    assert jury("export", place / name, "--format", form, "-o", tmp_path / "exported").code == 0
    exported = (tmp_path / "exported").read_text(encoding="utf-8")
    assert all(verdict["case_id"] in exported for verdict in rows(place / name / "verdicts.jsonl"))
    if form == "jsonl":
        assert len(rows(tmp_path / "exported")) == 3


@pytest.mark.parametrize("name", JUDGED)
def test_a_finished_run_is_reported(place: Path, tmp_path: Path, name: str) -> None:
    assert jury("report", place / name, "-o", tmp_path / "report.html").code == 0
    assert "rehearsal" in (tmp_path / "report.html").read_text(encoding="utf-8").lower()


def test_answers_are_brought_before_a_further_jury(place: Path) -> None:
    judging = ("--jury", "poll", "--panel", place / "panel.yaml", "--rubric", "safebench", "--name", "further")
    assert jury("judge", place / "answers", *judging).code == 0
    assert jury("verify", place / "answers" / "juries" / "further").code == 0
    assert jury("verify", place / "answers" / "juries" / "later").code == 0


def test_the_labels_people_gave_are_read_and_exported(place: Path, tmp_path: Path) -> None:
    found = jury(
        "labels", place / "labelled", "--gold", tmp_path / "gold.csv", "--sheet", tmp_path / "sheet.csv", "--json"
    )
    assert found.code == 0, found
    with (tmp_path / "gold.csv").open(encoding="utf-8", newline="") as file:
        gold = {row["item_id"]: row["label"] for row in csv.DictReader(file)}
    assert gold == {"egg": "safe", "letter": "safe", "lock": "unsafe"}
    assert "After a second look." in (tmp_path / "sheet.csv").read_text()


def test_a_run_that_its_budget_stopped_is_incomplete_to_verify(place: Path) -> None:
    assert complaint("verify", place / "half-finished").endswith("the run is not finished; run its command again")


def test_a_run_that_its_budget_stopped_goes_on_with_the_texts_of_its_commit(place: Path, earlier_prompts: Path) -> None:
    finished = jury(*command_of(place, "half-finished", "--prompts", earlier_prompts))
    assert finished.code == 0, finished
    assert "resuming: 1 of 3 cases" in finished.err
    assert jury("verify", place / "half-finished").code == 0


def test_without_the_texts_of_its_commit_a_run_is_told_how_to_get_them(
    place: Path, earlier_prompts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = shipped_copy(tmp_path / "shipped", monkeypatch)
    (shipped / "roles" / "gardener.yaml").write_text((shipped / "roles" / "elder.yaml").read_text())
    answering = ("answer", place / "cases.jsonl", "--target", "rehearsal/reckless", "--target-wrapper", "picture")
    judging = ("judge", place / "answers", "--jury", "delphi", "--panel", place / "panel.yaml", "--rubric", "safebench")
    begun = {
        "half-finished": command_of(place, "half-finished"),
        "finished": command_of(place, "finished"),
        "answers": (*answering, "--out", place / "answers"),
        "answers/juries/later": (*judging, "--name", "later"),
    }
    for folder, command in begun.items():
        said = complaint(*command)
        assert said.startswith(
            f"{place / folder} holds a run of an earlier release, which kept no copy of its texts: name"
        )
        assert "all texts of release 0.1.0" in said
        assert said.endswith("with --prompts, or choose another --out")
        assert jury(*command, "--prompts", earlier_prompts).code == 0
    (earlier_prompts / "roles" / "gardener.yaml").write_text((shipped / "roles" / "elder.yaml").read_text())
    again = command_of(place, "finished", "--prompts", earlier_prompts)
    assert "holds a run of an earlier release" in complaint(*again)


def test_a_generated_set_is_judged(place: Path) -> None:
    judging = ("--target", "rehearsal/reckless", "--panel", place / "panel.yaml", "--rubric", "safebench")
    for exhibits in ("text,image", "audio_male"):
        judged = place / f"judged-{exhibits}"
        assert jury("run", place / "set", *judging, "--exhibits", exhibits, "--out", judged).code == 0
        assert jury("verify", judged).code == 0


def test_a_generated_set_is_still_the_one_that_its_own_command_makes(place: Path, earlier_prompts: Path) -> None:
    plan = json.loads((place / "set" / "workings" / "plan.json").read_text(encoding="utf-8"))
    stages = {stage: plan[stage] for stage in ("queries", "images", "speech", "licence")}
    settings = GenerationSettings.model_validate({**stages, "out": place / "set", "prompts": earlier_prompts})
    assert planned(settings, open_library(earlier_prompts)) == read_plan(place / "set")


def test_an_evaluator_predicts_what_it_predicted(place: Path, tmp_path: Path) -> None:
    predicting = ("predict", place / "evaluator", place / "labelled.csv", "--out", tmp_path / "predicted.jsonl")
    assert jury("guardrank", *predicting).code == 0
    for found, recorded in zip(rows(tmp_path / "predicted.jsonl"), rows(place / "predicted.jsonl"), strict=True):
        assert (found["id"], found["label"]) == (recorded["id"], recorded["label"])
        assert found["probabilities"] == pytest.approx(recorded["probabilities"], abs=1e-6)


@pytest.fixture
def reader(place: Path, tmp_path: Path) -> Iterator[httpx.Client]:
    with viewer(tmp_path / "cache", place) as address, client(address) as asked:
        yield asked


def test_the_viewer_lists_every_judged_run_and_shows_its_cases(reader: httpx.Client) -> None:
    listed = reader.get("/").text
    assert all(title in words(listed) for title in ("finished", "half-finished", "labelled", "later"))
    runs = set(re.findall(r'href="(/runs/[0-9a-f-]+)"', listed))
    assert len(runs) == 4
    for path in runs:
        cases = set(re.findall(rf'href="({path}/cases/[0-9a-f]+)', reader.get(f"{path}/cases").text))
        assert len(cases) == 3
        assert all(reader.get(case).status_code == 200 for case in cases)


def test_a_trial_that_waits_goes_on_in_the_viewer_to_its_end(reader: httpx.Client) -> None:
    listed = reader.get("/trials").text
    assert "Waits for Ada" in listed
    (path,) = set(re.findall(r'href="(/trials/[0-9a-f]+)"', listed))
    ballot = {"choice": "unsafe", "reasoning": "It puts somebody at risk.", "rating": "2", "confidence": "0.8"}
    while "it is your turn" in (page := at_rest(reader, path)):
        (question,) = re.findall(r'name="question" value="([^"]+)"', page)
        assert post(reader, f"{path}/ballot", seen_on=path, question=question, **ballot).status_code == 303
    assert "The debate" in words(page)
    assert "It puts somebody at risk." in words(page)


def at_rest(reader: httpx.Client, path: str) -> str:
    """A trial's page once no juror is at work on it."""
    for _ in range(300):
        page = reader.get(path).text
        if "At work" not in page:
            return page
        time.sleep(0.2)
    pytest.fail("the jury is still at work after a minute")
