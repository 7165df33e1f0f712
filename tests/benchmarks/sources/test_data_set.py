"""A folder with `data.jsonl` is a source."""

import json
from pathlib import Path

from benchmarks.sources import load
from jury.media import MediaStore


def test_a_folder_of_requests_is_loaded_under_its_name_and_judged_by_safebench(tmp_path: Path) -> None:
    folder = tmp_path / "my-set"
    folder.mkdir()
    (folder / "data.jsonl").write_text(json.dumps({"id": "a", "prompt": "May I?", "category": "ethics"}) + "\n")
    loaded = load(str(folder), media=MediaStore(tmp_path / "media"))
    assert (loaded.name, loaded.rubric, [case.id for case in loaded.cases]) == ("my-set", "safebench", ["a"])


def test_recorded_answers_beside_it_come_first(tmp_path: Path) -> None:
    (tmp_path / "data.jsonl").write_text(json.dumps({"id": "a", "prompt": "May I?"}) + "\n")
    (tmp_path / "responses.csv").write_text("id,prompt,response\nb,May I?,No.\n")
    assert [case.id for case in load(str(tmp_path), media=MediaStore(tmp_path / "media")).cases] == ["b"]
