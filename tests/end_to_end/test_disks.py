"""Disks that are full or read-only: one sentence, nothing lost, and the same command goes on once there is room."""

import gc
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from killing import committed
from model_server import ModelServer
from served_run import JURORS, Material, ended, killed, sentence, start, until

from benchmarks.verify import verify

CASES = 40

#: The most calls at once: six cases, each before three jurors.
IN_FLIGHT = 18

pytestmark = pytest.mark.slow


@pytest.fixture
def material(tmp_path: Path) -> Iterator[Material]:
    with ModelServer() as server:
        yield Material(tmp_path, server).written(CASES)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own; only root may mount one."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may mount a disk")
    place = tmp_path / "disk"
    place.mkdir()
    if mount("-t", "tmpfs", "-o", "size=700k", "tmpfs", str(place)):
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def mount(*arguments: str) -> int:
    return subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode


def goes_on(material: Material, out: Path) -> None:
    """The run goes to its end, and nothing that is in its ledger is asked again."""
    paid = material.paid(out)
    assert paid
    ended(start(material.run(out)))
    assert material.paid(out).items() >= paid.items()
    assert len(material.server.asked) == CASES * (1 + JURORS)
    assert not verify(out).findings


def test_a_full_disk_stops_the_run_in_one_sentence_and_with_room_it_goes_on(material, disk):
    out = disk / "run"
    told = sentence(start(material.run(out)), 3)
    assert "database or disk is full" in told
    assert 0 < len(committed(out)) < CASES * (1 + JURORS)
    assert not mount("-o", "remount,size=50m", str(disk))
    goes_on(material, out)


def test_a_disk_that_fills_up_again_and_again_costs_no_more_than_was_in_flight(material, disk):
    out, size, stops, kept, asked = disk / "run", 700, 0, 0, 0
    while True:
        process = start(material.run(out))
        _, errors = process.communicate(timeout=180)
        if process.returncode == 0:
            break
        assert process.returncode == 3, errors
        before, paid = kept, asked
        stops, kept, asked = stops + 1, len(committed(out)), sum(material.server.asked.values())
        assert asked - paid <= kept - before + IN_FLIGHT
        size = int(size * 1.7)
        assert not mount("-o", f"remount,size={size}k", str(disk))
    assert stops >= 2
    assert sum(material.server.asked.values()) - CASES * (1 + JURORS) <= stops * IN_FLIGHT
    assert not verify(out).findings


def test_a_file_that_may_not_grow_stops_the_run_in_one_sentence_and_without_the_limit_it_goes_on(tmp_path, material):
    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    out = tmp_path / "run"
    told = sentence(start(material.run(out), limited), 3)
    assert "the ledger" in told
    assert "disk I/O error" in told
    assert 0 < len(committed(out)) < CASES * (1 + JURORS)
    goes_on(material, out)


def test_a_disk_that_is_full_before_the_run_begins_is_one_sentence(material, disk):
    (disk / "ballast").write_bytes(bytes(600_000))
    with (disk / "rest").open("wb") as rest:
        while os.statvfs(disk).f_bavail:
            rest.write(bytes(4096))
            rest.flush()
    assert "No space left" in (told := sentence(start(material.run(disk / "run")), 2, 3)) or "full" in told
    assert not material.server.asked


def test_on_a_read_only_disk_runs_are_read_and_none_goes_on_until_it_can_be_written(tmp_path, material, disk):
    assert not mount("-o", "remount,size=50m", str(disk))
    out, other = disk / "run", disk / "finished"
    process = start(material.run(out))
    until(lambda: len(committed(out)) > 10, process)
    killed(process)
    shutil.copytree(out, other)
    ended(start(material.run(other)))
    asked = dict(material.server.asked)
    gc.collect()  # no reader of this process may hold a file there
    assert not mount("-o", "remount,ro", str(disk))
    told = sentence(start(material.run(out)), 2)
    assert told == f"{out} can't be written to: Read-only file system; mend that and give the same command again"
    assert "can't be opened as a ledger" in sentence(start(material.judge(other, "two")), 2)
    assert not verify(other).findings
    ended(start(["report", str(other), "-o", str(tmp_path / "report.html")]))
    ended(start(["ledger", "stats", str(other)]))
    assert "Read-only file system" in sentence(start(["report", str(other), "-o", str(disk / "report.html")]), 2, 3)
    assert material.server.asked == asked
    assert not mount("-o", "remount,rw", str(disk))
    ended(start(material.run(out)))
    assert not verify(out).findings
