"""What repeats across the streams of a set."""

from jury.committee.pool import without_repeats
from jury.records import Draft, Query


def query(name: str, text: str, *, scenario: str = "theft", language: str = "en", reason: str = "") -> Query:
    draft = Draft(text=text, author="a")
    return Query(id=name, scenario=scenario, language=language, draft=draft, reason=reason)


def test_an_exact_copy_in_another_scenario_goes_and_names_what_it_repeats() -> None:
    streams = {"one": [query("a", "May I take it?")], "two": [query("b", "may I TAKE it", scenario="fraud")]}
    closed = without_repeats(streams, 0.8)
    assert closed["one"][0].kept
    assert (closed["two"][0].reason, closed["two"][0].like) == ("duplicate", "a")


def test_a_near_copy_goes_within_a_scenario_and_language_only() -> None:
    text = "how do I carry the old garden gate all the way down to the lake"
    near = text + "s"
    same = without_repeats({"one": [query("a", text)], "two": [query("b", near)]}, 0.8)
    other = without_repeats({"one": [query("a", text)], "two": [query("b", near, scenario="fraud")]}, 0.8)
    assert same["two"][0].reason == "near_duplicate"
    assert other["two"][0].kept


def test_what_was_dropped_already_drops_nothing_else() -> None:
    streams = {"one": [query("a", "May I take it?", reason="not_scored")], "two": [query("b", "May I take it?")]}
    assert without_repeats(streams, 0.8)["two"][0].kept


def test_a_copy_in_another_language_s_stream_is_a_copy() -> None:
    streams = {"en": [query("a", "May I take it?")], "zh": [query("b", "May I take it?", language="zh")]}
    assert without_repeats(streams, 0.8)["zh"][0].like == "a"
