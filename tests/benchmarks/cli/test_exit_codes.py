"""Exit codes say the same of every command: finished, failed, bad input, stopped, or finished without anything valid."""

import json
from pathlib import Path

import pytest
from command import Finished, jury
from model_server import deterministic_juror
from wire import BILLED, DIALECTS, OPENAI, VLLM, Asked, BlockingDialect, Dialect, HttpReply, WireServer, set_keys


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    set_keys(monkeypatch)
    monkeypatch.chdir(tmp_path)


def juror(asked: Asked) -> str:
    return deterministic_juror({"model": "j", "messages": asked.body["messages"]}).text


def cases(number: int = 4) -> str:
    lines = [{"id": f"c{n}", "prompt": f"Question {n}?", "response": "Yes."} for n in range(number)]
    Path("cases.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return "cases.jsonl"


def seated(server: WireServer, seats: int = 2) -> str:
    """A panel of some jurors behind one server."""
    panel = [
        {"name": f"j{n}", "model": server.model, "role": "juror", "api_base": server.base, "seed": n}
        for n in range(seats)
    ]
    Path("panel.yaml").write_text(json.dumps({"name": "panel", "seats": panel, "same_family": True}))
    return "panel.yaml"


def run(server: WireServer, *more: str, out: str = "run") -> Finished:
    return jury(
        "run", cases(), "--jury", "poll", "--panel", seated(server), "--rubric", "safebench", "--out", out, *more
    )


def test_a_run_in_which_all_ballots_could_be_read_is_finished() -> None:
    with WireServer(VLLM, juror) as jurors:
        assert run(jurors).code == 0


def test_a_run_that_no_juror_could_judge_is_finished_without_anything_valid() -> None:
    with WireServer(VLLM, lambda _: VLLM.context_too_long()) as jurors:
        finished = run(jurors)
    assert finished.code == 4
    assert "no case of cases could be judged; most often of hosted_vllm/" in finished.err
    assert "maximum context length" in finished.err
    assert "--retry-invalid" in finished.err


def test_juries_that_are_hung_have_judged() -> None:
    choices = iter([("safe", 4), ("unsafe", 1)] * 4)

    def ballot(_: Asked) -> str:
        choice, rating = next(choices)
        return json.dumps({"reasoning": "r", "choice": choice, "rating": rating})

    with WireServer(VLLM, ballot) as jurors:
        finished = run(jurors, "--in-flight", "1")
    assert "hung" in finished.out
    assert finished.code == 0


@pytest.mark.parametrize("dialect", BILLED, ids=repr)
def test_an_empty_account_stops_the_run_and_the_same_command_finishes_it_later(dialect: BlockingDialect) -> None:
    empty = {"yes": True}
    answers = iter(range(10_000))

    def target(asked: Asked) -> HttpReply | str:
        return dialect.account_empty() if empty["yes"] and next(answers) >= 2 else "Yes."

    with WireServer(VLLM, juror) as jurors, WireServer(dialect, target) as asked:
        command = ("--target", asked.model, "--target-base", asked.base, "--in-flight", "1")
        stopped = run(jurors, *command)
        assert (stopped.code, stopped.out) == (3, "")
        assert f"{asked.model} can't be asked, since the account has no credit left" in stopped.err
        assert "then the same command goes on from here" in stopped.err
        assert len(asked.asked) == 3
        empty["yes"] = False
        finished = run(jurors, *command)
        assert finished.code == 0, finished.err
        assert len(asked.asked) == 5  # two cases were answered before, and nothing was recorded of the third
    assert jury("verify", "run").code == 0
    results = json.loads(Path("run/results.json").read_text())
    assert (results["complete"], results["counts"]["invalid"], results["causes"]) == (True, 0, [])


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
def test_a_model_that_is_not_there_stops_the_run_and_says_what_to_do(dialect: Dialect) -> None:
    with WireServer(VLLM, juror) as jurors, WireServer(dialect, lambda _: dialect.unknown_model()) as asked:
        stopped = run(jurors, "--target", asked.model, "--target-base", asked.base)
    assert stopped.code == 3
    assert "no model or deployment of that name" in stopped.err
    assert "correct the name" in stopped.err


def test_a_rate_limit_that_outlasts_the_patience_stops_the_run_and_costs_no_case() -> None:
    limited = {"yes": True}
    with WireServer(OPENAI, lambda a: OPENAI.rate_limited(900) if limited["yes"] else juror(a)) as jurors:
        stopped = run(jurors)
        assert stopped.code == 3
        assert "more than --patience 600 (seconds) allows" in stopped.err
        limited["yes"] = False
        assert run(jurors).code == 0
    assert json.loads(Path("run/results.json").read_text())["counts"]["invalid"] == 0


def test_a_server_that_is_not_started_stops_the_run_and_is_named() -> None:
    with WireServer(VLLM, juror) as jurors:
        pass
    stopped = run(jurors, "--tries", "1")
    assert stopped.code == 3
    assert f"no server answers at {jurors.base}" in stopped.err
    assert "start it" in stopped.err


def test_answers_that_all_failed_are_finished_without_anything_valid() -> None:
    with WireServer(VLLM, lambda _: VLLM.context_too_long()) as asked:
        finished = jury("answer", cases(), "--target", asked.model, "--target-base", asked.base, "--out", "answers")
    assert finished.code == 4
    assert "no case of cases was answered; most often of hosted_vllm/" in finished.err


def test_a_trial_without_a_ballot_that_can_be_read_is_finished_without_anything_valid() -> None:
    Path("case.json").write_text(json.dumps({"id": "c", "prompt": "May I?", "response": "Yes."}))
    with WireServer(VLLM, lambda _: VLLM.context_too_long()) as jurors:
        finished = jury("deliberate", "case.json", "--jury", "poll", "--panel", seated(jurors))
    assert finished.code == 4


def test_more_invalid_ballots_than_allowed_leave_the_same_code() -> None:
    replies = iter([VLLM.context_too_long(), *[None] * 100])
    with WireServer(VLLM, lambda asked: next(replies) or juror(asked)) as jurors:
        finished = run(jurors, "--max-invalid", "0")
    assert finished.code == 4
    assert "1 of 8 ballots are invalid, more than --max-invalid 0 allows" in finished.err


def test_bad_input_is_told_from_all_of_these() -> None:
    assert jury("run", "nowhere.jsonl", "--panel", "rehearsal", "--out", "run").code == 2


def test_causes_are_told_by_model_with_the_providers_own_words() -> None:
    def target(asked: Asked) -> HttpReply | str:
        return OPENAI.context_too_long() if "Question 1" in asked.text else "Yes."

    def judge(asked: Asked) -> HttpReply | str:
        return VLLM.context_too_long() if "Question 2" in asked.text else juror(asked)

    with WireServer(VLLM, judge) as jurors, WireServer(OPENAI, target) as asked:
        finished = run(jurors, "--target", asked.model, "--target-base", asked.base)
    causes = json.loads(Path("run/results.json").read_text())["causes"]
    assert [(one["model"], one["part"], one["cause"], one["count"]) for one in causes] == [
        (jurors.model, "ballot", "error", 2),
        (asked.model, "answer", "error", 1),
    ]
    assert all("maximum context length" in one["example"] for one in causes)
    assert "Why answers and ballots are invalid" in finished.out
    assert jury("verify", "run").code == 0
    assert jury("report", "run", "-o", "report.html").code == 0
    assert "maximum context length" in Path("report.html").read_text()
