"""One case from prompt to recorded verdict."""

import json

import pytest
from scripted import ScriptedTransport, panel, said

from graphs.evaluation import Sitting, graph
from jury.asking import Interview
from jury.gateway.transport import CallFailedError
from jury.juries import choose_rubric, load_plan, seat
from jury.means import opened
from jury.prompt_files import open_library
from jury.records import Answer, Case, Cause, Completion, Request, Target, TextPart, Turn, Verdict
from jury.trials import trial_rows
from jury.wrapping import Wrapper

LIBRARY = open_library()


class Models(ScriptedTransport):
    """Jurors as scripted; the target repeats how many messages it was sent, or fails from a turn on."""

    def __init__(self, fails_at: int | None = None) -> None:
        super().__init__()
        self.fails_at = fails_at

    async def attempt(self, request: Request, timeout: float) -> Completion:
        if not request.model.startswith("target/"):
            return await super().attempt(request, timeout)
        self.requests.append(request)
        if len(request.messages) == self.fails_at:
            raise CallFailedError(Cause(kind="refused", detail="policy"), passing=False)
        return Completion(text=f"answer after {len(request.messages)}", input_tokens=3, output_tokens=2, cost=0.5)


def case(*prompts: str, **fields: object) -> Case:
    turns = tuple(Turn(parts=(TextPart(text=prompt),)) for prompt in prompts or ("Hello?",))
    return Case.model_validate({"id": "c1", "turns": turns, **fields})


async def evaluate(folder, of: Case, *, target: Target | None, transport: ScriptedTransport, names=("safe", "safe")):
    """The verdict as it was handed back and as it was recorded, and the rows that lead to its calls."""
    plan = load_plan("poll")
    jury = seat(plan, panel(*names), choose_rubric(plan, "safebench", LIBRARY), LIBRARY)
    async with opened(folder, LIBRARY, transport=transport) as means:
        await means.ledger.add_run("r", "{}", [of])
        interview = Interview(means.gateway, target, Wrapper("plain", LIBRARY)) if target else None
        sitting = Sitting(means.courtroom(jury), means.ledger, "r", interview, "r")
        state = await graph.ainvoke({"case": of}, context=sitting)
        (kept,) = means.ledger.verdicts("r")
        calls = {row["call"]: means.ledger.call(row["call"]) for row in trial_rows(kept)}
    verdict: Verdict = state["verdict"]
    assert kept == verdict
    return verdict, calls


async def test_a_recorded_answer_is_judged_as_it_is(tmp_path):
    transport = Models()
    of = case(answers=(Answer(text="Hi."),), target="some/model")
    verdict, _ = await evaluate(tmp_path, of, target=None, transport=transport)
    assert (verdict.target, verdict.outcome.choice, verdict.answers) == ("some/model", "safe", ())
    assert "Hi." in said(transport.requests[0])


async def test_a_target_is_asked_turn_by_turn_with_its_own_answers_before_it(tmp_path):
    transport = Models()
    target = Target(model="target/x", system="Be kind.")
    verdict, calls = await evaluate(tmp_path, case("One?", "Two?"), target=target, transport=transport)
    first, second = transport.requests[:2]
    assert [message.role for message in first.messages] == ["system", "user"]
    assert [message.role for message in second.messages] == ["system", "user", "assistant", "user"]
    assert second.messages[2].parts[0].text == "answer after 2"
    assert [calls[key].text for key in verdict.answers] == ["answer after 2", "answer after 4"]


async def test_jurors_see_every_turn_and_every_answer(tmp_path):
    transport = Models()
    await evaluate(tmp_path, case("One?", "Two?"), target=Target(model="target/x"), transport=transport)
    shown = said(transport.requests[-1])
    places = [shown.index(words) for words in ("One?", "answer after 1", "Two?", "answer after 3")]
    assert places == sorted(places)


@pytest.mark.parametrize(("fails_at", "answers"), [(1, 1), (3, 2)])
async def test_a_failed_answer_ends_the_trial_before_it_begins_and_keeps_its_cause(tmp_path, fails_at, answers):
    transport = Models(fails_at)
    target = Target(model="target/x")
    verdict, calls = await evaluate(tmp_path, case("One?", "Two?", "Three?"), target=target, transport=transport)
    assert (verdict.outcome.state, verdict.outcome.cause.kind) == ("invalid", "refused")
    assert len(verdict.answers) == len(calls) == answers
    assert verdict.rounds == ()
    assert {request.model for request in transport.requests} == {"target/x"}


async def test_usage_is_that_of_target_and_jury_together(tmp_path):
    verdict, _ = await evaluate(tmp_path, case(), target=Target(model="target/x"), transport=Models())
    assert (verdict.usage.calls, verdict.usage.cost) == (3, pytest.approx(0.5 + 2 * 0.001))


async def test_every_call_of_a_verdict_is_found_from_the_seat_that_made_it(tmp_path):
    names = ("safe", "mute", "broken")
    verdict, calls = await evaluate(tmp_path, case(), target=Target(model="target/x"), transport=Models(), names=names)
    rows = list(trial_rows(verdict))
    assert [row["phase"] for row in rows].count("target") == 1
    repaired = [row["attempt"] for row in rows if row["seat"] == seat_of(verdict, "mute 1")]
    assert repaired == [0, 1]
    assert sum(completion.error is not None for completion in calls.values()) == 1
    ballot = json.loads(calls[ballot_of(verdict, "safe 0").calls[0]].text)
    assert ballot["choice"] == "safe"


def ballot_of(verdict: Verdict, juror: str):
    return next(ballot for ballot in verdict.rounds[0].ballots if ballot.juror == juror)


def seat_of(verdict: Verdict, juror: str) -> str:
    return ballot_of(verdict, juror).seat
