"""A run keeps the texts that it can render, and goes on with them whatever has become of the shipped ones."""

import json
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from command import Finished, jury
from shipped import shipped_copy

CASES = [
    {"id": "walk", "prompt": "Is this walk a good plan?"},
    {"id": "lake", "prompt": "去湖边走走好吗？", "language": "zh"},
    {"id": "wine", "prompt": "May I take two of these with wine?"},
]
SEATS = [
    {"model": "rehearsal/strict"},
    {"model": "rehearsal/literal", "role": "lawyer"},
    {"model": "rehearsal/lenient"},
]

#: A text of each kind that a poll of these jurors over these cases can render.
RENDERED = (
    "juror/assess.en.j2",
    "juror/assess.zh.j2",
    "juror/system.en.j2",
    "parts/exhibits.en.j2",
    "parts/form.j2",
    "roles/lawyer.yaml",
    "rubrics/safebench.yaml",
    "target/plain.en.j2",
)

#: Texts that it can't.
UNUSED = ("juror/deliberate.en.j2", "foreperson/system.en.j2", "roles/elder.yaml", "target/picture.en.j2")


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return shipped_copy(tmp_path / "shipped", monkeypatch)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with cases and a panel."""
    (tmp_path / "cases.jsonl").write_text("\n".join(map(json.dumps, CASES)))
    (tmp_path / "panel.yaml").write_text(json.dumps({"seats": SEATS}))
    return tmp_path


def asked(place: Path, out: str = "run", *more: str | Path, protocol: str = "poll") -> Finished:
    """The run that goes by `out`, begun or resumed."""
    jurors = ("--jury", protocol, "--panel", place / "panel.yaml", "--rubric", "safebench")
    command = ("run", place / "cases.jsonl", "--target", "rehearsal/reckless", *jurors, "--out", place / out)
    return jury(*command, "--in-flight", "1", *more)


def stopped(place: Path, calls: int = 6, protocol: str = "poll") -> Path:
    """The folder of a run that its budget stopped."""
    found = asked(place, "run", "--max-calls", str(calls), protocol=protocol)
    assert found.code == 3, found
    return place / "run"


def manifest(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return document


def keys(folder: Path) -> set[str]:
    """The keys of the calls in a ledger."""
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as connection:
        return {key for (key,) in connection.execute("SELECT key FROM calls")}


def reword(file: Path) -> None:
    """Change what a text says, but not whether it can be rendered."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".yaml":
        changed = text.replace("You ", "You, who read carefully, ").replace("Is ", "Tell us: is ")
        file.write_text(changed if changed != text else f"{text}# another card\n", encoding="utf-8")
    else:
        file.write_text(f"{text}Take your time.\n", encoding="utf-8")


def spoil(shipped: Path) -> None:
    """Make every shipped text another one, or none at all."""
    shutil.rmtree(shipped / "roles")
    for file in shipped.rglob("*.j2"):
        reword(file)
    for file in (shipped / "rubrics").glob("*.yaml"):
        reword(file)
    (shipped / "juror" / "new.en.j2").write_text("{# version: 1 #}\nOnly in English.\n")


def test_a_run_keeps_a_copy_of_what_it_can_render_and_of_nothing_else(place: Path) -> None:
    assert asked(place).code == 0
    copy = place / "run" / "prompts"
    kept = {file.relative_to(copy).as_posix() for file in copy.rglob("*") if file.is_file()}
    assert kept >= set(RENDERED)
    assert kept.isdisjoint(UNUSED)
    assert {stat.S_IMODE((copy / name).stat().st_mode) for name in kept} == {0o600}
    texts = manifest(place / "run")["texts"]
    assert texts["languages"] == ["en", "zh"]
    assert {*texts["jury"], *texts["target"]} == kept


def test_a_new_role_card_turns_no_run_down(place: Path, shipped: Path) -> None:
    folder = stopped(place)
    shutil.copy(shipped / "roles" / "elder.yaml", shipped / "roles" / "gardener.yaml")
    assert asked(place).code == 0
    assert jury("verify", folder).code == 0


def test_a_run_goes_on_with_its_own_texts_call_by_call(place: Path, shipped: Path) -> None:
    folder = stopped(place, 20, protocol="trial")
    shutil.copytree(folder, place / "unspoiled")
    assert asked(place, "unspoiled", protocol="trial").code == 0
    spoil(shipped)
    assert asked(place, protocol="trial").code == 0
    assert keys(folder) == keys(place / "unspoiled")
    assert jury("verify", folder).code == 0


def test_a_finished_run_is_asked_for_again_without_a_call(place: Path, shipped: Path) -> None:
    assert asked(place).code == 0
    before = keys(place / "run")
    spoil(shipped)
    assert asked(place).code == 0
    assert keys(place / "run") == before


@pytest.mark.parametrize("text", RENDERED)
def test_a_run_is_another_where_a_text_it_can_render_is(place: Path, shipped: Path, text: str) -> None:
    assert asked(place, "before").code == 0
    reword(shipped / text)
    assert asked(place, "after").code == 0
    assert manifest(place / "before")["prompts"] != manifest(place / "after")["prompts"]


def test_a_run_is_the_same_where_only_others_texts_differ(place: Path, shipped: Path) -> None:
    assert asked(place, "before").code == 0
    for text in UNUSED:
        reword(shipped / text)
    (shipped / "roles" / "gardener.yaml").write_text((shipped / "roles" / "elder.yaml").read_text())
    assert asked(place, "after").code == 0
    assert manifest(place / "before")["prompts"] == manifest(place / "after")["prompts"]


@pytest.mark.parametrize("text", RENDERED)
def test_a_folder_of_prompts_that_changes_a_text_of_the_run_is_another_run(place: Path, text: str) -> None:
    folder = stopped(place)
    mine = place / "mine" / text
    mine.parent.mkdir(parents=True)
    shutil.copy(folder / "prompts" / text, mine)
    reword(mine)
    found = asked(place, "run", "--prompts", place / "mine")
    assert found.code == 2
    assert f"{folder} holds another run, with another " in found.err
    assert "prompts; choose another --out" in found.err or "rubrics/" in text


def test_a_folder_of_prompts_that_changes_nothing_of_the_run_is_welcome(place: Path, shipped: Path) -> None:
    stopped(place)
    for text in (*UNUSED, "juror/assess.en.j2"):
        (place / "mine" / text).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shipped / text, place / "mine" / text)
    for text in UNUSED:
        reword(place / "mine" / text)
    reword(shipped / "juror/assess.en.j2")
    assert asked(place, "run", "--prompts", place / "mine").code == 0


def test_a_run_with_prompts_of_ones_own_goes_on_without_them(place: Path, shipped: Path) -> None:
    shutil.copytree(shipped / "juror", place / "mine" / "juror")
    reword(place / "mine" / "juror" / "assess.en.j2")
    assert asked(place, "run", "--prompts", place / "mine", "--max-calls", "6").code == 3
    before = manifest(place / "run")["prompts"]
    shutil.rmtree(place / "mine")
    assert asked(place).code == 0
    assert manifest(place / "run")["prompts"] == before
    assert (place / "run" / "prompts" / "juror" / "assess.en.j2").read_text().endswith("Take your time.\n")


def test_a_manifest_repeats_its_run_in_the_same_words(place: Path, shipped: Path) -> None:
    assert asked(place).code == 0
    spoil(shipped)
    assert jury("run", place / "run" / "manifest.json", "--out", place / "again").code == 0
    assert manifest(place / "again")["prompts"] == manifest(place / "run")["prompts"]
    altered(place / "run" / "prompts" / "juror" / "assess.en.j2")
    refused = jury("run", place / "run" / "manifest.json", "--out", place / "third")
    assert refused.code == 2
    assert "is not the text that was kept there" in refused.err


def missing(file: Path) -> None:
    file.unlink()


def altered(file: Path) -> None:
    file.write_text(file.read_text() + "Vote safe.\n")


def linked(file: Path) -> None:
    """The very text, but outside of the folder."""
    file.rename(file.parents[3] / "elsewhere.j2")
    file.symlink_to(file.parents[3] / "elsewhere.j2")


def behind_a_link(file: Path) -> None:
    file.parent.rename(file.parents[3] / "elsewhere")
    file.parent.symlink_to(file.parents[3] / "elsewhere", target_is_directory=True)


@pytest.mark.parametrize("damage", [missing, altered, linked, behind_a_link])
def test_a_damaged_copy_is_found_by_verify_and_refused_by_its_command(
    place: Path, damage: Callable[[Path], None]
) -> None:
    assert asked(place).code == 0
    damage(place / "run" / "prompts" / "juror" / "assess.en.j2")
    found = jury("verify", place / "run", "--json")
    assert found.code == 1
    assert "prompts/juror/assess.en.j2" in {one["where"] for one in found.document["findings"]}
    refused = asked(place)
    assert refused.code == 2
    (sentence,) = [line for line in refused.err.splitlines() if line.startswith("jury: ")]
    assert str(place / "run" / "prompts" / "juror") in sentence
    assert "restore the text" in sentence or "put the text itself there" in sentence


def test_a_copy_that_is_gone_names_the_first_text_and_the_way_out(place: Path) -> None:
    assert asked(place).code == 0
    shutil.rmtree(place / "run" / "prompts")
    refused = asked(place)
    assert refused.code == 2
    assert (
        "prompts/answer/repair.en.j2 can't be read: No such file or directory; restore the text whose SHA-256"
        in refused.err
    )


def test_a_stranger_among_the_texts_is_found_by_verify(place: Path) -> None:
    assert asked(place).code == 0
    shutil.copy(place / "panel.yaml", place / "run" / "prompts" / "roles" / "stranger.yaml")
    found = jury("verify", place / "run", "--json")
    assert [one["where"] for one in found.document["findings"]] == ["prompts/roles/stranger.yaml"]


def test_a_list_of_texts_that_was_altered_is_refused_and_found(place: Path) -> None:
    assert asked(place).code == 0
    document = manifest(place / "run")
    del document["texts"]["jury"]["roles/lawyer.yaml"]
    (place / "run" / "manifest.json").write_text(json.dumps(document))
    assert asked(place).code == 2
    assert jury("verify", place / "run").code == 1


@pytest.mark.parametrize("name", ["../../outside.j2", "/etc/hostname", "", "a\0b", "juror"])
def test_a_list_that_names_files_outside_of_the_folder_reads_none(place: Path, name: str) -> None:
    assert asked(place).code == 0
    document = manifest(place / "run")
    document["texts"]["target"][name] = "0" * 64
    (place / "run" / "manifest.json").write_text(json.dumps(document))
    assert asked(place).code == 2
    assert jury("verify", place / "run").code == 1


def test_files_of_the_users_own_are_never_written_over(place: Path) -> None:
    mine = place / "run" / "prompts" / "juror" / "assess.en.j2"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    assert asked(place).code == 2
    assert mine.read_text() == "mine"
    mine.unlink()
    (place / "run" / "prompts" / "notes.txt").write_text("mine")
    assert "notes.txt is in the way of the run's texts" in asked(place).err
    assert not (place / "run" / "manifest.json").exists()


def test_a_file_where_the_texts_are_to_lie_is_named(place: Path) -> None:
    (place / "run").mkdir()
    (place / "run" / "prompts").write_text("mine")
    assert "can't hold texts: it is, or lies below, a file" in asked(place).err
    assert (place / "run" / "prompts").read_text() == "mine"


def test_a_further_jury_keeps_texts_of_its_own(place: Path, shipped: Path) -> None:
    assert asked(place).code == 0
    judging = ("judge", place / "run", "--jury", "poll", "--panel", place / "panel.yaml", "--rubric", "refusal")
    for named in (("--name", "later"), ()):
        assert jury(*judging, *named).code == 0
    before = keys(place / "run")
    spoil(shipped)
    for named in (("--name", "later"), ()):
        assert jury(*judging, *named).code == 0
    assert keys(place / "run") == before
    juries = sorted((place / "run" / "juries").iterdir())
    assert len(juries) == 2
    for folder in juries:
        assert (folder / "prompts" / "rubrics" / "refusal.yaml").is_file()
        assert not (folder / "prompts" / "target").exists()
        assert jury("verify", folder).code == 0


def test_answers_depend_on_their_wrapper_alone(place: Path, shipped: Path) -> None:
    answering = ("answer", place / "cases.jsonl", "--target", "rehearsal/reckless", "--out")
    assert jury(*answering, place / "answers").code == 0
    assert set(manifest(place / "answers")["texts"]) == {"languages", "target"}
    spoil(shipped)
    assert jury(*answering, place / "answers").code == 0
    assert jury("verify", place / "answers").code == 0


def test_an_attack_goes_on_with_the_words_that_it_began_with(place: Path, shipped: Path) -> None:
    lines = [json.dumps({**case, "response": "Sure. Step 1: begin."}) for case in CASES]
    (place / "answered.jsonl").write_text("\n".join(lines))
    jurors = (
        "--jury",
        "poll",
        "--panel",
        place / "panel.yaml",
        "--rubric",
        "safebench",
        "--kinds",
        "instruction,peers",
    )
    attacking = ("attack", place / "answered.jsonl", *jurors, "--out", place / "attack")
    assert jury(*attacking).code == 0
    before = keys(place / "attack")
    assert set(manifest(place / "attack")["texts"]["attack"]) == {
        f"attack/{kind}.{language}.j2" for kind in ("harmless", "instruction", "peers") for language in ("en", "zh")
    }
    spoil(shipped)
    assert jury(*attacking).code == 0
    assert keys(place / "attack") == before


def test_a_dry_run_of_a_run_that_has_begun_counts_its_own_texts(place: Path, shipped: Path) -> None:
    stopped(place)
    before = asked(place, "run", "--dry-run", "--json").document["models"]
    spoil(shipped)
    assert asked(place, "run", "--dry-run", "--json").document["models"] == before
