"""What the viewer takes to list, filter, sort, search and show the cases of a large run, over HTTP to a process of its own."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from urllib.request import urlopen

from benchmarks import run
from benchmarks.manifest import read_manifest, run_id
from benchmarks.viewer.index.rows import key_of
from jury.ledger import Ledger
from jury.ledger.address import LEDGER
from jury.records import Case, TextPart, Verdict
from jury.trials import trial_rows

#: Verdicts that are put into the ledger together, and times that every page is asked for.
_PIECE, _TIMES = 500, 30

#: Pages by name, under the run's address; `{key}` is what links call a case.
PAGES = {
    "run": "",
    "list": "/cases",
    "last page": "/cases?page={last}",
    "filter": "/cases?hung=1&language=en",
    "filter and sort": "/cases?disputed=1&order=disagreement",
    "sort": "/cases?order=seconds",
    "search": "/cases?text=boiling",
    "search, two letters": "/cases?text=qz",
    "case": "/cases/{key}",
}


def measure(cases: int) -> dict[str, object]:
    """Seconds until a run of so many cases is indexed, server time of each page in ms (median and 95th percentile), memory in MB."""
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(passing) / "run"
        keys = asyncio.run(_grown(folder, cases))
        started = time.perf_counter()
        server, address = _view(folder, Path(passing) / "cache")
        indexed = time.perf_counter() - started
        try:
            name = run_id(read_manifest(folder))[:12]
            pages = {page: _timed(f"{address}runs/{name}{path}", keys, cases // 50) for page, path in PAGES.items()}
            peak = _peak_mb(server.pid)
        finally:
            server.kill()
            server.wait()
        started = time.perf_counter()
        again, _ = _view(folder, Path(passing) / "cache")
        opened_again = time.perf_counter() - started
        again.kill()
        again.wait()
        return {
            "cases": cases,
            "indexing_seconds": round(indexed, 1),
            "opening_again_seconds": round(opened_again, 1),
            **{f"{page}_ms": f"{middle:.0f} / {late:.0f}" for page, (middle, late) in pages.items()},
            "server_peak_mb": round(peak),
        }


async def _grown(folder: Path, cases: int) -> list[str]:
    """A real run of the sample over rehearsal models, its cases and verdicts put into its ledger over and over under new ids.

    Returns what links call some of them, from all over the run.
    """
    results = await asyncio.to_thread(
        run, "sample", out=folder, target="rehearsal/reckless", jury="trial", panel="rehearsal"
    )
    name = results.document["run"]
    seen = [(trial.transcript.case, trial.verdict) for trial in results.trials()]
    ledger = Ledger.open(folder / LEDGER)
    try:
        manifest = (folder / "manifest.json").read_text()
        grown = list(_again(seen, cases))
        await ledger.add_run(name, manifest, [case for case, _ in grown])
        for start in range(0, cases, _PIECE):
            piece = grown[start : start + _PIECE]
            await asyncio.gather(*(ledger.add_verdict(name, verdict, trial_rows(verdict)) for _, verdict in piece))
    finally:
        await ledger.close()
    (folder / "results.json").unlink()
    return [key_of(case.id) for case, _ in grown[:: max(1, cases // _TIMES)]][:_TIMES]


def _again(seen: list[tuple[Case, Verdict]], cases: int) -> Iterator[tuple[Case, Verdict]]:
    for number in range(cases):
        case, verdict = seen[number % len(seen)]
        told = case.turns[0].parts[0]
        words = told.text if isinstance(told, TextPart) else ""
        first = case.turns[0].but(parts=(TextPart(text=f"{words} Number {number}."), *case.turns[0].parts[1:]))
        again = case.but(
            id=f"{case.id}-{number:06}", scenario=f"scenario_{number % 23:02}", turns=(first, *case.turns[1:])
        )
        yield again, verdict.but(case_id=again.id, case_hash=again.content_hash)


def _view(folder: Path, cache: Path) -> tuple["subprocess.Popen[str]", str]:
    """A viewer in a process of its own, and its address."""
    command = [sys.executable, "-m", "jury", "view", str(folder), "--port", "0", "--cache", str(cache), "--json"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    assert server.stdout is not None  # noqa: S101 - it is piped
    return server, json.loads(server.stdout.readline())["address"]


def _timed(address: str, keys: list[str], last: int) -> tuple[float, float]:
    taken = []
    for key in keys:
        started = time.perf_counter()
        with urlopen(address.format(key=key, last=last)) as answer:  # noqa: S310 - our own server
            answer.read()
        taken.append(1000 * (time.perf_counter() - started))
    return median(taken), quantiles(taken, n=20)[-1]


def _peak_mb(process: int) -> float:
    """The most memory another process ever held, in MB (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
