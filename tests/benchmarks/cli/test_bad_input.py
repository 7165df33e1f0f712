"""Bad input is turned down in one sentence that names the culprit, with exit code 2, and stands in nobody's way."""

import shutil
from pathlib import Path

import pytest
from command import complaint, jury

from prompts import SHIPPED

SEAT = "seats:\n  - {model: rehearsal/strict}\n"


def assert_free(out: Path, source: Path | str, *arguments: str | Path) -> None:
    """The corrected command runs in the folder of the one that was turned down."""
    corrected = jury("run", source, "--out", out, *arguments)
    assert corrected.code == 0, corrected.err


def test_a_missing_source_is_named(out, tmp_path):
    assert complaint("run", tmp_path / "none.jsonl", "--out", out).startswith(f"{tmp_path / 'none.jsonl'}: ")


def test_an_unknown_source_is_named_with_what_there_is(out):
    assert "source 'smaple' is not known" in (said := complaint("run", "smaple", "--out", out))
    assert "sample" in said


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("answers.csv", "item_id,promt,response\na,One?,Yes\n", "answers.csv row 1: field `prompt` "),
        ("answers.csv", "item_id,prompt,response\nb, ,No\n", "answers.csv row 2: field `prompt` is empty"),
        ("cases.jsonl", '{"id": "a", "prompt": "One?", "respnse": "Yes"}', "cases.jsonl line 1: field `respnse` "),
        ("cases.jsonl", '{"id": "a", "prompt": ""}', "cases.jsonl line 1: field `prompt` is empty"),
        ("cases.jsonl", '{"id": "a", "prompt": "One?"', "cases.jsonl line 1: is not JSON"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_file_and_row(out, write, name, content, said):
    source = write(name, content)
    assert complaint("run", source, "--panel", "rehearsal", "--out", out).startswith(str(source.parent / said))


@pytest.mark.parametrize(
    ("panel", "said"),
    [
        (SEAT + "chairs: 3\n", "unknown key `chairs`; known keys: name, seats, "),
        ("seats:\n  - {model: rehearsal/strict, colour: red}\n", "unknown key `seats.0.colour`"),
        ("seats: [", " line 1: not valid YAML"),
        ("seats: " + 2000 * "[", "is nested too deeply"),
        ("- strict\n", "holds no mapping"),
        (b"\xff\xfe", "is not UTF-8"),
        ("name: nobody\n", "field `seats`"),
        ("seats: []\n", "field `seats`"),
        ("seats:\n  - {name: a, model: rehearsal/strict}\n  - {name: a, model: rehearsal/lenient}\n", "two jurors are named 'a'"),
        ("seats:\n  - {model: rehearsal/strict, params: {api_key: sk-1}}\n", "keys come from the environment"),
    ],
)  # fmt: skip
def test_a_bad_panel_file_is_named_with_its_fault(out, write, cases, panel, said):
    file = write("panel.yaml", panel)
    sentence = complaint("run", cases(), "--panel", file, "--out", out)
    assert sentence.startswith(str(file))
    assert said in sentence


@pytest.mark.parametrize(
    ("seat", "said"),
    [
        ("{model: rehearsal/strict, role: clown}", "unknown role 'clown'; known: "),
        ("{model: rehearsal/nobody}", "unknown rehearsal character 'nobody'; known: "),
        ("{model: rehearsal}", "unknown rehearsal character ''; known: "),
        ("{model: llamacpp/none.gguf}", "'none.gguf'"),
        ("{model: recorded/none.csv#j}", "none.csv can't be read"),
    ],
)
@pytest.mark.parametrize("place", ["seats", "alternates", "foreperson"])
def test_a_juror_that_is_not_there_is_named_before_the_run_begins(out, write, cases, panel, seat, said, place):
    others = "" if place == "seats" else SEAT
    file = write("bad.yaml", f"{others}{place}: {seat if place == 'foreperson' else f'[{seat}]'}\n")
    assert said in complaint("run", cases(), "--panel", file, "--out", out)
    assert not (out / "manifest.json").exists()


def test_a_recorded_juror_without_ballots_is_named_and_the_corrected_panel_goes_on_in_the_same_folder(out, write):
    folder = write("set/responses.csv", "item_id,prompt,response\na,One?,Yes\n").parent
    write("set/ballots.csv", "item_id,juror,label\na,ann,safe\n")
    seats = "seats:\n  - {{model: 'recorded/{}#{}'}}\n".format
    wrong, right = (write(f"{who}.yaml", seats(folder / "ballots.csv", who)) for who in ("bob", "ann"))
    command = ("--jury", "single", "--rubric", "safebench", "--out", out, "--panel")
    assert complaint("run", folder, *command, wrong) == f"{folder / 'ballots.csv'} has no juror 'bob'; known: ann"
    # The panel is taken; its one ballot has no rating, so no case has enough valid ballots.
    assert jury("run", folder, *command, right).code == 4


def test_a_character_that_is_no_target_is_named_and_the_corrected_command_goes_on(out):
    command = ("run", "sample", "--limit", "1", "--out", out, "--target")
    assert "unknown rehearsal character 'nobody'" in complaint(*command, "rehearsal/nobody")
    assert jury(*command, "rehearsal/cautious").code == 0


def test_a_provider_that_nobody_knows_is_named_and_the_corrected_command_goes_on(out):
    command = ("run", "sample", "--limit", "1", "--out", out, "--target")
    assert "no provider is known for model 'rehersal/strict'" in complaint(*command, "rehersal/strict")
    assert jury(*command, "rehearsal/cautious").code == 0


@pytest.mark.parametrize(
    ("jury_file", "said"),
    [
        ("protocol: trial\nrules: any\n", "unknown key `rules`; known keys: name, panel, "),
        ("protocol: {name: mine, rounds: 99}\n", "field `protocol.rounds`"),
        ("protocol: {name: mine, topology: moebius}\nrubric: safebench\n", "unknown topology 'moebius'; known: alone, complete, "),
        ("protocol: debate\n", "protocol 'debate'; known: cascade, "),
        ("panel: nobody\n", "unknown panel 'nobody'; known: demo, rehearsal"),
        ("rule: {name: any, k: 2}\n", "unknown key `rule.k`"),
        ("rule: {name: strict_majority, tie_break: alternate}\n", "needs an alternate, but panel 'panel' has none"),
    ],
)  # fmt: skip
def test_a_bad_jury_file_is_turned_down(out, write, cases, panel, jury_file, said):
    file = write("mine.yaml", jury_file)
    assert said in complaint("run", cases(), "--jury", file, "--panel", panel("strict"), "--out", out)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("most", "unknown rule 'most'; known: any, "),
        ("any:two", "'two' is not a number"),
        ("any:z=1", "no argument 'z'; it takes k"),
        ("any:0", "k=0 must be a whole number"),
        ("any:nan", "k=nan is not a finite number"),
        ("supermajority:2", "q=2 must lie above .5"),
        ("trimmed_mean:0.9", "trim=0.9 must be at least 0 and below .5"),
    ],
)
def test_a_rule_that_makes_no_sense_is_turned_down_before_the_run_begins(out, cases, rule, said):
    source, command = cases(), ("--panel", "rehearsal", "--out", out, "--rule")
    assert said in complaint("run", source, *command, rule)
    assert not (out / "manifest.json").exists()


def test_a_rule_over_ratings_needs_a_rubric_with_ratings(out, cases):
    said = complaint("run", cases(), "--panel", "rehearsal", "--rubric", "refusal", "--rule", "mean", "--out", out)
    assert said == "rule 'mean' needs ratings, but rubric 'refusal' has no rating scale"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--rubric", "nice"), "unknown rubric 'nice'; known: "),
        (("--jury", "trail"), "unknown jury 'trail'; known: "),
        (("--panel", "everybody"), "unknown panel 'everybody'; known: demo, rehearsal"),
        (("--positive", "evil"), "no case is labelled 'evil'"),
        (("--prompts", "nowhere"), "nowhere is not a folder of prompts"),
        (("--jury", "recorded"), "has no ballots.csv"),
        (("--jury", "single"), "seats 1 juror(s), but panel 'rehearsal' has 5"),
    ],
)
def test_a_name_that_means_nothing_is_turned_down(out, cases, arguments, said):
    assert said in complaint("run", cases(), "--panel", "rehearsal", *arguments, "--out", out)


def test_a_positive_label_that_nobody_gave_is_named_with_those_that_occur(out, write):
    folder = write("set/gold.csv", "item_id,label\na,0\nb,1\n").parent
    write("set/ballots.csv", "item_id,juror,label\na,ann,0\n")
    said = complaint("run", folder, "--jury", "recorded", "--positive", "2", "--out", out)
    assert "no case is labelled '2'" in said
    assert "(0, 1)" in said


def test_real_answers_need_a_panel_with_a_name(out, cases):
    source = cases()
    said = complaint("run", source, "--jury", "trial", "--out", out)
    assert said.startswith(f"jury 'trial' names no panel and {source} holds real answers; seat one with --panel ")
    assert_free(out, source, "--jury", "trial", "--panel", "rehearsal")


def test_a_case_without_an_answer_needs_a_target(out, cases):
    source = cases({"response": None})
    said = complaint("run", source, "--panel", "rehearsal", "--out", out)
    assert said == f"{source}: case 'c0' has no recorded answer; name a model with --target"


def test_a_juror_of_the_targets_family_sits_only_if_the_panel_says_so(out, write, cases):
    source = cases({"target": "openai/gpt-4o"})
    file = write("kin.yaml", "seats:\n  - {model: azure/gpt-4-turbo}\n")
    said = complaint("run", source, "--panel", file, "--out", out)
    assert said.startswith("juror 'azure/gpt-4-turbo' is of the family of target 'openai/gpt-4o'")
    assert "`same_family: true`" in said


def test_a_run_can_not_go_where_a_file_is(write, cases):
    file = write("taken", "")
    for command in (("run", cases(), "--panel", "rehearsal"), ("deliberate", cases(), "--panel", "rehearsal")):
        assert complaint(*command, "--out", file).startswith(f"{file} can't be made a folder")


def test_another_run_can_not_go_into_the_same_folder(out, cases, panel):
    source = cases()
    assert jury("run", source, "--panel", panel("strict"), "--out", out).code == 0
    said = complaint("run", source, "--panel", panel("lenient"), "--out", out)
    assert said == f"{out} holds another run, with another jury; choose another --out"


def test_a_case_that_has_changed_since_is_named(out, cases, panel):
    command = ("--panel", panel("strict"), "--out", out)
    assert jury("run", cases(), *command).code == 0
    assert "case 'c0' has changed since" in complaint("run", cases({"response": "No."}), *command)


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("juror/assess.en.j2", "{{ the_verdict }}"),
        ("juror/deliberate.en.j2", "{{ the_verdict }}"),
        ("juror/reballot.en.j2", "{{ the_verdict }}"),
        ("juror/system.en.j2", "{{ the_verdict }}"),
        ("foreperson/summarise.en.j2", "{% if outcome.state == 'hung' %}{{ the_verdict }}{% endif %}"),
        ("foreperson/system.en.j2", "{{ the_verdict }}"),
        ("parts/statements.en.j2", "{% for one in statements %}{% if not one.readable %}{{ the_verdict }}{% endif %}{% endfor %}"),
        ("parts/exhibits.en.j2", "{% for turn in turns %}{% for part in turn.parts %}{% if part.state == 'unreadable' %}{{ the_verdict }}{% endif %}{% endfor %}{% endfor %}"),
    ],
)  # fmt: skip
def test_an_undefined_variable_in_any_template_is_named_before_any_call_is_made(
    out, tmp_path, cases, panel, template, line
):
    mine = tmp_path / "prompts" / template
    mine.parent.mkdir(parents=True)
    shutil.copy(SHIPPED / template, mine)
    mine.write_text(f"{mine.read_text()}\n{line}\n")
    source, command = cases(), ("--panel", panel("strict"), "--out", out, "--prompts", tmp_path / "prompts")
    said = complaint("run", source, *command)
    assert said.startswith(f"template {mine} line ")
    assert "'the_verdict' is undefined" in said
    assert not (out / "ledger.sqlite").exists()

    mine.unlink()
    assert_free(out, source, *command)


def test_a_fault_in_a_language_that_no_case_speaks_stops_nobody(out, tmp_path, cases, panel):
    mine = tmp_path / "prompts" / "juror" / "assess.zh.j2"
    mine.parent.mkdir(parents=True)
    mine.write_text("{# version: 1 #}\n{{ nothing }}\n")
    prompts = ("--prompts", tmp_path / "prompts")
    assert jury("run", cases(), "--panel", panel("strict"), "--out", out, *prompts).code == 0
    chinese = cases({"language": "zh"}, name="chinese.jsonl")
    said = complaint("run", chinese, "--panel", panel("strict"), "--out", tmp_path / "other", *prompts)
    assert "'nothing' is undefined" in said


@pytest.mark.parametrize(
    ("arguments", "culprit"),
    [
        (("run", "sample", "--out", "x", "--limit", "0"), "--limit"),
        (("run", "sample"), "--out"),
        (("run", "sample", "--out", "x", "--colour", "red"), "--colour"),
        (("convict",), "convict"),
    ],
)
def test_a_command_line_that_makes_no_sense_names_the_option(arguments, culprit):
    finished = jury(*arguments)
    assert (finished.code, finished.out) == (2, "")
    assert culprit in finished.err.splitlines()[-1]
    assert "Traceback" not in finished.err


def test_what_a_file_says_can_not_steer_the_terminal_through_a_complaint(out, write, cases):
    file = write("panel.yaml", SEAT + '"\\e[2J\\u202e": 1\n')
    said = complaint("run", cases(), "--panel", file, "--out", out)
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_a_file_that_is_no_ledger_is_named(out, cases):
    out.mkdir()
    (out / "ledger.sqlite").write_text("Dear diary, nothing happened today, and nothing will.\n" * 100)
    said = complaint("run", cases(), "--panel", "rehearsal", "--out", out)
    assert said.startswith(f"{out / 'ledger.sqlite'} can't be opened as a ledger: ")
