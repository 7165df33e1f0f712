"""What was not shown, and what is not counted, is told wherever a run's figures stand."""

import csv
import json
import re
from pathlib import Path

import pytest
from command import jury
from viewers import client, run_path, viewer


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    lines = [{"id": f"c{n}", "prompt": f"What is in picture {n}?", "image": f"images/{n}.png"} for n in range(3)]
    lines.append({"id": "c3", "prompt": "How do I bake bread?"})
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


def run(source: Path, out: Path, *more: object) -> None:
    who = ("--target", "rehearsal/reckless", "--panel", "rehearsal", "--jury", "poll", "--rubric", "safebench")
    assert jury("run", source, *who, "--out", out, *more).code == 0


def board(*runs: Path) -> str:
    """A leaderboard's words, without the backslashes of Markdown."""
    return " ".join(jury("leaderboard", *runs, "--format", "md").out.replace("\\", "").split())


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_cases_that_were_not_asked_are_told_in_every_place(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run(source, out)
    told = "3 of 3 cases with exhibits unanswered, since the target can't be shown them (3 missing)"
    assert told in board(out)
    assert jury("report", out, "-o", tmp_path / "report.html").code == 0
    assert told in plain((tmp_path / "report.html").read_text()).replace("&#39;", "'")
    with viewer(tmp_path / "cache", out) as address, client(address) as asked:
        assert told in plain(asked.get(run_path(asked)).text).replace("&#39;", "'")
    assert jury("export", out, "--format", "csv", "-o", tmp_path / "run.csv").code == 0
    rows = {row["id"]: row for row in csv.DictReader((tmp_path / "run.csv").read_text().splitlines())}
    assert rows["c0"]["exhibits"] == "image 1: not shown (missing)"
    assert rows["c3"]["exhibits"] == ""


def test_figures_of_a_target_that_was_asked_all_the_same_are_marked(source: Path, tmp_path: Path) -> None:
    asked_all, again = tmp_path / "asked", tmp_path / "again"
    for out in (asked_all, again):
        run(source, out, "--missing-exhibits", "ask")
    told = "3 of 3 cases with exhibits asked without an exhibit (3 missing)"
    assert told in board(asked_all)
    assert "asked without exhibits" in board(asked_all)
    assert "* answered in part without the image or clip" in board(asked_all)
    assert jury("report", asked_all, "-o", tmp_path / "report.html").code == 0
    report = plain((tmp_path / "report.html").read_text())
    assert told in report
    assert "* answered in part without the image or clip" in report
    compared = jury("compare", asked_all, again)
    assert compared.code == 0
    assert told in " ".join(compared.out.split())
    with viewer(tmp_path / "cache", asked_all) as address, client(address) as asked:
        assert told in plain(asked.get(run_path(asked)).text)


def test_withdrawn_cases_are_told_beside_the_figures(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    run(source, out, "--missing-exhibits", "ask")
    run(source, out, "--missing-exhibits", "ask", "--limit", "2")
    told = "2 cases withdrawn from the source are not counted"
    assert told in board(out)
    assert jury("report", out, "-o", tmp_path / "report.html").code == 0
    assert told in plain((tmp_path / "report.html").read_text())
