"""Juries put together from presets, files and overrides."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from jury.errors import InputError
from jury.juries import PRESETS, check_model, choose_rubric, fitting, load_panel, load_plan, seat
from jury.panel import panel_seats
from jury.prompt_files import open_library
from jury.records import Juror, Panel, Protocol, Record, Rubric, Rule
from jury.yaml_files import build, read_yaml

LIBRARY = open_library()
SAFEBENCH = choose_rubric(load_plan("poll"), "safebench", LIBRARY)


def preset_names(kind: str) -> list[str]:
    return sorted(path.stem for path in (PRESETS / kind).glob("*.yaml"))


@pytest.fixture
def file(tmp_path: Path):
    """Writes a YAML file and returns its name."""

    def write(text: str, name: str = "mine.yaml") -> str:
        path = tmp_path / name
        path.write_text(text)
        return str(path)

    return write


@pytest.mark.parametrize("name", preset_names("protocols"))
def test_every_protocol_preset_seats_the_rehearsal_panel(name):
    plan = load_plan(name)
    sitting = seat(plan, fitting(load_panel("rehearsal"), plan.protocol), SAFEBENCH, LIBRARY)
    assert (sitting.name, sitting.protocol.name, sitting.rule) == (name, name, plan.rule)


@pytest.mark.parametrize("name", preset_names("panels"))
def test_every_panel_preset_has_jurors_with_names_of_their_own(name):
    assert all(juror.name for juror in load_panel(name).seats)


def test_the_presets_are_those_that_were_promised():
    assert {"single", "poll", "safebench", "trial"} <= set(preset_names("protocols"))
    assert len(load_panel("rehearsal").seats) == 5


def test_trial_settles_at_four_fifths_and_argues_at_most_two_anonymous_rounds_on_a_ring():
    protocol = load_plan("trial").protocol
    assert (protocol.settled, protocol.rounds, protocol.topology) == (0.8, 2, "ring")
    assert (protocol.anonymous, protocol.reballot, protocol.jurors_see_media) == (True, "sealed", True)


def test_safebench_is_one_open_round_without_media_as_in_the_paper():
    protocol = load_plan("safebench").protocol
    assert (protocol.rounds, protocol.topology, protocol.anonymous) == (1, "complete", False)
    assert (protocol.reballot, protocol.summary, protocol.jurors_see_media) == ("spoken", True, False)


def test_a_jury_file_may_name_its_parts(file):
    plan = load_plan(file("protocol: safebench\npanel: rehearsal\nrule: supermajority:0.75\nrubric: refusal\n"))
    assert (plan.name, plan.protocol.name) == ("mine", "safebench")
    assert plan.rule == Rule(name="supermajority", args={"q": 0.75})
    assert plan.panel == load_panel("rehearsal")
    assert choose_rubric(plan, "safebench", LIBRARY).name == "refusal"


def test_a_jury_file_may_spell_out_its_parts(file):
    plan = load_plan(file("name: ours\nprotocol: {name: chat, rounds: 1}\npanel: {seats: [{model: a/x}]}\n"))
    assert (plan.name, plan.protocol) == ("ours", Protocol(name="chat", rounds=1))
    assert plan.rule == Rule()
    assert plan.panel == Panel(seats=(Juror(model="a/x"),))


def test_a_jury_file_without_a_protocol_holds_a_trial(file):
    assert load_plan(file("rule: unanimity\n")).protocol == load_plan("trial").protocol


def test_a_rubric_may_be_spelled_out_in_a_jury_file(file):
    plan = load_plan(file("rubric: {name: r, choices: [fine, foul], positive: foul}\n"))
    assert choose_rubric(plan, "safebench", LIBRARY).choices == ("fine", "foul")


def test_a_panel_file_is_named_after_its_file_unless_it_names_itself(file):
    seats = "seats: [{model: a/x}]\n"
    assert load_panel(file(seats, "five.yaml")).name == "five"
    assert load_panel(file("name: other\n" + seats, "five.yaml")).name == "other"


def test_the_order_of_jurors_in_a_file_changes_no_seat(file):
    one, two = "{model: a/x, role: elder}", "{model: a/y, role: teacher}"
    first, second = (load_panel(file(f"seats: [{listed}]\n")) for listed in (f"{one}, {two}", f"{two}, {one}"))
    assert first.seats == tuple(reversed(second.seats))
    assert panel_seats(first) == panel_seats(second)


def test_a_protocol_of_one_seat_takes_one_juror_of_a_panel():
    assert len(fitting(load_panel("rehearsal"), load_plan("single").protocol).seats) == 1
    assert len(fitting(load_panel("rehearsal"), load_plan("poll").protocol).seats) == 5


def panel(*models: str, role: str = "juror") -> Panel:
    return Panel(name="mine", seats=tuple(Juror(model=model, role=role) for model in models))


@pytest.mark.parametrize(
    ("plan", "sitting", "said"),
    [
        (load_plan("single"), panel("a/x", "a/y"), "protocol 'single' seats 1 juror.*'mine' has 2"),
        (load_plan("poll"), panel("a/x", role="clown"), "unknown role 'clown'; known: "),
        (load_plan("poll"), panel("rehearsal/nobody"), "unknown rehearsal character 'nobody'"),
        (load_plan("poll").but(rule=Rule(name="most")), panel("a/x"), "unknown rule 'most'; known: any, "),
        (load_plan("poll").but(rule=Rule(name="any", args={"k": 0})), panel("a/x"), "k=0 must be a whole number"),
        (load_plan("poll").but(rule=Rule(tie_break="alternate")), panel("a/x"), "needs an alternate"),
        (load_plan("poll").but(protocol=Protocol(name="p", topology="knot")), panel("a/x"), "unknown topology 'knot'"),
    ],
)
def test_parts_that_do_not_go_together_are_named_before_anybody_is_asked(plan, sitting, said):
    with pytest.raises(InputError, match=said):
        seat(plan, sitting, SAFEBENCH, LIBRARY)


@pytest.mark.parametrize("place", ["alternates", "foreperson"])
def test_alternates_and_the_foreperson_are_checked_like_everybody(place):
    clown = Juror(model="a/x", role="clown")
    sitting = panel("a/x").but(**{place: clown if place == "foreperson" else (clown,)})
    with pytest.raises(InputError, match="unknown role 'clown'"):
        seat(load_plan("poll"), sitting, SAFEBENCH, LIBRARY)


@pytest.mark.parametrize("model", ["rehearsal/strict", "openai/gpt-4o", "no-such-provider/x", "gpt-4o"])
def test_a_model_that_may_be_there_is_let_pass(model):
    check_model(model)


@pytest.mark.parametrize("model", ["rehearsal/nobody", "rehearsal", "recorded/none.csv#j", "llamacpp/none.gguf"])
def test_an_offline_model_that_is_not_there_is_turned_down(model):
    with pytest.raises(InputError):
        check_model(model)


class Inner(Record):
    number: int = 0


class Outer(Record):
    inner: Inner = Inner()


@pytest.mark.parametrize(
    ("model", "content", "said"),
    [
        (Outer, {"iner": 1}, "f.yaml: unknown key `iner`; known keys: inner"),
        (Outer, {"inner": {"numbr": 1}}, "f.yaml: unknown key `inner.numbr`"),
        (Outer, {"inner": {"number": "x"}}, "f.yaml: field `inner.number`: Input should be a valid integer"),
        (
            Rubric,
            {"name": "r", "choices": ["a", "b"], "positive": "c"},
            "f.yaml: positive 'c' is not among the choices",
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_one_sentence_with_the_field(model: type[BaseModel], content, said):
    with pytest.raises(InputError) as caught:
        build(model, content, "f.yaml")
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: [", "line 1: not valid YAML"),
        (b"a: 1\nb: - 2\n", "line 2: not valid YAML"),
        (b"- a", "holds no mapping"),
        (b"", "holds no mapping"),
        (b"\xff", "is not UTF-8 text"),
        (b"a: " + b"[" * 5000, "is nested too deeply"),
        (b"a: !!python/object/apply:os.system [exit]", "not valid YAML"),
        (None, "can't be read"),
    ],
)
def test_a_file_that_is_no_settings_is_named_and_nothing_in_it_runs(tmp_path, content, said):
    path = tmp_path / "bad.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"^[^\n]+$") as caught:
        read_yaml(path)
    assert str(caught.value).startswith(str(path))
    assert said in str(caught.value)


def test_a_rule_that_has_to_be_learned_is_turned_down_where_a_jury_is_to_sit():
    plan = load_plan({"protocol": "poll", "rule": "log_odds:labels=30"})
    with pytest.raises(InputError, match="is learned from recorded ballots"):
        seat(plan, load_panel("rehearsal"), choose_rubric(plan, "safebench", LIBRARY), LIBRARY)
