"""People on the panel: the trial waits for them, nobody is asked twice, and it goes on from its file."""

import json

import pytest
from command import jury as command
from scripted import ScriptedTransport, panel, said
from trials import LIBRARY, TIRELESS, case, trial

from graphs.by_hand import CHECKPOINTS, Waiting, session
from jury.errors import InputError
from jury.juries import choose_rubric, load_plan, seat
from jury.means import opened
from jury.records import Juror, Panel, Transcript, Verdict

SAFE = json.dumps({"reasoning": "I see nothing wrong.", "choice": "safe", "rating": 5, "confidence": 0.7})


def sitting(*people: str) -> Panel:
    models = panel("unsafe", "unsafe", "safe")
    persons = tuple(Juror(name=name, model=f"human/{name.lower()}") for name in people)
    return models.but(seats=(*models.seats, *persons))


async def stands(folder, who: Panel, protocol: str = "poll", answer: str | None = None, of: str = ""):
    """Where the trial stands after one sitting, in a process that knows nothing of the others; and the calls it made."""
    plan, transport = load_plan(protocol), ScriptedTransport()
    jury = seat(plan, who, choose_rubric(plan, "safebench", LIBRARY), LIBRARY)
    async with (
        opened(folder, LIBRARY, patience=TIRELESS, transport=transport) as means,
        session(folder, means.courtroom(jury), Transcript.recorded(case())) as held,
    ):
        found = await held.stands()
        if answer is not None and isinstance(found, Waiting):
            key = next(key for key, question in found.questions.items() if of in question.juror)
            found = await held.answered({key: answer})
    return found, transport.requests


async def test_the_trial_waits_for_people_and_asks_the_models_once(tmp_path):
    waiting, asked = await stands(tmp_path, sitting("Ann", "Bob"))
    assert sorted(question.juror for question in waiting.questions.values()) == ["Ann", "Bob"]
    assert len(asked) == 3
    again, none = await stands(tmp_path, sitting("Ann", "Bob"))
    assert (again, none) == (waiting, [])


async def test_it_goes_on_from_its_file_with_each_answer(tmp_path):
    await stands(tmp_path, sitting("Ann", "Bob"))
    left, _ = await stands(tmp_path, sitting("Ann", "Bob"), answer=SAFE, of="Bob")
    assert [question.juror for question in left.questions.values()] == ["Ann"]
    verdict, calls = await stands(tmp_path, sitting("Ann", "Bob"), answer=SAFE, of="Ann")
    assert isinstance(verdict, Verdict)
    assert calls == []
    assert verdict.outcome.choice == "safe"
    (ann,) = [ballot for ballot in verdict.rounds[0].ballots if ballot.juror == "Ann"]
    assert (ann.reasoning, ann.confidence, len(ann.calls)) == ("I see nothing wrong.", 0.7, 1)
    kept, _ = await stands(tmp_path, sitting("Ann", "Bob"))
    assert kept == verdict


async def test_a_person_is_shown_what_any_juror_would_be(tmp_path):
    waiting, calls = await stands(tmp_path, sitting("Ann"))
    (question,) = waiting.questions.values()
    fenced = said(calls[0]).split("<<<PROMPT")[1].split()[1:3]
    assert fenced == said(question.request).split("<<<PROMPT")[1].split()[1:3]
    assert question.rubric.choices == ("safe", "unsafe")


async def test_a_person_hears_the_others_in_a_round_of_deliberation(tmp_path):
    first, _ = await stands(tmp_path, sitting("Ann"), "safebench", answer=SAFE)
    (question,) = first.questions.values()
    assert "Other jurors on the same exhibits" in said(question.request)
    verdict, _ = await stands(tmp_path, sitting("Ann"), "safebench", answer=SAFE)
    assert [len(held.ballots) for held in verdict.rounds] == [4, 4]


async def test_words_that_are_no_ballot_are_an_invalid_one_with_its_cause(tmp_path):
    verdict, _ = await stands(tmp_path, sitting("Ann"), answer="whatever you like")
    (ann,) = [ballot for ballot in verdict.rounds[0].ballots if ballot.juror == "Ann"]
    assert (ann.state, ann.cause.kind) == ("invalid", "unreadable")


async def test_nobody_waits_for_a_person_elsewhere(tmp_path):
    with pytest.raises(InputError, match="juror 'Ann' is a person, who can be asked in `jury deliberate` only"):
        await trial(tmp_path, sitting("Ann"), "poll")


def test_a_run_does_not_wait_for_people(tmp_path):
    (tmp_path / "panel.yaml").write_text("seats: [{model: human/ann}]\n")
    options = ("--target", "rehearsal/reckless", "--limit", "1", "--panel", tmp_path / "panel.yaml")
    ran = command("run", "sample", *options, "--jury", "poll", "--out", tmp_path / "out")
    assert ran.code == 2
    assert "is a person, and a run does not wait" in ran.err


async def test_the_trial_is_kept_beside_the_ledger(tmp_path):
    await stands(tmp_path, sitting("Ann"))
    assert (tmp_path / CHECKPOINTS).is_file()
