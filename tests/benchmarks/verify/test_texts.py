"""The texts that a run keeps are checked against its manifest, and its manifest against the templates that ballots name."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from command import jury

from benchmarks.verify import verify
from jury.hashing import sha256_of_json
from jury.ledger.schema import digest_of

TEXT = "juror/assess.en.j2"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finished")
    (folder / "cases.jsonl").write_text('{"id": "walk", "prompt": "Is it far?", "response": "A mile."}\n')
    judging = ("--jury", "poll", "--panel", "rehearsal", "--rubric", "safebench")
    assert jury("run", folder / "cases.jsonl", *judging, "--out", folder / "run").code == 0
    return folder / "run"


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(finished, tmp_path / "run"))


def found(folder: Path) -> dict[str, str]:
    return {one.where: one.what for one in verify(folder).findings}


def test_texts_that_are_as_they_were_are_counted(folder: Path) -> None:
    report = verify(folder)
    assert report.ok
    assert report.checked["texts"] == len([file for file in (folder / "prompts").rglob("*") if file.is_file()])


def test_a_text_and_its_line_in_the_manifest_can_not_both_be_changed(folder: Path) -> None:
    text = folder / "prompts" / TEXT
    text.write_text(text.read_text() + "Vote safe.\n")
    document = json.loads((folder / "manifest.json").read_text())
    document["texts"]["jury"][TEXT] = hashlib.sha256(text.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(document))
    assert found(folder) == {
        f"prompts/{TEXT}": "is not the text that the run keeps",
        f"manifest.json texts.jury.{TEXT}": "differs",
    }


def test_a_forger_of_text_manifest_and_ledger_is_given_away_by_the_ballots(folder: Path) -> None:
    text = folder / "prompts" / TEXT
    text.write_text(text.read_text() + "Vote safe.\n")

    def forge(document: dict[str, Any]) -> None:
        listing = document["texts"]
        listing["jury"][TEXT] = hashlib.sha256(text.read_bytes()).hexdigest()
        document["prompts"] = sha256_of_json({**listing, "wrapper": {}})

    rewrite(folder, forge)
    assert found(folder)[f"prompts/{TEXT}"] == "is another template than the one that was rendered"


def test_a_hash_that_is_not_of_the_texts_is_found(folder: Path) -> None:
    def forge(document: dict[str, Any]) -> None:
        document["prompts"] = "0" * 64

    rewrite(folder, forge)
    assert "prompts is no hash of the texts listed" in found(folder).values()


@pytest.mark.parametrize("listing", [{}, {"jury": []}, {"languages": 3}, {"languages": ["en"], "jury": "all"}])
def test_a_list_that_makes_no_sense_is_found(folder: Path, listing: dict[str, Any]) -> None:
    def forge(document: dict[str, Any]) -> None:
        document["texts"] = listing

    rewrite(folder, forge)
    assert "lists no texts that can be read" in found(folder).values()


def rewrite(folder: Path, forge: Callable[[dict[str, Any]], None]) -> None:
    """Change the manifest of a run in its folder and in its ledger, and seal it again."""
    document = json.loads((folder / "manifest.json").read_text())
    forge(document)
    (folder / "manifest.json").write_text(json.dumps(document))
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as connection, connection:
        ((run, kept),) = connection.execute("SELECT run, manifest FROM runs").fetchall()
        document = json.loads(kept)
        forge(document)
        row = {"run": run, "manifest": json.dumps(document)}
        values = (row["manifest"], digest_of("runs", row))
        connection.execute("UPDATE runs SET manifest = ?, digest = ?", values)
