"""Pictures of protocols and of trials that were held: what is on them, and nothing of the data acts in them."""

import xml.etree.ElementTree as ElementTree

import pytest
from command import complaint, jury
from scripted import panel
from trials import case, trial

from benchmarks.drawing.trial import trial_drawn
from jury.juries import PRESETS

SHIPPED = sorted(path.stem for path in (PRESETS / "protocols").glob("*.yaml"))


def texts(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("protocol", SHIPPED)
def test_every_protocol_is_drawn_with_its_steps_and_its_seats(tmp_path, protocol):
    drawn = jury("lab", "graph", protocol, "--out", tmp_path / "p.svg", "--json").document
    assert {"assess", "count", "conclude"} <= {step["name"] for step in drawn["steps"] if step["taken"]}
    words = texts((tmp_path / "p.svg").read_text())
    assert {"assess", "count", "hold forum", "conclude", *drawn["seats"]} <= set(words)


def test_only_the_steps_that_a_protocol_takes_are_marked():
    taken = {
        name: {step["name"] for step in jury("lab", "graph", name, "--json").document["steps"] if step["taken"]}
        for name in ("poll", "trial", "cascade", "delphi")
    }
    assert "deliberate" not in taken["poll"]
    assert {"deliberate", "reballot", "summarise"} <= taken["trial"]
    assert "screen" in taken["cascade"]
    assert {"hold_forum", "weigh"} <= taken["delphi"]
    assert "deliberate" not in taken["delphi"]


def test_who_hears_whom_follows_the_topology():
    assert len(jury("lab", "graph", "trial", "--json").document["hears"]) == 10  # a ring of five, both ways
    assert len(jury("lab", "graph", "roundtable", "--json").document["hears"]) == 20
    assert jury("lab", "graph", "delphi", "--json").document["hears"] == []


def test_a_picture_that_can_not_be_written_is_told(tmp_path):
    assert "its folder is not there" in complaint("lab", "graph", "poll", "--out", tmp_path / "none" / "p.svg")


async def test_a_trial_is_drawn_round_by_round_and_who_moved_is_marked(tmp_path):
    verdict = await trial(tmp_path, panel("unsafe", "unsafe", "follower"), "roundtable")
    svg = trial_drawn(verdict, {"unsafe": "positive"})
    words = texts(svg)
    assert words.count("follower 2") == 2
    assert {"Sealed assessment", "Deliberation, round 1", "Case c1: unsafe"} <= set(words)
    assert svg.count("moved") == 1 + svg.count(".moved")


async def test_a_choice_that_is_neither_bad_nor_good_has_the_colour_of_neither(tmp_path):
    verdict = await trial(tmp_path, panel("unsafe", "safe"), "poll")
    drawn = trial_drawn(verdict, {"unsafe": "neutral", "safe": "neutral"})
    assert drawn.count('class="node neutral') == 2
    assert "node positive" not in drawn
    assert "node negative" not in drawn


async def test_nothing_of_a_case_acts_in_its_picture(tmp_path):
    hostile = case(name="<script>alert(1)</script>")
    svg = trial_drawn(await trial(tmp_path, panel("unsafe", "safe"), "poll", of=hostile), {"unsafe": "positive"})
    assert "<script>" not in svg
    assert any("<script>alert(1)</script>" in words for words in texts(svg))


def test_a_held_trial_is_drawn_by_the_command(tmp_path):
    (tmp_path / "case.json").write_text('{"id": "c1", "prompt": "May I?", "response": "Sure, go ahead."}')
    options = ("--panel", "rehearsal", "--jury", "room", "--svg", tmp_path / "held.svg")
    assert jury("deliberate", tmp_path / "case.json", *options).code == 0
    words = texts((tmp_path / "held.svg").read_text())
    assert any(word.startswith("after 16 statements of moderator, A") for word in words)
    assert "REHEARSAL: scripted models took part" in words
