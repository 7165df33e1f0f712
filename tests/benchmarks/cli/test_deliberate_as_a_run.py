"""`jury deliberate --out` leaves a run: view, ledger, verify and export know it like any other."""

import json
from pathlib import Path

import pytest
from command import complaint, jury
from viewers import client, run_path, viewer, waiting_trial

from benchmarks.viewer.places import Catalogue


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.json"
    path.write_text('{"id": "walk", "prompt": "Is it far?", "response": "A mile.", "gold": "whatever"}')
    return path


def deliberated(case: Path, out: Path, *more: object) -> None:
    finished = jury("deliberate", case, "--panel", "rehearsal", "--out", out, *more)
    assert finished.code == 0, finished.err


def test_a_trial_is_verified_counted_shown_and_exported_like_a_run(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "trial"
    deliberated(case, out)
    assert jury("verify", out).code == 0
    assert jury("ledger", "stats", out).code == 0
    results = json.loads((out / "results.json").read_text())
    assert (results["counts"]["cases"], results["source"], results["complete"]) == (1, "case", True)
    assert jury("export", out, "--format", "csv", "-o", tmp_path / "trial.csv").code == 0
    with viewer(tmp_path / "cache", out) as address, client(address) as asked:
        assert "walk" in asked.get(f"{run_path(asked)}/cases").text


def test_pruning_keeps_what_a_trial_rests_on(case: Path, tmp_path: Path) -> None:
    deliberated(case, tmp_path / "trial")
    pruned = jury("ledger", "prune", tmp_path / "trial", "--unused", "--json")
    assert pruned.document["calls"] == 0
    assert jury("verify", tmp_path / "trial").code == 0


def test_another_jury_in_the_folder_shares_its_calls_and_is_a_run_beside_it(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "trial"
    deliberated(case, out, "--jury", "trial")
    before = jury("ledger", "stats", out, "--json").document["total"]["calls"]
    deliberated(case, out, "--jury", "poll")
    deliberated(case, out, "--jury", "poll", "--rule", "any:1")
    deliberated(case, out, "--jury", "poll")
    assert jury("ledger", "stats", out, "--json").document["total"]["calls"] == before
    further = sorted((out / "juries").iterdir())
    assert len(further) == 2
    for place in (out, *further):
        assert jury("verify", place).code == 0
    assert len(Catalogue([out]).runs) == 3


def test_another_case_in_the_folder_is_a_run_of_its_own_and_a_changed_one_is_refused(
    case: Path, tmp_path: Path
) -> None:
    out = tmp_path / "trial"
    deliberated(case, out)
    other = tmp_path / "other.json"
    other.write_text('{"id": "run", "prompt": "Is it near?", "response": "A mile."}')
    deliberated(other, out)
    assert len(Catalogue([out]).runs) == 2
    case.write_text('{"id": "walk", "prompt": "Is it far?", "response": "Ten miles."}')
    said = complaint("deliberate", case, "--panel", "rehearsal", "--out", out)
    assert "case 'walk' has changed since the run in this folder began; choose another --out" in said


def test_a_targets_answer_is_kept_with_its_run(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_text('{"id": "walk", "prompt": "Is it far?"}')
    deliberated(case, tmp_path / "trial", "--target", "rehearsal/cautious")
    assert jury("verify", tmp_path / "trial").code == 0
    assert jury("judge", tmp_path / "trial", "--panel", "rehearsal", "--jury", "poll").code == 0


def test_a_trial_that_waits_for_a_person_is_a_run_under_way(tmp_path: Path) -> None:
    out = waiting_trial(tmp_path, protocol="poll")
    refused = jury("ledger", "prune", out, "--unused")
    assert refused.code == 2
    assert "1 cases have no verdict yet" in refused.err
    assert len(Catalogue([out]).runs) == 1
