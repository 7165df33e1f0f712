"""One call and its tries: what is tried again, how long it waits, which slot it holds, and when a model is out of service."""

import asyncio
from collections.abc import Callable

import pytest
import structlog

from jury.errors import StoppedEarlyError
from jury.gateway.answers.form import Form
from jury.gateway.attempts import Attempts, Patience
from jury.gateway.call import Gateway
from jury.gateway.pace.breaker import Fuse
from jury.gateway.transport import CallFailedError
from jury.ledger import Ledger
from jury.records import Cause, Completion, Message, ModelLimits, Request, TextPart

Behaviour = Callable[[Request, int], object]

JSON = Form(name="any", schema={"type": "object"}, read=lambda value: value)


def failure(kind: str = "error", *, passing: bool = True, status: int | None = 503, after: float | None = None):
    cause = Cause(kind=kind, detail="does not feel like it")
    return CallFailedError(cause, passing=passing, status=status, retry_after=after)


class Model:
    """A transport that does as `behaviour(request, try)` says: returns words, raises a failure, or awaits an event."""

    def __init__(self, behaviour: Behaviour = lambda *_: "fine") -> None:
        self.behaviour = behaviour
        self.tries: dict[str, int] = {}
        self.at_once = self.most_at_once = 0

    async def attempt(self, request: Request, timeout: float) -> Completion:
        self.tries[request.key] = self.tries.get(request.key, 0) + 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            done = self.behaviour(request, self.tries[request.key])
            if isinstance(done, asyncio.Event):
                await done.wait()
                done = "waited"
            await asyncio.sleep(0)
            if isinstance(done, Exception):
                raise done
            return Completion(text=str(done), input_tokens=10, output_tokens=5)
        finally:
            self.at_once -= 1

    @property
    def made(self) -> int:
        return sum(self.tries.values())


def ask(number: int = 0, model: str = "test/m") -> Request:
    return Request(model=model, messages=(Message(role="user", parts=(TextPart(text=f"question {number}"),)),))


def attempts(model: Model, clock: Callable[[], float] = lambda: 0.0, **patience: object) -> Attempts:
    return Attempts(model, Patience(**{"longest_wait": 0.001, **patience}), clock)


async def test_what_may_pass_is_tried_again_and_the_tries_are_counted():
    made = await attempts(Model(lambda _, number: "fine" if number == 3 else failure())).made(ask())
    assert (made.text, made.tries, made.error) == ("fine", 3, None)


async def test_what_will_not_pass_is_tried_once():
    model = Model(lambda *_: failure(passing=False, status=401))
    made = await attempts(model).made(ask())
    assert (made.tries, made.error.kind, model.made) == (1, "error", 1)


async def test_after_the_last_try_the_error_is_the_answer():
    made = await attempts(Model(lambda *_: failure("timeout")), tries=4).made(ask())
    assert (made.tries, made.error.kind, made.text) == (4, "timeout", "")


async def test_a_call_that_waits_to_be_tried_again_holds_no_slot():
    model = Model(lambda request, number: failure(after=0.3) if request == ask(0) and number == 1 else "fine")
    door = attempts(model, per_model=1, longest_wait=60)
    waiting = asyncio.create_task(door.made(ask(0)))
    await asyncio.sleep(0.01)
    async with asyncio.timeout(0.2):
        assert (await door.made(ask(1))).text == "fine"
    assert not waiting.done()
    assert (await waiting).tries == 2


async def test_a_wish_to_be_asked_later_is_granted_within_bounds():
    started = asyncio.get_running_loop().time()
    model = Model(lambda _, number: failure(after=3600) if number == 1 else "fine")
    await attempts(model, longest_wait=0.2).made(ask())
    assert 0.2 <= asyncio.get_running_loop().time() - started < 2


async def test_a_wish_to_be_asked_later_delays_that_call_and_no_other():
    model = Model(
        lambda request, number: failure(status=429, after=0.3) if (request, number) == (ask(0), 1) else "fine"
    )
    door = attempts(model, longest_wait=60)
    waiting = asyncio.create_task(door.made(ask(0)))
    async with asyncio.timeout(0.25):
        await asyncio.gather(*(door.made(ask(number)) for number in range(1, 50)))
    assert (await waiting).tries == 2


async def test_a_real_model_is_approached_slowly_unless_that_is_turned_off():
    slow, fast, go = Model(), Model(), asyncio.Event()
    slow.behaviour = fast.behaviour = lambda *_: go
    doors = attempts(slow), attempts(fast, adaptive=False)
    calls = [asyncio.create_task(door.made(ask(number))) for door in doors for number in range(200)]
    await asyncio.sleep(0.01)
    assert (slow.at_once, fast.at_once) == (4, 32)
    go.set()
    await asyncio.gather(*calls)
    assert slow.most_at_once == 32


async def test_too_many_requests_halve_what_runs_at_once():
    model = Model()
    door = attempts(model, per_model=8)
    await asyncio.gather(*(door.made(ask(number)) for number in range(20)))
    assert model.most_at_once == 8
    model.behaviour = lambda _, number: failure(status=429) if number == 1 else "fine"
    await door.made(ask(100))
    model.most_at_once, model.behaviour = 0, lambda *_: "fine"
    await asyncio.gather(*(door.made(ask(number)) for number in range(200, 220)))
    assert model.most_at_once == 4


async def test_a_models_own_concurrency_outweighs_the_runs():
    model = Model()
    door = attempts(model, adaptive=False, limits={"test/m": ModelLimits(concurrency=3)})
    await asyncio.gather(*(door.made(ask(number)) for number in range(20)))
    await asyncio.gather(*(door.made(ask(number, "test/other")) for number in range(20)))
    assert model.most_at_once == 20
    model.most_at_once = 0
    await asyncio.gather(*(door.made(ask(number)) for number in range(20)))
    assert model.most_at_once == 3


async def test_a_slow_model_holds_up_no_fast_one():
    never = asyncio.Event()
    door = attempts(Model(lambda request, _: never if request.model == "test/slow" else "fine"), per_model=2)
    slow = [asyncio.create_task(door.made(ask(number, "test/slow"))) for number in range(50)]
    await asyncio.sleep(0)
    async with asyncio.timeout(1):
        await asyncio.gather(*(door.made(ask(number, "test/fast")) for number in range(50)))
    assert not any(call.done() for call in slow)
    never.set()
    await asyncio.gather(*slow)


async def test_cases_take_turns_at_a_model():
    order = []
    model = Model(lambda request, _: order.append(request.messages[0].parts[0].text[-1]) or "fine")
    door = attempts(model, per_model=1)
    big = [asyncio.create_task(door.made(ask(number), lane="big")) for number in (0, 1, 2, 3)]
    small = asyncio.create_task(door.made(ask(9), lane="small"))
    await asyncio.gather(*big, small)
    assert order.index("9") == 2  # the first was under way, the second was waiting already


async def test_a_model_that_fails_again_and_again_is_out_of_service_and_asked_no_more():
    model = Model(lambda *_: failure(passing=False, status=401))
    door = attempts(model, fuse=Fuse(failures=3))
    with structlog.testing.capture_logs() as logs:
        made = [await door.made(ask(number)) for number in range(10)]
    assert model.made == 3
    assert [completion.tries for completion in made] == [1] * 3 + [0] * 7
    assert made[-1].error.detail == ("model test/m is out of service after 3 failures: error: does not feel like it")
    assert [entry["event"] for entry in logs] == ["model out of service"]


async def test_a_model_comes_back_into_service_when_a_probe_is_answered():
    now = [0.0]
    model = Model(lambda *_: failure(passing=False, status=401))
    door = attempts(model, clock=lambda: now[0], fuse=Fuse(failures=2, cooldown=30))
    for number in range(3):
        await door.made(ask(number))
    model.behaviour, now[0] = lambda *_: "fine", 30.0
    made = await asyncio.gather(*(door.made(ask(number)) for number in range(10, 15)))
    assert [completion.asked for completion in made] == [True] + [False] * 4
    assert (await door.made(ask(20))).text == "fine"


async def test_calls_that_queue_while_a_model_fails_are_let_go_without_being_made():
    model = Model(lambda *_: failure(passing=False, status=401))
    door = attempts(model, per_model=1, fuse=Fuse(failures=2))
    made = await asyncio.gather(*(door.made(ask(number)) for number in range(50)))
    assert (model.made, sum(completion.asked for completion in made)) == (2, 2)


@pytest.mark.parametrize("refusal", [failure("refused", passing=False, status=400), failure(passing=False, status=400)])
async def test_requests_that_a_model_will_not_answer_do_not_put_it_out_of_service(refusal):
    model = Model(lambda *_: refusal)
    door = attempts(model, fuse=Fuse(failures=2))
    assert [(await door.made(ask(number))).tries for number in range(6)] == [1] * 6


async def test_a_server_that_goes_away_after_it_has_answered_costs_calls_and_not_the_run():
    gone = CallFailedError(Cause(kind="error", detail="refused"), passing=True, unreachable="nobody answers")
    door = attempts(Model(lambda request, _: "fine" if request == ask(0) else gone), tries=2)
    with pytest.raises(StoppedEarlyError, match="nobody answers; then the same command goes on"):
        await door.made(ask(1))
    assert (await door.made(ask(0))).text == "fine"
    made = await door.made(ask(2))
    assert (made.error.kind, made.tries) == ("error", 2)


async def test_a_model_at_one_address_is_out_of_service_alone():
    model = Model(lambda request, _: failure(passing=False, status=401) if request.api_base == "a" else "fine")
    door = attempts(model, fuse=Fuse(failures=1))
    assert not (await door.made(ask().but(api_base="a"))).text
    assert (await door.made(ask().but(api_base="b"))).text == "fine"


async def test_a_probe_that_is_cancelled_leaves_the_way_to_the_next():
    now, never = [0.0], asyncio.Event()
    model = Model(lambda *_: failure(passing=False, status=401))
    door = attempts(model, clock=lambda: now[0], fuse=Fuse(failures=1, cooldown=30))
    await door.made(ask(0))
    model.behaviour, now[0] = lambda *_: never, 30.0
    probe = asyncio.create_task(door.made(ask(1)))
    await asyncio.sleep(0.01)
    probe.cancel()
    await asyncio.gather(probe, return_exceptions=True)
    model.behaviour = lambda *_: "fine"
    assert (await door.made(ask(2))).text == "fine"


async def test_what_a_model_out_of_service_was_not_asked_is_not_kept_and_asked_on_resume(tmp_path):
    model = Model(lambda *_: failure(passing=False, status=401))
    ledger = Ledger.open(tmp_path / "ledger.sqlite")
    gateway = Gateway(model, ledger, Patience(fuse=Fuse(failures=1)))
    failed = await gateway.say(ask(0))
    unasked = await gateway.ask(ask(1), JSON)
    assert (len(failed.keys), failed.usage.calls) == (1, 1)
    assert (unasked.error.kind, unasked.keys, unasked.usage.calls) == ("error", (), 0)
    assert ledger.find(ask(1).but(answer_schema=JSON.schema).key) is None

    model.behaviour = lambda *_: '{"a": 1}'
    resumed = Gateway(model, ledger)
    assert (await resumed.ask(ask(1), JSON)).parsed == {"a": 1}
    assert (await resumed.say(ask(0))).error is not None  # it was asked, and failed: that is on record
    await ledger.close()


async def test_a_model_that_goes_out_of_service_before_the_repair_question_leaves_its_first_answer(tmp_path):
    ledger, answered = Ledger.open(tmp_path / "ledger.sqlite"), asyncio.Event()
    first = ask(0).but(answer_schema=JSON.schema)

    class FailsOnceItHasAnswered(Model):
        async def attempt(self, request: Request, timeout: float) -> Completion:
            if request == first:
                answered.set()
                return Completion(text="no JSON")
            await answered.wait()
            raise failure(passing=False, status=401)

    gateway = Gateway(FailsOnceItHasAnswered(), ledger, Patience(fuse=Fuse(failures=1)))
    other = asyncio.create_task(gateway.say(ask(1)))
    await asyncio.sleep(0.01)
    reply = await gateway.ask(ask(0), JSON)
    assert (reply.error.kind, reply.text, len(reply.keys)) == ("unreadable", "no JSON", 1)
    assert (await other).error.kind == "error"
    await ledger.close()
