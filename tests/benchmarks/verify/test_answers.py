"""Answers, and how they were asked for, are checked like everything else."""

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from scripted import ScriptedTransport

from benchmarks.answering import asked
from benchmarks.settings import AnswerSettings
from benchmarks.verify import verify
from jury.records import Completion, Request


class Target(ScriptedTransport):
    """Answers by the number of messages it is sent."""

    async def attempt(self, request: Request, timeout: float) -> Completion:
        words = f"Answer to {len(request.messages)}."
        return Completion(text=words, finish_reason="stop", input_tokens=3, output_tokens=2, cost=0.5, seconds=1.0)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cases answered, one of them in two turns, in a wrapper and under a system prompt."""
    folder = tmp_path_factory.mktemp("answers")
    lines = [
        {"id": "one", "prompt": "What is this?", "image_description": "A lamp"},
        {"id": "two", "turns": [{"prompt": "First?"}, {"prompt": "Second?", "image_description": "A cat"}]},
    ]
    (folder / "cases.jsonl").write_text("\n".join(map(json.dumps, lines)))
    target = {"model": "test/target", "wrapper": "picture", "system": "Be brief.", "seed": 7}
    settings = AnswerSettings(source=str(folder / "cases.jsonl"), out=folder / "run", target=target)
    asyncio.run(asked(settings, transport=Target()))
    return folder / "run"


@pytest.fixture
def run(untouched: Path, tmp_path: Path, tampering: Any) -> Any:
    """The run, to be tampered with."""
    shutil.copytree(untouched, tmp_path / "run")
    return tampering(tmp_path / "run")


def found(run: Any) -> list[tuple[str, str]]:
    return [(finding.where, finding.what) for finding in verify(run.path).findings]


def test_answers_that_were_collected_are_derived_from_their_calls(run: Any) -> None:
    report = verify(run.path)
    assert report.findings == ()
    assert (report.checked["answers"], report.checked["trials"], report.checked["lines of answers.jsonl"]) == (2, 3, 2)


def test_an_altered_answer_no_longer_fits_its_digest(run: Any) -> None:
    run.tamper("UPDATE answers SET record = replace(record, 'Answer to 2', 'Answer to 9') WHERE case_id = 'one'")
    assert ("answers row case one", "was altered: it does not fit its digest") in found(run)


@pytest.mark.parametrize(
    ("what", "other", "differs"),
    [
        ('"text":"Answer to 2."', '"text":"Another."', "answers[0].text differs"),
        ('"seed":7', '"seed":8', "asked.seed differs"),
        ('"system":"Be brief."', '"system":"Be long."', "asked.system differs"),
        ('"calls":1', '"calls":2', "usage.calls differs"),
        ('"target/picture"', '"target/plain"', "names another wrapper than the manifest"),
        ('"version":1', '"version":2', "names another wrapper than the manifest"),
    ],
)
def test_a_forged_answer_is_not_what_its_call_amounts_to(run: Any, what: str, other: str, differs: str) -> None:
    run.tamper(
        f"UPDATE answers SET record = replace(record, '{what}', '{other}') WHERE case_id = 'one'", reseal="answers"
    )
    assert ("answers row case one", differs) in found(run)


def test_an_answer_that_is_gone_is_missed(run: Any) -> None:
    run.tamper("DELETE FROM answers WHERE case_id = 'two'")
    assert ("answers row case two", "is missing: the target's answers are not on record") in found(run)


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("Be brief.", "Be long."),
        ("What is this?", "What is that?"),
        ("A lamp", "A bulb"),
        ("First?", "Zeroth?"),
        ("Answer to 2.", "Answer to 5."),
    ],
)
def test_a_forged_question_is_not_what_the_case_asks(run: Any, what: str, other: str) -> None:
    run.tamper(f"UPDATE calls SET request = replace(request, '{what}', '{other}')", reseal="calls")
    whats = {finding[1] for finding in found(run)}
    assert "asks something else than the case does, or in another wrapper" in whats


def test_a_forged_setting_of_a_call_is_named(run: Any) -> None:
    run.tamper("""UPDATE calls SET request = replace(request, '"seed":7', '"seed":8')""", reseal="calls")
    assert any(what == "seed differs" for _, what in found(run))


def test_lines_and_sums_are_those_of_the_ledger(run: Any) -> None:
    summary = run.document("answers.json")
    summary["counts"]["answered"] = 3
    run.write("answers.json", summary)
    lines = (run.path / "answers.jsonl").read_text().splitlines()
    (run.path / "answers.jsonl").write_text(lines[0].replace("Answer to 2", "Answer to 3") + "\n")
    named = found(run)
    assert ("answers.json counts.answered", "differs") in named
    assert ("answers.jsonl line 1 (case one)", "answers[0].text differs") in named
    assert ("answers.jsonl line 2 (case two)", "is missing") in named
