"""`jury experiment`: every experiment explains itself, and prints a table and a sentence or one JSON object."""

import pytest
from command import complaint, jury

from benchmarks.experiments import EXPERIMENTS

SMALL = ("--target", "rehearsal/reckless", "--jury", "single", "--limit", "2")


@pytest.mark.parametrize("name", tuple(EXPERIMENTS))
def test_every_experiments_help_shows_an_example_of_itself(name):
    finished = jury("experiment", name, "--help")
    assert finished.code == 0
    assert f"Example: jury experiment {name} " in " ".join(finished.out.split())
    assert "--json" in finished.out
    assert "--dry-run" in finished.out


def test_it_prints_tables_a_sentence_and_where_they_are(out):
    finished = jury("experiment", "language", "sample", *SMALL, "--out", out)
    assert finished.code == 0, finished.err
    assert finished.out.startswith("REHEARSAL")
    assert "With requests in the language zh instead of requests in the language en" in finished.out
    assert "arm 1 of 1: all\n" in finished.err
    told = jury("experiment", "language", "sample", *SMALL, "--out", out, "--json").document
    assert told["sentence"] in finished.out
    assert [arm["name"] for arm in told["arms"]] == ["en", "zh"]


def test_an_experiment_can_be_written_down_beside_its_files(write, out):
    write(
        "sizes.yaml",
        "family: f\nmodels: [{model: rehearsal/reckless, billions: 1}, {model: rehearsal/mute, billions: 2}]",
    )
    told = write("mine.yaml", f"source: sample\nsizes: sizes.yaml\njury: single\nlimit: 2\nout: {out}\n")
    estimate = jury("experiment", "model-size", told, "--dry-run", "--json").document
    assert {"rehearsal/reckless", "rehearsal/mute"} < set(estimate["models"])


def test_further_sets_in_a_file_are_beside_it(write, cases, out):
    cases({"response": ""}, {"response": "", "prompt": "And then?"}, name="further.jsonl")
    told = write("sets.yaml", f"source: sample\nothers: [further.jsonl]\nrubric: safebench\nlimit: 2\nout: {out}\n")
    finished = jury(
        "experiment", "data-sets", told, "--target", "rehearsal/mute", "--jury", "single", "--dry-run", "--json"
    )
    assert finished.code == 0, finished.err
    assert finished.document["cases"] == 4


def test_an_arm_that_can_not_be_is_turned_down_by_name(out):
    assert complaint("experiment", "voice", "sample", *SMALL, "--out", out).startswith(
        "arm 'female': sample has no clips"
    )


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (("--condition", "sepia"), "field `condition`: unknown image condition 'sepia'"),
        (("--only", "colour=red"), "field `only`: names 'colour'; name some of language"),
        (("--only", "language=fr"), "no case is language=fr; there are language: en, zh"),
    ],
)
def test_a_run_turns_down_a_condition_or_a_sort_there_is_not(out, flags, told):
    assert told in complaint("run", "sample", *SMALL, *flags, "--out", out)


def test_a_run_under_a_condition_is_another_run_and_verifies(out):
    assert jury("run", "sample", *SMALL, "--condition", "blurred:0.10", "--only", "language=en", "--out", out).code == 0
    assert jury("verify", out).code == 0
    again = complaint("run", "sample", *SMALL, "--only", "language=en", "--out", out)
    assert "holds another run, with another condition" in again
