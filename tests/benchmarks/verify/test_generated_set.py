"""`verify` of a generated set: what was altered, lost or added is named; what was not looked at is said."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command import jury

from benchmarks.verify import verify
from jury.errors import InputError

MADE = Path(__file__).parents[2] / "data" / "made-by-870edd7" / "set"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MADE, tmp_path / "set"))


def rewrite(path: Path, change: Callable[[list[Any]], object]) -> None:
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    change(lines)
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))


def named(folder: Path) -> str:
    return "\n".join(f"{one.where} {one.what}" for one in verify(folder).findings)


def test_a_set_as_it_was_made_has_no_finding(folder: Path) -> None:
    report = verify(folder)
    assert report.findings == ()
    assert (report.checked["files"], report.checked["rows"]) == (8, 2)
    assert report.checked["calls"] > 0


def test_the_command_says_what_was_checked_and_what_was_not(folder: Path) -> None:
    told = " ".join(jury("verify", folder).out.split())
    assert "Checked 8 files, 2 rows" in told
    assert "no difference" in told
    assert "Not checked: the replies that grades were read from." in told
    shutil.rmtree(folder / "workings")
    document = jury("verify", folder, "--json").document
    assert document["ok"]
    assert document["unread"][0] == "calls: workings/ledger.sqlite is not there"


def test_an_altered_a_missing_and_a_strange_file_are_named(folder: Path) -> None:
    image, clip = sorted(folder.glob("media/images/*"))[0], next(iter(folder.glob("media/audio_male/*")))
    image.write_bytes(b"other")
    clip.unlink()
    (folder / "media" / "images" / "stranger.png").write_bytes(b"x")
    told = named(folder)
    assert f"media/images/{image.name} was altered" in told
    assert f"media/audio_male/{clip.name} is missing" in told
    assert "media/images/stranger.png is in no list" in told


def test_a_file_behind_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    image = sorted(folder.glob("media/images/*"))[0]
    image.rename(tmp_path / "elsewhere.png")
    image.symlink_to(tmp_path / "elsewhere.png")
    assert "is a link, or lies outside of the folder" in named(folder)


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (lambda rows: rows[0]["scores"].update(harmfulness=1.0), "is not the mean of the grades"),
        (lambda rows: rows[0].update(scenario="another"), "scenario is not what provenance.jsonl says"),
        (lambda rows: rows[0].update(rehearsal=False), "rehearsal is not what provenance.jsonl says"),
        (lambda rows: rows[0].update(image=rows[1]["image"]), "image is not the file that provenance.jsonl names"),
        (lambda rows: rows.append(rows[0]), "is there 2 times"),
        (lambda rows: rows.pop(), "is missing: provenance.jsonl tells how it was made"),
        (lambda rows: rows[0].update(id="new"), "has no line in provenance.jsonl"),
        (lambda rows: rows[0].pop("scores"), "can't be compared with what led to it"),
    ],
)
def test_a_row_that_does_not_follow_from_its_provenance_is_named(
    folder: Path, change: Callable[[list[Any]], object], finding: str
) -> None:
    rewrite(folder / "data.jsonl", change)
    told = named(folder)
    assert finding in told
    assert "data.jsonl was altered" in told


def test_counts_and_calls_are_compared(folder: Path) -> None:
    rewrite(folder / "provenance.jsonl", lambda lines: lines.pop())
    assert "manifest.json counts queries" in named(folder)
    rewrite(folder / "provenance.jsonl", lambda lines: lines[0]["author"]["calls"][0].update(call="0" * 64))
    assert "names a call that the ledger does not hold" in named(folder)


def test_a_set_that_is_not_published_is_no_set_yet(folder: Path) -> None:
    (folder / "data.jsonl").unlink()
    with pytest.raises(InputError, match=r"holds no data.jsonl: the set is not published"):
        verify(folder)
    (folder / "manifest.json").unlink()
    with pytest.raises(InputError, match=r"nor a published set's: it holds no manifest.json; name its --out"):
        verify(folder)
