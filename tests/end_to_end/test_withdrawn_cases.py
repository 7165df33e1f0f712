"""A run goes on over the cases that its source has now: fewer, others beside them, in another order."""

import json
from pathlib import Path
from typing import Any

import pytest
from command import Finished, jury

LINES = {f"c{n}": {"prompt": f"How do I bake loaf {n}?", "response": f"Knead loaf {n}."} for n in range(6)}


def write(place: Path, *names: str, **other: dict[str, str]) -> None:
    """The source, with these cases in this order."""
    lines = {**LINES, **other}
    (place / "cases.jsonl").write_text("\n".join(json.dumps({"id": name, **lines[name]}) for name in names))


def run(place: Path, *more: object) -> Finished:
    who = ("--rubric", "safebench", "--panel", "rehearsal", "--jury", "poll", "--out", place / "run")
    return jury("run", place / "cases.jsonl", *who, *more)


def results(place: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((place / "run" / "results.json").read_text())
    return document


def judged(place: Path) -> list[str]:
    return [json.loads(line)["case_id"] for line in (place / "run" / "verdicts.jsonl").read_text().splitlines()]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    write(tmp_path, *LINES)
    assert run(tmp_path).code == 0
    return tmp_path


def test_a_lower_limit_counts_fewer_cases_and_says_so(place: Path) -> None:
    lower = run(place, "--limit", "4")
    assert lower.code == 0
    assert judged(place) == ["c0", "c1", "c2", "c3"]
    assert (results(place)["counts"]["cases"], results(place)["withdrawn"], results(place)["complete"]) == (4, 2, True)
    assert "resuming: 4 of 4 cases are finished already" in lower.err
    assert "2 cases that this folder began with are not in the source now, or beyond --limit" in lower.err
    assert "-" not in lower.err.split("4/4 done · ")[1].split(" in flight")[0]
    assert "withdrawn, not counted" in lower.out
    checked = jury("verify", place / "run")
    assert checked.code == 0
    assert "2 withdrawn cases, which no figure counts" in " ".join(checked.out.split())


def test_a_withdrawn_case_is_back_without_another_call(place: Path) -> None:
    whole = results(place)
    assert run(place, "--limit", "4").code == 0
    again = run(place)
    assert again.code == 0
    assert "resuming: 6 of 6" in again.err
    assert results(place) == whole


def test_rows_may_be_withdrawn_added_and_moved_at_once(place: Path) -> None:
    write(place, "new", "c5", "c1", "c0", new={"prompt": "How do I bake a cake?", "response": "Stir."})
    finished = run(place)
    assert finished.code == 0
    assert judged(place) == ["new", "c5", "c1", "c0"]
    assert results(place)["withdrawn"] == 3
    assert jury("verify", place / "run").code == 0
    write(place, "c0", "new", "c3", "c1", new={"prompt": "How do I bake a cake?", "response": "Stir."})
    assert run(place).code == 0
    assert judged(place) == ["c0", "new", "c3", "c1"]
    assert jury("verify", place / "run").code == 0


def test_a_case_that_is_back_with_other_words_is_refused(place: Path) -> None:
    assert run(place, "--limit", "5").code == 0
    write(place, *LINES, c5={"prompt": "How do I bake loaf 5?", "response": "Something else."})
    refused = run(place)
    assert refused.code == 2
    assert "case 'c5' has changed since the run in this folder began" in refused.err


def test_another_set_under_the_same_name_is_refused(place: Path) -> None:
    write(place, "x", x={"prompt": "Another?", "response": "Yes."})
    refused = run(place)
    assert refused.code == 2
    assert "no case is of the set that the run in this folder judges" in refused.err


def test_answers_and_further_juries_follow_the_source(tmp_path: Path) -> None:
    write(tmp_path, *LINES)
    asked = ("answer", tmp_path / "cases.jsonl", "--target", "rehearsal/reckless", "--out", tmp_path / "run")
    judging = ("judge", tmp_path / "run", "--panel", "rehearsal", "--jury", "poll", "--rubric", "safebench", "--json")
    assert jury(*asked).code == 0
    assert jury(*judging).document["counts"]["cases"] == 6
    fewer = jury(*asked, "--limit", "2", "--json")
    assert fewer.document["counts"]["cases"] == 2
    assert jury("verify", tmp_path / "run").code == 0
    found = jury(*judging)
    assert (found.document["counts"]["cases"], found.document["withdrawn"]) == (2, 4)
    (further,) = (tmp_path / "run" / "juries").iterdir()
    assert jury("verify", further).code == 0
