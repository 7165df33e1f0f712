"""One process beside workers on Ray, and how CPU, memory and the store grow with cases, jurors, rounds and pictures."""

import asyncio
import hashlib
import json
import multiprocessing
import os
import shutil
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from benchmarks.engines.whereabouts import FILE
from benchmarks.perf.engine import ROLES, picture
from benchmarks.perf.models import SeamTransport
from benchmarks.perf.photographs import photographs
from benchmarks.perf.process import peak_mb
from benchmarks.watcher import Watcher
from jury.ledger import Ledger
from jury.ledger.address import LEDGER
from jury.records import Verdict

#: The share of cases after which the clock runs: what is before is imports and the start of processes.
WARM = 0.4

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    """So many cases, each with its answer, before some jurors; `latency` None: scripted jurors who use the CPU.

    All cases share one picture of `picture_kb`, or each has a photograph of its own (2 to 4 MB).
    """

    cases: int
    workers: int = 0
    latency: float | None = None
    jurors: int = 5
    rounds: int = 1
    picture_kb: int = 0
    photographs: bool = False
    in_flight: int = 24


class _Pace(Watcher):
    """Wall and CPU time (of this process and all workers) from a warm start to the last verdict."""

    def __init__(self, load: Load, notes: Path) -> None:
        self._load, self._notes, self._done = load, notes, 0
        self.seconds = self.driver_cpu = self.worker_cpu = 0.0
        self._warm = (0.0, 0.0, 0.0)

    def finished(self, verdict: Verdict) -> None:
        """One more verdict; the clock is read at the warm start and at the end."""
        del verdict
        self._done += 1
        if self._done == int(self._load.cases * WARM):
            self._warm = self._now()
        elif self._done == self._load.cases:
            now = self._now()
            self.seconds, self.driver_cpu, self.worker_cpu = (b - a for a, b in zip(self._warm, now, strict=True))

    def _now(self) -> tuple[float, float, float]:
        pids = {line["pid"] for line in map(orjson.loads, self._notes.read_bytes().splitlines())}
        workers = sum(_cpu(pid) for pid in pids - {os.getpid()})
        return time.perf_counter(), time.process_time(), workers


def measure(cases: int, latency: float, repeats: int) -> dict[str, object]:
    """Every figure, engines taking turns; `speedup` is of two workers over one process, the best of each.

    `ceiling` is of two processes at once that share nothing over one: more than that is not to be had of two cores.
    """
    found: dict[str, object] = {"cores": os.cpu_count(), "load_before": os.getloadavg()[0]}
    text = Load(cases)
    pictures = Load(max(20, cases // 4), photographs=True)
    for name, load in (("text", text), ("pictures", pictures)):
        found |= _engines(name, load, repeats)
        found |= _ceiling(name, load)
    found |= _engines("latency", Load(cases, latency=latency, in_flight=100), 1)
    return {**found, "load_after": os.getloadavg()[0]}


def _engines(name: str, load: Load, repeats: int) -> dict[str, object]:
    """One load in one process, and by one and two workers: all rows, the best cases a second, and what they say."""
    rows = [_alone(replace(load, workers=workers)) for _ in range(repeats) for workers in (0, 1, 2)]
    best = [max(row["cases_per_s"] for row in rows if row["workers"] == workers) for workers in (0, 1, 2)]
    same = len({row["verdicts"] for row in rows}) == 1
    return {
        name: rows,
        f"{name}_best": best,
        f"{name}_speedup": round(best[2] / best[0], 2),
        f"{name}_same_verdicts": same,
    }


def _ceiling(name: str, load: Load) -> dict[str, object]:
    """One process, then two one-process runs at the same time: what two cores can give to runs that share nothing."""
    alone = _alone(load)
    with ThreadPoolExecutor(2) as both:
        together = list(both.map(_alone, [load, load]))
    rate = sum(row["cases_per_s"] for row in together)
    return {f"{name}_two_runs": together, f"{name}_ceiling": round(rate / alone["cases_per_s"], 2)}


def growth(cases: int) -> dict[str, object]:
    """What one process takes when one thing after the other grows, over models that answer at once."""
    base = Load(cases, latency=0.0)
    loads = [base, *(replace(base, cases=cases * times) for times in (2, 4))]
    loads += [replace(base, jurors=jurors) for jurors in (1, 3, 7)]
    loads += [replace(base, rounds=rounds) for rounds in (0, 2, 4)]
    loads += [replace(base, picture_kb=size) for size in (100, 1000)]
    return {"rows": [_alone(load) for load in loads]}


def _alone(load: Load) -> dict[str, Any]:
    """The figures of one load in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(_held, load).result()


def _held(load: Load) -> dict[str, Any]:
    from benchmarks.runs import held
    from benchmarks.settings import RunSettings

    folder = Path(tempfile.mkdtemp(prefix="jury-scaling-"))
    try:
        out = folder / "out"
        settings = RunSettings.model_validate(_settings(load, folder))
        _with_known_secret(out)
        pace = _Pace(load, out / FILE)
        began = time.perf_counter()
        transport = None if load.latency is None else SeamTransport(load.latency)
        results = asyncio.run(held(settings, pace, transport))
        wall = time.perf_counter() - began
        counted = load.cases - int(load.cases * WARM)
        calls = results.document["usage"]["calls"]
        return {
            **asdict(load),
            "cases_per_s": round(counted / pace.seconds, 2),
            "driver_cpu_ms_per_case": round(1000 * pace.driver_cpu / counted, 2),
            "worker_cpu_ms_per_case": round(1000 * pace.worker_cpu / counted, 2),
            "wall_s_all": round(wall, 1),
            "calls_per_case": round(calls / load.cases, 1),
            "driver_peak_mb": round(peak_mb()),
            "store_kb_per_case": round(sum(p.stat().st_size for p in out.glob(f"{LEDGER}*")) / 1024 / load.cases, 1),
            "verdicts": _digest(results.verdicts()),
        }
    finally:
        shutil.rmtree(folder)


def _settings(load: Load, folder: Path) -> dict[str, Any]:
    if load.photographs:
        images = [{"image": name} for name in photographs(load.cases, folder)]
    else:
        images = [picture(load.picture_kb, folder)] * load.cases
    cases = [
        {"id": f"c{n}", "prompt": f"Is plan {n} a good one?", "response": f"It is. {'Think. ' * 20}", **image}
        for n, image in enumerate(images)
    ]
    (folder / "cases.jsonl").write_text("\n".join(map(json.dumps, cases)))
    seats = [{"model": "test/mock", "role": ROLES[n % len(ROLES)], "seed": n} for n in range(load.jurors)]
    (folder / "panel.yaml").write_text(json.dumps({"name": "mock", "seats": seats}))  # JSON is YAML too
    protocol = {"protocol": {"name": "scaling", "rounds": load.rounds}, "rule": {"name": "strict_majority"}}
    (folder / "jury.yaml").write_text(json.dumps(protocol))
    scripted = load.latency is None
    return {
        "source": str(folder / "cases.jsonl"),
        "out": folder / "out",
        "jury": "trial" if scripted else str(folder / "jury.yaml"),
        "panel": "rehearsal" if scripted else str(folder / "panel.yaml"),
        "rubric": "safebench",
        "in_flight": load.in_flight,
        "per_model": 10_000,
        "adaptive": False,
        "engine": "ray" if load.workers else "local",
        "workers": load.workers or None,
    }


def _with_known_secret(out: Path) -> None:
    """A ledger whose fences are the same in every run, so that verdicts can be compared byte by byte."""
    import sqlite3

    out.mkdir()
    asyncio.run(Ledger.open(out / LEDGER).close())
    with sqlite3.connect(out / LEDGER) as ledger:
        ledger.execute("UPDATE meta SET value = ? WHERE name = 'secret'", ("0" * 32,))


def _digest(verdicts: Any) -> str:
    """A hash over all verdicts in their order, but for the seconds that calls took."""
    digest = hashlib.sha256()
    for verdict in verdicts:
        digest.update(verdict.but(usage=verdict.usage.but(seconds=0.0)).to_json())
    return digest.hexdigest()[:12]


def _cpu(pid: int) -> float:
    """Seconds of CPU that a process has used (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
