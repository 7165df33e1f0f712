"""A clock that jumps by days while a run goes on: pace, time limits and what is written down come from another clock."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from model_server import ModelServer
from served_run import JURORS, Material, ended, start

from benchmarks.verify import verify

CASES = 20

#: Every half second the time of day jumps by a day, forwards and backwards; the steady clock is left alone.
JUMPING = r"""
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long jump(void) {
    struct timespec steady;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &steady);
    return ((steady.tv_sec * 2 + steady.tv_nsec / 500000000) % 3 - 1) * 86400;
}

int clock_gettime(clockid_t clock, struct timespec *told) {
    int failed = syscall(SYS_clock_gettime, clock, told);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) told->tv_sec += jump();
    return failed;
}

int gettimeofday(struct timeval *restrict told, void *restrict zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    told->tv_sec = now.tv_sec;
    told->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *told) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (told) *told = now.tv_sec;
    return now.tv_sec;
}
"""

#: Prints the greatest step that the time of day makes in two seconds.
STEPS = """
import time
seen = []
for _ in range(100):
    seen.append(time.time())
    time.sleep(0.02)
print(max(abs(b - a) for a, b in zip(seen, seen[1:])))
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def jumping(tmp_path: Path) -> Path:
    """A library that has the time of day jump in the process that loads it."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("a C compiler is needed for a clock that jumps")
    source, library = tmp_path / "jumping.c", tmp_path / "jumping.so"
    source.write_text(JUMPING)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(source)], check=True)
    said = subprocess.run(
        [sys.executable, "-c", STEPS], env={"LD_PRELOAD": str(library)}, capture_output=True, check=True
    )
    assert float(said.stdout) > 80_000
    return library


def test_a_run_under_a_clock_that_jumps_ends_as_any_other(tmp_path, jumping):
    out = tmp_path / "run"
    with ModelServer() as server:
        material = Material(tmp_path, server).written(CASES)
        limits = ["--timeout", "60", "--case-timeout", "120"]
        ended(start([*material.run(out), *limits], LD_PRELOAD=str(jumping)))
        assert len(server.asked) == CASES * (1 + JURORS)
        assert set(server.asked.values()) == {1}
    results = json.loads((out / "results.json").read_text())
    assert results["counts"]["cases"] == CASES
    assert results["counts"]["invalid"] == 0
    assert 0 < results["usage"]["seconds"] < 600
    assert not verify(out).findings
