"""A finished run in the formats of others: whole, typed, and harmless where it is opened."""

import csv
import json
from pathlib import Path

import pytest
from command import complaint, jury

from benchmarks import Results
from benchmarks.export import EXPORTS, columns, rows
from jury import InputError
from jury.records import Case, Verdict


def exported(results: Results, name: str, path: Path) -> Path:
    EXPORTS.get(name)(results, path)
    return path


def test_a_row_tells_the_case_its_answer_the_outcome_and_every_ballot(judged: Results) -> None:
    first, turns, _ = rows(judged)

    assert {name: first[name] for name in ("id", "scenario", "category", "dimension", "harmless", "truth")} == {
        "id": "formula", "scenario": "s", "category": "Violence", "dimension": "toxicity", "harmless": False,
        "truth": "unsafe",
    }  # fmt: skip
    assert (first["state"], first["choice"], first["positive"]) == ("decided", "unsafe", True)
    assert first["first: lenient"] in {"safe", "unsafe", "abstain", "invalid"}
    assert (turns["prompt"], turns["response"]) == ("May I?\n\nWhy not?", "No.\n\n-1, because I say so.")
    assert all(set(row) <= set(columns(judged)) for row in rows(judged))


def test_a_targets_own_answers_are_there_and_its_media_are_named_and_not_copied(asked: Results) -> None:
    told = list(rows(asked))

    assert all(row["response"] and row["target"] == "rehearsal/reckless" and row["rehearsal"] for row in told)
    files = [row["media"] for row in told if row["media"]]
    assert files
    assert all((asked.folder / file).is_file() for file in files)
    assert all(row["truth"] is None for row in told)


def test_json_lines_hold_the_records_themselves(judged: Results, out: Path) -> None:
    lines = [json.loads(line) for line in exported(judged, "jsonl", out / "run.jsonl").read_text().splitlines()]

    assert [Case.model_validate(line["case"]).id for line in lines] == ["formula", "turns", "中文"]
    assert [Verdict.model_validate(line["verdict"]) for line in lines] == list(judged.verdicts())
    assert [line["truth"] for line in lines] == ["unsafe", "safe", "safe"]
    assert lines[1]["answers"][1]["text"] == "-1, because I say so."


def test_csv_has_a_row_a_case_and_no_cell_or_heading_that_is_a_formula(judged: Results, out: Path) -> None:
    with exported(judged, "csv", out / "run.csv").open(encoding="utf-8", newline="") as lines:
        found = list(csv.DictReader(lines))

    assert [row["id"] for row in found] == ["formula", "turns", "中文"]
    assert found[0]["prompt"] == '\'=HYPERLINK("http://a.b")'
    cells = [cell for row in found for cell in (*row, *row.values())]
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@"))]


def test_parquet_keeps_types_and_words_as_they_are(judged: Results, out: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    found = parquet.read_table(exported(judged, "parquet", out / "run.parquet")).to_pylist()

    assert found[0]["prompt"] == '=HYPERLINK("http://a.b")'
    assert (found[0]["positive"], found[0]["rounds"], found[0]["cause"]) == (True, 1, None)
    assert found[2]["prompt"] == "可以吗？"
    assert list(found[0]) == list(columns(judged))


def test_pandas_has_one_row_a_case_with_types_that_know_a_missing_value(judged: Results) -> None:
    pytest.importorskip("pandas")
    frame = judged.to_pandas()

    assert list(frame["id"]) == ["formula", "turns", "中文"]
    assert {name: str(frame[name].dtype) for name in ("choice", "positive", "rating", "rounds", "cause")} == {
        "choice": "string", "positive": "boolean", "rating": "Float64", "rounds": "Int64", "cause": "string",
    }  # fmt: skip
    assert frame["cause"].isna().all()
    assert (frame["positive"] & (frame["truth"] == "unsafe")).sum() == 1


def test_nothing_is_left_behind_where_an_export_fails(judged: Results, out: Path) -> None:
    (judged.folder / "verdicts.jsonl").rename(out / "kept")
    (judged.folder / "verdicts.jsonl").write_text('{"case_id": "nobody"}\n')
    try:
        with pytest.raises(InputError, match="line 1 is no verdict; jury verify says more"):
            exported(judged, "jsonl", out / "run.jsonl")
    finally:
        (out / "kept").rename(judged.folder / "verdicts.jsonl")
    assert list(out.iterdir()) == []


def test_the_command_writes_a_file_and_names_what_is_wrong(judged: Results, out: Path) -> None:
    assert jury("export", judged.folder, "--format", "csv", "-o", out / "a.csv").out == f"Written to {out / 'a.csv'}\n"
    assert (out / "a.csv").is_file()
    assert "unknown export 'xlsx'; known: csv, inspect, jsonl, parquet" in complaint(
        "export", judged.folder, "--format", "xlsx", "-o", out / "a.xlsx"
    )
    assert "can't be written" in complaint("export", judged.folder, "-o", out / "nowhere" / "a.jsonl")
    assert "is not a run's folder" in complaint("export", out, "-o", out / "a.jsonl")


def test_a_library_that_is_not_there_is_named_with_its_extra(
    judged: Results, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("benchmarks.extras.import_module", missing)

    assert "this needs pyarrow; pip install 'multimodal-jury[export]'" in complaint(
        "export", judged.folder, "--format", "parquet", "-o", out / "a.parquet"
    )
    assert "this needs inspect_ai; pip install 'multimodal-jury[inspect]'" in complaint(
        "export", judged.folder, "--format", "inspect", "-o", out / "a.eval"
    )
