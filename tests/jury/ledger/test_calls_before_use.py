"""A call is on disk before its answer is used; what is asked twice, or by somebody who left, is paid for once and kept."""

import asyncio

import pytest
from scripted import ScriptedTransport, panel

from graphs.deliberation import graph
from jury.gateway.call import Gateway
from jury.juries import choose_rubric, load_plan, seat
from jury.ledger import Ledger
from jury.means import opened
from jury.prompt_files import open_library
from jury.records import Answer, Case, Completion, Request, TextPart, Transcript, Turn

LIBRARY = open_library()


class Slow(ScriptedTransport):
    """Answers only when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.may_answer = asyncio.Event()

    async def attempt(self, request: Request, timeout: float) -> Completion:
        self.requests.append(request)
        await self.may_answer.wait()
        return Completion(text="late")


async def under_way(transport: ScriptedTransport, number: int = 1) -> None:
    while len(transport.requests) < number:
        await asyncio.sleep(0)


async def test_all_earlier_answers_are_on_disk_when_the_next_round_is_asked(tmp_path, store, on_disk):
    class Inspector(ScriptedTransport):
        """Looks into the database whenever a call arrives that rests on earlier answers."""

        looked = 0

        async def attempt(self, request: Request, timeout: float) -> Completion:
            if rests_on_ballots(request):
                kept = {key for (key,) in on_disk("SELECT key FROM calls")}
                first_round = {asked.key for asked in self.requests if not rests_on_ballots(asked)}
                assert first_round <= kept
                self.looked += 1
            return await super().attempt(request, timeout)

    inspector = Inspector()
    turn = Turn(parts=(TextPart(text="May I?"),))
    case = Case(id="c", turns=(turn,), answers=(Answer(text="Yes."),))
    plan = load_plan("trial")
    sitting = panel("unsafe", "unsafe", "safe", "safe", "follower")
    jury = seat(plan, sitting, choose_rubric(plan, "safebench", LIBRARY), LIBRARY)
    async with opened(tmp_path, LIBRARY, transport=inspector, store=store) as means:
        await graph.ainvoke({"transcript": Transcript.recorded(case)}, context=means.courtroom(jury))
    assert inspector.looked > 5


def rests_on_ballots(request: Request) -> bool:
    return "choice=" in request.messages[-1].parts[0].text


async def test_identical_questions_under_way_are_asked_once_and_answered_alike(ledger, question):
    transport = Slow()
    gateway = Gateway(transport, ledger)
    askers = [asyncio.create_task(gateway.complete(question())) for _ in range(20)]
    await under_way(transport)
    transport.may_answer.set()
    answers = await asyncio.gather(*askers)
    assert len(transport.requests) == 1
    assert {completion.text for _, completion in answers} == {"late"}


async def test_a_question_that_was_answered_is_never_asked_again(address, ledger, question):
    first = ScriptedTransport()
    _, answered = await Gateway(first, ledger).complete(question())
    later, again = Ledger.open(address), ScriptedTransport()
    assert (await Gateway(again, later).complete(question()))[1] == answered
    assert again.requests == []
    await later.close()


async def test_a_cancelled_asker_loses_no_paid_call(ledger, question, on_disk):
    transport = Slow()
    gateway = Gateway(transport, ledger)
    asker = asyncio.create_task(gateway.complete(question()))
    await under_way(transport)
    asker.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asker
    transport.may_answer.set()
    await gateway.close()
    assert on_disk("SELECT key FROM calls") == [(question().key,)]


async def test_a_cancelled_asker_does_not_cancel_who_asked_the_same(ledger, question):
    transport = Slow()
    gateway = Gateway(transport, ledger)
    first, second = (asyncio.create_task(gateway.complete(question())) for _ in range(2))
    await under_way(transport)
    first.cancel()
    transport.may_answer.set()
    assert (await second)[1].text == "late"


async def test_closing_waits_for_calls_under_way_but_not_for_ever(ledger, question):
    transport = Slow()
    gateway = Gateway(transport, ledger)
    asker = asyncio.create_task(gateway.complete(question()))
    await under_way(transport)
    await gateway.close(grace=0.01)
    with pytest.raises(asyncio.CancelledError):
        await asker
    assert ledger.find(question().key) is None


async def test_a_failed_call_is_kept_with_its_cause_and_not_made_again(ledger, question):
    transport = ScriptedTransport()
    gateway = Gateway(transport, ledger)
    asked = question(model="test/broken")
    for _ in range(2):
        _, completion = await gateway.complete(asked)
        assert completion.error is not None
    assert transport.attempts[asked.key] == 1


async def test_deliberate_repeats_of_one_question_are_calls_of_their_own(ledger, question):
    transport = ScriptedTransport()
    gateway = Gateway(transport, ledger)
    await asyncio.gather(*(gateway.complete(question().but(sample=number)) for number in range(3)))
    assert len(transport.requests) == 3
