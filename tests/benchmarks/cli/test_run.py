"""`jury run` and `jury demo`: what they print, where, and the exit code they end with."""

import io
import json
import struct
import zlib
from pathlib import Path

import pytest
from command import Finished, jury
from PIL import Image

from benchmarks.cli.running import hold
from benchmarks.results import Results
from benchmarks.settings import RunSettings
from jury.records import Part


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    """A run of the sample suite with a rehearsal target, and what it printed."""
    folder = tmp_path_factory.mktemp("rehearsed") / "run"
    return folder, jury("run", "sample", "--target", "rehearsal/reckless", "--limit", "6", "--out", folder)


def test_a_run_prints_its_results_to_standard_output_and_its_progress_to_standard_error(rehearsed):
    _, finished = rehearsed
    assert finished.code == 0
    for heading in ("unsafe rate (ASR)", "hung", "no quorum", "invalid", "precision", "recall", "f1", "kappa"):
        assert heading in finished.out
    assert "6/6 done" not in finished.out
    assert "6/6 done" in finished.err


def test_progress_says_done_in_flight_undecided_tokens_cost_and_time_on_one_line(rehearsed):
    last = rehearsed[1].err.splitlines()[-1]
    for word in ("6/6 done", "0 in flight", "hung", "no quorum", "invalid", "tokens", "cost $", "took"):
        assert word in last


def test_a_rehearsal_is_labelled_wherever_its_figures_are_shown(rehearsed):
    folder, finished = rehearsed
    assert finished.out.startswith("REHEARSAL")
    assert json.loads((folder / "results.json").read_text())["rehearsal"] is True
    assert all(json.loads(line)["rehearsal"] for line in (folder / "verdicts.jsonl").read_text().splitlines())


def test_json_is_one_flat_document_with_panel_jurors_metrics_counts_and_usage(rehearsed):
    folder, _ = rehearsed
    again = jury("run", "sample", "--target", "rehearsal/reckless", "--limit", "6", "--out", folder, "--json")
    document = again.document
    assert document == json.loads((folder / "results.json").read_text())
    for name in ("precision", "recall", "f1", "kappa", "accuracy"):
        assert isinstance(document["panel"][name], float)
        assert len(document["panel"][f"{name}_ci"]) == 2
    assert {"asr", "asr_ci", "asr_bounds", "sri", "sri_ci"} <= set(document["metrics"])
    assert set(document["jurors"]) == {"the teacher", "the lawyer", "the elder", "the citizen", "the scientist"}
    assert (document["counts"]["cases"], document["panel"]["n"]) == (6, 6)
    assert document["usage"]["calls"] > 30


def test_the_same_command_again_says_that_it_resumes(rehearsed):
    folder, first = rehearsed
    again = jury("run", "sample", "--target", "rehearsal/reckless", "--limit", "6", "--out", folder)
    assert (again.code, again.out) == (0, first.out)
    assert "resuming: 6 of 6 cases are finished already" in again.err


def test_a_run_goes_on_with_more_cases_in_the_same_folder(rehearsed):
    folder, _ = rehearsed
    more = jury("run", "sample", "--target", "rehearsal/reckless", "--limit", "7", "--out", folder, "--json")
    assert more.document["counts"]["cases"] == 7
    assert "resuming: 6 of 7" in more.err


@pytest.mark.parametrize(
    ("allowed", "code"),
    [((), 0), (("--max-invalid", "2"), 0), (("--max-invalid", "1"), 4), (("--max-invalid", "0"), 4),
     (("--max-invalid", "0.34"), 0), (("--max-invalid", "0.33"), 4)],
)  # fmt: skip
def test_more_invalid_ballots_than_allowed_end_in_exit_code_4(out, cases, panel, allowed, code):
    sitting = panel("strict", "lenient", "mute")
    source = cases({}, {"prompt": "May I mix milk and honey?"})
    finished = jury("run", source, "--panel", sitting, "--jury", "poll", "--out", out, "--json", *allowed)
    assert finished.code == code
    assert sum(juror["invalid"] for juror in finished.document["jurors"].values()) == 2
    assert ("2 of 6 ballots are invalid" in finished.err) == (code == 4)


def test_too_many_invalid_ballots_lose_no_verdict(out, cases, panel):
    command = ("run", cases(), "--panel", panel("mute"), "--jury", "poll", "--out", out, "--json")
    assert jury(*command, "--max-invalid", "0").code == 4
    again = jury(*command)
    assert again.code == 0
    assert "resuming: 1 of 1" in again.err
    assert again.document["panel"]["no_quorum"] == 1


def test_a_panel_of_mutes_is_asked_again_if_that_is_wanted(out, cases, panel):
    command = ("run", cases(), "--panel", panel("failing"), "--jury", "poll", "--out", out, "--tries", "1", "--json")
    assert jury(*command).code == 0
    again = jury(*command, "--retry-invalid")
    assert again.code == 0
    assert "resuming" not in again.err


def truncated_png() -> bytes:
    whole = io.BytesIO()
    Image.linear_gradient("L").save(whole, "PNG")
    return whole.getvalue()[:-200]


def bomb() -> bytes:
    """A PNG of some hundred bytes that claims 60,000 by 60,000 pixels."""
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


@pytest.mark.parametrize(
    ("field", "name", "content", "kind"),
    [
        ("image", "cut.png", truncated_png(), "broken"),
        ("image", "bomb.png", bomb(), "too_large"),
        ("audio", "words.wav", b"These are words, not sound.\n" * 50, "mislabelled"),
        ("audio", "tiny.wav", b"RIFF", "broken"),
        ("image", "gone.png", None, "missing"),
    ],
)
def test_a_bad_file_is_an_invalid_exhibit_and_the_run_goes_on(out, write, cases, panel, field, name, content, kind):
    if content is not None:
        write(name, content)
    source = cases({}, {field: name}, {"prompt": "And with honey?"})
    finished = jury("run", source, "--panel", panel("strict", "lenient", "context"), "--out", out, "--json")
    assert finished.code == 0
    assert finished.document["counts"]["cases"] == 3
    problem = exhibit_of(out, "c1").problem
    assert problem is not None
    assert problem.kind == kind
    assert name in problem.detail


def exhibit_of(run: Path, case: str) -> Part:
    results = Results.read(run)
    verdict = next(verdict for verdict in results.verdicts() if verdict.case_id == case)
    return results.transcript(verdict).case.turns[0].parts[-1]


async def test_a_fault_of_ours_is_an_invalid_verdict_and_a_line_of_log_on_standard_error(
    out, cases, panel, capsys, monkeypatch
):
    def fail(*_: object) -> None:
        raise RuntimeError("\x1b[31mthe roof is on fire")

    monkeypatch.setattr("jury.courtroom.ballot_of", fail)
    settings = RunSettings(source=str(cases()), out=out, panel=str(panel("strict")), jury="single")
    results = await hold(settings)
    (verdict,) = results.verdicts()
    assert (verdict.outcome.state, verdict.outcome.cause.kind) == ("invalid", "error")
    said = capsys.readouterr()
    assert said.out == ""
    assert "\x1b" not in said.err
    logged = next(json.loads(line) for line in said.err.splitlines() if line.startswith("{"))
    assert (logged["event"], logged["case"]) == ("case failed", "c0")
    assert "the roof is on fire" in logged["exception"]


def test_the_demo_shows_a_disputed_trial_and_the_table_and_keeps_a_run_where_it_is_told(tmp_path):
    finished = jury("demo", "--out", tmp_path / "demo")
    assert finished.code == 0
    for words in ("REHEARSAL", "Sealed assessment", "Changed their mind", "unsafe rate (ASR)"):
        assert words in finished.out
    assert Results.read(tmp_path / "demo").document["counts"]["cases"] == 20
