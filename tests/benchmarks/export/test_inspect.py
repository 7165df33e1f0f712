"""A run as Inspect reads it: written by us, read back by `inspect_ai`."""

from pathlib import Path
from typing import Any

import pytest
from command import complaint

from benchmarks import Results
from benchmarks.export import EXPORTS

pytest.importorskip("inspect_ai")


def log_of(results: Results, path: Path) -> Any:
    from inspect_ai.log import read_eval_log

    EXPORTS.get("inspect")(results, path)
    return read_eval_log(str(path), resolve_attachments=True)


def sample_of(log: Any, case: str) -> Any:
    return next(sample for sample in log.samples if sample.id == case)


@pytest.fixture(scope="module")
def log(asked: Results, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return log_of(asked, tmp_path_factory.mktemp("log") / "run.eval")


def test_the_header_says_what_was_run_and_that_it_is_a_rehearsal(log: Any, asked: Results) -> None:
    assert (log.status, log.eval.task, log.eval.model) == ("success", "sample", "rehearsal/reckless")
    assert (log.eval.tags, log.eval.metadata["jury"]) == (["rehearsal"], asked.document["jury"])
    assert log.eval.task_display_name == "REHEARSAL sample"


def test_every_case_is_a_sample_scored_by_the_panel_and_by_every_juror(log: Any, asked: Results) -> None:
    verdicts = {verdict.case_id: verdict for verdict in asked.verdicts()}

    # Inspect gives samples back in the order of their ids.
    assert [sample.id for sample in log.samples] == sorted(verdicts)
    for sample, verdict in ((sample, verdicts[sample.id]) for sample in log.samples):
        assert sample.scores["jury"].value == (verdict.outcome.choice or verdict.outcome.state)
        assert sample.scores["jury"].metadata["rating"] == verdict.rating
        last = {ballot.juror: ballot for ballot in verdict.rounds[-1].ballots}
        assert set(sample.scores) == {"jury", *last}
        assert all(sample.scores[name].explanation == ballot.reasoning for name, ballot in last.items())


def test_a_sample_is_the_conversation_with_its_image_by_reference(log: Any, asked: Results) -> None:
    trial = next(asked.trials())
    sample = sample_of(log, trial.verdict.case_id)
    question, answer = sample.messages
    text, image = question.content

    assert (question.role, text.type, answer.role) == ("user", "text", "assistant")
    assert sample.output.completion == answer.text == trial.transcript.answers[0].text
    assert (asked.folder / image.image).is_file()


def test_every_round_is_an_event_with_what_each_juror_said(log: Any, asked: Results) -> None:
    verdict = next(asked.verdicts())
    events = sample_of(log, verdict.case_id).events

    assert [event.source for event in events] == [f"jury: {held.kind} {held.index}" for held in verdict.rounds]
    said = {ballot.juror: ballot.reasoning for ballot in verdict.rounds[0].ballots}
    assert {name: ballot["reasoning"] for name, ballot in events[0].data.items()} == said


def test_the_runs_figures_are_the_logs_metrics(log: Any, asked: Results) -> None:
    scores = {score.name: score.metrics for score in log.results.scores}

    assert scores["jury"]["asr"].value == asked.metrics["asr"]
    heads = {one.name: one.value for one in asked.headlines}
    assert heads == {name: scores["jury"][name].value for name in heads}
    assert set(scores) == {"jury", *asked.document["jurors"]}
    assert log.results.metadata["undecided"] == {
        state: asked.document["counts"][state] for state in ("hung", "no_quorum", "invalid")
    }


def test_recorded_answers_labels_and_several_turns_are_carried_over_in_inspects_json_too(
    judged: Results, tmp_path: Path
) -> None:
    log = log_of(judged, tmp_path / "run.json")
    _, turns, chinese = log.samples

    assert [message.role for message in turns.messages] == ["user", "assistant", "user", "assistant"]
    assert turns.messages[0].content[1].text == "[image: a shop window]"
    assert (turns.target, turns.metadata["group"], chinese.messages[0].content[0].text) == ("safe", "g", "可以吗？")
    assert {score.name: score.metrics["f1"].value for score in log.results.scores}["jury"] == judged.document["panel"][
        "f1"
    ]


def test_a_file_of_another_ending_is_turned_down(judged: Results, tmp_path: Path) -> None:
    said = complaint("export", judged.folder, "--format", "inspect", "-o", tmp_path / "run.log")

    assert "Inspect's logs end in .eval or .json" in said
