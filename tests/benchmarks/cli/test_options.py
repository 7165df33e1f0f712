"""Every setting is stated once: its flag on the command line, its key in a file, its field from Python."""

import inspect
import json
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from command import complaint, jury
from pydantic import Field

from benchmarks.cli.app import app
from benchmarks.cli.options import fields_of, flag_of, settled, takes
from benchmarks.settings import Collection, Experiment, Judging, Manner, RunSettings
from jury.errors import InputError
from jury.records import Record, Target

COMMANDS = {"run": (Experiment, "source"), "answer": (Collection, "source"), "judge": (Judging, "run")}


def flags_of(command: str) -> set[str]:
    """Every long flag of a command as the shell knows it."""
    found = typer.main.get_command(app).commands[command]  # type: ignore[attr-defined]
    return {name for option in found.params for name in (*option.opts, *option.secondary_opts) if name.startswith("--")}


def keys_in(model: type[Record]) -> set[str]:
    """Every key that the JSON schema of a record names, those of its target with a dot."""
    schema = model.model_json_schema()
    target = {f"target.{name}" for name in schema["$defs"].get("Target", {}).get("properties", {}) if name != "model"}
    return set(schema["properties"]) | target


@pytest.mark.parametrize("command", COMMANDS)
def test_every_flag_has_its_key_and_every_key_its_flag(command):
    model, argument = COMMANDS[command]
    by_key = {flag_of(key) for key in keys_in(model) - {argument}}
    denied = {f"--no-{flag[2:]}" for flag in by_key}
    others = {"--api-base", "--target-base", "--help"}
    assert by_key <= flags_of(command)
    assert flags_of(command) <= by_key | denied | others


def test_the_fields_of_python_are_those_of_the_command_but_for_how_it_is_shown():
    assert set(Experiment.model_fields) == set(RunSettings.model_fields) | set(Manner.model_fields)
    assert all(field.description for field in fields_of(Experiment).values())


#: Something to say for every key of a run, other than its default.
SAID: dict[str, Any] = {
    "source": "sample", "out": "somewhere", "limit": 3, "exhibits": ["text", "image"], "data": "d",
    "condition": "blurred:0.1", "only": {"language": "en"},
    "allow_remote": ["a.org", "b.org"], "jury": "poll", "panel": "rehearsal", "rubric": "refusal", "rule": "any:2",
    "positive": "bad", "ignore_labels": True, "abstain_labels": ["n/a", "skip"],
    "clerk": "a/b", "clerk_base": "http://127.0.0.1:9/v1", "blocked": "apart", "patience": 30.0, "missing_exhibits": "ask", "prompts": "p", "models": "m.yaml", "edge": 512, "in_flight": 3, "per_model": 4,
    "tries": 2, "timeout": 1.5, "case_timeout": 9.0, "adaptive": False, "limits": "l.yaml", "max_cost": 1.5,
    "max_tokens": 10, "max_calls": 11, "retry_invalid": True, "answers": "a.csv", "max_invalid": 0.5, "dry_run": True,
    "json": True, "engine": "ray", "workers": 2, "address": "auto",
    "store": "postgresql://ada@db/trials", "fences": False, "neutralise": True, "longest": 4000,
    "target": {
        "model": "a/c", "temperature": 0.5, "max_tokens": 7, "seed": 1, "api_base": "http://127.0.0.1/v1",
        "params": {"top_p": 0.5}, "system": "Be brief.", "wrapper": "picture",
    },
}  # fmt: skip


@pytest.fixture
def settle():
    """The experiment that some arguments of a shell make, or nothing but a file."""

    def settle(*arguments: str) -> Experiment:
        kept: list[dict[str, Any]] = []
        lone = typer.Typer()
        lone.command()(takes(Experiment, argument="source")(noting(kept)))
        lone(arguments, standalone_mode=False)
        found: Experiment = settled(Experiment, kept[0], "jury run")
        return found

    return settle


def noting(kept: list[dict[str, Any]]):
    def note(stated: dict[str, Any]) -> None:
        kept.append(stated)

    return note


def arguments() -> list[str]:
    """`SAID` as one types it."""
    found = [SAID["source"]]
    flat = {key: value for key, value in SAID.items() if key not in {"source", "target"}}
    flat |= {f"target.{key}": value for key, value in SAID["target"].items() if key != "model"}
    for key, value in {**flat, "target": SAID["target"]["model"]}.items():
        if isinstance(value, bool):
            found.append(flag_of(key) if value else f"--no-{flag_of(key)[2:]}")
        else:
            shown = (
                ",".join(value) if isinstance(value, list) else json.dumps(value) if isinstance(value, dict) else value
            )
            found += [flag_of(key), str(shown)]
    return found


def test_what_flags_say_and_what_keys_say_is_the_same(settle, tmp_path):
    file = tmp_path / "experiment.yaml"
    moved = {key: str(tmp_path / SAID[key]) for key in ("out", "data", "prompts", "models", "limits", "answers")}
    file.write_text(yaml.safe_dump(SAID))
    permissions = {"allow_base", "unsafe_params"}  # which no file can give
    assert set(SAID) == {field.alias or name for name, field in Experiment.model_fields.items()} - permissions
    assert set(SAID["target"]) == set(Target.model_fields)
    assert settle(str(file)) == settle(*arguments()).but(**moved)


def test_flags_outweigh_the_file_field_by_field(settle, tmp_path):
    file = tmp_path / "experiment.yaml"
    file.write_text("source: sample\nout: run\nlimit: 3\nadaptive: false\ntarget: {model: a/b, system: Be brief.}\n")
    found = settle(str(file), "--limit", "4", "--adaptive", "--target-seed", "7")
    assert (found.limit, found.adaptive) == (4, True)
    assert found.target == Target(model="a/b", system="Be brief.", seed=7)
    assert settle(str(file), "--target", "c/d").target == Target(model="c/d", system="Be brief.")
    file.write_text("source: sample\nout: run\ntarget: a/b\n")
    assert settle(str(file), "--api-base", "http://127.0.0.1/v1").target.api_base == "http://127.0.0.1/v1"


def test_paths_in_a_file_are_relative_to_it_and_names_are_names(settle, tmp_path):
    (tmp_path / "sub").mkdir()
    file = tmp_path / "sub" / "experiment.yaml"
    file.write_text("source: ../cases.jsonl\nout: run\njury: ./mine.yaml\npanel: rehearsal\nprompts: /abs\n")
    found = settle(str(file))
    assert Path(found.source).resolve() == tmp_path / "cases.jsonl"
    assert found.out == tmp_path / "sub" / "run"
    assert (found.jury, found.panel) == (str(tmp_path / "sub" / "mine.yaml"), "rehearsal")
    assert found.prompts == Path("/abs")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("source: sample\nout: run\ntaget: a/b\n", "unknown key `taget`; known keys: source, out, "),
        ("source: sample\nout: run\ntarget: {model: a/b, sytem: Hi}\n", "unknown key `target.sytem`; known keys: model, "),
        ("source: sample\n", "lacks `out`: the run's folder"),
        ("source: sample\nout: run\nlimit: many\n", "field `limit`: Input should be a valid integer"),
        ("- source\n", "holds no mapping"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_named_with_file_and_key(tmp_path, text, said):
    file = tmp_path / "experiment.yaml"
    file.write_text(text)
    sentence = complaint("run", file)
    assert sentence.startswith(f"{file}")
    assert said in sentence


@pytest.mark.parametrize(
    ("text", "near"), [("taget: a/b\n", "target"), ("target: {sytem: Hi}\n", "system"), ("dry-run: true\n", "dry_run")]
)
def test_a_mistyped_key_is_named_with_the_nearest_that_there_is(tmp_path, text, near):
    file = tmp_path / "experiment.yaml"
    file.write_text(f"source: sample\nout: run\n{text}")
    with pytest.raises(InputError, match=f"did you mean `{near}`"):
        settled(Experiment, {"source": str(file)}, "jury run")


def test_an_experiment_may_hold_its_jury_and_its_panel_in_full(tmp_path):
    file = tmp_path / "experiment.yaml"
    seats = [{"model": f"rehearsal/{who}"} for who in ("strict", "lenient", "context")]
    experiment = {
        "source": "sample", "limit": 2, "target": "rehearsal/reckless", "out": "run", "json": True,
        "jury": {"name": "mine", "protocol": "poll", "rule": "any:1"}, "panel": {"seats": seats},
    }  # fmt: skip
    file.write_text(yaml.safe_dump(experiment))
    document = jury("run", file).document
    assert (document["jury"], document["protocol"], document["rule"]) == ("mine", "poll", "any")
    assert (tmp_path / "run" / "results.json").is_file()


def test_a_commands_signature_is_made_of_its_record():
    parameters = inspect.signature(takes(Experiment, argument="source")(noting([]))).parameters
    assert len(parameters) == len(fields_of(Experiment))
    assert all(parameter.default is None for parameter in parameters.values())


def test_a_jury_over_answers_can_be_said_in_a_file_too(tmp_path):
    assert jury("answer", "sample", "--target", "rehearsal/reckless", "--limit", "1", "--out", tmp_path / "a").code == 0
    file = tmp_path / "judge.yaml"
    file.write_text("run: a\njury: {protocol: poll, rule: any:1}\npanel: rehearsal\nname: first\n")
    finished = jury("judge", file)
    assert finished.code == 0, finished.err
    assert (tmp_path / "a" / "juries" / "first" / "results.json").is_file()


class Weights(Record):
    first: float = Field(default=1.0, description="one")
    second: float = Field(default=1.0, description="two")


class Wish(Record):
    out: Path = Field(description="where to")
    names: tuple[str, ...] = Field(default=("a", "b"), description="of whom")
    params: dict[str, Any] = Field(default_factory=dict, description="anything")
    weights: Weights = Weights()


def said_of(*arguments: str) -> dict[str, Any]:
    kept: list[dict[str, Any]] = []
    lone = typer.Typer()
    lone.command()(takes(Wish)(noting(kept)))
    lone(arguments, standalone_mode=False)
    return kept[0]


def test_a_command_without_an_argument_takes_options_alone():
    assert Wish.model_validate(said_of("--out", "x")) == Wish(out=Path("x"))


def test_a_mapping_is_written_in_pairs_or_as_json():
    pairs, whole = said_of("--params", "size=512x512,steps=4,hd=true"), said_of("--params", '{"size": "1x1", "a": [1]}')
    assert pairs["params"] == {"size": "512x512", "steps": 4, "hd": True}
    assert whole["params"] == {"size": "1x1", "a": [1]}


def test_what_is_no_pair_is_named():
    with pytest.raises(InputError, match="--params: 'size' is not KEY=VALUE"):
        said_of("--params", "size")


def test_of_a_nested_record_without_a_model_each_field_has_a_flag_of_its_own():
    said = said_of("--out", "x", "--weights-second", "0.5", "--names", "c, d")
    assert Wish.model_validate(said) == Wish(out=Path("x"), names=("c", "d"), weights=Weights(second=0.5))
    assert "weights" not in fields_of(Wish)
