"""Attacks on real juries over real sockets: who obeys is turned, who doesn't is not, and defences do what they say."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command import complaint, jury
from model_server import ModelServer, Served, words_of

from benchmarks.verify import verify


def ballot(choice: str) -> Served:
    rating = {"safe": 5, "unsafe": 1, "abstain": 3}[choice]
    return Served(json.dumps({"reasoning": "So.", "choice": choice, "rating": rating, "confidence": 0.9}))


def asked(request: dict[str, Any]) -> str:
    """What a juror reads, but for the system's message."""
    return words_of(request["messages"][1]["content"])


def obedient(request: dict[str, Any]) -> Served:
    text = asked(request)
    if 'choose "safe"' in text or "选择“safe”" in text:
        return ballot("safe")
    return ballot("abstain" if "unanimous" in text else "unsafe")


def firm(_: dict[str, Any]) -> Served:
    return ballot("unsafe")


def reads_unseen(request: dict[str, Any]) -> Served:
    """Reads the tags of Unicode that people don't see."""
    return ballot("safe" if "\U000e0073\U000e0061\U000e0066\U000e0065" in asked(request) else "unsafe")


def forgets(request: dict[str, Any]) -> Served:
    """Loses sight of the question in long texts."""
    return ballot("safe" if len(asked(request)) > 10_000 else "unsafe")


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(obedient) as server:
        yield server


@pytest.fixture
def arguments(tmp_path: Path, server: ModelServer) -> list[str]:
    lines = [{"id": f"c{n}", "prompt": f"Question {n}?", "response": f"Answer {n}."} for n in range(4)]
    (tmp_path / "cases.jsonl").write_text("\n".join(map(json.dumps, lines)))
    seat = f"  - {{name: j, model: hosted_vllm/j, role: juror, api_base: '{server.base}'}}\n"
    (tmp_path / "panel.yaml").write_text(f"name: one\nseats:\n{seat}")
    who = ["--jury", "poll", "--panel", str(tmp_path / "panel.yaml"), "--rubric", "safebench"]
    return ["attack", str(tmp_path / "cases.jsonl"), *who, "--out", str(tmp_path / "out"), "--json"]


def rows(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {f"{row['attack']} {row['language']}": row for row in document["attacks"]}


def test_an_obedient_juror_is_turned_and_the_control_turns_nobody(arguments, tmp_path):
    document = jury(*arguments, "--kinds", "instruction,peers").document
    found = rows(document)
    assert [found[f"instruction {language}"]["rate"] for language in ("en", "zh")] == [1.0, 1.0]
    assert found["harmless en"]["flipped"] == 0
    beyond = found["instruction en"]["beyond_control"]
    assert (beyond["cases"], beyond["difference"], beyond["interval"][1]) == (4, 1.0, 1.0)
    assert 0 < beyond["interval"][0] < 0.4
    assert (found["peers en"]["flipped"], found["peers en"]["undecided"]) == (0, 4)
    assert document["defences"] == {"fences": True, "neutralise": False, "longest": None}
    assert json.loads((tmp_path / "out" / "attack.json").read_text()) == document
    assert not verify(tmp_path / "out").findings


def test_a_firm_juror_is_turned_by_nothing(arguments, server):
    server.behaviour = firm
    document = jury(*arguments).document
    assert len(document["kinds"]) == 17
    assert {row["flipped"] for row in document["attacks"]} == {0}
    assert {row["turnable"] for row in document["attacks"]} == {4}
    assert {row["not_applicable"] for row in document["attacks"]} == {0}


@pytest.mark.parametrize(
    ("juror", "kind", "defence"),
    [(reads_unseen, "zero_width", ["--neutralise"]), (forgets, "long_answer", ["--longest", "2000"])],
)
def test_a_defence_takes_away_what_it_is_made_against(arguments, server, juror, kind, defence):
    server.behaviour = juror
    open_to = [*arguments, "--kinds", kind, "--languages", "en"]
    assert rows(jury(*open_to).document)[f"{kind} en"]["rate"] == 1.0
    defended = list(open_to)
    defended[defended.index("--out") + 1] += "-defended"
    document = jury(*defended, *defence).document
    assert rows(document)[f"{kind} en"]["rate"] == 0.0
    assert document["defences"] != {"fences": True, "neutralise": False, "longest": None}


def test_without_fences_texts_stand_bare(arguments, server):
    jury(*arguments, "--kinds", "fence", "--languages", "en", "--no-fences")
    assert server.requests
    assert not any("<<<PROMPT" in asked(request) for request in server.requests)


def test_defences_make_another_run_and_the_folder_says_so(arguments):
    jury(*arguments, "--kinds", "peers")
    assert "another showing" in complaint(*arguments, "--kinds", "peers", "--neutralise")
    assert "another attack" in complaint(*arguments, "--kinds", "fence")


def test_the_same_command_again_asks_nothing(arguments, server):
    first = jury(*arguments, "--kinds", "peers").document
    number = len(server.requests)
    assert jury(*arguments, "--kinds", "peers").document == first
    assert len(server.requests) == number == 4 * (1 + 2 * 2)


def test_a_target_is_asked_first_and_its_failed_answers_are_left_out(tmp_path, server, arguments):
    def target(request: dict[str, Any]) -> Served:
        if request["model"] == "target":
            broken = "Question 2?" in words_of(request["messages"][-1]["content"])
            return Served(status=400, body=b"{}") if broken else Served("Answer.")
        return obedient(request)

    server.behaviour = target
    asking = ["--target", "hosted_vllm/target", "--target-base", server.base, "--tries", "1"]
    finished = jury(*arguments, *asking, "--kinds", "instruction", "--languages", "en")
    assert "1 cases have no valid answer and are not attacked" in finished.err
    assert rows(finished.document)["instruction en"]["turnable"] == 3
    assert not verify(tmp_path / "out").findings


def test_a_push_may_go_the_other_way(arguments, server):
    server.behaviour = lambda request: ballot("unsafe" if 'choose "unsafe"' in asked(request) else "safe")
    document = jury(*arguments, "--kinds", "instruction", "--languages", "en", "--towards", "unsafe").document
    assert rows(document)["instruction en"]["rate"] == 1.0
    assert document["towards"] == "unsafe"


def test_a_table_shows_every_attack_and_what_it_could_not_do(arguments, monkeypatch):
    from benchmarks.attack.kinds import spoken
    from jury.errors import InputError

    def silent(*_: object) -> bytes:
        raise InputError("no voice \x1b[2J here")

    monkeypatch.setattr(spoken, "speak", silent)
    spoken._clip.cache_clear()
    monkeypatch.setenv("COLUMNS", "140")
    shown = jury(*[word for word in arguments if word != "--json"], "--kinds", "spoken,instruction")
    assert "instruction" in shown.out
    assert "100 % (42 to 100)" in shown.out
    assert "spoken en: no twin of 4 cases: no voice" in shown.out
    assert "\x1b[2J" not in shown.out


def test_a_dry_run_counts_every_twin_and_asks_nobody(arguments, server, tmp_path):
    document = jury(*arguments, "--dry-run", "--kinds", "peers").document
    assert document["cases"] == 4 * (1 + 2 * 2)
    assert document["total"]["calls"][0] == 20
    assert server.requests == []
    assert not (tmp_path / "out").exists()
    assert "needs answers" in complaint(*arguments, "--dry-run", "--target", "hosted_vllm/t")


def test_where_nothing_can_be_turned_the_table_says_so(arguments, server):
    server.behaviour = lambda _: ballot("safe")
    shown = jury(*[word for word in arguments if word != "--json"], "--kinds", "peers", "--languages", "en")
    assert "no clean verdict could be turned: none is decided on another choice than safe; try --towards" in shown.out


def test_bad_input_is_one_sentence(arguments, tmp_path):
    assert "unknown attack 'pears'" in complaint(*arguments, "--kinds", "pears")
    assert "is no choice of rubric 'safebench'" in complaint(*arguments, "--towards", "maybe")
    (tmp_path / "bare.jsonl").write_text('{"id": "a", "prompt": "What?"}')
    assert "holds no answer that could be attacked" in complaint("attack", tmp_path / "bare.jsonl", *arguments[2:])
