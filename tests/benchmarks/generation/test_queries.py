"""The queries of a set: written in parallel, without repetition, resumable, growing."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from committee import ScriptedMembers
from model_server import ModelServer, Served
from scripted import said

from benchmarks import run
from benchmarks.generation.generate import generate
from benchmarks.generation.settings import GenerationSettings
from benchmarks.generation.workings import workings
from jury.committee.similarity import Seen, normalised
from jury.errors import InputError, StoppedEarlyError

AUTHORS = (
    "panel: {seats: [{model: test/author, name: a}, {model: test/author, name: b}, {model: test/author, name: c}]}"
)


def settings(out: Path, committee: str = "rehearsal", **stated: Any) -> GenerationSettings:
    """Settings of queries alone; `max_calls` is of the sitting, all else of the queries."""
    sitting = {name: stated.pop(name) for name in ("max_calls",) if name in stated}
    return GenerationSettings.model_validate({"out": out, "committee": committee, **sitting, "queries": stated})


async def written(stated: GenerationSettings, transport: Any = None) -> dict[str, Any]:
    """What came of the queries."""
    summary = await generate(stated, transport=transport)
    return {**summary, **summary["queries"]}


def rows(out: Path, name: str = "data.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def authors(tmp_path: Path) -> str:
    file = tmp_path / "authors.yaml"
    file.write_text(AUTHORS)
    return str(file)


async def test_every_scenario_and_language_gets_its_queries(tmp_path: Path) -> None:
    stated = settings(tmp_path, languages=("en", "zh"), per_scenario=2)
    summary = await written(stated)
    assert (summary["kept"], summary["short"], summary["rehearsal"]) == (92, [], True)
    counts = {(row["scenario"], row["language"]) for row in rows(tmp_path)}
    assert len(counts) == 46
    assert all(row["category"] for row in rows(tmp_path))


async def test_every_technique_has_a_stream_of_its_own_and_its_guidance_is_told(tmp_path: Path, authors: str) -> None:
    members = ScriptedMembers()
    stated = settings(
        tmp_path / "set",
        authors,
        scenarios=("bias",),
        techniques=("plain", "disguise"),
        per_scenario=2,
        over_generation=1,
    )
    summary = await written(stated, transport=members)
    assert set(summary["streams"]) == {"bias/en/plain", "bias/en/disguise"}
    told = [said(request) for request in members.requests]
    assert any("TECHNIQUE: disguise" in words and "harmless setting" in words for words in told)


async def test_what_is_not_kept_stays_with_its_reason(tmp_path: Path) -> None:
    await written(settings(tmp_path, scenarios=("bias",), per_scenario=3, batch=5))
    reasons = [row.get("reason", "") for row in rows(workings(tmp_path), "queries.jsonl")]
    assert reasons.count("") == 3
    assert reasons.count("ranked_below") == len(reasons) - 3 > 0


async def test_no_repetition_survives_in_a_set_of_2300_by_members_who_repeat_themselves(tmp_path: Path) -> None:
    stated = settings(tmp_path, per_scenario=100, over_generation=1.1)
    summary = await written(stated)
    kept = rows(tmp_path)
    assert len(kept) == len({row["id"] for row in kept}) == len({normalised(row["prompt"]) for row in kept}) == 2300
    for scenario in {row["scenario"] for row in kept}:
        seen = Seen(0.8)
        for row in kept:
            if row["scenario"] == scenario:
                assert seen.like(row["prompt"]) is None
                seen.add(row["id"], row["prompt"])
    assert summary["members"]["the citizen"]["queries"]["duplicate"] > 100


async def test_a_second_sitting_asks_nobody_and_writes_the_same(tmp_path: Path, authors: str) -> None:
    stated = settings(tmp_path / "set", authors, scenarios=("bias", "hate_speech"), per_scenario=10)
    members = ScriptedMembers()
    await written(stated, transport=members)
    first, asked = (workings(tmp_path / "set") / "queries.jsonl").read_bytes(), members.asked.total()
    await written(stated, transport=members)
    assert (workings(tmp_path / "set") / "queries.jsonl").read_bytes() == first
    assert members.asked.total() == asked


async def test_more_queries_for_one_scenario_cost_only_those(tmp_path: Path, authors: str) -> None:
    members, out = ScriptedMembers(), tmp_path / "set"
    await written(settings(out, authors, scenarios=("bias", "hate_speech"), per_scenario=10), transport=members)
    asked = members.asked.total()
    grown = await written(settings(out, authors, scenarios=("bias",), per_scenario=20), transport=members)
    assert grown["streams"]["bias/en/plain"]["kept"] == 20
    assert grown["streams"]["hate_speech/en/plain"]["kept"] == 10
    assert members.asked.total() == asked * 2 - asked // 2


async def test_a_sitting_that_its_budget_stopped_goes_on_to_the_same_set(tmp_path: Path, authors: str) -> None:
    wish = {"scenarios": ("bias", "hate_speech"), "per_scenario": 10}
    whole, halting = ScriptedMembers(), ScriptedMembers()
    await written(settings(tmp_path / "whole", authors, **wish), transport=whole)
    for calls in (3, 7):
        with pytest.raises(StoppedEarlyError):
            await written(settings(tmp_path / "set", authors, **wish, max_calls=calls), transport=halting)
    await written(settings(tmp_path / "set", authors, **wish), transport=halting)
    assert halting.asked.total() == whole.asked.total()
    assert rows(tmp_path / "set") == rows(tmp_path / "whole")


async def test_a_member_behind_http_that_refuses_is_worked_around_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSTED_VLLM_API_KEY", "none")

    def behave(request: dict[str, Any]) -> Served:
        shown = request["messages"][-1]["content"]
        if request["model"].endswith("refuser"):
            return Served(text="I'm sorry, but I can't help with that.")
        return Served(text=ScriptedMembers()._text("author", "write" if "ACT: write" in shown else "score", shown))

    with ModelServer(behave) as server:
        seats = ", ".join(
            f"{{model: hosted_vllm/{name}, name: {name}, api_base: '{server.base}'}}"
            for name in ("refuser", "one", "two", "three")
        )
        (tmp_path / "mixed.yaml").write_text(f"panel: {{seats: [{seats}]}}")
        stated = settings(tmp_path / "set", str(tmp_path / "mixed.yaml"), scenarios=("bias",), per_scenario=20)
        summary = await written(stated)
        made = len(server.requests)
        await written(stated)
    assert summary["kept"] == 20
    assert summary["members"]["refuser"]["failed"]["refused"] > 0
    assert summary["rehearsal"] is False
    assert len(server.requests) == made


def test_the_set_is_judged_as_it_is(tmp_path: Path) -> None:
    asyncio.run(written(settings(tmp_path / "set", scenarios=("bias",), per_scenario=3)))
    results = run(tmp_path / "set", out=tmp_path / "run", target="rehearsal/reckless", jury="safebench")
    assert results.document["counts"]["cases"] == 3
    assert results.document["by_scenario"]["bias"]["n"] == 3
    assert results.document["rubric"] == "safebench"


async def test_a_committee_that_keeps_nothing_is_accounted_for_and_nothing_is_published(tmp_path: Path) -> None:
    (tmp_path / "mutes.yaml").write_text("panel: {seats: [{model: test/mute, name: a}, {model: test/mute, name: b}]}")
    stated = settings(tmp_path / "set", str(tmp_path / "mutes.yaml"), scenarios=("bias",), scorers=1, give_up=1)
    summary = await written(stated, transport=ScriptedMembers())
    assert (summary["kept"], summary["items"], summary["short"]) == (0, 0, ["bias/en/plain"])
    assert all(member["failed"]["unreadable"] > 0 for member in summary["members"].values())
    assert not (tmp_path / "set" / "data.jsonl").exists()


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ({"scenarios": ("gardening",)}, "taxonomy 'safebench' has no scenario 'gardening'; it has: medical_advice"),
        ({"languages": ("fr",)}, "no prompts in language 'fr'; there are: en, zh"),
        ({"scenarios": ("child_abuse",), "techniques": ("noise_injection",)}, "only bare requests may be made"),
        ({"scorers": 5}, "committee 'rehearsal' has 4 member"),
        ({"techniques": ("charm",)}, "unknown technique 'charm'; known: disguise"),
        ({"taxonomy": "none"}, "unknown taxonomy 'none'"),
    ],
)
async def test_what_can_not_be_made_is_said_at_once(tmp_path: Path, stated: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        await written(settings(tmp_path / "set", **stated))
    assert not (tmp_path / "set").exists() or not list((tmp_path / "set").iterdir())


async def test_another_committee_in_the_same_folder_is_turned_down(tmp_path: Path, authors: str) -> None:
    wish = {"scenarios": ("bias",), "per_scenario": 2}
    await written(settings(tmp_path / "set", **wish))
    with pytest.raises(InputError, match="made with another committee; choose another --out"):
        await written(settings(tmp_path / "set", authors, **wish), transport=ScriptedMembers())
