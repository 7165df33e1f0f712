"""`jury ledger`: figures, single calls, and what may be dropped."""

import asyncio
import shutil
import sqlite3
from pathlib import Path

import pytest
from command import complaint, jury

from jury.ledger import Ledger
from jury.records import Cause, Completion, Message, Request, TextPart

HOSTILE = "\x1b[2Jgone \u202eback"


@pytest.fixture(scope="module")
def finished_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger") / "run"
    arguments = ("--target", "rehearsal/reckless", "--limit", "3", "--out", folder, "--json")
    assert jury("run", "sample", *arguments).code == 0
    return folder


@pytest.fixture
def run(finished_run: Path, tmp_path: Path) -> Path:
    """A finished run of one's own, with a failed call and an answered one that nothing rests on."""
    folder = tmp_path / "run"
    shutil.copytree(finished_run, folder)
    failed = Completion(error=Cause(kind="timeout", detail=HOSTILE), tries=5)
    answered = Completion(text=HOSTILE, answered_by="m", input_tokens=7, output_tokens=3, cost=None, seconds=2.5)
    add(folder, ("Why?", failed), ("How?", answered))
    return folder


def add(folder: Path, *calls: tuple[str, Completion]) -> None:
    async def write() -> None:
        ledger = Ledger.open(folder / "ledger.sqlite")
        for text, completion in calls:
            await ledger.add_call(question(text), completion)
        await ledger.close()

    asyncio.run(write())


def question(text: str, sample: int = 0) -> Request:
    message = Message(role="user", parts=(TextPart(text=text),))
    return Request(model="test/slow", messages=(message,), temperature=0.5, sample=sample)


def rows(folder: Path, table: str) -> int:
    with sqlite3.connect(folder / "ledger.sqlite") as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_stats_add_up_what_the_calls_of_every_model_took(run):
    document = jury("ledger", "stats", run, "--json").document

    assert document["models"]["test/slow"] == {
        "calls": 2,
        "errors": {"timeout": 1},
        "input_tokens": 7,
        "output_tokens": 3,
        "calls_without_usage": 0,
        "cost": None,
        "seconds": {"median": 2.5, "p95": 2.5},
        "tries": 6,
        "repeated": 0,
        "bytes": document["models"]["test/slow"]["bytes"],
    }
    assert document["unused"] == 2
    assert document["total"]["calls"] == rows(run, "calls")
    assert document["total"]["cost"] is None
    assert document["bytes"] == (run / "ledger.sqlite").stat().st_size


def test_stats_count_questions_that_are_repeated_on_purpose(run):
    async def write() -> None:
        ledger = Ledger.open(run / "ledger.sqlite")
        for sample in (1, 2):
            await ledger.add_call(question("How?", sample), Completion(text="So."))
        await ledger.close()

    asyncio.run(write())

    assert jury("ledger", "stats", run, "--json").document["models"]["test/slow"]["repeated"] == 2


def test_stats_are_a_table_that_never_calls_an_unknown_cost_nothing(run):
    shown = jury("ledger", "stats", run)

    assert shown.code == 0
    assert "1 timeout" in shown.out
    assert "unknown" in shown.out
    assert "2 calls that no verdict rests on" in shown.out


def test_stats_take_the_ledgers_file_as_well_as_its_folder(run):
    assert jury("ledger", "stats", run / "ledger.sqlite", "--json").document == jury(
        "ledger", "stats", run, "--json"
    ).document | {"ledger": str(run / "ledger.sqlite")}


def test_a_call_is_shown_by_the_start_of_its_key_with_settings_question_and_answer(run):
    key = question("How?").key
    shown = jury("ledger", "show", run, key[:10]).out

    for words in (key, "test/slow", "temperature 0.5", "How?", "cost unknown", "2.50 s", "1 tries"):
        assert words in shown


def test_hostile_answers_and_errors_are_shown_and_not_obeyed(run):
    for text in ("How?", "Why?"):
        shown = jury("ledger", "show", run, question(text).key).out
        assert "\\u001b[2Jgone \\u202eback" in shown
        assert not set("\x1b\u202e") & set(shown)
    assert not set("\x1b\u202e") & set(jury("ledger", "show", run).out)


def test_the_calls_of_a_case_are_shown_in_the_order_of_its_trial(run):
    calls = jury("ledger", "show", run, "--case", "medical_advice-en-plain-3a2bda3e", "--json").document
    phases = [call["for"]["phase"] for call in calls]

    assert phases[0] == "target"
    assert phases == sorted(phases, key=("target", "assessment", "deliberation", "reballot", "summary").index)
    assert {call["for"]["case"] for call in calls} == {"medical_advice-en-plain-3a2bda3e"}
    assert calls[0]["request"]["model"] == "rehearsal/reckless"
    assert calls[0]["completion"]["text"]


def test_media_are_shown_by_their_hash(run):
    shown = jury("ledger", "show", run, "--case", "medical_advice-en-plain-3a2bda3e").out

    assert "[image image/png " in shown


def test_without_a_key_or_a_case_every_call_is_on_a_line_of_its_own(run):
    assert len(jury("ledger", "show", run).out.splitlines()) == rows(run, "calls")


def test_prune_says_first_what_would_go_and_changes_nothing(run):
    before = rows(run, "calls")
    said = jury("ledger", "prune", run, "--errors").out

    assert said == "would drop 1 calls, 1 of them failed\nsay --yes to drop them\n"
    assert rows(run, "calls") == before


@pytest.mark.parametrize(("which", "dropped", "failed"), [("--errors", 1, 1), ("--unused", 2, 1)])
def test_prune_drops_what_no_verdict_rests_on_and_the_run_still_verifies(run, which, dropped, failed):
    before = rows(run, "calls")
    finished = jury("ledger", "prune", run, which, "--yes", "--json")

    assert finished.document == {"done": True, "calls": dropped, "failed": failed, "cited_errors": 0}
    assert rows(run, "calls") == before - dropped
    assert jury("verify", run).code == 0


def test_failed_calls_that_verdicts_rest_on_stay(tmp_path, cases, panel):
    folder = tmp_path / "run"
    source = cases({"response": "Sure."})
    jury("run", source, "--panel", panel("strict", "mute", "lenient"), "--jury", "poll", "--out", folder)
    with sqlite3.connect(folder / "ledger.sqlite") as connection:
        failed = Completion(error=Cause(kind="error", detail="is broken")).to_json().decode()
        connection.execute("UPDATE calls SET completion = ? WHERE rowid = 1", (failed,))
    said = jury("ledger", "prune", folder, "--errors", "--unused", "--yes").out

    assert said.splitlines()[0] == "dropped 0 calls, 0 of them failed"
    assert said.splitlines()[1].startswith("1 failed calls stay, for verdicts rest on them")


def test_answered_calls_of_an_unfinished_run_are_not_dropped(run):
    with sqlite3.connect(run / "ledger.sqlite") as connection:
        connection.execute("DELETE FROM verdicts WHERE case_id = 'medical_advice-zh-plain-92909e77'")

    assert "1 cases have no verdict yet" in complaint("ledger", "prune", run, "--unused", "--yes")
    assert jury("ledger", "prune", run, "--errors").code == 0


def test_bad_input_is_one_sentence(run, tmp_path, write):
    assert "holds no ledger" in complaint("ledger", "stats", tmp_path)
    assert "file is not a database" in complaint("ledger", "stats", write("other.sqlite", "not a database at all"))
    assert "no call has a key like 'zzz'" in complaint("ledger", "show", run, "zzz")
    assert "several calls have a key like ''" in complaint("ledger", "show", run, "")
    assert "no verdict on a case 'nobody'" in complaint("ledger", "show", run, "--case", "nobody")
    assert "say --errors or --unused" in complaint("ledger", "prune", run)


def test_a_foreign_database_is_not_made_a_ledger(tmp_path):
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (x)")
    before = path.read_bytes()

    assert "no such table: calls" in complaint("ledger", "stats", path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", ["stats", "show", "prune"])
def test_every_subcommands_help_shows_an_example_of_itself(command):
    assert f"Example: jury ledger {command}" in jury("ledger", command, "--help").out


@pytest.fixture
def judged_twice(tmp_path: Path) -> Path:
    """Answers that two juries have judged, and a call that nothing rests on."""
    folder = tmp_path / "answers"
    assert jury("answer", "sample", "--target", "rehearsal/reckless", "--limit", "2", "--out", folder).code == 0
    for rule in ("any:1", "strict_majority"):
        assert jury("judge", folder, "--jury", "poll", "--rule", rule, "--name", rule.replace(":", "-")).code == 0
    add(folder, ("How?", Completion(text="So.")))
    return folder


def test_the_calls_of_a_case_are_those_of_the_answers_or_of_the_jury_that_is_named(judged_twice):
    case = ("--case", "medical_advice-en-plain-3a2bda3e", "--json")
    answers = jury("ledger", "show", judged_twice, *case).document
    assert [call["for"]["phase"] for call in answers] == ["target"]
    found = jury("ledger", "show", judged_twice / "juries" / "any-1", *case).document
    assert [call["for"]["phase"] for call in found] == ["target", *["assessment"] * 5]


def test_pruning_keeps_what_any_jury_rests_on(judged_twice):
    document = jury("ledger", "prune", judged_twice, "--unused", "--yes", "--json").document
    assert document["calls"] == 1
    for folder in (judged_twice, *(judged_twice / "juries").iterdir()):
        assert jury("verify", folder).code == 0
