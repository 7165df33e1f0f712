"""Every command explains itself with an example, and speaks JSON when asked to."""

import re

import pytest
from command import jury

from benchmarks.cli.app import app
from benchmarks.labels import Label, Labels
from benchmarks.results import Results

COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]


def test_the_command_lists_its_commands():
    listed = jury("--help").out
    assert {"demo", "deliberate", "run", "verify", "report"} <= set(COMMANDS)
    assert all(re.search(rf"^  {command} ", listed, re.MULTILINE) for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_commands_help_shows_an_example_of_itself(command):
    finished = jury(command, "--help")
    assert finished.code == 0
    assert f"Example: jury {command}" in finished.out
    assert "--json" in finished.out


def test_every_command_prints_exactly_one_json_document_when_asked_to(tmp_path, cases):
    run, answers = tmp_path / "run", tmp_path / "answers"
    source = cases(name="case.json")
    said = {
        "run": jury("run", "sample", "--limit", "2", "--target", "rehearsal/reckless", "--out", run, "--json"),
        "answer": jury(
            "answer", "sample", "--limit", "1", "--target", "rehearsal/reckless", "--out", answers, "--json"
        ),
        "judge": jury("judge", answers, "--jury", "poll", "--json"),
        "attack": jury(
            "attack",
            "sample",
            "--limit",
            "1",
            "--target",
            "rehearsal/reckless",
            "--kinds",
            "peers",
            "--languages",
            "en",
            "--jury",
            "poll",
            "--out",
            tmp_path / "attack",
            "--json",
        ),
        "schema": jury("schema", "panel", "--json"),
        "deliberate": jury("deliberate", source, "--panel", "rehearsal", "--json"),
        "demo": jury("demo", "--json"),
        "doctor": jury("doctor", "--target", "rehearsal/reckless", "--json"),
        "suites": jury("suites", "--json"),
        "list": jury("list", "stops", "--json"),
        "verify": jury("verify", run, "--json"),
        "report": jury("report", run, "-o", tmp_path / "report.html", "--json"),
        "compare": jury("compare", run, run, "--json"),
        "leaderboard": jury("leaderboard", run, "--json"),
        "export": jury("export", run, "-o", tmp_path / "run.jsonl", "--json"),
        "labels": jury("labels", labelled(run), "--json"),
    }
    # The viewer goes on until it is stopped; its address is tested beside it.
    assert set(said) == set(COMMANDS) - {"view"}
    for command, finished in said.items():
        assert finished.code == 0, (command, finished.err)
        assert isinstance(finished.document, dict), command


def labelled(run):
    """The run, with one label by a person."""
    (case, *_) = (trial.transcript.case.id for trial in Results.read(run).trials())
    Labels(run).add(Label(case_id=case, annotator="Ada", choice="safe", at="2026-01-01T00:00:00+00:00"))
    return run
