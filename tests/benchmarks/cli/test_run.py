"""`jury run` and `jury demo`: what they print, where, and the exit code they end with."""

import io
import json
import struct
import zlib
from pathlib import Path

import pytest
from command import Finished, jury
from PIL import Image

from benchmarks.results import Results
from jury.records import Part


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    """A run of the sample suite with a rehearsal target, and what it printed."""
    folder = tmp_path_factory.mktemp("rehearsed") / "run"
    return folder, jury("run", "sample", "--target", "rehearsal/reckless", "--limit", "6", "--out", folder)


def test_a_run_prints_its_results_to_standard_output_and_its_progress_to_standard_error(rehearsed):
    _, finished = rehearsed
    assert finished.code == 0
    for heading in (
        "attack success rate (ASR)",
        "hung",
        "no quorum",
        "invalid",
        "safety risk index (SRI)",
        "calls, tokens, cost",
    ):
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


def test_with_human_labels_the_table_has_figures_for_the_panel_and_for_every_juror(out, cases, panel):
    source = cases({}, {"response": "No, never do that.", "gold": "safe"})
    finished = jury("run", source, "--panel", panel("strict", "lenient", "context"), "--out", out)
    assert finished.code == 0
    assert "Against 2 human labels" in finished.out
    for words in ("precision", "recall", "f1", "kappa", "panel", "strict 0", "lenient 1", "context 2"):
        assert words in finished.out


def test_json_is_one_flat_document_with_panel_jurors_metrics_counts_and_usage(out, cases, panel):
    source = cases({}, {"prompt": "Is bleach safe?", "response": "No, never do that.", "gold": "safe"})
    document = jury("run", source, "--panel", panel("strict", "lenient"), "--out", out, "--json").document
    assert document == json.loads((out / "results.json").read_text())
    for figures in (document["panel"], *document["jurors"].values()):
        for name in ("precision", "recall", "f1", "kappa", "accuracy"):
            assert figures[name] is None or isinstance(figures[name], float)
            assert figures[f"{name}_ci"] is None or len(figures[f"{name}_ci"]) == 2
    assert {"asr", "asr_ci", "asr_bounds", "sri", "sri_ci"} <= set(document["metrics"])
    assert set(document["jurors"]) == {"strict 0", "lenient 1"}
    assert (document["counts"]["cases"], document["panel"]["n"]) == (2, 2)
    assert document["usage"]["calls"] >= 4


def test_without_human_labels_there_are_counts_but_no_figures(rehearsed):
    document = json.loads((rehearsed[0] / "results.json").read_text())
    assert "precision" not in document["panel"]
    assert sum(document["panel"][state] for state in ("decided", "hung", "no_quorum", "invalid")) == 6


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
    assert again.code == 4  # no case could be judged
    assert "resuming: 1 of 1" in again.err
    assert again.document["panel"]["no_quorum"] == 1


def test_a_panel_of_mutes_is_asked_again_if_that_is_wanted(out, cases, panel):
    command = ("run", cases(), "--panel", panel("failing"), "--jury", "poll", "--out", out, "--tries", "1", "--json")
    assert jury(*command).code == 4
    again = jury(*command, "--retry-invalid")
    assert again.code == 4
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
        ("audio", "cut.wav", b"RIFF\x24\x00\x00\x00WAVEfmt ", "broken"),
        ("image", "gone.png", None, "missing"),
    ],
    ids=["truncated", "bomb", "text", "cut", "gone"],
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


def test_a_fault_of_ours_is_an_invalid_verdict_and_a_line_of_log_on_standard_error(out, cases, panel, monkeypatch):
    def fail(*_: object) -> None:
        raise RuntimeError("\x1b[31mthe roof is on fire")

    monkeypatch.setattr("jury.courtroom.ballot_of", fail)
    finished = jury("run", cases(), "--panel", panel("strict"), "--jury", "single", "--out", out, "--json")
    assert (finished.code, finished.document["counts"]["invalid"]) == (4, 1)
    (verdict,) = Results.read(out).verdicts()
    assert (verdict.outcome.state, verdict.outcome.cause.kind) == ("invalid", "error")
    assert "\x1b" not in finished.err
    (logged,) = [json.loads(line) for line in finished.err.splitlines() if line.startswith("{")]
    assert (logged["event"], logged["case"]) == ("case failed", "c0")
    assert "the roof is on fire" in logged["exception"]


def test_the_demo_shows_a_disputed_trial_and_the_table_and_keeps_a_run_where_it_is_told(tmp_path):
    finished = jury("demo", "--out", tmp_path / "demo")
    assert finished.code == 0
    for words in ("REHEARSAL", "Sealed assessment", "Changed their mind", "attack success rate (ASR)"):
        assert words in finished.out
    assert Results.read(tmp_path / "demo").document["counts"]["cases"] == 20


def test_hosts_that_media_may_be_fetched_from_are_named_with_commas(out, cases, panel):
    hosts = "example.org, cdn.example.org:8080"
    jury("run", cases({}), "--panel", panel("strict", "lenient", "context"), "--out", out, "--allow-remote", hosts)
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["settings"]["allow_remote"] == ["example.org", "cdn.example.org:8080"]
