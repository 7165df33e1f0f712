"""Runs from Python: the same as from the command line, in a few lines."""

from collections import Counter
from pathlib import Path

import pytest
from scripted import ScriptedTransport

from benchmarks import Results, run
from benchmarks.calls import kept_calls
from benchmarks.experiment_file import read_experiment
from benchmarks.runs import held
from benchmarks.settings import RunSettings
from benchmarks.watcher import Watcher
from jury import InputError, Juror, Panel, StoppedEarlyError, Target, Verdict
from jury.records import Completion, Request

PANEL = "seats:\n" + "".join(f"  - {{name: {n}, model: test/{n}}}\n" for n in ("unsafe", "safe", "follower"))


@pytest.fixture
def settings(tmp_path: Path, store: str | None) -> RunSettings:
    """Four cases with human labels before a panel that disagrees; their ledger in a file, and once more in a database."""
    (tmp_path / "panel.yaml").write_text(PANEL)
    lines = [f'{{"id": "c{n}", "prompt": "Question {n}?", "response": "Yes.", "gold": "unsafe"}}' for n in range(4)]
    (tmp_path / "cases.jsonl").write_text("\n".join(lines))
    return RunSettings(
        source=str(tmp_path / "cases.jsonl"), out=tmp_path / "run", panel=str(tmp_path / "panel.yaml"), store=store
    )


def calls_in(folder: Path) -> int:
    with kept_calls(folder) as calls:
        return len(list(calls.all()))


def test_a_suite_is_judged_in_one_call(tmp_path):
    results = run("sample", target="rehearsal/reckless", jury="trial", out=tmp_path, limit=5)
    assert results.document["counts"]["cases"] == 5
    assert 0 <= results.metrics["asr"] <= 100
    verdicts = list(results.verdicts())
    assert [verdict.target for verdict in verdicts] == ["rehearsal/reckless"] * 5
    assert results.transcript(verdicts[0]).answers[0].text


def test_a_rehearsal_is_labelled_in_results_and_verdicts(tmp_path):
    results = run("sample", target="rehearsal/cautious", out=tmp_path, limit=2)
    assert results.document["rehearsal"] is True
    assert all(verdict.rehearsal for verdict in results.verdicts())


def test_the_second_call_makes_no_new_model_call_and_says_the_same(tmp_path, store):
    first = run("sample", target="rehearsal/reckless", out=tmp_path, limit=4, store=store)
    made = calls_in(tmp_path)
    again = run("sample", target="rehearsal/reckless", out=tmp_path, limit=4)
    assert again.document == first.document
    assert calls_in(tmp_path) == made > 4


def test_a_target_may_be_a_record_with_its_own_settings(tmp_path):
    asked = Target(model="rehearsal/cautious", system="Be brief.", seed=7)
    results = run("sample", target=asked, out=tmp_path, limit=1)
    assert results.document["target"] == "rehearsal/cautious"


def test_jury_and_panel_may_be_given_in_full(tmp_path):
    panel = Panel(seats=(Juror(model="rehearsal/strict"), Juror(model="rehearsal/lenient")))
    plan = {"name": "mine", "protocol": "poll", "rule": "any:1"}
    results = run("sample", target="rehearsal/reckless", out=tmp_path, limit=1, jury=plan, panel=panel)
    assert (results.document["jury"], len(results.document["jurors"])) == ("mine", 2)


def test_a_file_of_settings_is_a_run_from_python_too(tmp_path):
    (tmp_path / "experiment.yaml").write_text("source: sample\nout: run\nlimit: 1\ntarget: rehearsal/reckless\n")
    results = run(**read_experiment(tmp_path / "experiment.yaml"))
    again = run(**{**read_experiment(results.folder / "manifest.json"), "out": tmp_path / "again"})
    assert again.document["run"] == results.document["run"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"limit": 0}, "run: field `limit`: "),
        ({"in_flight": 0}, "run: field `in_flight`: "),
        ({"timeout": float("nan")}, "run: field `timeout`: "),
        ({"colour": "red"}, "run: unknown key `colour`; known keys: source, out, "),
        ({"target": ""}, "run: field `target"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(tmp_path, wrong, said):
    with pytest.raises(InputError, match=r"^[^\n]+$") as caught:
        run("sample", out=tmp_path / "run", **wrong)
    assert str(caught.value).startswith(said)


def test_results_are_read_again_from_their_folder(tmp_path):
    results = run("sample", target="rehearsal/reckless", out=tmp_path, limit=2)
    assert Results.read(tmp_path) == results


def test_a_folder_without_a_run_has_no_results(tmp_path):
    with pytest.raises(InputError, match=r"is not a run's folder: it holds no manifest\.json"):
        Results.read(tmp_path)


async def test_a_stopped_run_has_no_results_yet(settings):
    with pytest.raises(StoppedEarlyError):
        await held(settings, Stopper(after=1), ScriptedTransport())
    with pytest.raises(InputError, match="the run is not finished; run its command again"):
        Results.read(settings.out)


class Stopper(Watcher):
    """Stops a run after so many verdicts."""

    def __init__(self, after: int) -> None:
        self.left = after

    def finished(self, verdict: Verdict) -> None:
        self.left -= 1
        if not self.left:
            raise StoppedEarlyError


@pytest.mark.parametrize("after", [1, 2, 3])
async def test_a_run_stopped_after_any_verdict_ends_as_if_it_had_not_been_and_pays_nothing_twice(
    settings, tmp_path, after
):
    whole = await held(settings.but(out=tmp_path / "whole", store=None), transport=ScriptedTransport())
    first, second = ScriptedTransport(), ScriptedTransport()
    with pytest.raises(StoppedEarlyError):
        await held(settings.but(in_flight=1), Stopper(after), first)
    resumed = await held(settings, transport=second)
    assert [verdict.outcome for verdict in resumed.verdicts()] == [verdict.outcome for verdict in whole.verdicts()]
    assert resumed.document["panel"] == whole.document["panel"]
    paid = first.attempts + second.attempts
    assert max(paid.values()) == 1
    assert sum(paid.values()) == whole.document["usage"]["calls"]


async def test_verdicts_come_in_the_order_of_the_source_however_they_were_finished(settings):
    results = await held(settings, transport=ScriptedTransport())
    assert [verdict.case_id for verdict in results.verdicts()] == ["c0", "c1", "c2", "c3"]


async def test_a_case_is_judged_alike_whatever_else_is_in_the_run(settings, tmp_path):
    every = await held(settings, transport=ScriptedTransport())
    one = await held(settings.but(out=tmp_path / "one", limit=1, store=None), transport=ScriptedTransport())
    assert next(one.verdicts()).outcome == next(every.verdicts()).outcome


async def test_no_more_cases_are_in_flight_than_allowed(settings):
    class Crowd(ScriptedTransport):
        here, most = Counter[str](), 0

        async def attempt(self, request: Request, timeout: float) -> Completion:
            import asyncio

            self.here[case_in(request)] += 1
            self.most = max(self.most, len(+self.here))
            await asyncio.sleep(0.002)
            self.here[case_in(request)] -= 1
            return await super().attempt(request, timeout)

    crowd = Crowd()
    await held(settings.but(in_flight=2), transport=crowd)
    assert crowd.most == 2


def case_in(request: Request) -> str:
    """The question that a request is about."""
    words = request.messages[1].parts[0].text
    return words[words.index("Question ") :][:10]


async def test_cases_with_invalid_ballots_are_judged_again_only_if_wanted(settings, tmp_path):
    (tmp_path / "panel.yaml").write_text(PANEL.replace("test/safe", "test/broken"))
    first = await held(settings, transport=ScriptedTransport())
    assert first.document["jurors"]["safe"]["invalid"] == 4
    silent = ScriptedTransport()
    await held(settings, transport=silent)
    assert silent.requests == []
    asked = ScriptedTransport()
    await held(settings.but(retry_invalid=True), transport=asked)
    assert {request.model for request in asked.requests} == {"test/broken"}


async def test_a_run_in_a_database_says_what_one_in_a_file_says(settings, tmp_path):
    first = await held(settings, transport=ScriptedTransport())
    other = await held(settings.but(out=tmp_path / "other", store=None), transport=ScriptedTransport())
    assert [one.outcome for one in first.verdicts()] == [one.outcome for one in other.verdicts()]
    parts = ("run", "panel", "jurors", "metrics", "counts")
    assert [first.document[part] for part in parts] == [other.document[part] for part in parts]
