"""Who writes a store's ledger holds its folder."""

import errno
import fcntl
import os
import subprocess
import sys

import pytest
import structlog

from jury.errors import InputError
from jury.ledger import lock
from jury.ledger.lock import LOCK, writing

HOLDER = """
import sys
from pathlib import Path
from jury.ledger.lock import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_folder_that_another_process_holds_is_refused_with_its_number_and_free_once_it_is_killed(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        told = rf"in use by another process \({other.pid}\); wait until it is done"
        with pytest.raises(InputError, match=told), writing(tmp_path):
            pass
        other.kill()
    with writing(tmp_path):
        assert (tmp_path / LOCK).read_text() == str(os.getpid())


def test_one_process_may_hold_a_folder_several_times_under_any_of_its_names(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "link").symlink_to("store")
    with writing(tmp_path / "store"), writing(tmp_path / "link"):
        pass
    held = (tmp_path / "store" / LOCK).open()
    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    held.close()


def test_a_folder_is_let_go_of_where_the_work_in_it_fails(tmp_path):
    with pytest.raises(RuntimeError), writing(tmp_path):
        raise RuntimeError
    with (tmp_path / LOCK).open() as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_file_system_without_locks_is_written_to_all_the_same_and_that_is_said_once(tmp_path, monkeypatch):
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    lock._say_once.cache_clear()
    with structlog.testing.capture_logs() as logs:
        for _ in range(2):
            with writing(tmp_path):
                pass
    assert len([entry for entry in logs if "knows no locks" in entry["event"]]) == 1


def test_a_lock_that_is_a_link_elsewhere_is_not_followed(tmp_path):
    elsewhere = tmp_path / "precious"
    elsewhere.write_text("precious")
    (tmp_path / LOCK).symlink_to(elsewhere)
    with pytest.raises(InputError, match="can't be written to"), writing(tmp_path):
        pass
    assert elsewhere.read_text() == "precious"
