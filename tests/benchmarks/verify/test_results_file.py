"""`verify` of the results of a run that this release made: a part that was taken out is missed."""

import json
from pathlib import Path

import pytest
from command import jury

from benchmarks.verify import verify


@pytest.mark.parametrize("part", ["causes", "intervals", "counts", "jurors", "headlines"])
def test_a_part_of_the_results_that_was_taken_out_is_missed(tmp_path: Path, part: str) -> None:
    who = ("--target", "rehearsal/reckless", "--panel", "rehearsal", "--jury", "poll")
    assert jury("run", "sample", "--limit", "2", *who, "--out", tmp_path / "run").code == 0
    document = json.loads((tmp_path / "run" / "results.json").read_text())
    del document[part]
    (tmp_path / "run" / "results.json").write_text(json.dumps(document))
    assert f"results.json {part}" in " ".join(one.where for one in verify(tmp_path / "run").findings)
