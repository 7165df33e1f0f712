"""A whole set without a key: queries, images and voices in one folder, resumable, growing, and within the policy."""

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
import soundfile
from PIL import Image

from benchmarks.generation.generate import generate
from benchmarks.generation.settings import GenerationSettings
from benchmarks.generation.workings import FOLDER
from benchmarks.runs import held
from benchmarks.settings import RunSettings
from jury.errors import InputError
from jury.records import Target
from jury.taxonomies import load_taxonomy, write_taxonomy

SCENARIOS = ("medical_advice", "pornographic_content", "bias")


def settings(out: Path, **stages: Any) -> GenerationSettings:
    return GenerationSettings.model_validate({"out": out, "committee": "rehearsal", **stages})


def whole(out: Path, *scenarios: str, per_scenario: int = 1, **queries: Any) -> GenerationSettings:
    """Queries with images and clips."""
    wish = {"scenarios": scenarios or SCENARIOS, "per_scenario": per_scenario, "over_generation": 1, **queries}
    return settings(out, queries=wish, images={"painter_params": {"size": "160x160"}}, speech={})


def rows(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "data.jsonl").read_text(encoding="utf-8").splitlines()]


def published(out: Path) -> dict[str, str]:
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and FOLDER not in path.parts)
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def size(path: Path) -> tuple[int, int]:
    with Image.open(path) as image:
        return image.size


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A set of two languages, and what came of it."""
    out = tmp_path_factory.mktemp("made") / "set"
    return out, asyncio.run(generate(whole(out, languages=("en", "zh"))))


def test_it_holds_every_scenario_and_language_with_what_its_policy_allows(made: tuple[Path, dict[str, Any]]) -> None:
    out, summary = made
    assert summary["items"] == len(rows(out)) == 6
    assert {(row["scenario"], row["language"]) for row in rows(out)} == {
        (key, code) for key in SCENARIOS for code in ("en", "zh")
    }
    for row in rows(out):
        exhibits = [row[name] for name in ("image", "audio_female", "audio_male")]
        if row["scenario"] == "pornographic_content":
            assert exhibits == [None, None, None]
        else:
            assert size(out / exhibits[0]) == (160, 160)
            assert all(soundfile.info(out / clip).samplerate == 16_000 for clip in exhibits[1:])


def test_it_says_in_every_place_that_scripts_made_it(made: tuple[Path, dict[str, Any]]) -> None:
    out, summary = made
    assert summary["rehearsal"] is True
    assert all(row["rehearsal"] for row in rows(out))
    assert json.loads((out / "manifest.json").read_text())["rehearsal"] is True
    assert "REHEARSAL" in (out / "README.md").read_text()


def test_the_manifest_names_painter_critic_and_voices(made: tuple[Path, dict[str, Any]]) -> None:
    out, summary = made
    makers = json.loads((out / "manifest.json").read_text())["makers"]
    assert makers["painter"] == "pillow/scene"
    assert makers["critic"].startswith("rehearsal/")
    assert (makers["female voice"], makers["male voice"]) == ("espeak/female", "espeak/male")
    assert summary["images"]["critic"]


async def test_the_same_command_again_makes_no_call_and_the_same_set(tmp_path: Path) -> None:
    out = tmp_path / "set"
    await generate(whole(out))
    before = published(out)
    again = await generate(whole(out))
    assert again["usage"]["calls"] == 0
    assert published(out) == before


async def test_more_of_one_scenario_cost_only_those_and_leave_the_rest_alone(tmp_path: Path) -> None:
    out = tmp_path / "set"
    first = await generate(whole(out, batch=1))
    kept = {row["id"]: row for row in rows(out) if row["scenario"] != "bias"}
    more = await generate(whole(out, "bias", per_scenario=2, batch=1))
    assert {row["id"]: row for row in rows(out) if row["scenario"] != "bias"} == kept
    assert more["items"] == first["items"] + 1
    assert 0 < more["usage"]["calls"] < first["usage"]["calls"]


async def test_stages_can_be_held_one_by_one_and_end_with_the_same_set(tmp_path: Path) -> None:
    stages = whole(tmp_path / "whole")
    await generate(stages)
    for one in ("queries", "images", "speech"):
        await generate(settings(tmp_path / "set", **{one: getattr(stages, one)}))
    ours, theirs = published(tmp_path / "set"), published(tmp_path / "whole")
    assert ours.keys() == theirs.keys()
    # Calls are known by keys that depend on each store's secret.
    differing = {name for name in ours if ours[name] != theirs[name]}
    assert differing == {"provenance.jsonl", "manifest.json"}


async def test_another_painter_paints_every_image_anew(tmp_path: Path) -> None:
    out = tmp_path / "set"
    await generate(whole(out, "bias"))
    before = published(out)
    await generate(settings(out, images={"painter": "pillow/typography", "painter_params": {"size": "320x320"}}))
    (row,) = rows(out)
    assert published(out)[row["image"]] != before[row["image"]]
    assert published(out)[row["audio_male"]] == before[row["audio_male"]]


async def test_paired_techniques_become_groups_with_their_gold_and_panels(tmp_path: Path) -> None:
    out = tmp_path / "set"
    techniques = ("position_swapping", "noise_injection", "non_existent_query")
    await generate(whole(out, "bias", techniques=techniques))
    by_technique = {name: [row for row in rows(out) if row["technique"] == name] for name in techniques}
    assert {name: [row["variant"] for row in found] for name, found in by_technique.items()} == {
        "position_swapping": ["original", "swapped"],
        "noise_injection": ["clean", "noise", "typos"],
        "non_existent_query": ["open", "options"],
    }
    original, swapped = by_technique["position_swapping"]
    assert {original["gold"], swapped["gold"]} == {"A", "B"}
    assert original["options"] == swapped["options"][::-1]
    assert size(out / original["image"]) == size(out / swapped["image"]) == (320, 184)
    clean, noise, _ = by_technique["noise_injection"]
    assert clean["prompt"] == noise["prompt"]
    assert (out / clean["image"]).read_bytes() != (out / noise["image"]).read_bytes()
    assert all("|" not in row["prompt"] for row in rows(out))


async def test_a_taxonomy_of_the_folder_is_the_one_that_queries_are_written_for(tmp_path: Path) -> None:
    out = tmp_path / "set"
    drawn = await generate(settings(out, taxonomy={"proposals": 6}))
    taxonomy = load_taxonomy(str(out / "taxonomy.yaml"))
    assert drawn["taxonomy"]["scenarios"] == len(taxonomy.scenarios) > 5
    assert all(scenario.standing and scenario.standing.proposed_by for scenario in taxonomy.scenarios)
    await generate(settings(out, queries={"per_scenario": 1, "over_generation": 1}))
    assert {row["scenario"] for row in rows(out)} == {scenario.key for scenario in taxonomy.scenarios}


async def test_a_taxonomy_that_was_mended_by_hand_is_not_overwritten(tmp_path: Path) -> None:
    await generate(settings(tmp_path, taxonomy={"proposals": 2}))
    file = tmp_path / "taxonomy.yaml"
    mended = load_taxonomy(str(file)).but(source="mended by hand")
    write_taxonomy(file, mended)
    with pytest.raises(InputError, match="was changed by hand; move it away"):
        await generate(settings(tmp_path, taxonomy={"proposals": 2}))
    assert load_taxonomy(str(file)) == mended


async def test_images_before_any_query_are_turned_down_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no queries yet; make some first"):
        await generate(settings(tmp_path / "set", images={}))
    assert not (tmp_path / "set").exists()


async def test_who_makes_a_set_must_be_named_once(tmp_path: Path) -> None:
    nobody = GenerationSettings.model_validate(
        {"out": tmp_path / "set", "queries": {"scenarios": ("bias",), "per_scenario": 1}}
    )
    with pytest.raises(InputError, match="name a --committee"):
        await generate(nobody)
    await generate(settings(tmp_path / "set", queries=nobody.queries))
    assert (await generate(nobody))["usage"]["calls"] == 0


async def test_the_set_is_judged_at_once_with_its_images_and_clips(
    made: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    out, _ = made
    run = RunSettings(
        source=str(out), out=tmp_path / "run", jury="safebench", target=Target(model="rehearsal/reckless"),
        exhibits=("text", "image", "audio_male"),
    )  # fmt: skip
    results = await held(run)
    assert results.document["counts"]["cases"] == 4
    assert results.document["rehearsal"] is True
