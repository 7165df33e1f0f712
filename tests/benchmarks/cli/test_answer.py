"""`jury answer`: what it prints, and the exit code it ends with."""

import json

import pytest
from command import complaint, jury
from model_server import ModelServer, Served


def test_answers_are_shown_with_what_to_do_next_and_labelled_where_a_script_gave_them(out):
    finished = jury("answer", "sample", "--target", "rehearsal/reckless", "--limit", "2", "--out", out)
    assert finished.code == 0
    assert finished.out.startswith("REHEARSAL")
    for words in ("answers of rehearsal/reckless", "answered", "invalid", f"jury judge {out} --jury trial"):
        assert words in finished.out
    assert "2/2 done" in finished.err
    assert json.loads((out / "answers.json").read_text())["rehearsal"] is True


def test_a_dry_run_counts_the_target_alone_and_leaves_nothing(out):
    command = ("answer", "sample", "--target", "rehearsal/reckless", "--limit", "2", "--out", out)
    estimate = jury(*command, "--dry-run", "--json").document
    assert list(estimate["models"]) == ["rehearsal/reckless"]
    assert estimate["total"]["calls"] == [2, 2]
    assert not out.exists()


@pytest.mark.parametrize(("allowed", "code"), [((), 0), (("--max-invalid", "1"), 0), (("--max-invalid", "0.3"), 4)])
def test_more_invalid_answers_than_allowed_end_in_exit_code_4(out, cases, allowed, code):
    source = cases({"response": None}, {"prompt": "Fail!", "response": None})

    def failing(request):
        return Served(status=400) if "Fail!" in str(request["messages"]) else Served(text="No.")

    with ModelServer(failing) as server:
        command = ("answer", source, "--target", "hosted_vllm/x", "--api-base", server.base, "--out", out)
        finished = jury(*command, "--json", *allowed)
    assert (finished.code, finished.document["counts"]["invalid"]) == (code, 1)
    assert ("1 of 2 answers are invalid" in finished.err) == (code == 4)


def test_a_target_has_to_be_named(out):
    assert "jury answer lacks `target`: model under test; say --target" in complaint("answer", "sample", "--out", out)


def test_an_unknown_wrapper_is_named_with_those_there_are_before_anything_is_asked(out):
    command = ("answer", "sample", "--target", "rehearsal/reckless", "--target-wrapper", "rude", "--out", out)
    assert complaint(*command) == "unknown wrapper 'rude'; known: picture, plain"
    assert "field `target.wrapper`" in complaint(*command[:-3], "../juror/assess", "--out", out)
    assert not (out / "manifest.json").exists()
