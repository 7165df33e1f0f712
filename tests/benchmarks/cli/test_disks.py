"""What a command says of a disk that is full, read-only or broken."""

import errno
import os
import sqlite3
from unittest.mock import patch

import pytest
from command import jury

from benchmarks.cli.disks import disk_fault


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO, errno.EFBIG])
def test_a_fault_of_the_disk_is_one_sentence_that_names_the_file(number):
    said = disk_fault(OSError(number, os.strerror(number), "/data/run/results.json"))
    assert said == (
        f"/data/run/results.json can't be written: {os.strerror(number)}; "
        "mend that and give the same command again: whatever was finished is kept"
    )


def test_a_write_that_names_no_file_is_said_too():
    assert (disk_fault(OSError(errno.ENOSPC, "No space left on device")) or "").startswith(
        "a file can't be written: No"
    )


def test_a_database_that_can_not_be_written_is_the_disk_s_fault_and_a_wrong_query_is_not(tmp_path):
    with pytest.raises(sqlite3.OperationalError) as gone:
        sqlite3.connect(tmp_path / "none" / "ledger.sqlite")
    assert "unable to open database file" in (disk_fault(gone.value) or "")
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError) as wrong:
        connection.execute("SELECT 1 FROM calls")
    connection.close()
    assert disk_fault(wrong.value) is None


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError(errno.ECONNREFUSED, "refused"), TimeoutError(), ValueError("x")]
)
def test_other_errors_are_not_the_disk_s(error):
    assert disk_fault(error) is None


def test_a_command_that_meets_a_full_disk_leaves_with_3_and_without_a_traceback(tmp_path):
    full = OSError(errno.ENOSPC, "No space left on device", str(tmp_path / "run"))
    with patch("os.fsync", side_effect=full):
        finished = jury("schema", "run", "-o", tmp_path / "schema.json")
    assert finished.code in {2, 3}
    assert finished.err.startswith("jury: ")
    assert "No space left on device" in finished.err
    assert not list(tmp_path.iterdir())
