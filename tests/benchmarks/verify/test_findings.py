"""What the check says, to people and to programs."""

import io
import json
from pathlib import Path

from benchmarks.cli.findings import SHOWN, print_findings
from benchmarks.verify import Finding, Report

CHECKED = {"runs": 1, "calls": 15_040}


def printed(*findings: Finding, as_json: bool = False) -> str:
    out = io.StringIO()
    print_findings(Report(Path("my-run"), CHECKED, findings), as_json=as_json, to=out)
    return out.getvalue()


def test_a_run_that_holds_is_one_sentence() -> None:
    assert printed() == "Checked 1 run, 15,040 calls: no difference.\n"


def test_a_finding_is_named_in_full_however_narrow_the_terminal() -> None:
    where = "calls row 3f2a (recorded/a/long/way/to/ballots.csv#gpt-4, case msts-0003, assessment round 0, seat 0a1b-0)"

    assert printed(Finding(where, "was altered", "0.5", "0.25"), Finding("verdicts row case b", "is missing")) == (
        "Checked 1 run, 15,040 calls: 2 differences.\n"
        f"{where}\n    was altered; recorded 0.5; derived 0.25\n"
        "verdicts row case b\n    is missing\n"
    )


def test_a_long_list_is_cut_and_its_length_told() -> None:
    shown = printed(*(Finding(f"line-{number:02}", "w") for number in range(SHOWN + 3)))

    assert f"line-{SHOWN - 1:02}" in shown
    assert f"line-{SHOWN:02}" not in shown
    assert "and 3 more" in shown


def test_programs_get_every_finding() -> None:
    findings = [Finding("a", "w", "1", "2") for _ in range(SHOWN + 3)]

    assert json.loads(printed(*findings, as_json=True)) == {
        "folder": "my-run",
        "ok": False,
        "checked": CHECKED,
        "unchecked": [],
        "findings": [{"where": "a", "what": "w", "recorded": "1", "derived": "2"}] * (SHOWN + 3),
    }
    assert json.loads(printed(as_json=True))["ok"] is True


def test_words_from_a_ledger_are_shown_and_never_obeyed() -> None:
    hostile = Finding("calls row \x1b[2J[bold]", "\u202ex", "a\nb", "[/]")

    for shown in (printed(hostile), printed(hostile, as_json=True)):
        assert "\x1b" not in shown
        assert "\u202e" not in shown
    assert "[bold]" in printed(hostile)
