"""A run's budget: what is counted, who waits, and when it stops."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import prompts
from jury.errors import InputError, StoppedEarlyError
from jury.gateway.attempts import Patience
from jury.gateway.call import Gateway
from jury.gateway.spending.budget import Budget, Limits
from jury.gateway.spending.lengths import MESSAGE, prompt_tokens
from jury.gateway.spending.prices import FREE, Price
from jury.ledger import Ledger
from jury.records import Cause, Completion, Message, Request, TextPart

DEAR = Price(input=0.001, output=0.01)


def question(text: str = "Why?", model: str = "test/paid", max_tokens: int = 10) -> Request:
    return Request(model=model, messages=(Message(role="user", parts=(TextPart(text=text),)),), max_tokens=max_tokens)


def answer(**fields: object) -> Completion:
    return Completion.model_validate({"text": "So.", "input_tokens": 10, "output_tokens": 5, "cost": 0.06, **fields})


class Answering:
    """A transport that notes how many calls are under way at once."""

    def __init__(self, completion: Completion) -> None:
        self.completion, self.calls, self.now, self.most = completion, 0, 0, 0

    async def attempt(self, request: Request, timeout: float) -> Completion:
        self.calls, self.now = self.calls + 1, self.now + 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0.01)
        self.now -= 1
        return self.completion


async def asked(folder: Path, budget: Budget, questions: int, completion: Completion) -> tuple[Answering, list[object]]:
    """A gateway under a budget is asked so many questions at once: what was called, and what came of each question."""
    ledger, transport = Ledger.open(folder / "ledger.sqlite"), Answering(completion)
    gateway = Gateway(transport, ledger, Patience(adaptive=False), budget)
    results = await asyncio.gather(
        *(gateway.complete(question(f"Question {number}")) for number in range(questions)), return_exceptions=True
    )
    await gateway.close()
    kept = len(list(ledger.calls()))
    await ledger.close()
    assert kept == transport.calls
    return transport, list(results)


@pytest.mark.parametrize(
    ("limits", "calls"),
    [(Limits(calls=3), 3), (Limits(tokens=40), 3), (Limits(cost=0.15), 3), (Limits(), 8)],
    ids=["calls", "tokens", "cost", "none"],
)
async def test_a_run_stops_once_a_limit_is_used_up_and_keeps_what_it_paid_for(tmp_path, limits, calls):
    transport, results = await asked(tmp_path, Budget(limits, lambda *_: DEAR), 8, answer())

    stopped = [result for result in results if isinstance(result, StoppedEarlyError)]
    assert transport.calls == calls
    assert len(stopped) == 8 - calls
    assert len(results) - len(stopped) == calls


async def test_the_stop_names_the_limit_what_is_spent_and_the_way_on(tmp_path):
    _, results = await asked(tmp_path, Budget(Limits(calls=1), lambda *_: DEAR), 2, answer())

    assert str(results[1]) == (
        "the budget --max-calls 1 is used up (spent $0.0600, 15 tokens, 1 calls); "
        "raise --max-calls and run the same command again"
    )


async def test_calls_wait_for_each_other_only_where_a_limit_is_near(tmp_path):
    far, near = Limits(tokens=1_000_000), Limits(tokens=60)

    for name in ("far", "near"):
        (tmp_path / name).mkdir()
    free, _ = await asked(tmp_path / "far", Budget(far, lambda *_: DEAR), 8, answer())
    held, _ = await asked(tmp_path / "near", Budget(near, lambda *_: DEAR), 8, answer())

    assert free.most == 8
    assert held.most < 4


async def test_a_failed_call_counts_as_a_call_and_makes_room_for_the_next(tmp_path):
    failed = Completion(error=Cause(kind="error", detail="is broken"))
    transport, results = await asked(tmp_path, Budget(Limits(calls=2, tokens=30), lambda *_: DEAR), 3, failed)

    assert transport.calls == 2
    assert isinstance(results[2], StoppedEarlyError)


async def test_calls_of_earlier_sittings_count(tmp_path):
    budget = Budget(Limits(calls=3), lambda *_: DEAR)
    budget.count([(question("a"), answer()), (question("b"), answer())])
    transport, _ = await asked(tmp_path, budget, 5, answer())

    assert transport.calls == 1


async def test_a_replayed_call_costs_nothing(tmp_path):
    await asked(tmp_path, Budget(), 4, answer())
    ledger, transport = Ledger.open(tmp_path / "ledger.sqlite"), Answering(answer())
    gateway = Gateway(transport, ledger, budget=Budget(Limits(calls=1), lambda *_: DEAR))

    for number in range(4):
        await gateway.complete(question(f"Question {number}"))
    await gateway.complete(question("Another question"))
    await ledger.close()

    assert transport.calls == 1


async def test_a_cost_that_a_provider_leaves_out_is_worked_out_from_tokens(tmp_path):
    limit = Limits(cost=DEAR.of(10, 5) * 2)
    transport, _ = await asked(tmp_path, Budget(limit, lambda *_: DEAR), 5, answer(cost=None))

    assert transport.calls == 2


async def test_free_models_go_on_when_the_money_is_spent(tmp_path):
    transport, results = await asked(tmp_path, Budget(Limits(cost=0), lambda *_: FREE), 5, answer(cost=0.0))

    assert transport.calls == 5
    assert all(not isinstance(result, Exception) for result in results)


def test_a_model_of_unknown_price_is_turned_down_before_the_first_call_where_money_is_limited():
    with pytest.raises(InputError, match=r"price of model 'hosted_vllm/mine' is unknown.*--models"):
        Budget(Limits(cost=1)).check([("rehearsal/strict", None), ("hosted_vllm/mine", None)])


@pytest.mark.parametrize("limits", [Limits(), Limits(calls=5), Limits(tokens=5)])
def test_a_model_of_unknown_price_is_welcome_where_money_is_not_limited(limits):
    Budget(limits).check([("hosted_vllm/mine", None)])


@pytest.mark.parametrize("limits", [Limits(tokens=60), Limits(cost=0.3)])
async def test_a_call_without_usage_counts_as_the_most_it_may_have_taken(tmp_path, limits):
    # 8 of the message, 4 of its words, 10 of the answer: 22 tokens and $0.112 a call
    silent = answer(input_tokens=None, output_tokens=None, cost=None)
    transport, results = await asked(tmp_path, Budget(limits, lambda *_: DEAR), 8, silent)

    assert transport.calls == 3
    assert sum(isinstance(result, StoppedEarlyError) for result in results) == 5


def test_prompts_are_reckoned_longer_than_a_tokeniser_finds_them():
    from litellm import encoding

    shipped = [path.read_text(encoding="utf-8") for path in Path(prompts.__file__).parent.rglob("*.j2")]

    assert len(shipped) > 5
    for text in shipped:
        counted = len(encoding.encode(text, disallowed_special=()))
        assert counted <= prompt_tokens(question(text).messages) <= 3 * counted + MESSAGE


@settings(max_examples=25, deadline=None)
@given(
    limit=st.integers(1, 400),
    sizes=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 10)), min_size=1, max_size=12),
)
def test_a_limit_is_overshot_by_one_call_at_the_most(limit: int, sizes: list[tuple[int, int]]):
    budget = Budget(Limits(tokens=limit), lambda *_: DEAR)
    taken: list[int] = []

    async def spend(asked: int, said: int) -> None:
        async with budget.call(question("x" * 3 * asked)) as receipt:
            await asyncio.sleep(0)
            receipt.completion = answer(input_tokens=asked, output_tokens=said)
            taken.append(asked + said)

    async def all_at_once() -> None:
        await asyncio.gather(*(spend(*size) for size in sizes), return_exceptions=True)

    asyncio.run(all_at_once())
    assert sum(taken) <= limit + max(taken, default=0)
