"""Files that are there whole or not at all, and who may read them."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import jury

from jury.atomic import make_private_file, write_atomically


@pytest.fixture(params=[0o022, 0o027, 0o077, 0o002])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_for_others_follows_the_umask(tmp_path: Path, umask: int) -> None:
    write_atomically(tmp_path / "report.html", [b"x"])
    assert mode(tmp_path / "report.html") == 0o666 & ~umask


def test_what_is_private_is_its_owners_alone_whatever_lay_there_before(tmp_path: Path, umask: int) -> None:
    (tmp_path / "verdicts.jsonl").write_bytes(b"before")
    write_atomically(tmp_path / "verdicts.jsonl", [b"x"], private=True)
    make_private_file(tmp_path / "ledger.sqlite")
    assert mode(tmp_path / "verdicts.jsonl") == mode(tmp_path / "ledger.sqlite") == 0o600 & ~umask


def test_a_file_that_cannot_be_finished_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ValueError

    with pytest.raises(ValueError):
        write_atomically(tmp_path / "a.txt", broken())
    assert list(tmp_path.iterdir()) == []


def test_a_run_leaves_texts_to_its_owner_and_figures_to_whom_the_umask_says(tmp_path: Path, umask: int) -> None:
    assert (
        jury(
            "run",
            "sample",
            "--limit",
            "2",
            "--panel",
            "rehearsal",
            "--jury",
            "poll",
            "--target",
            "rehearsal/reckless",
            "--out",
            tmp_path / "run",
        ).code
        == 0
    )
    run = tmp_path / "run"
    assert jury("report", run, "-o", tmp_path / "report.html").code == 0
    assert jury("export", run, "--format", "csv", "-o", tmp_path / "run.csv").code == 0
    for path in (run / "manifest.json", run / "results.json", tmp_path / "report.html", tmp_path / "run.csv"):
        assert mode(path) == 0o666 & ~umask, path
    media = [path for path in (run / "media").rglob("*") if path.is_file()]
    assert media
    for path in (run / "ledger.sqlite", run / "verdicts.jsonl", *media):
        assert mode(path) & 0o077 == 0, path
    assert mode(run / "media") & 0o077 == 0
