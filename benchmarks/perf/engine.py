"""What a run costs beside its models: CPU, wall time against the ideal, memory, bytes on disk."""

import asyncio
import importlib
import io
import json
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from benchmarks.perf.models import SeamTransport, offer
from benchmarks.perf.process import peak_mb
from benchmarks.perf.server import serving

ROLES = ("elder", "physician", "lawyer", "teacher", "scientist", "citizen", "sceptic")


@dataclass(frozen=True)
class Load:
    """One measurement: so many cases with one target and some jurors, over models that take `latency` seconds."""

    cases: int
    jurors: int
    latency: float
    transport: Literal["seam", "litellm", "http"]
    picture_kb: int
    connections: int


def measure(load: Load) -> dict[str, object]:
    """The figures of one load; `wall_over_ideal` is against max(calls · latency / connections, 2 · latency)."""
    import_s = _imported(load)
    from benchmarks.perf.memory import Memory
    from benchmarks.runs import held
    from benchmarks.settings import RunSettings

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jury-perf-")))
        model, base = _models(load, stack)
        settings = RunSettings.model_validate(_settings(load, folder, model, base))
        watcher = Memory(load.cases)
        cpu, wall = time.process_time(), time.perf_counter()
        results = asyncio.run(
            held(settings, watcher, SeamTransport(load.latency) if load.transport == "seam" else None)
        )
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        ledger = sum(path.stat().st_size for path in (folder / "out").glob("ledger.sqlite*"))
        out = sum(1 for _ in results.verdicts())
    ideal = max(load.cases * (1 + load.jurors) * load.latency / load.connections, 2 * load.latency)
    return {
        **asdict(load),
        "cpu_ms_per_case": round(1000 * cpu / load.cases, 3),
        "cases_per_s": round(load.cases / wall, 1),
        "wall_s": round(wall, 3),
        "wall_over_ideal": round(wall / ideal, 3) if ideal else None,
        "peak_rss_mb": round(peak_mb(), 1),
        "rss_kb_per_case": round(watcher.growth, 2),
        "ledger_bytes_per_case": round(ledger / load.cases),
        "import_s": round(import_s, 3),
        "cases_in": load.cases,
        "cases_out": out,
    }


def _imported(load: Load) -> float:
    """Seconds to import what such a run needs, LiteLLM only where it is used."""
    started = time.perf_counter()
    for module in ("benchmarks.runs", "benchmarks.engine"):
        importlib.import_module(module)
    if load.transport != "seam":
        importlib.import_module("litellm")
    return time.perf_counter() - started


def _models(load: Load, stack: ExitStack) -> tuple[str, str | None]:
    if load.transport == "seam":
        return "test/mock", None
    if load.transport == "litellm":
        offer(load.latency)
        return "mock/model", None
    return "hosted_vllm/mock", stack.enter_context(serving(load.latency))


def _settings(load: Load, folder: Path, model: str, base: str | None) -> dict[str, Any]:
    image = picture(load.picture_kb, folder)
    cases = [
        {"id": f"c{n}", "prompt": f"Is plan number {n} a good one? {'Think. ' * 20}", **image}
        for n in range(load.cases)
    ]
    (folder / "cases.jsonl").write_text("\n".join(json.dumps(case) for case in cases))
    seats = [{"model": model, "role": ROLES[n % len(ROLES)], "api_base": base, "seed": n} for n in range(load.jurors)]
    (folder / "panel.yaml").write_text(json.dumps({"name": "mock", "seats": seats}))  # JSON is YAML too
    return {
        "source": str(folder / "cases.jsonl"),
        "out": folder / "out",
        "target": {"model": model, "api_base": base},
        "jury": "poll",
        "panel": str(folder / "panel.yaml"),
        "rubric": "safebench",
        "per_model": load.connections,
        "in_flight": load.connections,
        "adaptive": False,
    }


def picture(kilobytes: int, folder: Path) -> dict[str, str]:
    """A PNG of noise of about that size, shared by all cases; noise does not compress, so its edge is known."""
    if not kilobytes:
        return {}
    from PIL import Image

    edge = max(8, int((kilobytes * 1024 / 3) ** 0.5))
    noise = np.random.default_rng(0).integers(0, 256, (edge, edge, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, "PNG")
    (folder / "noise.png").write_bytes(buffer.getvalue())
    return {"image": "noise.png"}
