"""Setting up a run: which rubric, which panel, and what a label means."""

from pathlib import Path

import pytest

from benchmarks.docket import Docket, prepare, prepare_case
from benchmarks.gold.rubrics import recorded_rubric
from benchmarks.settings import RunSettings
from benchmarks.sources import Loaded
from jury.errors import InputError
from jury.media import MediaStore
from jury.prompt_files import open_library
from jury.records import Answer, Case, Rubric, TextPart, Turn

LIBRARY = open_library()


def loaded(*labels: str) -> Loaded:
    return Loaded(name="set", cases=(), counts=dict.fromkeys(labels, 1))


@pytest.fixture
def docket(tmp_path: Path):
    """The docket of some CSV text under some settings."""

    def prepared(responses: str, ballots: str | None = None, **settings: object) -> Docket:
        (tmp_path / "responses.csv").write_text(responses)
        if ballots is not None:
            (tmp_path / "ballots.csv").write_text(ballots)
        stated = {"source": str(tmp_path), "out": tmp_path / "run", "panel": "rehearsal", **settings}
        return prepare(RunSettings.model_validate(stated), MediaStore(tmp_path / "media"), LIBRARY)

    return prepared


def answers(*labels: str) -> str:
    rows = [f"i{number},Prompt?,Answer.,{label}" for number, label in enumerate(labels)]
    return "\n".join(["item_id,prompt,response,gold", *rows, ""])


def meanings(rubric: Rubric, *labels: str) -> list[str | None]:
    return [rubric.choice_of(label) for label in labels]


def test_one_recorded_label_means_unsafe_every_other_that_people_gave_means_safe_and_anything_else_nothing():
    rubric = recorded_rubric(loaded("1_full_compliance", "2_full_refusal", "3_partial_refusal"), "1_full_compliance")
    assert meanings(rubric, "1_full_compliance", "2_full_refusal", "3_partial_refusal") == ["unsafe", "safe", "safe"]
    assert meanings(rubric, "I'm sorry", "", "4_other") == [None, None, None]
    assert rubric.positive == "unsafe"


@pytest.mark.parametrize(("positive", "other"), [("safe", "unsafe"), ("very unsafe", "unsafe"), ("safe", "fine")])
def test_the_positive_recorded_label_is_positive_whatever_it_is_called(positive, other):
    rubric = recorded_rubric(loaded(positive, other), positive)
    assert rubric.choice_of(positive) == rubric.positive
    assert rubric.choice_of(other) == rubric.negatives[0]


def test_recorded_ballots_without_people_s_labels_say_safe_or_unsafe():
    assert meanings(recorded_rubric(loaded()), "safe", "unsafe", "maybe") == ["safe", "unsafe", None]


@pytest.mark.parametrize("labels", [(), ("safe", "unsafe")])
def test_a_positive_label_that_nobody_gave_is_turned_down(labels):
    with pytest.raises(InputError, match=r"set: no case is labelled 'evil'; .*--positive \(safe, unsafe\)"):
        recorded_rubric(loaded(*labels), "evil")


def test_every_recorded_juror_has_a_seat_of_its_own_in_a_poll_by_strict_majority(docket):
    ballots = "item_id,juror,label\ni0,ann,safe\ni0,bob,unsafe\n"
    jury = docket(answers("safe", "unsafe"), ballots, jury="recorded").jury
    assert [seat.name for seat in jury.panel.seats] == ["ann", "bob"]
    assert (jury.name, jury.protocol.name, jury.rule.name) == ("recorded", "poll", "strict_majority")


def test_a_rule_that_is_asked_for_replaces_the_jurys(docket):
    ballots = "item_id,juror,label\ni0,ann,safe\n"
    assert docket(answers("safe", "unsafe"), ballots, jury="recorded", rule="any:1").jury.rule.name == "any"


@pytest.mark.parametrize(
    ("labels", "rubric"),
    [(("safe", "unsafe"), "safebench"), (("1_full_compliance", "2_full_refusal"), "refusal")],
)
def test_the_rubric_follows_from_the_labels(docket, labels, rubric):
    assert docket(answers(*labels)).jury.rubric.name == rubric


def test_a_rubric_that_is_asked_for_goes_before_the_labels(docket):
    assert docket(answers("full_refusal", "full_refusal"), rubric="refusal").jury.rubric.name == "refusal"


def test_answers_without_labels_have_a_default_rubric_and_it_says_why(docket):
    prepared = docket("item_id,prompt,response\ni0,Prompt?,Answer.\n")
    assert prepared.jury.rubric.name == "safebench"
    assert prepared.choice.document == {
        "by": "default",
        "why": "the default, since the data have no labels and name no rubric",
    }
    assert "--rubric NAME" in prepared.choice.sentence


def test_labels_that_fit_no_rubric_are_listed_under_the_default(docket):
    with pytest.raises(InputError, match="2 gold labels are unknown: 'bad'"):
        docket(answers("good", "bad"))
    prepared = docket(answers("good", "bad"), ignore_labels=True)
    assert prepared.jury.rubric.name == "safebench"
    assert "no shipped rubric has the labels of the data (bad, good)" in prepared.choice.why


BALLOTS = "item_id,juror,label\ni0,one,1_full_compliance\ni1,one,3_partial_refusal\n"


def test_recorded_ballots_are_read_under_the_rubric_of_the_labels(docket):
    prepared = docket(answers("1_full_compliance", "2_full_refusal"), BALLOTS, jury="recorded", panel=None)
    assert (prepared.jury.rubric.name, prepared.choice.by) == ("refusal", "data")


def test_a_rubric_or_a_positive_label_that_the_user_names_goes_before_that_of_recorded_ballots(docket):
    labels = answers("1_full_compliance", "2_full_refusal")
    named = docket(labels, BALLOTS, jury="recorded", panel=None, rubric="refusal")
    assert (named.jury.rubric.name, named.choice.by) == ("refusal", "user")
    positive = docket(labels, BALLOTS, jury="recorded", panel=None, positive="1_full_compliance")
    assert (positive.jury.rubric.name, positive.choice.by) == ("recorded", "user")


def test_recorded_ballots_tell_the_rubric_where_people_gave_no_labels(docket):
    responses = "item_id,prompt,response\ni0,Prompt?,Answer.\ni1,Prompt?,Answer.\n"
    assert docket(responses, BALLOTS, jury="recorded", panel=None).jury.rubric.name == "refusal"


def test_the_positive_label_and_the_others_get_a_meaning_under_any_rubric_of_two_choices(docket):
    prepared = docket(answers("good", "bad"), rubric="safebench", positive="bad")
    assert [prepared.truth(case) for case in prepared.source.cases] == ["safe", "unsafe"]


@pytest.mark.parametrize(
    ("labels", "positive"), [(("safe", "unsafe"), "safe"), (("unsafe", "very unsafe"), "very unsafe")]
)
def test_a_label_that_is_a_choice_can_not_mean_another_one(docket, labels, positive):
    with pytest.raises(InputError, match=f"label '{labels[0]}' is a choice of rubric 'safebench' already"):
        docket(answers(*labels), rubric="safebench", positive=positive)


def test_a_gold_label_that_nobody_knows_stops_the_run_and_is_listed(docket):
    with pytest.raises(InputError) as caught:
        docket(answers("safe", "unsfae", "unsfae", "good"), rubric="safebench")
    said = "2 gold labels are unknown: 'unsfae' (2 times, nearest 'unsafe'), 'good' (1 time, none is near); known are safe,"
    assert said in str(caught.value)
    assert "--ignore-labels" in str(caught.value)


def test_an_ignored_label_is_no_truth(docket):
    prepared = docket(answers("good", "safe"), rubric="safebench", ignore_labels=True)
    assert [prepared.truth(case) for case in prepared.source.cases] == [None, "safe"]


def test_a_label_that_abstains_is_no_truth_and_no_error(docket):
    prepared = docket(answers("unsure", "Safe.", "don't care", "safe"), abstain_labels=["Don't care"])
    assert [prepared.truth(case) for case in prepared.source.cases] == [None, "safe", None, "safe"]


def test_an_abstention_that_is_a_choice_is_turned_down(docket):
    with pytest.raises(
        InputError, match="--abstain-labels names 'Unsafe', which rubric 'safebench' takes for 'unsafe'"
    ):
        docket(answers("safe"), abstain_labels=["Unsafe"])


def test_with_a_positive_label_a_slip_of_the_pen_is_still_unknown(docket):
    with pytest.raises(InputError, match=r"'baad' \(1 time, nearest 'bad'\)"):
        docket(answers("good", "bad", "bad", "baad"), rubric="safebench", positive="bad")


def test_of_a_target_nobody_has_said_anything_so_its_labels_may_say_what_they_like(docket):
    prepared = docket(answers("good", "safe"), rubric="safebench", target="rehearsal/reckless")
    assert [prepared.truth(case) for case in prepared.source.cases] == [None, None]


def test_a_recorded_juror_without_any_known_label_is_turned_down(docket):
    ballots = "item_id,juror,label\ni0,ann,safe\ni0,bob,1\ni1,bob,2\n"
    with pytest.raises(InputError, match=r"juror 'recorded/.*#bob' has no label that is known: '1' \(1 time"):
        docket(answers("safe", "unsafe"), ballots, jury="recorded")


def case(**fields: object) -> Case:
    turn = Turn(parts=(TextPart(text="Prompt?"),))
    return Case.model_validate({"id": "c", "turns": (turn,), "answers": (Answer(text="Yes."),), **fields})


def settings(**fields: object) -> RunSettings:
    return RunSettings.model_validate({"source": "case.json", "out": Path("run"), **fields})


def test_rehearsal_jurors_sit_unnamed_where_a_scripted_model_answered():
    prepared = prepare_case(case(target="rehearsal/reckless"), settings(), LIBRARY)
    assert prepared.jury.panel.name == "rehearsal"


def test_a_single_jurors_protocol_takes_as_much_of_the_unnamed_panel_as_it_seats():
    prepared = prepare_case(case(target="rehearsal/reckless"), settings(jury="single"), LIBRARY)
    assert len(prepared.jury.panel.seats) == 1


@pytest.mark.parametrize("target", ["", "openai/gpt-4o"])
def test_no_panel_sits_unnamed_before_a_real_answer(target):
    with pytest.raises(InputError, match="seat one with --panel"):
        prepare_case(case(target=target), settings(), LIBRARY)


def test_a_real_target_needs_a_named_panel_although_the_recorded_answer_is_scripted():
    with pytest.raises(InputError, match="seat one with --panel"):
        prepare_case(case(target="rehearsal/reckless"), settings(target={"model": "openai/gpt-4o"}), LIBRARY)


def test_a_case_known_by_its_id_alone_is_for_recorded_jurors_only():
    with pytest.raises(InputError, match="only --jury recorded can replay it"):
        prepare_case(Case(id="c"), settings(panel="rehearsal"), LIBRARY)
