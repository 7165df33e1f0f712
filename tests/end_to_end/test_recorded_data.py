"""Recorded ballots through the real command: every figure equals one computed from the CSV files by hand."""

import csv
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from math import ceil
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

#: The label that means unsafe, in every set.
POSITIVE = {"msts": "unsafe", "xstest": "1_full_compliance", "bluebirds": "1", "llmbar_natural": "1"}


@dataclass(frozen=True)
class Run:
    folder: Path
    document: dict[str, Any]

    @property
    def verdicts(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / "verdicts.jsonl").read_text("utf-8").splitlines()]


@dataclass(frozen=True)
class Recorded:
    """A folder of recorded ballots, read with nothing but `csv`."""

    folder: Path
    positive: str

    @cached_property
    def gold(self) -> dict[str, str]:
        return {row["item_id"]: row["label"] for row in rows(self.folder / "gold.csv")}

    @cached_property
    def ballots(self) -> dict[str, dict[str, str]]:
        by_juror: dict[str, dict[str, str]] = {}
        for row in rows(self.folder / "ballots.csv"):
            by_juror.setdefault(row["juror"], {})[row["item_id"]] = row["label"]
        return by_juror

    @cached_property
    def labels(self) -> frozenset[str]:
        return frozenset(self.gold.values())

    def is_label(self, label: str) -> bool:
        return label in self.labels

    def said(self, juror: str, item: str) -> bool | None:
        """Whether a juror says unsafe; None for what is no label."""
        label = self.ballots[juror][item]
        return label == self.positive if self.is_label(label) else None

    def votes(self, item: str) -> Counter[bool | None]:
        return Counter(self.said(juror, item) for juror in self.ballots)

    def state(self, item: str) -> str:
        votes, seats = self.votes(item), len(self.ballots)
        if self.majority(item) is not None:
            return "decided"
        return "hung" if votes[True] + votes[False] >= ceil(2 * seats / 3) else "no_quorum"

    def majority(self, item: str) -> bool | None:
        """What more than half of the seats say."""
        votes = self.votes(item)
        return next((said for said in (True, False) if votes[said] > len(self.ballots) / 2), None)

    def figures(self, predict: Callable[[str], bool | None]) -> dict[str, float]:
        """Figures over all items; None predicts neither, and misses what is unsafe."""
        table = Counter((label == self.positive, predict(item)) for item, label in self.gold.items())
        items = table.total()
        hits, alarms, right = table[True, True], table[False, True], table[False, False]
        unsafe = sum(number for (truth, _), number in table.items() if truth)
        said = Counter({said: sum(n for (_, other), n in table.items() if other == said) for said in (True, False)})
        agreement = (hits + right) / items
        chance = (unsafe * said[True] + (items - unsafe) * said[False]) / items**2
        return {
            "precision": hits / (hits + alarms) if hits + alarms else 0.0,
            "recall": hits / unsafe,
            "f1": 2 * hits / (hits + alarms + unsafe),
            "accuracy": agreement,
            "kappa": (agreement - chance) / (1 - chance),
            "n": items,
        }


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def jury_run(source: Path, out: Path, positive: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jury", "run", str(source), "--jury", "recorded", "--out", str(out), "--json"]
    command += [] if positive == "unsafe" else ["--positive", positive]
    return subprocess.run(command, cwd=out.parent, capture_output=True, text=True, timeout=500, check=False)


@pytest.fixture(scope="session")
def run_of(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Run]:
    """A set's run by the set's name; each is run once."""

    @cache
    def run_once(name: str) -> Run:
        out = tmp_path_factory.mktemp("recorded") / name
        finished = jury_run(shared_data / name, out, POSITIVE[name])
        assert finished.returncode == 0, finished.stderr
        return Run(out, json.loads(finished.stdout))

    return run_once


@pytest.fixture(scope="session", params=list(POSITIVE))
def recorded(request: pytest.FixtureRequest, shared_data: Path) -> Recorded:
    return Recorded(shared_data / request.param, POSITIVE[request.param])


@pytest.fixture
def run(run_of: Callable[[str], Run], recorded: Recorded) -> Run:
    return run_of(recorded.folder.name)


def test_every_jurors_figures_equal_a_direct_computation(run, recorded):
    assert set(run.document["jurors"]) == set(recorded.ballots)
    for juror, found in run.document["jurors"].items():
        expected = recorded.figures(lambda item, juror=juror: recorded.said(juror, item))
        assert {name: found[name] for name in expected} == pytest.approx(expected, abs=1e-12)


def test_the_panels_figures_equal_those_of_a_strict_majority_of_seats(run, recorded):
    expected = recorded.figures(recorded.majority)
    assert {name: run.document["panel"][name] for name in expected} == pytest.approx(expected, abs=1e-12)


def test_every_figures_interval_stands_beside_it_and_holds_it(run, recorded):
    for figures in (run.document["panel"], *run.document["jurors"].values()):
        for name in ("precision", "recall", "f1", "kappa", "accuracy"):
            low, high = figures[f"{name}_ci"]
            assert low - 1e-9 <= figures[name] <= high + 1e-9


def test_decided_hung_and_lacking_a_quorum_are_counted_beside_the_figures(run, recorded):
    states = Counter(map(recorded.state, recorded.gold))
    expected = {state: states[state] for state in ("decided", "hung", "no_quorum", "invalid")}
    assert {state: run.document["panel"][state] for state in expected} == expected
    assert {state: run.document["counts"][state] for state in expected} == expected


def test_each_verdict_is_the_strict_majority_of_its_items_seats(run, recorded):
    choices = {True: "unsafe", False: "safe", None: None}
    found = {verdict["case_id"]: verdict["outcome"].get("choice") for verdict in run.verdicts}
    assert found == {item: choices[recorded.majority(item)] for item in recorded.gold}


def test_what_is_no_label_is_an_invalid_ballot_of_its_juror(run, recorded):
    for juror, labels in recorded.ballots.items():
        odd = sum(not recorded.is_label(label) for label in labels.values())
        found = run.document["jurors"][juror]
        assert (found["invalid"], found["cast"], found["abstained"]) == (odd, len(labels) - odd, 0)


def test_an_invalid_ballots_cause_says_whether_the_juror_refused_or_could_not_be_read(run, recorded):
    for verdict in run.verdicts:
        for ballot in verdict["rounds"][0]["ballots"]:
            label = recorded.ballots[ballot["juror"]][verdict["case_id"]]
            if recorded.is_label(label):
                assert "cause" not in ballot
            else:
                assert ballot["cause"]["kind"] == ("refused" if "sorry" in label else "unreadable"), label


def test_the_unsafe_rate_is_over_decided_items_and_its_bounds_over_all(run, recorded):
    unsafe = sum(recorded.majority(item) is True for item in recorded.gold)
    decided = sum(recorded.majority(item) is not None for item in recorded.gold)
    items, metrics = len(recorded.gold), run.document["metrics"]
    head = run.document["headlines"][0]
    rate, bounds = (metrics["asr"], metrics["asr_bounds"]) if head["name"] == "asr" else (head["value"], head["bounds"])
    assert rate == pytest.approx(100 * unsafe / decided)
    assert bounds == pytest.approx([100 * unsafe / items, 100 * (unsafe + items - decided) / items])


def test_each_ballot_is_one_call_and_real_ballots_are_no_rehearsal(run, recorded):
    assert run.document["usage"]["calls"] == sum(map(len, recorded.ballots.values()))
    assert run.document["complete"] is True
    assert run.document["rehearsal"] is False


def test_a_majority_of_people_who_label_birds_is_right_in_759_of_1000(run_of):
    panel = run_of("bluebirds").document["panel"]
    assert panel["accuracy"] == pytest.approx(0.759, abs=5e-4)  # Welinder et al. 2010


def test_the_best_of_eight_judges_reaches_the_known_figure(run_of):
    assert max(one["f1"] for one in run_of("msts").document["jurors"].values()) == pytest.approx(0.616, abs=5e-4)


def test_half_of_eight_judges_is_no_majority(run_of, shared_data):
    msts = Recorded(shared_data / "msts", "unsafe")
    split = {item for item in msts.gold if msts.votes(item)[True] == 4 == msts.votes(item)[False]}
    assert split
    assert {v["outcome"]["state"] for v in run_of("msts").verdicts if v["case_id"] in split} == {"hung"}


def test_the_same_command_again_resumes_a_finished_run_and_says_the_same(run_of, shared_data):
    first = run_of("xstest")
    again = jury_run(shared_data / "xstest", first.folder, POSITIVE["xstest"])
    assert again.returncode == 0, again.stderr
    assert "resuming: 1350 of 1350" in again.stderr
    assert json.loads(again.stdout) == first.document
