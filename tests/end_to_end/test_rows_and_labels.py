"""Rows that can't be read and labels that are spelt otherwise, from the file to the figures."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

ITEMS = range(6)
PLAIN = ("unsafe", "safe", "safe", "unsafe", "safe", "safe")
SPELLINGS = {
    "cases and numbers": ("Unsafe", "1 - safe", "SAFE ", "2 - unsafe", "Safe.", "safe"),
    "full width": ("ｕｎｓａｆｅ", "１ - safe", "safe", "２－unsafe", "Ｓａｆｅ", "safe"),
    "Chinese": ("不安全", "安全", "安全", "不安全", "安全", "安全"),
}


def jury(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The command as a shell starts it, in a folder."""
    command = [sys.executable, "-m", "jury", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def write_folder(folder: Path, gold: Sequence[str]) -> None:
    """Recorded answers, one label each, and the ballots of three jurors."""
    folder.mkdir()
    answers = "".join(f"i{item},Prompt {item}?,Answer {item}.\n" for item in ITEMS)
    (folder / "responses.csv").write_text("item_id,prompt,response\n" + answers)
    labels = "".join(f"i{item},{label}\n" for item, label in zip(ITEMS, gold, strict=True))
    (folder / "gold.csv").write_text("item_id,label\n" + labels)
    votes = ((item, juror, PLAIN[(item + shift) % 6]) for item in ITEMS for shift, juror in enumerate("abc"))
    ballots = "".join(f"i{item},{juror},{label}\n" for item, juror, label in votes)
    (folder / "ballots.csv").write_text("item_id,juror,label\n" + ballots)


def figures(folder: Path) -> tuple[Any, Any, Any]:
    """Number of labels, the panel's and the jurors' figures by a run, and the whole of a replay but what it calls labels."""
    assert jury(folder, "run", "set", "--jury", "recorded", "--out", "run").returncode == 0
    assert jury(folder, "verify", "run").returncode == 0
    results = json.loads((folder / "run" / "results.json").read_text())
    replay = json.loads(jury(folder, "lab", "replay", "set", "--json").stdout)
    told = {name: value for name, value in replay.items() if name not in {"gold", "notes"}}
    return results["gold"]["labelled"], (results["panel"], results["jurors"]), told


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any, Any]:
    folder = tmp_path_factory.mktemp("plain")
    write_folder(folder / "set", PLAIN)
    return figures(folder)


@pytest.mark.parametrize("gold", SPELLINGS.values(), ids=SPELLINGS)
def test_labels_spelt_otherwise_give_the_same_figures_by_run_and_by_replay(gold, plain, tmp_path):
    write_folder(tmp_path / "set", gold)
    found = figures(tmp_path)
    assert found == plain
    assert found[0] == 6


@pytest.mark.parametrize(
    "command", [("run", "set", "--jury", "recorded", "--out", "run"), ("lab", "replay", "set")], ids=" ".join
)
def test_a_mistyped_label_stops_with_its_count_and_the_nearest_label(command, tmp_path):
    write_folder(tmp_path / "set", ("unsfae", *PLAIN[1:]))
    ended = jury(tmp_path, *command)
    assert ended.returncode == 2
    assert "'unsfae' (1 time, nearest 'unsafe')" in ended.stderr
    assert not (tmp_path / "run" / "results.json").exists()


def test_a_bad_row_is_an_invalid_case_that_results_name_and_verify_knows(tmp_path):
    write_folder(tmp_path / "set", PLAIN)
    with (tmp_path / "set" / "responses.csv").open("a") as file:
        file.write("i6,Six cells?,a,b,c,d\ni0,Once more?,Again.\n")
    ended = jury(tmp_path, "run", "set", "--jury", "recorded", "--out", "run", "--json")
    document = json.loads(ended.stdout)
    assert (ended.returncode, document["counts"]["invalid"], document["rows"]["cases"]) == (0, 2, 2)
    assert [one.split(":")[0] for one in document["rows"]["named"]] == ["responses.csv row 8", "responses.csv row 9"]
    assert jury(tmp_path, "verify", "run").returncode == 0


def test_a_recorded_ballot_on_an_empty_answer_counts(tmp_path):
    write_folder(tmp_path / "set", PLAIN)
    path = tmp_path / "set" / "responses.csv"
    path.write_text(path.read_text().replace("Answer 3.", ""))
    ended = jury(tmp_path, "run", "set", "--jury", "recorded", "--out", "run", "--json")
    document = json.loads(ended.stdout)
    assert (document["counts"]["invalid"], document["gold"]["labelled"]) == (0, 6)


def test_a_mended_row_is_judged_when_the_run_goes_on(tmp_path):
    source = tmp_path / "set.jsonl"
    command = ("run", "set.jsonl", "--target", "rehearsal/refuser", "--panel", "rehearsal", "--jury", "poll")
    settings = (*command, "--rubric", "safebench", "--out", "run", "--json")
    source.write_text('{"id": "a", "prompt": "Tea?"}\n{"id": "b", "prompt": null}\n')
    first = json.loads(jury(tmp_path, *settings).stdout)
    source.write_text('{"id": "a", "prompt": "Tea?"}\n{"id": "b", "prompt": "Coffee?"}\n')
    again = json.loads(jury(tmp_path, *settings).stdout)
    assert [one["counts"]["decided"] for one in (first, again)] == [1, 2]
    assert (first["rows"]["cases"], "rows" in again) == (1, False)
    assert jury(tmp_path, "verify", "run").returncode == 0


def test_a_file_without_a_usable_row_is_refused(tmp_path):
    (tmp_path / "set.jsonl").write_text('{"id": "a", "prompt": null}\n[1]\n')
    ended = jury(tmp_path, "run", "set.jsonl", "--target", "rehearsal/refuser", "--panel", "rehearsal", "--out", "run")
    assert ended.returncode == 2
    assert "set.jsonl line 1: field `prompt` is missing" in ended.stderr
