"""Limits by model, as a file beside the command."""

from pathlib import Path

import pytest
from command import complaint, jury


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("rehearsal/strict: {concurency: 2}\n", "limits.yaml rehearsal/strict: unknown key `concurency`; known keys: "),
        ("rehearsal/strict: {concurrency: 0}\n", "limits.yaml rehearsal/strict: field `concurrency`: "),
        ("- rehearsal/strict\n", "limits.yaml holds no mapping"),
    ],
)
def test_a_bad_limits_file_is_named_with_its_key_and_stands_in_nobodys_way(out: Path, write, content, said):
    path = write("limits.yaml", content)
    command = ("run", "sample", "--target", "rehearsal/reckless", "--limit", "1", "--out", out, "--limits", path)
    assert said in complaint(*command)
    path.write_text("rehearsal/strict: {concurrency: 2, requests_per_minute: 6000}\n")
    assert jury(*command).code == 0


def test_a_missing_limits_file_is_named(out: Path, tmp_path: Path):
    command = ("run", "sample", "--target", "rehearsal/reckless", "--out", out, "--limits", tmp_path / "none.yaml")
    assert "none.yaml can't be read" in complaint(*command)
