"""Letters of runs, names of models, figures in words."""

from itertools import islice

import pytest

from benchmarks.report.naming import dollars, duration, interval, letters, model_name, number, spelt


def test_runs_go_by_letters_and_never_run_out():
    named = list(islice(letters(), 28))
    assert named[:3] == ["A", "B", "C"]
    assert named[25:] == ["Z", "AA", "AB"]


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("openai/gpt-4o", "openai/gpt-4o"),
        ("recorded//home/ann/data/ballots.csv#llama", "recorded/ballots.csv#llama"),
        ("recorded/C:\\data\\ballots.csv#llama", "recorded/ballots.csv#llama"),
    ],
)
def test_a_recorded_model_is_named_without_its_folder(model, name):
    assert model_name(model) == name


def test_what_cannot_be_had_is_a_dash_and_never_a_zero():
    assert (number(None), interval(None), dollars(None)) == ("–", "", "unknown")
    assert (number(0.0), number(-0.25, 2), interval((1, 2.5))) == ("0.0", "−0.25", "[1.0, 2.5]")


def test_sums_and_times_are_easy_to_read():
    assert [dollars(0.1234), dollars(1234.5)] == ["$0.1234", "$1,234.50"]
    assert [duration(5), duration(65), duration(7_320)] == ["5 s", "1 min 05 s", "2 h 02 min"]
    assert spelt("no_quorum") == "no quorum"
