"""A large run in one process over models that fail now and then: what it holds, and whether every case is accounted for."""

import asyncio
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.calls import kept_calls
from benchmarks.perf.engine import ROLES
from benchmarks.perf.growth import Sampler, kb_per_case, picture, table
from benchmarks.perf.models import SAID
from benchmarks.perf.process import peak_mb
from benchmarks.results import Results
from benchmarks.settings import RunSettings
from benchmarks.watcher import Watcher
from jury.atomic import write_atomically
from jury.gateway.transport import CallFailedError
from jury.means import make_folder
from jury.records import Cause, Completion, Request, Verdict

#: Seconds until a try that hangs is given up, and how long any other takes.
TIMEOUT, LATENCY = 0.5, 0.02

#: What tries meet instead of a ballot, and how often. An unreadable answer is paid for like any other.
FAULTS = {"429": 0.02, "500": 0.01, "hang": 0.01, "unreadable": 0.01}

_UNREADABLE = Completion(text="I would rather talk about the weather.", input_tokens=400, output_tokens=9)
_BALLOT = Completion(text=SAID, finish_reason="stop", input_tokens=400, output_tokens=30, seconds=LATENCY)


class FaultyTransport:
    """Answers at the gateway's own seam, but for the tries that meet a fault; `met` counts what became of all tries."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311 - nothing secret
        self.met: Counter[str] = Counter()

    @property
    def paid(self) -> int:
        """How many answers came back."""
        return self.met["ballot"] + self.met["unreadable"]

    async def attempt(self, request: Request, timeout: float) -> Completion:
        """A ballot, an unreadable answer, or a failure that passes. Raises `CallFailedError`."""
        del request
        (drawn,) = self._random.choices([*FAULTS, "ballot"], [*FAULTS.values(), 1 - sum(FAULTS.values())])
        await asyncio.sleep(timeout if drawn == "hang" else LATENCY)
        self.met[drawn] += 1
        if drawn in {"ballot", "unreadable"}:
            return _BALLOT if drawn == "ballot" else _UNREADABLE
        if drawn == "hang":
            raise CallFailedError(Cause(kind="timeout", detail=f"no answer in {timeout:g} s"), passing=True)
        wish = 0.05 if drawn == "429" else None
        cause = Cause(kind="error", detail=f"status {drawn}")
        raise CallFailedError(cause, passing=True, status=int(drawn), retry_after=wish)


class _Tally(Watcher):
    """Counts the verdicts as they are heard of."""

    def __init__(self) -> None:
        self.done = 0

    def finished(self, verdict: Verdict) -> None:
        del verdict
        self.done += 1


def measure(cases: int, jurors: int, out: Path) -> dict[str, object]:
    """The figures of one such run; memory and open files are written to `out` as `soak.csv` and `soak.svg`.

    `lost`, `twice` and `paid_twice` count cases without a verdict, cases with several, and answers that came back and
    are not in the ledger once: all are 0 where nothing went wrong.
    """
    make_folder(out)
    transport, tally = FaultyTransport(), _Tally()
    with tempfile.TemporaryDirectory(prefix="jury-soak-") as passing:
        settings = _settings(cases, jurors, Path(passing))
        cpu, wall = time.process_time(), time.perf_counter()
        with Sampler(lambda: tally.done) as sampler:
            results = _held(settings, tally, transport)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        accounts = _accounts(results, cases, transport.paid)
    moments = sampler.moments
    write_atomically(out / "soak.csv", table(moments))
    title = f"{cases:,} cases × {jurors} jurors, one try in {round(1 / sum(FAULTS.values()))} at fault"
    write_atomically(out / "soak.svg", [picture(title, moments).encode()])
    return {
        "cases": cases,
        "jurors": jurors,
        **{f"tries_{name}": transport.met[name] for name in ("ballot", *FAULTS)},
        **accounts,
        "wall_s": round(wall, 1),
        "cases_per_s": round(cases / wall, 1),
        "cpu_ms_per_case": round(1000 * cpu / cases, 2),
        "peak_rss_mb": round(peak_mb(), 1),
        "late_growth_kb_per_case": round(kb_per_case(moments), 2),
        "most_open_files": max(moment.open_files for moment in moments),
        "open_files_at_end": moments[-1].open_files,
    }


def _held(settings: RunSettings, watcher: Watcher, transport: FaultyTransport) -> Results:
    from benchmarks.runs import held

    return asyncio.run(held(settings, watcher, transport))


def _settings(cases: int, jurors: int, folder: Path) -> RunSettings:
    asked = ({"id": f"c{n}", "prompt": f"Is plan number {n} a good one?", "response": "Yes."} for n in range(cases))
    write_atomically(folder / "cases.jsonl", (json.dumps(case).encode() + b"\n" for case in asked))
    seats = [{"model": "test/mock", "role": ROLES[n % len(ROLES)], "seed": n} for n in range(jurors)]
    write_atomically(folder / "panel.yaml", [json.dumps({"name": "mock", "seats": seats}).encode()])  # JSON is YAML too
    return RunSettings(
        source=str(folder / "cases.jsonl"),
        out=folder / "out",
        jury="poll",
        panel=str(folder / "panel.yaml"),
        rubric="safebench",
        per_model=200,
        in_flight=200,
        adaptive=False,
        timeout=TIMEOUT,
    )


def _accounts(results: Results, cases: int, paid: int) -> dict[str, object]:
    """Whether every case and every answer is there once, and what became of the cases."""
    times: Counter[str] = Counter()
    states: Counter[str] = Counter()
    for verdict in results.verdicts():
        times[verdict.case_id] += 1
        states[verdict.outcome.state] += 1
    with kept_calls(results.folder) as calls:
        kept, failed = _count(call.completion for call in calls.all())
    return {
        **dict(sorted(states.items())),
        "lost": sum(f"c{n}" not in times for n in range(cases)),
        "twice": times.total() - len(times),
        "answers_paid": paid,
        "answers_kept": kept,
        "calls_failed": failed,
        "paid_twice": paid - kept,
    }


def _count(completions: Iterable[Completion]) -> tuple[int, int]:
    errors = Counter(completion.error is not None for completion in completions)
    return errors[False], errors[True]
