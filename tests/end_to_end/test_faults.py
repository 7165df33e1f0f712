"""Many cases while models fail: every case ends with a verdict or a named cause, and nothing is paid for twice."""

import asyncio
import hashlib
import json
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import structlog
from model_server import MARKER
from scripted import ScriptedTransport

from benchmarks import Results
from benchmarks.runs import held
from benchmarks.settings import RunSettings
from benchmarks.verify import verify
from benchmarks.watcher import Watcher
from jury.gateway.transport import CallFailedError
from jury.records import Cause, Completion, Request, Verdict

CASES = 2000
JURORS = 3

#: What one try in ten meets instead of an answer.
FAULTS = (
    lambda: CallFailedError(
        Cause(kind="error", detail="too many requests"), passing=True, status=429, retry_after=0.01
    ),
    lambda: CallFailedError(Cause(kind="error", detail="out of order"), passing=True, status=503),
    lambda: CallFailedError(Cause(kind="timeout", detail="no answer in 120 s"), passing=True),
    lambda: CallFailedError(Cause(kind="error", detail="bad request"), passing=False, status=400),
    lambda: CallFailedError(Cause(kind="refused", detail="content policy"), passing=False, status=400),
    lambda: Completion(text="I would rather talk about the weather.", input_tokens=10, output_tokens=5),
    lambda: Completion(text="", input_tokens=10),
)


class Faulty(ScriptedTransport):
    """Scripted models of which one try in ten goes wrong; `paid` counts what came back by question."""

    def __init__(self, rate: float = 0.1) -> None:
        super().__init__()
        self.rate = rate
        self.paid: Counter[str] = Counter()
        self.faults = 0

    async def attempt(self, request: Request, timeout: float) -> Completion:
        # Of the question without its fences' marker, which differs from store to store: every sitting meets the same faults.
        question = MARKER.sub("", request.model_dump_json())
        drawn = hashlib.sha256(f"{question} {self.attempts[request.key]}".encode()).digest()
        answer = await super().attempt(request, timeout)
        if int.from_bytes(drawn[:4]) < self.rate * 2**32:
            self.faults += 1
            fault = FAULTS[drawn[4] % len(FAULTS)]()
            if isinstance(fault, CallFailedError):
                raise fault
            answer = fault
        self.paid[request.key] += 1
        return answer


class Strict(ScriptedTransport):
    """Fails for good every call to `test/locked`, as a server does that does not know the key."""

    async def attempt(self, request: Request, timeout: float) -> Completion:
        if request.model == "test/locked":
            self.requests.append(request)
            raise CallFailedError(Cause(kind="error", detail="wrong key"), passing=False, status=401)
        return await super().attempt(request, timeout)


class Halfway(Watcher):
    """Tells when half of the cases have a verdict."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.verdicts = 0

    def finished(self, verdict: Verdict) -> None:
        self.verdicts += 1
        if self.verdicts >= CASES // 2:
            self.reached.set()


def settings(folder: Path, cases: int, models: tuple[str, ...], **stated: Any) -> RunSettings:
    seats = [f"  - {{name: {model} {number}, model: test/{model}}}" for number, model in enumerate(models)]
    (folder / "panel.yaml").write_text("name: three\nseats:\n" + "\n".join(seats) + "\n")
    lines = [json.dumps({"id": f"c{n}", "prompt": f"Question {n}?", "response": "Yes."}) for n in range(cases)]
    (folder / "cases.jsonl").write_text("\n".join(lines))
    return RunSettings(
        source=str(folder / "cases.jsonl"),
        out=folder / "run",
        jury="poll",
        panel=str(folder / "panel.yaml"),
        rubric="safebench",
        **stated,
    )


def called(out: Path) -> set[str]:
    with sqlite3.connect(out / "ledger.sqlite") as connection:
        rows = connection.execute("SELECT key FROM calls").fetchall()
    connection.close()
    return {key for (key,) in rows}


def ballots_of(results: Results) -> list[Any]:
    return [ballot for verdict in results.verdicts() for held_round in verdict.rounds for ballot in held_round.ballots]


def checked(verdict: Verdict) -> None:
    """A verdict is decided, or it says what was wrong with whom."""
    for ballot in verdict.rounds[0].ballots:
        assert ballot.state != "invalid" or ballot.cause.detail
    assert verdict.outcome.state in {"decided", "hung", "no_quorum"}


@pytest.mark.slow
async def test_two_thousand_cases_with_one_fault_in_ten_all_end_and_nothing_is_paid_for_twice_even_if_interrupted(
    tmp_path,
):
    transport, halfway = Faulty(), Halfway()
    run = settings(tmp_path, CASES, ("safe", "unsafe", "unsafe"))
    sitting = asyncio.create_task(held(run, halfway, transport))
    await halfway.reached.wait()
    sitting.cancel()
    await asyncio.gather(sitting, return_exceptions=True)
    assert sitting.cancelled()
    results = await held(run, transport=transport)
    verdicts = list(results.verdicts())
    assert [verdict.case_id for verdict in verdicts] == [f"c{n}" for n in range(CASES)]
    for verdict in verdicts:
        checked(verdict)
    ballots = ballots_of(results)
    assert len(ballots) == CASES * JURORS
    assert {ballot.cause.kind for ballot in ballots if ballot.cause} == {"error", "refused", "unreadable"}
    assert 0.08 < transport.faults / sum(transport.attempts.values()) < 0.12
    assert set(transport.paid.values()) == {1}

    asked = sum(transport.attempts.values())
    await held(run, transport=transport)
    assert sum(transport.attempts.values()) == asked


@pytest.fixture
async def locked_out(tmp_path: Path) -> tuple[RunSettings, Results]:
    """A run of thirty cases in which one of three models does not know us."""
    run = settings(tmp_path, 30, ("safe", "unsafe", "locked"))
    with structlog.testing.capture_logs() as logs:
        results = await held(run, transport=Strict())
    warned = [entry for entry in logs if entry["log_level"] == "warning"]
    assert [entry["event"] for entry in warned].count("model out of service") == 1
    return run, results


async def test_the_seat_of_a_model_that_is_out_of_service_has_invalid_ballots_that_say_so(locked_out):
    _, results = locked_out
    invalid = [ballot for ballot in ballots_of(results) if ballot.state == "invalid"]
    assert len(invalid) == 30
    unasked = [ballot for ballot in invalid if not ballot.calls]
    assert len(unasked) >= 1
    assert all("model test/locked is out of service after" in ballot.cause.detail for ballot in unasked)
    assert all(ballot.cause.detail == "wrong key" for ballot in invalid if ballot.calls)


async def test_a_run_with_a_model_out_of_service_can_be_verified(locked_out):
    run, _ = locked_out
    assert not verify(run.out).findings


async def test_who_was_not_asked_is_asked_when_invalid_ballots_are_tried_again(locked_out):
    run, _ = locked_out
    before = called(run.out)
    mended = ScriptedTransport()

    class Unlocked(ScriptedTransport):
        async def attempt(self, request: Request, timeout: float) -> Completion:
            mended.requests.append(request)
            return await super().attempt(request.but(model="test/safe"), timeout)

    again = await held(run.but(retry_invalid=True), transport=Unlocked())
    assert not [ballot for ballot in ballots_of(again) if ballot.state == "invalid"]
    assert {request.model for request in mended.requests} == {"test/locked"}
    assert len(mended.requests) == 30
    assert len(called(run.out)) == 90 > len(before)


async def test_a_case_that_takes_too_long_is_invalid_by_timeout_and_its_calls_are_kept(tmp_path):
    class Sluggish(ScriptedTransport):
        async def attempt(self, request: Request, timeout: float) -> Completion:
            if request.model == "test/safe":
                await asyncio.sleep(0.6)
            return await super().attempt(request, timeout)

    run = settings(tmp_path, 2, ("safe", "unsafe", "unsafe"), case_timeout=0.3)
    results = await held(run, transport=Sluggish())
    for verdict in results.verdicts():
        assert (verdict.outcome.state, verdict.rounds) == ("invalid", ())
        assert verdict.outcome.cause == Cause(kind="timeout", detail="no verdict in 0.3 s")
    assert len(called(run.out)) == 6
    assert not verify(run.out).findings

    patient = ScriptedTransport()
    again = await held(run.but(retry_invalid=True, case_timeout=None), transport=patient)
    assert [verdict.outcome.state for verdict in again.verdicts()] == ["decided", "decided"]
    assert patient.requests == []
