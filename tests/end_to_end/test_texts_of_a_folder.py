"""Trials, waiting ones too, and generated sets go on with the texts that their folder keeps."""

import asyncio
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from command import complaint, jury
from shipped import shipped_copy
from viewers import waiting_trial

from benchmarks.viewer.hands import Hands
from benchmarks.viewer.places import Catalogue, TrialPlace
from graphs import deliberate
from graphs.by_hand import Waiting
from jury.errors import InputError
from jury.records import Answer, Case, TextPart, Turn, Verdict

CASE = Case(
    id="walk", turns=(Turn(parts=(TextPart(text="Is it far?"),)),), answers=(Answer(text="A mile."),), target="somebody"
)


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return shipped_copy(tmp_path / "shipped", monkeypatch)


def spoil(shipped: Path) -> None:
    """Reword every shipped template, and remove every role card."""
    shutil.rmtree(shipped / "roles")
    for file in shipped.rglob("*.j2"):
        file.write_text(f"{file.read_text()}Take your time.\n")


def keys(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as connection:
        return {key for (key,) in connection.execute("SELECT key FROM calls")}


def test_a_trial_that_is_asked_for_again_costs_nothing_whatever_became_of_the_shipped_texts(
    tmp_path: Path, shipped: Path
) -> None:
    (tmp_path / "case.json").write_text('{"id": "walk", "prompt": "Is it far?"}')
    asking = ("deliberate", tmp_path / "case.json", "--panel", "rehearsal", "--target", "rehearsal/reckless")
    assert jury(*asking, "--out", tmp_path / "trial").code == 0
    before = keys(tmp_path / "trial")
    spoil(shipped)
    assert jury(*asking, "--out", tmp_path / "trial").code == 0
    assert keys(tmp_path / "trial") == before
    assert "unknown role" in complaint(*asking, "--out", tmp_path / "another")


def test_a_later_trial_in_the_folder_adds_the_texts_that_it_needs(tmp_path: Path, shipped: Path) -> None:
    folder = tmp_path / "trials"
    asyncio.run(deliberate(CASE, panel="rehearsal", protocol="poll", folder=folder))
    kept = json.loads((folder / "texts.json").read_text())["files"]
    before = keys(folder)
    reworded = shipped / "juror" / "deliberate.en.j2"
    reworded.write_text(f"{reworded.read_text()}Take your time.\n")
    opening = shipped / "juror" / "assess.en.j2"
    opening.write_text(f"{opening.read_text()}Take your time.\n")
    asyncio.run(deliberate(CASE, panel="rehearsal", protocol="roundtable", folder=folder))
    assert kept.items() < json.loads((folder / "texts.json").read_text())["files"].items()
    assert (folder / "prompts" / "juror" / "deliberate.en.j2").read_text().endswith("Take your time.\n")
    assert before < keys(folder)  # the sealed ballots were those of the poll


def test_an_altered_text_of_a_trial_is_refused(tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text('{"id": "walk", "prompt": "Is it far?", "response": "A mile."}')
    asking = (
        "deliberate",
        tmp_path / "case.json",
        "--jury",
        "poll",
        "--panel",
        "rehearsal",
        "--out",
        tmp_path / "trial",
    )
    assert jury(*asking).code == 0
    text = tmp_path / "trial" / "prompts" / "juror" / "assess.en.j2"
    text.write_text(f"{text.read_text()}Vote safe.\n")
    assert complaint(*asking).startswith(f"{text} is not the text that was kept there")


def test_a_list_of_texts_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "trials"
    asyncio.run(deliberate(CASE, panel="rehearsal", protocol="poll", folder=folder))
    (folder / "texts.json").write_text("[]")
    with pytest.raises(InputError, match=r"texts.json can't be read as a list of texts"):
        asyncio.run(deliberate(CASE, panel="rehearsal", protocol="poll", folder=folder))


def test_a_trial_that_waits_goes_on_with_the_texts_that_it_began_with(tmp_path: Path, shipped: Path) -> None:
    out = waiting_trial(tmp_path, protocol="poll")
    spoil(shipped)
    (place,) = Catalogue([out]).trials.values()
    verdict = asyncio.run(voted(place))
    assert isinstance(verdict, Verdict)
    texts = [file.read_text() for file in (out / "prompts").rglob("*.j2")]
    assert len(texts) > 5
    assert not any("Take your time." in text for text in texts)
    assert json.loads((out / "results.json").read_text())["complete"]
    assert jury("verify", out).code == 0


async def voted(place: TrialPlace) -> object:
    """Where a trial stands once Ada has voted in the viewer."""
    hands, ballot = Hands(), {"reasoning": "It is risky.", "choice": "unsafe", "rating": 2, "confidence": 0.8}
    waiting = await hands.stands(place)
    assert isinstance(waiting, Waiting)
    hands.go_on(place, dict.fromkeys(waiting.questions, json.dumps(ballot)))
    await hands.going[place.id]
    assert hands.failed == {}
    return await hands.stands(place)


GENERATING = ("--committee", "rehearsal", "--scenarios", "bias", "--over-generation", "1")


def data(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "data.jsonl").read_text().splitlines()]


def test_a_set_grows_with_the_texts_that_it_began_with(tmp_path: Path, shipped: Path) -> None:
    command = ("generate", "queries", *GENERATING, "--out", tmp_path / "set")
    assert jury(*command, "--per-scenario", "2").code == 0
    kept = json.loads((tmp_path / "set" / "workings" / "texts.json").read_text())["files"]
    assert {"committee/write.en.j2", "roles/teacher.yaml", "techniques/plain.yaml"} <= kept.keys()
    assert kept.keys().isdisjoint({"image/paint.en.j2", "roles/elder.yaml", "techniques/disguise.yaml"})
    before, first = keys(tmp_path / "set" / "workings"), data(tmp_path / "set")
    spoil(shipped)
    again = jury(*command, "--per-scenario", "2", "--json")
    assert again.document["usage"]["calls"] == 0
    assert jury(*command, "--per-scenario", "12").code == 0
    assert before < keys(tmp_path / "set" / "workings")
    assert {row["id"] for row in first} <= {row["id"] for row in data(tmp_path / "set")}
    assert json.loads((tmp_path / "set" / "workings" / "texts.json").read_text())["files"] == kept
    assert json.loads((tmp_path / "set" / "manifest.json").read_text())["prompts"]["files"] == kept


def test_a_stage_that_comes_later_brings_its_texts_along(tmp_path: Path, shipped: Path) -> None:
    assert jury("generate", "queries", *GENERATING, "--per-scenario", "1", "--out", tmp_path / "set").code == 0
    shutil.copy(shipped / "roles" / "elder.yaml", shipped / "roles" / "gardener.yaml")
    assert jury("generate", "images", "--out", tmp_path / "set", "--painter-params", "size=128x128").code == 0
    kept = json.loads((tmp_path / "set" / "workings" / "texts.json").read_text())["files"]
    assert {"image/paint.en.j2", "committee/write.en.j2"} <= kept.keys()
    assert "roles/gardener.yaml" not in kept


def test_prompts_that_change_a_text_of_a_set_are_turned_down(tmp_path: Path, shipped: Path) -> None:
    command = ("generate", "queries", *GENERATING, "--per-scenario", "1", "--out", tmp_path / "set")
    assert jury(*command).code == 0
    mine = tmp_path / "mine" / "committee" / "write.en.j2"
    mine.parent.mkdir(parents=True)
    mine.write_text(f"{(shipped / 'committee' / 'write.en.j2').read_text()}Be brief.\n")
    said = complaint(*command, "--prompts", tmp_path / "mine")
    assert f"was begun with another committee/write.en.j2 than {mine}" in said
    mine.rename(mine.with_name("unknown.en.j2"))
    assert jury(*command, "--prompts", tmp_path / "mine").code == 0


def test_a_taxonomy_of_the_committee_s_own_keeps_what_its_members_were_told(tmp_path: Path, shipped: Path) -> None:
    command = (
        "generate",
        "taxonomy",
        "--committee",
        "rehearsal",
        "--proposals",
        "5",
        "--out",
        tmp_path / "set",
        "--json",
    )
    assert jury(*command).code == 0
    kept = json.loads((tmp_path / "set" / "workings" / "texts.json").read_text())["files"]
    assert {"committee/propose.en.j2", "council/assess.en.j2", "rubrics/committee.yaml"} <= kept.keys()
    spoil(shipped)
    assert jury(*command).document["usage"]["calls"] == 0
