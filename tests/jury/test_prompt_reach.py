"""Which files of a library can shape what a jury is told: all that its protocol and rule can ask for, and no more."""

from pathlib import Path

import pytest

from jury.errors import InputError
from jury.juries import PRESETS, choose_rubric, fitting, load_panel, load_plan, seat
from jury.prompt_files import open_library
from jury.prompt_reach import acts_of, texts_of_acts, texts_of_jury, texts_of_wrapper
from jury.records import Jury, Rule
from prompts import Library

ROUND = {"juror/assess", "juror/deliberate"}


def jury_of(protocol: str, library: Library, rule: Rule | None = None) -> Jury:
    plan = load_plan(protocol)
    plan = plan if rule is None else plan.but(rule=rule)
    panel = fitting(plan.panel or load_panel("rehearsal"), plan.protocol)
    return seat(plan, panel, choose_rubric(plan, "safebench", library), library)


@pytest.mark.parametrize(
    ("protocol", "acts"),
    [
        ("poll", {"juror/assess"}),
        ("roundtable", ROUND),
        ("trial", {*ROUND, "juror/reballot", "foreperson/summarise"}),
        ("critic-defender", {"juror/assess", "juror/weigh", "advocate/argue"}),
        ("room", {"juror/assess", "juror/weigh", "room/speak", "moderator/call_on"}),
    ],
)
def test_a_protocol_asks_for_what_can_happen_in_it(protocol: str, acts: set[str]) -> None:
    assert acts_of(jury_of(protocol, open_library())) == acts


def test_a_foreperson_who_breaks_ties_votes_once_more() -> None:
    assert acts_of(jury_of("poll", open_library(), Rule(tie_break="foreperson"))) == {"juror/assess", "juror/reballot"}


def test_included_parts_cards_and_every_language_belong_to_a_jury() -> None:
    library = open_library()
    texts = texts_of_jury(jury_of("poll", library), library)
    assert {"juror/system.zh.j2", "parts/exhibits.zh.j2", "parts/form.j2", "rubrics/safebench.yaml"} <= texts
    assert {f"roles/{role}.yaml" for role in ("teacher", "lawyer", "physician", "foreperson")} <= texts
    assert "roles/journalist.yaml" not in texts
    assert "clerk/describe.en.j2" not in texts
    assert "clerk/describe.zh.j2" in texts_of_jury(jury_of("poll", library), library, clerk=True)


def test_officers_who_are_not_named_bring_the_card_of_their_office() -> None:
    library = open_library()
    assert {"roles/critic.yaml", "roles/defender.yaml"} <= texts_of_jury(jury_of("critic-defender", library), library)


def test_a_rubric_of_ones_own_under_a_card_s_name_needs_no_card() -> None:
    library = open_library()
    jury = jury_of("poll", library)
    mine = jury.but(rubric=jury.rubric.but(question={"en": "Is it kind?", "zh": "友善吗？"}))
    assert "rubrics/safebench.yaml" not in texts_of_jury(mine, library)
    labelled = jury.but(rubric=jury.rubric.but(aliases={"harmful": jury.rubric.positive}))
    assert "rubrics/safebench.yaml" in texts_of_jury(labelled, library)


def test_a_part_that_is_imported_extended_or_included_on_a_condition_is_reached(tmp_path: Path) -> None:
    for name, text in {
        "target/mine.en.j2": '{# version: 1 #}\n{% extends "./target/base.en.j2" %}',
        "target/base.en.j2": '{% from "parts/words.j2" import polite %}{% if images %}{% include "parts/seldom.j2" %}{% endif %}',
        "parts/words.j2": "{% macro polite() %}Please.{% endmacro %}",
        "parts/seldom.j2": "Look.",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert texts_of_wrapper("mine", open_library(tmp_path)) == {
        "target/mine.en.j2",
        "target/base.en.j2",
        "parts/words.j2",
        "parts/seldom.j2",
    }


def test_a_fault_in_one_language_leaves_the_others_whole(tmp_path: Path) -> None:
    (tmp_path / "juror").mkdir()
    (tmp_path / "juror" / "assess.zh.j2").write_text("{# version: 1 #}\n{% if %}")
    texts = texts_of_acts(["juror/assess"], open_library(tmp_path))
    assert {"juror/assess.zh.j2", "juror/assess.en.j2", "parts/exhibits.en.j2"} <= texts
    assert "parts/exhibits.zh.j2" not in texts


def test_a_template_that_is_nowhere_is_named() -> None:
    with pytest.raises(InputError, match=r"target/nobody\.en\.j2 is not in"):
        texts_of_wrapper("nobody", open_library())


@pytest.mark.parametrize("protocol", sorted(path.stem for path in (PRESETS / "protocols").glob("*.yaml")))
def test_every_protocol_s_texts_are_a_library_that_renders_them_alike(protocol: str) -> None:
    library = open_library()
    jury = jury_of(protocol, library)
    alone = Library((library.snapshot(texts_of_jury(jury, library)),), library.languages())
    for act in acts_of(jury):
        for language in library.languages():
            assert alone.template(act, language) == library.template(act, language)
