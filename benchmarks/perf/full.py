"""A benchmark at its full size without a key: a set is made, targets answer it, a jury of five judges, and it is published."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.results import Results
from jury.ledger.address import LEDGER

#: Those who answer; every case comes before each of them.
TARGETS = ("reckless", "balanced", "cautious")
#: SafeBench's scenarios.
SCENARIOS = 23


@dataclass(frozen=True)
class Spent:
    """What one command took, in a process of its own."""

    wall_s: float
    cpu_s: float
    peak_mb: float

    def named(self, name: str) -> dict[str, object]:
        """The figures under a step's name."""
        figures = {"wall_s": self.wall_s, "cpu_s": self.cpu_s, "peak_mb": self.peak_mb}
        return {f"{name}_{unit}": round(figure, 1) for unit, figure in figures.items()}


def measure(per_scenario: int, targets: int = len(TARGETS), *, images: bool = True) -> dict[str, object]:
    """Wall time, CPU and peak memory of every step, the sizes of what is left, and how many verdicts came of it."""
    folder = Path(tempfile.mkdtemp(prefix="jury-full-"))
    try:
        return _steps(folder, per_scenario, TARGETS[:targets], images=images)
    finally:
        shutil.rmtree(folder)


def _steps(folder: Path, per_scenario: int, targets: Sequence[str], *, images: bool) -> dict[str, object]:
    data, report = folder / "set", folder / "report.html"
    left_out = "speech" if images else "images,speech"
    made = _jury(
        *("generate", "dataset", "--committee", "rehearsal", "--per-scenario", str(per_scenario)),
        *("--over-generation", "1.1", "--without", left_out, "--out", str(data)),
    )
    figures: dict[str, object] = {"cases": per_scenario * SCENARIOS, **made.named("generate")}
    runs = [str(folder / target) for target in targets]
    for target, run in zip(targets, runs, strict=True):
        held = ("run", str(data), "--target", f"rehearsal/{target}", "--jury", "safebench", "--panel", "rehearsal")
        figures |= _jury(*held, "--out", run).named(f"run_{target}")
    figures |= _jury("report", *runs, "-o", str(report)).named("report")
    figures |= _jury("export", runs[0], "--format", "parquet", "-o", str(folder / "run.parquet")).named("export")
    return {
        **figures,
        "verdicts": sum(sum(1 for _ in Results.read(Path(run)).verdicts()) for run in runs),
        "ledger_mb": round((Path(runs[0]) / LEDGER).stat().st_size / 1e6, 1),
        "report_mb": round(report.stat().st_size / 1e6, 2),
        "export_mb": round((folder / "run.parquet").stat().st_size / 1e6, 2),
    }


def _jury(*arguments: str) -> Spent:
    """What a command of ours took. Raises `RuntimeError` with its last words if it failed."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "jury", *arguments], stdout=subprocess.DEVNULL, stderr=said
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"jury {arguments[0]}: {said.read().decode(errors='replace')[-500:]}")
    peak = used.ru_maxrss / 1024 if sys.platform == "linux" else used.ru_maxrss / 2**20
    return Spent(time.perf_counter() - started, used.ru_utime + used.ru_stime, peak)
