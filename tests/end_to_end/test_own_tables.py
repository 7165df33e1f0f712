"""Tables that Jury wrote come back as they were: ids that a spreadsheet would take for formulas among them."""

import json
from pathlib import Path

from command import jury

IDS = ("=1+1", "+a", "-b", "@c", "'d", "plain")


def test_answers_of_an_exported_table_are_read_back_under_their_ids(tmp_path: Path) -> None:
    lines = [{"id": name, "prompt": f"Is {name} odd?", "response": "- No.\n- Not at all."} for name in IDS]
    (tmp_path / "cases.jsonl").write_text("\n".join(map(json.dumps, lines)))
    judging = ("--panel", "rehearsal", "--jury", "poll", "--rubric", "safebench")
    assert jury("run", tmp_path / "cases.jsonl", *judging, "--out", tmp_path / "run").code == 0
    table = tmp_path / "run.csv"
    assert jury("export", tmp_path / "run", "--format", "csv", "-o", table).code == 0
    assert "'=1+1" in table.read_text()
    again = jury("run", table, *judging, "--out", tmp_path / "again", "--json")
    assert again.code == 0, again.err
    verdicts = map(json.loads, (tmp_path / "again" / "verdicts.jsonl").read_text().splitlines())
    assert [verdict["case_id"] for verdict in verdicts] == list(IDS)
    answered = jury(
        "run", tmp_path / "cases.jsonl", *judging, "--answers", table, "--out", tmp_path / "answered", "--json"
    )
    assert answered.code == 0, answered.err
    assert answered.document["counts"]["cases"] == len(IDS)
    assert "rows" not in answered.document
