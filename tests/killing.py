"""Watching a run's ledger from outside, to kill the run at a chosen row."""

import json
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from model_server import fingerprint
from postgres import ask


def committed(out: Path) -> set[str]:
    """The questions whose answers are in the ledger, of a folder or of the database that it names."""
    try:
        rows = _requests(out)
    except (sqlite3.OperationalError, psycopg.Error):
        return set()
    return {_asked(json.loads(row[0])) for row in rows}


def _requests(out: Path) -> list[tuple[Any, ...]]:
    ledger, note, query = out / "ledger.sqlite", out / "store.json", "SELECT request FROM calls"
    if note.exists():
        return ask(json.loads(note.read_text())["store"], query)
    if not ledger.exists():
        return []
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def _asked(request: dict[str, Any]) -> str:
    said = [(message["role"], message["parts"][0]["text"]) for message in request["messages"]]
    if request.get("makes") == "image":
        return str(said[0][1])
    if request.get("makes") == "audio":
        return f"{request['params']['voice']}: {said[0][1]}"
    return fingerprint(request["model"].split("/", 1)[1], said)


def wait_for_rows(process: subprocess.Popen[str], out: Path, rows: int) -> None:
    while process.poll() is None and len(committed(out)) < rows:
        time.sleep(0.02)
