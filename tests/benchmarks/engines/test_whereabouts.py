"""Which engine and worker judged a case is on record, beside the run."""

import json

import pytest

from benchmarks import run
from benchmarks.engines import ENGINES
from jury.errors import InputError


def test_a_run_in_one_process_says_so_of_every_case_once(tmp_path) -> None:
    (tmp_path / "cases.jsonl").write_text(
        "\n".join(json.dumps({"id": f"c{n}", "prompt": "Is it?", "response": "It is."}) for n in range(3))
    )
    settings = {"out": tmp_path / "out", "jury": "poll", "panel": "rehearsal", "rubric": "safebench"}
    for _ in range(2):
        run(tmp_path / "cases.jsonl", **settings)
    lines = [json.loads(line) for line in (tmp_path / "out" / "engine.jsonl").read_text().splitlines()]
    assert sorted(line["case"] for line in lines) == ["c0", "c1", "c2"]
    assert {(line["engine"], line["worker"]) for line in lines} == {("local", "1")}


def test_engines_are_found_by_name_and_an_unknown_one_is_told_those_there_are(tmp_path) -> None:
    assert list(ENGINES) == ["local", "ray"]
    (tmp_path / "cases.jsonl").write_text(json.dumps({"id": "c", "prompt": "Is it?", "response": "It is."}))
    with pytest.raises(InputError, match="unknown engine 'steam'; known: local, ray"):
        run(tmp_path / "cases.jsonl", out=tmp_path / "out", panel="rehearsal", rubric="safebench", engine="steam")


def test_without_the_extra_ray_is_an_error_that_names_it(tmp_path, monkeypatch) -> None:
    from benchmarks.engines.distant.ray_actors import ALONE, QUIET

    for name in {**ALONE, **QUIET}:
        monkeypatch.setenv(name, "0")
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    (tmp_path / "cases.jsonl").write_text(json.dumps({"id": "c", "prompt": "Is it?", "response": "It is."}))
    with pytest.raises(InputError, match=r"pip install 'multimodal-jury\[ray\]'"):
        run(tmp_path / "cases.jsonl", out=tmp_path / "out", panel="rehearsal", rubric="safebench", engine="ray")
