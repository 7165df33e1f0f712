"""Everything that led to an item, and to what is not part of the set."""

import json
from dataclasses import replace

import pytest

from benchmarks.generation.published import publish
from jury.panel import seats_of
from jury.records import Committee, Juror, Panel

PAIR = "trespass-en-position_swapping-0000000e"
FENCE, GATE, SECRET = "trespass-en-plain-0000000a", "trespass-zh-plain-0000000b", "secrecy-en-plain-0000000c"


@pytest.fixture
def told(tmp_path, material, making, store):
    publish(tmp_path / "set", material, making, store)
    lines = (tmp_path / "set" / "provenance.jsonl").read_bytes().splitlines()
    return {line["id"]: line for line in map(json.loads, lines)}


def test_every_item_and_every_rejected_query_has_a_line(told):
    assert list(told)[-1] == "trespass-en-plain-0000000d"
    assert [line["rejected"] for line in told.values()] == [None] * 5 + ["near_duplicate"]
    assert told["trespass-en-plain-0000000d"]["like"] == FENCE


@pytest.mark.parametrize(("reason", "shown"), [("policy", False), ("too_detailed", False), ("ranked_below", True)])
def test_words_that_were_rejected_for_what_they_say_are_not_published(tmp_path, material, making, store, reason, shown):
    rejected = material.queries[4].but(reason=reason, like="")
    publish(tmp_path / "set", replace(material, queries=(*material.queries[:4], rejected)), making, store)
    last = (tmp_path / "set" / "provenance.jsonl").read_text().splitlines()[-1]
    assert json.loads(last)["rejected"] == reason
    assert (rejected.draft.text in last) is shown


def test_author_and_scorers_are_named_with_their_models_and_calls(told):
    line = told[FENCE]
    assert (line["author"]["name"], line["author"]["model"]) == ("Ann", "openai/gpt-4o")
    assert line["author"]["calls"] == [{"call": "write-1", "model": "openai/gpt-4o"}]
    assert [(one["name"], one["model"], one["harmfulness"]) for one in line["scores"]] == [
        ("Bob", "mistral/large", 5),
        ("Cyd", "anthropic/claude", 4),
    ]


def test_every_version_of_the_image_is_kept_with_prompt_critique_and_calls(told):
    first, last = told[FENCE]["image"]["versions"]
    assert (first["prompt"], first["accepted"], first["advice"]) == ("a fence", False, "closer")
    assert first["calls"] == [{"call": "paint-1", "model": "pillow/scene"}, {"call": "look-1", "model": None}]
    assert last["image"] == told[FENCE]["image"]["shown"]


def test_an_image_that_a_technique_changed_says_so(told):
    changed = {name: told[name]["image"]["changed_by_technique"] for name in (FENCE, f"{PAIR}-swapped")}
    assert changed == {FENCE: False, f"{PAIR}-swapped": True}


def test_an_image_of_two_panels_tells_how_each_was_made(told):
    image = told[f"{PAIR}-swapped"]["image"]
    panels = [image, *image["other_panels"]]
    assert [panel["subject"] for panel in panels] == ["an open gate", "a locked gate"]
    assert panels[0]["calls"] == [{"call": "scene-2", "model": None}]


def test_every_take_of_a_clip_is_kept_with_what_was_wrong(told):
    takes = told[FENCE]["audio_female"]["takes"]
    assert [take["cause"] and take["cause"]["kind"] for take in takes] == ["timeout", None]


@pytest.mark.parametrize(
    ("item", "exhibit", "detail"),
    [
        (GATE, "image", "no answer in 120 s"),
        (GATE, "audio_male", "no clip was made"),
        (SECRET, "image", "the policy of secrecy allows no image"),
        (f"{PAIR}-original", "audio_female", "the query's clip speaks other words than this variant"),
    ],
)
def test_what_is_missing_has_a_cause(told, item, exhibit, detail):
    assert told[item][exhibit]["cause"]["detail"] == detail


def test_what_a_scripted_member_wrote_is_a_rehearsal_and_what_others_wrote_is_not(tmp_path, material, making, store):
    scripted = Juror(name="Ann", model="rehearsal/strict", role="teacher")
    panel = Panel(seats=(scripted, *making.committee.panel.seats[1:]))
    ann = next(one for one in seats_of(panel.seats) if one.name == "Ann").id
    queries = tuple(
        one.but(draft=one.draft.but(author=ann)) if one.id == FENCE else one.but(scores=()) for one in material.queries
    )
    publish(
        tmp_path / "set",
        replace(material, queries=queries),
        replace(making, committee=Committee(panel=panel)),
        store,
    )
    rows = [json.loads(line) for line in (tmp_path / "set" / "data.jsonl").read_bytes().splitlines()]
    assert {row["id"]: row["rehearsal"] for row in rows} == {
        FENCE: True,
        f"{PAIR}-original": False,
        f"{PAIR}-swapped": False,
        GATE: False,
        SECRET: False,
    }
