"""What a start costs: `import jury` and `jury --help` beside a Python that does nothing, each a process of its own."""

import subprocess
import sys
import time

#: What is started, by name; each many times, in turn, so that a busy moment meets all alike.
STARTS = {
    "python": ("-c", "pass"),
    "import_jury": ("-c", "import jury"),
    "help": ("-m", "jury", "--help"),
}


def measure(times: int) -> dict[str, object]:
    """The least and the middle of wall seconds, and both starts as multiples of a bare Python."""
    seconds: dict[str, list[float]] = {name: [] for name in STARTS}
    for _ in range(times):
        for name, arguments in STARTS.items():
            seconds[name].append(_started(arguments))
    least = {name: min(found) for name, found in seconds.items()}
    return {
        "times": times,
        **{f"{name}_s": round(one, 3) for name, one in least.items()},
        **{f"{name}_median_s": round(sorted(found)[times // 2], 3) for name, found in seconds.items()},
        **{f"{name}_over_python": round(least[name] / least["python"], 1) for name in STARTS if name != "python"},
    }


def _started(arguments: tuple[str, ...]) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - our own words
    return time.perf_counter() - started
