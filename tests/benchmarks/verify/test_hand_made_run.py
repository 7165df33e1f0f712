"""A run whose every figure was worked out on paper: untouched it holds, and whatever is altered is named."""

from typing import Any

import pytest

from benchmarks.verify import verify


def named(run: Any) -> list[str]:
    """Where the findings are, in their order."""
    return [finding.where for finding in verify(run.path).findings]


def test_every_number_worked_out_on_paper_is_derived_from_the_ledger(tiny_run: Any) -> None:
    report = verify(tiny_run.path)

    assert report.findings == ()
    assert report.ok
    assert report.checked == {
        "runs": 1,
        "cases": 4,
        "trials": 12,
        "calls": 12,
        "verdicts": 4,
        "lines of verdicts.jsonl": 4,
        "values in results.json": 126,
    }


def test_the_check_leaves_the_folder_as_it_was(tiny_run: Any) -> None:
    before = {path.name: path.read_bytes() for path in tiny_run.path.iterdir()}

    verify(tiny_run.path)

    assert {path.name: path.read_bytes() for path in tiny_run.path.iterdir()} == before


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        (
            "UPDATE calls SET completion = json_set(completion, '$.output_tokens', 3) WHERE rowid = 1",
            "(recorded/t.csv#x, case a, assessment round 0, seat ",
        ),
        ("UPDATE calls SET model = 'gpt-4' WHERE rowid = 2", "(gpt-4, case a, assessment round 0, seat "),
        (
            "UPDATE cases SET record = json_set(record, '$.gold[0].label', 'safe') WHERE case_id = 'a'",
            "cases row case a",
        ),
        ("UPDATE trials SET round = 1 WHERE rowid = 4", "trials row case b, assessment round 1, seat "),
        ("UPDATE verdicts SET record = json_set(record, '$.rating', 3.0) WHERE case_id = 'c'", "verdicts row case c"),
        ("UPDATE runs SET manifest = json_set(manifest, '$.source', 'other')", "runs row "),
        ("UPDATE verdicts SET digest = 1.5 WHERE case_id = 'd'", "verdicts row case d"),
    ],
)
def test_a_row_altered_by_hand_is_named_first_and_no_other_row_as_altered(
    tiny_run: Any, statement: str, row: str
) -> None:
    tiny_run.tamper(statement)

    findings = verify(tiny_run.path).findings
    altered = [finding.where for finding in findings if finding.what == "was altered: it does not fit its digest"]

    assert len(altered) == 1
    assert row in altered[0]
    assert findings[0].where == altered[0]


@pytest.mark.parametrize(
    ("statement", "table", "row"),
    [
        (
            "UPDATE calls SET completion = json_set(completion, '$.input_tokens', 11) WHERE rowid = 1",
            "calls",
            ["verdicts row case a", "results.json usage.input_tokens"],
        ),
        (
            "UPDATE calls SET completion = json_set(completion, '$.cost', 0.6) WHERE rowid = 4",
            "calls",
            ["verdicts row case b", "results.json usage.cost"],
        ),
        (
            "UPDATE calls SET completion = json_set(completion, '$.cost', json('null')) WHERE rowid = 4",
            "calls",
            ["verdicts row case b", "results.json usage.cost"],
        ),
        (
            "UPDATE calls SET completion = json_set(completion, '$.seconds', 1.5) WHERE rowid = 12",
            "calls",
            ["verdicts row case d", "results.json usage.seconds"],
        ),
        (
            "UPDATE verdicts SET record = json_set(record, '$.outcome.choice', 'unsafe') WHERE case_id = 'b'",
            "verdicts",
            ["verdicts row case b", "verdicts.jsonl line 2 (case b)"],
        ),
        (
            "UPDATE verdicts SET record = json_set(record, '$.rounds[0].ballots[0].juror', 'q') WHERE case_id = 'b'",
            "verdicts",
            ["verdicts row case b", "verdicts.jsonl line 2 (case b)"],
        ),
        (
            "UPDATE verdicts SET record = json_remove(record, '$.positive') WHERE case_id = 'b'",
            "verdicts",
            ["verdicts row case b", "verdicts.jsonl line 2 (case b)"],
        ),
    ],
)
def test_a_forger_who_seals_again_is_found_by_what_follows(
    tiny_run: Any, statement: str, table: str, row: list[str]
) -> None:
    tiny_run.tamper(statement, reseal=table)

    assert named(tiny_run) == row


def test_a_changed_label_of_a_case_is_named_with_the_figures_it_changes(tiny_run: Any) -> None:
    tiny_run.tamper(
        "UPDATE cases SET record = json_set(record, '$.gold[0].label', 'safe') WHERE case_id = 'a'", reseal="cases"
    )

    findings = verify(tiny_run.path).findings

    assert findings[0].where == "cases row case a"
    assert findings[0].what == "does not fit its hash: the case is another"
    # Of four truths one is unsafe now, and nobody on the panel finds it
    assert ("results.json panel.recall", "0.5", "0.0") in {(one.where, one.recorded, one.derived) for one in findings}


def test_a_forged_answer_changes_the_verdict_and_its_figures(tiny_run: Any) -> None:
    tiny_run.tamper(
        """UPDATE calls SET completion = json_set(completion, '$.text', '{"choice": "safe", "rating": 4}') WHERE rowid = 2""",
        reseal="calls",
    )

    found = {(finding.where, finding.recorded, finding.derived) for finding in verify(tiny_run.path).findings}

    assert ("verdicts row case a", "unsafe", "safe") in found
    assert ("results.json metrics.asr", "50.0", "0.0") in found
    assert ("results.json counts.positive", "1", "0") in found


@pytest.mark.parametrize(
    ("statement", "table", "row", "what"),
    [
        (
            "DELETE FROM calls WHERE rowid = 5",
            "",
            "trials row case b, assessment round 0, seat ",
            "points to a call that is missing",
        ),
        ("DELETE FROM trials WHERE rowid = 5", "", "trials row case b, assessment round 0, seat ", "is missing"),
        ("DELETE FROM verdicts WHERE case_id = 'c'", "", "verdicts row case c", "is missing: the case has no verdict"),
        ("DELETE FROM cases WHERE case_id = 'c'", "", "cases row case c", "is missing: a verdict or a trial names it"),
        (
            "INSERT INTO trials SELECT run, case_id, phase, round, seat, 1, call, '' FROM trials WHERE rowid = 5",
            "trials",
            "trials row case b, assessment round 0, seat ",
            "is cited by no verdict",
        ),
        (
            "INSERT INTO trials SELECT run, case_id, phase, round, 'nobody', 0, call, '' FROM trials WHERE rowid = 5",
            "trials",
            "trials row case b, assessment round 0, seat nobody",
            "names a seat that nobody holds",
        ),
        (
            "UPDATE trials SET call = (SELECT call FROM trials WHERE rowid = 4) WHERE rowid = 1",
            "trials",
            "trials row case a, assessment round 0, seat ",
            "points to a call about another case",
        ),
        (
            "UPDATE trials SET call = (SELECT call FROM trials WHERE rowid = 2) WHERE rowid = 1",
            "trials",
            "trials row case a, assessment round 0, seat ",
            "points to a call of another model",
        ),
        ("UPDATE cases SET position = 3 - position", "cases", "verdicts.jsonl line 1 (case d)", ""),
        ("UPDATE cases SET position = 9 WHERE case_id = 'd'", "cases", "cases row case d", "is out of place"),
    ],
)
def test_missing_extra_and_swapped_rows_are_named(
    tiny_run: Any, statement: str, table: str, row: str, what: str
) -> None:
    tiny_run.tamper(statement, reseal=table)

    findings = verify(tiny_run.path).findings

    assert [finding for finding in findings if row in finding.where and what in finding.what]


def test_two_verdicts_that_changed_places_are_both_named(tiny_run: Any) -> None:
    tiny_run.tamper(
        "UPDATE verdicts SET case_id = CASE case_id WHEN 'a' THEN 'b' ELSE 'a' END WHERE case_id IN ('a', 'b')"
    )

    altered = [finding.where for finding in verify(tiny_run.path).findings if "was altered" in finding.what]

    assert altered == ["verdicts row case b", "verdicts row case a"]


def test_a_call_that_no_trial_used_is_counted_and_no_difference(tiny_run: Any) -> None:
    tiny_run.insert("calls", tiny_run.other_call())

    report = verify(tiny_run.path)

    assert report.ok
    assert report.checked["calls that no trial used"] == 1


@pytest.mark.parametrize(
    "path",
    [
        "panel.f1",
        "jurors.z.accuracy",
        "metrics.ac1",
        "metrics.prevalence",
        "counts.hung",
        "usage.cost",
        "by_scenario.s1.sri",
    ],
)
def test_an_altered_number_of_the_results_is_named(tiny_run: Any, path: str) -> None:
    document = tiny_run.document("results.json")
    *outer, name = path.split(".")
    place = document
    for part in outer:
        place = place[part]
    place[name] += 1e-6 if isinstance(place[name], float) else 1
    tiny_run.write("results.json", document)

    assert named(tiny_run) == [f"results.json {path}"]


def test_a_number_that_nothing_in_the_ledger_gives_is_named(tiny_run: Any) -> None:
    document = tiny_run.document("results.json")
    document["panel"]["auc"] = 0.9
    del document["panel"]["recall"]
    tiny_run.write("results.json", document)

    assert named(tiny_run) == ["results.json panel.recall", "results.json panel.auc"]


def test_a_section_of_a_metric_from_elsewhere_is_named_as_not_checked(tiny_run: Any) -> None:
    document = tiny_run.document("results.json")
    tiny_run.write("results.json", {**document, "toxicity_by_hand": {"share": 0.1}})

    report = verify(tiny_run.path)

    assert (report.ok, report.unchecked) == (True, ("toxicity_by_hand",))


def test_results_of_a_release_with_other_intervals_are_checked_without_them(tiny_run: Any) -> None:
    document = tiny_run.document("results.json")
    del document["intervals"]
    document["metrics"]["asr_ci"] = [0.0, 100.0]
    tiny_run.write("results.json", document)

    report = verify(tiny_run.path)

    assert (report.ok, report.unread) == (True, ("intervals and effective votes by the methods of an earlier release",))
    document["metrics"]["asr"] = 49.0
    tiny_run.write("results.json", document)
    assert named(tiny_run) == ["results.json metrics.asr"]


def test_an_altered_interval_is_named(tiny_run: Any) -> None:
    document = tiny_run.document("results.json")
    document["metrics"]["asr_ci"] = [0.0, 100.0]
    tiny_run.write("results.json", document)

    assert "results.json metrics.asr_ci" in {where.split("[")[0] for where in named(tiny_run)}


def test_a_section_that_does_not_apply_to_the_run_is_no_section_from_elsewhere(tiny_run: Any) -> None:
    document = tiny_run.document("results.json")
    tiny_run.write("results.json", {**document, "refusal": {"rate": 0.1}})

    assert named(tiny_run) == ["results.json refusal.rate"]


def test_altered_swapped_missing_and_extra_lines_of_the_verdicts_are_named(tiny_run: Any) -> None:
    path = tiny_run.path / "verdicts.jsonl"
    a, b, c, d = path.read_text().splitlines()
    path.write_text("\n".join([a, c, b, d.replace("0.3333333333333333", "0.4"), a]) + "\n")

    assert named(tiny_run) == [
        "verdicts.jsonl line 2 (case b)",
        "verdicts.jsonl line 3 (case c)",
        "verdicts.jsonl line 4 (case d)",
        "verdicts.jsonl line 5",
    ]

    path.write_text("\n".join([a, b, c]) + "\n")

    assert named(tiny_run) == ["verdicts.jsonl line 4 (case d)"]


def test_an_altered_manifest_is_named_by_the_part_that_differs(tiny_run: Any) -> None:
    manifest = tiny_run.document("manifest.json")
    manifest["jury"]["rule"]["name"] = "plurality"
    tiny_run.write("manifest.json", manifest)

    assert named(tiny_run) == ["manifest.json jury.rule.name"]


def test_another_rule_in_the_ledger_gives_other_verdicts(tiny_run: Any) -> None:
    tiny_run.tamper("UPDATE runs SET manifest = json_set(manifest, '$.jury.rule.name', 'any')", reseal="runs")

    found = named(tiny_run)

    assert found[0].startswith("runs row ")
    # One unsafe vote is enough now
    assert "verdicts row case d" in found
    assert "results.json rule" in found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE calls SET completion = '[]' WHERE rowid = 1",
        'UPDATE calls SET completion = \'{"text": 5, "seconds": "long"}\' WHERE rowid = 1',
        "UPDATE calls SET request = replace(hex(zeroblob(50000)), '0', '[') WHERE rowid = 1",
        "UPDATE cases SET record = '{}' WHERE rowid = 1",
        "UPDATE cases SET record = '{\"gold\": 5}', position = 'first' WHERE rowid = 1",
        "UPDATE trials SET attempt = 'x', round = NULL WHERE rowid = 1",
        "UPDATE verdicts SET record = '{\"rounds\": 7}' WHERE rowid = 1",
        "UPDATE verdicts SET record = 'null' WHERE rowid = 1",
        "UPDATE verdicts SET record = '{\"rating\": NaN}' WHERE rowid = 1",
    ],
)
def test_rows_that_make_no_sense_are_findings_and_never_a_crash(tiny_run: Any, statement: str) -> None:
    table = statement.split()[1]
    tiny_run.tamper(statement)
    assert "was altered" in verify(tiny_run.path).findings[0].what

    tiny_run.tamper(statement, reseal=table)
    assert not verify(tiny_run.path).ok


@pytest.mark.parametrize("value", ["x'00ff'", "CAST(x'00ff' AS TEXT)", "NULL", "1.5"])
def test_a_column_of_another_kind_is_an_altered_row(tiny_run: Any, value: str) -> None:
    tiny_run.tamper(f"UPDATE verdicts SET record = {value} WHERE case_id = 'b'")

    assert named(tiny_run)[0] == "verdicts row case b"
