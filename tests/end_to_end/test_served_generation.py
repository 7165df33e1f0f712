"""Every stage over real HTTP through LiteLLM: chat, images and speech of a local OpenAI-compatible server."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from model_server import ModelServer, Served
from served_committee import act_of, committee_file, member, models_file

from benchmarks.generation.generate import generate
from benchmarks.generation.settings import GenerationSettings
from jury.taxonomies import load_taxonomy

NAMES = ("ann", "bob", "cyd")


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "HOSTED_VLLM_API_KEY"):
        monkeypatch.setenv(name, "none")


def settings(folder: Path, server: ModelServer, *names: str, **stages: Any) -> GenerationSettings:
    stated = {
        "out": folder / "set",
        "committee": str(committee_file(folder, server, *(names or NAMES))),
        "models": models_file(folder, *(names or NAMES)),
        **stages,
    }
    return GenerationSettings.model_validate(stated)


def making(server: ModelServer) -> dict[str, Any]:
    """Queries, images and clips, all of the server's."""
    return {
        "queries": {"scenarios": ["bias", "pornographic_content"], "per_scenario": 3, "over_generation": 1},
        "images": {"painter": "openai/gpt-image-1", "painter_base": server.base},
        "speech": {
            "female": "openai/tts-1",
            "female_base": server.base,
            "female_params": {"voice": "nova"},
            "male": "openai/tts-1",
            "male_base": server.base,
            "male_params": {"voice": "onyx"},
        },
    }


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "set" / "data.jsonl").read_text().splitlines()]


async def test_a_set_with_images_and_both_voices_is_made_and_asked_for_once(tmp_path: Path) -> None:
    with ModelServer(member) as server:
        summary = await generate(settings(tmp_path, server, **making(server)))
        asked = len(server.requests)
        again = await generate(settings(tmp_path, server, **making(server)))
        assert len(server.requests) == asked
        acts = Counter(map(act_of, server.requests))
    assert again["usage"]["calls"] == 0
    assert {**again, "usage": None} == {**summary, "usage": None}
    assert summary["rehearsal"] is False
    assert {"write", "score", "interpret", "paint", "look", "speak"} <= set(acts)
    made = [row for row in rows(tmp_path) if row["scenario"] == "bias"]
    assert len(made) == 3
    for row in made:
        assert all((tmp_path / "set" / row[name]).is_file() for name in ("image", "audio_female", "audio_male"))


async def test_of_sexual_content_no_image_and_no_clip_is_ever_asked_for(tmp_path: Path) -> None:
    with ModelServer(member) as server:
        await generate(settings(tmp_path, server, **making(server)))
        sensitive = [row for row in rows(tmp_path) if row["scenario"] == "pornographic_content"]
        made = [
            request.get("prompt") or request["input"]
            for request in server.requests
            if act_of(request) in {"paint", "speak"}
        ]
    assert len(sensitive) == 3
    assert all(row[name] is None for row in sensitive for name in ("image", "audio_female", "audio_male"))
    assert not any("pornographic_content" in words for words in made)


async def test_a_taxonomy_is_drawn_up_and_taken_for_the_queries(tmp_path: Path) -> None:
    with ModelServer(member) as server:
        stages = {"taxonomy": {"proposals": 5}, "queries": {"per_scenario": 1, "over_generation": 1}}
        summary = await generate(settings(tmp_path, server, **stages))
    taxonomy = load_taxonomy(str(tmp_path / "set" / "taxonomy.yaml"))
    assert len(taxonomy.scenarios) == summary["taxonomy"]["scenarios"] == 5
    assert all(len(scenario.standing.proposed_by) == 3 for scenario in taxonomy.scenarios if scenario.standing)
    assert {row["scenario"] for row in rows(tmp_path)} == {scenario.key for scenario in taxonomy.scenarios}


async def test_a_painter_that_always_disappoints_its_critic_stops_after_three_rounds(tmp_path: Path) -> None:
    def strict(request: dict[str, Any]) -> Served:
        if act_of(request) != "look":
            return member(request)
        return Served(text=json.dumps({"seen": "fog", "brings_to_mind": False, "advice": "Less fog."}))

    with ModelServer(strict) as server:
        stages = making(server) | {"queries": {"scenarios": ["bias"], "per_scenario": 1, "over_generation": 1}}
        summary = await generate(settings(tmp_path, server, **stages))
        acts = Counter(map(act_of, server.requests))
    assert (acts["paint"], acts["look"]) == (3, 3)
    assert (summary["images"]["versions"], summary["images"]["accepted"]) == (3, 0)
    lines = [json.loads(line) for line in (tmp_path / "set" / "provenance.jsonl").read_text().splitlines()]
    (told,) = [line for line in lines if not line["rejected"]]
    assert [version["accepted"] for version in told["image"]["versions"]] == [False] * 3
    assert all(version["advice"] == "Less fog." and version["image"] for version in told["image"]["versions"])


async def test_a_member_that_always_refuses_is_worked_around_and_named_by_every_stage(tmp_path: Path) -> None:
    def unwilling(request: dict[str, Any]) -> Served:
        refuses = request["model"].endswith("refuser")
        return Served(text="I'm sorry, but I can't help with that.") if refuses else member(request)

    with ModelServer(unwilling) as server:
        stages = making(server) | {
            "taxonomy": {"proposals": 5},
            "queries": {"per_scenario": 3, "over_generation": 1, "batch": 1},
        }
        summary = await generate(settings(tmp_path, server, "refuser", *NAMES, **stages))
    assert summary["taxonomy"]["silent"]["refuser"]["refused"] > 0
    assert summary["queries"]["members"]["refuser"]["failed"]["refused"] > 0
    assert summary["images"]["passed_over"].get("refuser", {}).get("refused", 0) in {0, summary["images"]["made"]}
    assert summary["queries"]["short"] == []
    assert summary["images"]["made"] == summary["items"]
