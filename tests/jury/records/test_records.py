"""Records are frozen, strict, known by a stable hash, and come back from JSON as they went."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from jury.records import (
    Answer,
    AudioPart,
    Ballot,
    Case,
    Cause,
    GoldLabel,
    ImagePart,
    Juror,
    Jury,
    MediaRef,
    Outcome,
    Panel,
    Protocol,
    Rubric,
    Scale,
    TextPart,
    Transcript,
    Turn,
)

words = st.text(min_size=1, max_size=20)
refs = st.builds(
    MediaRef,
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
    mime=st.just("image/png"),
    size=st.integers(1, 10**6),
)
parts = st.one_of(
    st.builds(TextPart, text=words),
    st.builds(ImagePart, media=refs),
    st.builds(ImagePart, description=words),
    st.builds(ImagePart, problem=st.builds(Cause, kind=st.just("broken"), detail=words)),
    st.builds(AudioPart, spoken=words),
)
turns = st.builds(Turn, parts=st.lists(parts, min_size=1, max_size=3).map(tuple))
cases = st.builds(
    Case,
    id=words,
    turns=st.lists(turns, max_size=3).map(tuple),
    group=st.text(max_size=5),
    metadata=st.dictionaries(words, st.integers(-(2**63), 2**63) | words | st.none(), max_size=3),
    gold=st.builds(GoldLabel, annotator=words, label=words).map(lambda label: (label,)),
)
ANSWERED = Case(id="a", turns=(Turn(parts=(TextPart(text="p"),)),), answers=(Answer(text="x"),), target="m")


@given(cases)
def test_a_case_comes_back_from_json_equal_and_with_the_same_hash(case):
    again = Case.from_json(case.to_json())
    assert again == case
    assert again.content_hash == case.content_hash


@given(cases, cases)
def test_cases_share_a_hash_only_if_they_are_equal_but_for_what_people_said(one, other):
    assert (one.content_hash == other.content_hash) == (one.but(gold=()) == other.but(gold=()))


def test_a_hash_is_the_same_in_every_process_and_release():
    # Written down once; a change here changes every run's identity and must be meant.
    assert ANSWERED.content_hash == "2bde4d8d1e4b4996cce6abcaeb5380cb3db5308693062980af858d7133944b8a"


def test_a_field_that_says_its_default_does_not_change_the_hash():
    assert Juror(model="a/b", temperature=0.0).content_hash == Juror(model="a/b").content_hash


def test_records_can_not_be_changed_and_know_no_other_fields():
    with pytest.raises(ValidationError, match="frozen"):
        ANSWERED.id = "b"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="extra"):
        Case.model_validate({"id": "a", "colour": "red"})


def test_what_jurors_are_shown_has_a_hash_of_its_own_without_id_labels_or_target():
    same = ANSWERED.but(id="b", gold=(GoldLabel(annotator="gold", label="safe"),), target="n", metadata={"k": 1})
    other = ANSWERED.but(answers=(Answer(text="y"),))
    shown = Transcript.recorded(ANSWERED).exhibits_hash
    assert Transcript.recorded(same).exhibits_hash == shown
    assert Transcript.recorded(other).exhibits_hash != shown


def test_the_annotator_named_gold_has_the_last_word():
    labels = (GoldLabel(annotator="annotator_1", label="unsafe"), GoldLabel(annotator="gold", label="safe"))
    assert ANSWERED.but(gold=labels).final_label == "safe"
    assert ANSWERED.but(gold=labels[:1]).final_label is None


BALLOT = {"seat": "s", "juror": "j"}
RUBRIC = {"name": "r", "choices": ("safe", "unsafe"), "positive": "unsafe"}


@pytest.mark.parametrize(
    ("record", "fields", "words"),
    [
        (Answer, {"state": "invalid"}, "a cause if and only if"),
        (Answer, {"text": "x", "cause": Cause(kind="error")}, "a cause if and only if"),
        (Answer, {"state": "invalid", "text": "x", "cause": Cause(kind="error")}, "no text"),
        (Case, {"id": "a", "turns": ANSWERED.turns, "answers": ANSWERED.answers * 2}, "1 turns but 2 answers"),
        (Case, {"id": "a", "metadata": {"k": 2**64}}, "can't be kept as JSON"),
        (Case, {"id": "a", "metadata": {"k": [float("nan")]}}, "not finite"),
        (Case, {"id": ""}, "at least 1 character"),
        (ImagePart, {}, "words that stand in"),
        (TextPart, {"text": ""}, "at least 1 character"),
        (Ballot, {**BALLOT, "state": "cast"}, "a choice, ranking or scores if and only if"),
        (Ballot, {**BALLOT, "state": "abstain", "choice": "safe"}, "a choice, ranking or scores if and only if"),
        (Ballot, {**BALLOT, "state": "invalid"}, "a cause if and only if it is invalid"),
        (Ballot, {**BALLOT, "state": "abstain", "rating": 3}, "only a cast ballot has a rating"),
        (Outcome, {"state": "hung", "choice": "safe"}, "a choice if and only if it is decided"),
        (Rubric, {**RUBRIC, "positive": "bad"}, "not among the choices"),
        (Rubric, {**RUBRIC, "choices": ("safe", "safe", "unsafe")}, "names a choice twice"),
        (Rubric, {**RUBRIC, "choices": ("abstain", "unsafe")}, "state of a ballot"),
        (Rubric, {**RUBRIC, "aliases": {"ok": "fine"}}, "not choices"),
        (Scale, {"low": 5, "high": 1, "best": "high", "threshold": 3}, "must lie below"),
        (Panel, {"seats": ()}, "at least 1 item"),
        (Protocol, {"name": "p", "settled": 0.5}, "greater than 0.5"),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(record, fields, words):
    with pytest.raises(ValidationError, match=words):
        record.model_validate(fields)


def test_a_jurys_hash_covers_panel_protocol_rule_and_rubric():
    jury = Jury(panel=Panel(seats=(Juror(model="a/b"),)), protocol=Protocol(name="poll"), rubric=Rubric(**RUBRIC))
    changed = [
        jury.but(panel=Panel(seats=(Juror(model="a/c"),))),
        jury.but(protocol=Protocol(name="poll", rounds=1)),
        jury.but(rule=jury.rule.but(name="plurality")),
        jury.but(rubric=jury.rubric.but(name="s")),
    ]
    assert len({one.content_hash for one in [jury, *changed]}) == 5


def test_a_field_of_a_later_release_stands_in_no_json_and_no_hash_unless_it_is_set():
    rubric = Rubric(name="r", choices=("yes", "no"), positive="yes")
    assert "abstain" not in rubric.model_dump(mode="json")
    assert rubric.but(abstain=("pass",)).model_dump(mode="json")["abstain"] == ["pass"]
    assert rubric.but(abstain=("pass",)).content_hash != rubric.content_hash
