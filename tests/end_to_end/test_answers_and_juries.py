"""Answers are collected once; as many juries as are wanted judge them, and the target hears nothing of it."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command import Finished, complaint, jury
from model_server import ModelServer

from benchmarks import Answers, Results, answer, function_target, judge, run
from benchmarks.verify import verify
from jury import InputError, Target

CASES = 4
TARGET = "hosted_vllm/target"


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with ModelServer() as running:
        yield running


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory, server: ModelServer) -> Path:
    """Cases of one turn and of two, and a panel of three."""
    folder = tmp_path_factory.mktemp("material")
    asked = [{"id": f"c{n}", "prompt": f"Is plan number {n} a good one?"} for n in range(CASES - 1)]
    asked.append({"id": "long", "turns": [{"prompt": "Is it?"}, {"prompt": "Are you sure?"}], "language": "zh"})
    (folder / "cases.jsonl").write_text("\n".join(map(json.dumps, asked)))
    seats = [{"name": f"j{n}", "model": f"hosted_vllm/j{n}", "api_base": server.base} for n in range(3)]
    (folder / "panel.yaml").write_text(json.dumps({"seats": seats}))
    return folder


@pytest.fixture(scope="module")
def collected(material: Path, server: ModelServer) -> tuple[Path, Finished]:
    """The answers of a target behind an OpenAI-compatible URL."""
    folder = material / "answers"
    command = ["answer", material / "cases.jsonl", "--target", TARGET, "--api-base", server.base, "--out", folder]
    return folder, jury(*command, "--target-system", "Be brief.", "--json")


def judged(folder: Path, material: Path, *more: str) -> Finished:
    return jury("judge", folder, "--panel", material / "panel.yaml", "--rubric", "safebench", *more, "--json")


def calls(server: ModelServer) -> Counter[str]:
    """How often each model was asked so far."""
    return Counter(request["model"] for request in server.requests)


def test_answers_are_collected_with_how_the_target_was_asked_and_no_juror_is(collected, server):
    folder, finished = collected
    assert finished.code == 0, finished.err
    assert finished.document["counts"] == {"cases": CASES, "answered": CASES, "invalid": 0}
    assert set(calls(server)) == {"target"}
    *_, last = Answers.read(folder)
    assert (last.case_id, len(last.answers), last.asked.system) == ("long", 2, "Be brief.")
    assert (last.asked.wrapper.name, last.asked.wrapper.language) == ("target/plain", "zh")
    assert (last.asked.temperature, last.asked.max_tokens, last.asked.api_base) == (0.0, 1024, server.base)


def test_collecting_again_asks_nobody(collected, material, server):
    folder, finished = collected
    before = calls(server)
    command = ["answer", material / "cases.jsonl", "--target", TARGET, "--api-base", server.base, "--out", folder]
    again = jury(*command, "--target-system", "Be brief.", "--json")
    assert (again.document, calls(server)) == (finished.document, before)
    assert f"resuming: {CASES} of {CASES}" in again.err


def test_two_juries_judge_the_same_answers_without_a_further_call_to_the_target(collected, material, server):
    folder, _ = collected
    asked = calls(server)["target"]
    poll, trial = judged(folder, material, "--jury", "poll"), judged(folder, material, "--jury", "trial")
    assert (poll.code, trial.code) == (0, 0), trial.err
    assert calls(server)["target"] == asked == CASES + 1
    assert poll.document["jury"] == "poll"
    assert trial.document["target"] == TARGET
    assert len(list((folder / "juries").iterdir())) == 2


def test_juries_share_what_they_have_in_common(collected, material, server):
    """A trial opens with the sealed ballots of a poll: whoever has them, has paid for them."""
    folder, _ = collected
    judged(folder, material, "--jury", "trial")
    before = calls(server)
    judged(folder, material, "--jury", "poll", "--rule", "any:1")
    assert calls(server) == before


def test_every_jury_and_the_answers_can_be_verified_and_read_again(collected, material):
    folder, _ = collected
    results = [
        judge(folder, jury=name, panel=str(material / "panel.yaml"), rubric="safebench") for name in ("poll", "trial")
    ]
    for found in results:
        assert verify(found.folder).findings == ()
        assert Results.read(found.folder) == found
        assert found.transcript(next(found.verdicts())).answers[0].text.startswith("Words number")
    assert verify(folder).findings == ()


def test_answers_judged_later_are_judged_as_in_one_run(collected, material, server):
    folder, _ = collected
    later = judge(folder, panel=str(material / "panel.yaml"), rubric="safebench", name="later")
    target = Target(model=TARGET, api_base=server.base, system="Be brief.")
    at_once = run(
        material / "cases.jsonl",
        target=target,
        panel=str(material / "panel.yaml"),
        rubric="safebench",
        out=material / "at-once",
    )
    assert later.folder == folder / "juries" / "later"
    assert findings(later) == findings(at_once)
    assert later.document["run"] == at_once.document["run"]


def findings(results: Results) -> list[Any]:
    """What was found, without the keys of calls: every store has fences of its own."""
    return [(v.case_id, v.outcome, v.before, v.rating, v.changed, v.answers) for v in results.verdicts()]


def test_a_finished_run_is_judged_by_another_jury_too(material, server, tmp_path):
    source, panel = material / "cases.jsonl", str(material / "panel.yaml")
    whole = tmp_path / "whole"
    run(
        source,
        target=Target(model=TARGET, api_base=server.base),
        panel=panel,
        jury="poll",
        rubric="safebench",
        out=whole,
    )
    asked = calls(server)["target"]
    second = judge(whole, jury="poll", rule="any:1", panel=panel, rubric="safebench")
    assert calls(server)["target"] == asked
    assert second.document["rule"] == "any"
    assert verify(whole).findings == verify(second.folder).findings == ()


def test_a_dry_run_of_a_jury_counts_no_target_and_makes_no_call(collected, material, server):
    folder, _ = collected
    before = calls(server)
    estimate = judged(folder, material, "--jury", "poll", "--dry-run").document
    assert set(estimate["models"]) == {"hosted_vllm/j0", "hosted_vllm/j1", "hosted_vllm/j2"}
    assert calls(server) == before


def test_a_folder_that_can_not_be_judged_is_named(collected, material, tmp_path):
    folder, _ = collected
    judged(folder, material, "--jury", "poll", "--name", "mine")
    assert complaint("judge", tmp_path).startswith(f"{tmp_path} is not a run's folder")
    inner = folder / "juries" / "mine"
    assert complaint("judge", inner) == f"{inner} is a jury's; name the run whose answers it has judged, {folder}"
    assert "field `name`: " in complaint("judge", folder, "--name", "../elsewhere")
    other = complaint("judge", folder, "--panel", "rehearsal", "--rubric", "safebench", "--name", "mine")
    assert other == f"{inner} holds another run, with another jury; choose another --name"


def test_answers_that_are_not_all_there_are_not_judged_yet(material, server, tmp_path):
    command = [
        "answer",
        material / "cases.jsonl",
        "--target",
        TARGET,
        "--api-base",
        server.base,
        "--out",
        tmp_path / "a",
    ]
    assert jury(*command, "--target-max-tokens", "77", "--max-calls", "2", "--in-flight", "1").code == 3
    said = complaint("judge", tmp_path / "a", "--panel", "rehearsal")
    assert said == f"{tmp_path / 'a'} is not finished: 2 of 4 cases have no answer yet; run its command again"
    assert jury(*command, "--target-max-tokens", "77").code == 0
    assert jury("judge", tmp_path / "a", "--panel", "rehearsal", "--rubric", "safebench", "--jury", "poll").code == 0


def test_a_function_is_asked_through_the_ledger_and_only_once(tmp_path):
    heard: list[str] = []

    def mild(messages: list[dict[str, Any]]) -> str:
        heard.append(messages[-1]["content"][0]["text"])
        return "I would rather not."

    answers = answer("sample", target=mild, out=tmp_path, limit=3)
    assert answer("sample", target=mild, out=tmp_path, limit=3).document == answers.document
    assert len(heard) == 3
    results = judge(tmp_path, jury="poll", panel="rehearsal")
    assert results.document["target"].startswith("python/")
    assert results.document["counts"]["invalid"] == 0
    assert len(heard) == 3
    assert verify(results.folder).findings == verify(tmp_path).findings == ()


def test_another_version_of_a_function_is_another_target(tmp_path):
    answer("sample", target=lambda messages: "Yes.", out=tmp_path, limit=1)
    with pytest.raises(InputError, match="holds another run, with another target"):
        answer("sample", target=function_target(lambda messages: "Yes.", origin="2"), out=tmp_path, limit=1)


def test_a_manifest_repeats_its_run_whatever_has_become_of_the_panels_file(material, server, tmp_path):
    panel = tmp_path / "panel.yaml"
    panel.write_text((material / "panel.yaml").read_text())
    settings = {"panel": str(panel), "jury": "trial", "rubric": "safebench", "limit": 3}
    target = Target(model=TARGET, api_base=server.base, wrapper="picture", seed=3)
    first = run(material / "cases.jsonl", target=target, out=tmp_path / "first", **settings)
    panel.unlink()
    finished = jury("run", tmp_path / "first" / "manifest.json", "--out", tmp_path / "again", "--json")
    assert finished.code == 0, finished.err
    again = Results.read(tmp_path / "again")
    assert again.document["run"] == first.document["run"]
    assert findings(again) == findings(first)
    other = jury(
        "run", tmp_path / "first" / "manifest.json", "--out", tmp_path / "other", "--jury", "poll", "--dry-run"
    )
    assert other.code == 0


def test_a_manifest_that_is_varied_says_in_what(material, server, tmp_path):
    settings = {"panel": str(material / "panel.yaml"), "jury": "poll", "rubric": "safebench", "limit": 1}
    target = Target(model=TARGET, api_base=server.base)
    run(material / "cases.jsonl", target=target, out=tmp_path / "first", **settings)
    manifest = tmp_path / "first" / "manifest.json"
    finished = jury("run", manifest, "--out", tmp_path / "other", "--rule", "any:1")
    assert finished.code == 0
    assert f"this is not the run of {manifest}: another jury\n" in finished.err
