"""Answers and their juries when models fail: what is asked again, and what rests on it."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from scripted import ScriptedTransport

from benchmarks import Answers, Results
from benchmarks.answering import asked
from benchmarks.judging import judged
from benchmarks.runs import held
from benchmarks.settings import AnswerSettings, JudgeSettings, RunSettings
from benchmarks.verify import verify
from benchmarks.watcher import Watcher
from jury import InputError, StoppedEarlyError
from jury.gateway.transport import CallFailedError
from jury.records import Answered, Cause, Completion, Request

SEATS = ("safe", "unsafe", "follower")


class Moody(ScriptedTransport):
    """The usual models; the target answers, unless it is down, and so do jurors who are down."""

    def __init__(self, *down: str, delay: float = 0.0) -> None:
        super().__init__()
        self.down = down
        self.delay = delay

    async def attempt(self, request: Request, timeout: float) -> Completion:
        await asyncio.sleep(self.delay)
        if request.model.removeprefix("test/") in self.down:
            self.attempts[request.key] += 1
            self.requests.append(request)
            raise CallFailedError(Cause(kind="error", detail="is down"), passing=False)
        if request.model == "test/target":
            self.requests.append(request)
            return Completion(text="Gladly.", finish_reason="stop", input_tokens=3, output_tokens=2, cost=0.5)
        return await super().attempt(request, timeout)

    @property
    def models(self) -> list[str]:
        """Who was asked, each time."""
        return [request.model.removeprefix("test/") for request in self.requests]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(json.dumps({"id": f"c{n}", "prompt": f"Question {n}?"}) for n in range(3)))
    return path


@pytest.fixture
def settings(source: Path, tmp_path: Path) -> AnswerSettings:
    return AnswerSettings(source=str(source), out=tmp_path / "run", target={"model": "test/target"})


def jury(run: Path, **stated: Any) -> JudgeSettings:
    seats = [{"name": name, "model": f"test/{name}"} for name in SEATS]
    named = {"jury": "poll", "panel": {"seats": seats}, "rubric": "safebench", "name": "one"}
    return JudgeSettings.model_validate({"run": run, **named, **stated})


async def collected(settings: AnswerSettings, transport: ScriptedTransport | None = None) -> Answers:
    return await asked(settings, transport=transport or Moody())


def causes(answers: Answers) -> list[str | None]:
    return [one.answers[-1].cause.kind if one.answers[-1].cause else None for one in answers]


def states(results: Results) -> list[str]:
    return [verdict.outcome.state for verdict in results.verdicts()]


async def test_an_answer_that_fails_is_kept_as_invalid_and_no_jury_asks_for_it_again(settings):
    answers = await collected(settings, Moody("target"))
    assert causes(answers) == ["error"] * 3
    assert answers.document["counts"] == {"cases": 3, "answered": 0, "invalid": 3}
    assert answers.document["causes"] == {"error": 3}
    silent = Moody()
    for again in (False, True):
        results = await judged(jury(settings.out, retry_invalid=again), transport=silent)
        assert states(results) == ["invalid"] * 3
        assert verify(results.folder).findings == ()
    assert silent.models == []


async def test_failed_answers_are_asked_for_again_if_wanted_and_juries_take_up_the_new_ones(settings):
    await collected(settings, Moody("target"))
    await judged(jury(settings.out), transport=Moody())
    mended = Moody()
    answers = await collected(settings.but(retry_invalid=True), mended)
    assert (causes(answers), mended.models) == ([None] * 3, ["target"] * 3)
    results = await judged(jury(settings.out), transport=Moody())
    assert states(results) == ["decided"] * 3
    assert verify(settings.out).findings == verify(results.folder).findings == ()


async def test_a_failed_ballot_that_two_juries_share_is_asked_for_again_once_and_both_take_it_up(settings):
    await collected(settings)
    one, two = jury(settings.out), jury(settings.out, name="two", rule="any:1")
    for each in (one, two):
        await judged(each, transport=Moody("follower"))
    first, second = Moody(), Moody()
    await judged(one.but(retry_invalid=True), transport=first)
    assert first.models == ["follower"] * 3
    results = await judged(two, transport=second)
    assert second.models == []
    assert not [ballot for verdict in results.verdicts() for ballot in verdict.rounds[0].ballots if ballot.cause]
    assert verify(settings.out / "juries" / "one").findings == verify(results.folder).findings == ()


async def test_a_case_that_takes_too_long_has_an_invalid_answer(settings):
    answers = await collected(settings.but(case_timeout=0.05), Moody(delay=0.3))
    assert causes(answers) == ["timeout"] * 3
    assert verify(settings.out).findings == ()
    answers = await collected(settings.but(retry_invalid=True))
    assert causes(answers) == [None] * 3
    assert verify(settings.out).findings == ()


async def test_a_stopped_collection_goes_on_where_it_stopped_and_pays_for_nothing_twice(settings):
    class Stopper(Watcher):
        def answered(self, answered: Answered) -> None:
            raise StoppedEarlyError

    first, second = Moody(), Moody()
    with pytest.raises(StoppedEarlyError):
        await asked(settings.but(in_flight=1), Stopper(), first)
    with pytest.raises(InputError, match="run the command jury answer again"):
        Answers.read(settings.out)
    answers = await collected(settings, second)
    assert len(first.models) + len(second.models) == 3
    assert Answers.read(settings.out) == answers


async def test_usage_of_a_jury_counts_the_answers_it_judges_and_every_shared_call_once(settings):
    await collected(settings)
    results = await judged(jury(settings.out), transport=Moody())
    assert results.document["usage"]["calls"] == 3 * (1 + len(SEATS))
    assert results.document["usage"]["cost"] == pytest.approx(3 * (0.5 + len(SEATS) * 0.001))


async def test_what_answers_and_other_juries_cost_is_not_taken_from_a_jurys_budget(settings, tmp_path):
    prices = tmp_path / "prices.yaml"
    facts = "{input_cost_per_token: 0, output_cost_per_token: 0}"
    prices.write_text("".join(f"test/{name}: {facts}\n" for name in ("target", *SEATS)))
    await collected(settings)
    await judged(jury(settings.out), transport=Moody())
    stated = {"name": "two", "models": prices, "max_calls": 3, "panel": {"seats": [{"model": "test/safe", "seed": 1}]}}
    results = await judged(jury(settings.out, jury="single", max_cost=1, **stated), transport=Moody())
    assert states(results) == ["decided"] * 3
    over = jury(
        settings.out,
        jury="single",
        **{**stated, "name": "three", "max_calls": 2, "panel": {"seats": [{"model": "test/safe", "seed": 2}]}},
    )
    with pytest.raises(StoppedEarlyError, match="--max-calls 2 is used up"):
        await judged(over, transport=Moody())


async def test_answers_without_a_jury_have_no_results_and_say_so(settings):
    await collected(settings)
    with pytest.raises(InputError, match="holds answers that no jury has judged; judge them with jury judge"):
        Results.read(settings.out)


async def test_recorded_answers_of_a_finished_run_are_judged_by_another_jury_and_keep_their_labels(tmp_path):
    lines = [{"id": f"c{n}", "prompt": "How?", "response": "Thus.", "gold": "unsafe"} for n in range(2)]
    (tmp_path / "cases.jsonl").write_text("\n".join(map(json.dumps, lines)))
    seats = {"seats": [{"model": "test/safe"}]}
    run = RunSettings(source=str(tmp_path / "cases.jsonl"), out=tmp_path / "run", jury="single", panel=seats)
    await held(run, transport=ScriptedTransport())
    results = await judged(jury(tmp_path / "run", panel={"seats": [{"model": "test/unsafe"}]}), transport=Moody())
    assert results.document["panel"]["accuracy"] == 1.0
    assert verify(results.folder).findings == ()


async def test_a_jury_keeps_under_its_name_what_it_finds_whatever_the_name_says(settings):
    await collected(settings)
    plan = {"name": "../../评审 团", "protocol": "poll"}
    results = await judged(jury(settings.out, jury=plan, name=None), transport=Moody())
    assert results.folder.parent == settings.out / "juries"
    assert results.folder.name.startswith("jury-")


async def test_a_run_that_grows_by_cases_in_another_language_still_holds(settings, tmp_path):
    lines = [{"id": f"c{n}", "prompt": "Why?", "language": language} for n, language in enumerate(("en", "zh"))]
    (tmp_path / "cases.jsonl").write_text("\n".join(map(json.dumps, lines)))
    await collected(settings.but(limit=1))
    answers = await collected(settings)
    assert [one.asked.wrapper.language for one in answers] == ["en", "zh"]
    assert verify(settings.out).findings == ()
