"""Answers in a file of their own, apart from the cases."""

import json
from pathlib import Path

import pytest
from command import complaint, jury

from benchmarks.sources.answers import read_answers
from jury.errors import InputError
from jury.records import Answer, Case, TextPart, Turn

QUESTION = Turn(parts=(TextPart(text="How?"),))


def case(name: str, turns: int = 1, **fields: object) -> Case:
    return Case.model_validate({"id": name, "turns": (QUESTION,) * turns, **fields})


@pytest.fixture
def answers(tmp_path: Path):
    """Reads some text as a file of answers."""

    def read(text: str, name: str = "said.csv"):
        (tmp_path / name).write_text(text)
        return read_answers(tmp_path / name)

    return read


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("said.csv", "id,response,target\na,Like this.,some/model\n"),
        ("said.csv", "response,item_id,target,ours\nLike this.,a,some/model,7\n"),
        ("said.jsonl", '{"id": "a", "response": "Like this.", "target": "some/model", "ours": 7}\n'),
    ],
)
def test_an_answer_is_given_to_the_case_of_its_id(answers, name, text):
    own = case("a", answers=(Answer(text="Otherwise."),), target="other/model")
    given, fault = answers(text, name).given_to(own)
    assert fault is None
    assert (given.answers, given.target) == ((Answer(text="Like this."),), "some/model")


def test_a_case_without_an_answer_has_an_invalid_one_that_says_so(answers):
    (missing,) = answers("id,response\na,Yes.\n").given_to(case("b"))[0].answers
    assert (missing.state, missing.cause.kind) == ("invalid", "missing")
    assert missing.cause.detail == "said.csv has no answer to this case"


def test_an_empty_answer_is_invalid(answers):
    (empty,) = answers("id,response\na,\n").given_to(case("a"))[0].answers
    assert (empty.state, empty.cause.kind) == ("invalid", "missing")


def test_answers_to_cases_there_are_not_are_named(answers):
    found = answers("id,response\na,Yes.\nb,No.\n")
    assert found.strangers([case("a"), case("b")]) == ()
    (said,) = found.strangers([case("a")])
    assert said.endswith("said.csv: answers to cases there are not: 'b'")


def test_a_case_of_several_turns_has_a_list_of_answers(answers):
    found = answers('{"id": "a", "responses": ["One.", "Two."]}', "said.jsonl")
    assert [answer.text for answer in found.given_to(case("a", 2))[0].answers] == ["One.", "Two."]
    given, fault = found.given_to(case("a", 3))
    assert fault.told.startswith("said.jsonl line 1: field `responses` holds 2 of the 3 answers")
    assert [answer.cause.detail for answer in given.answers] == [fault.told] * 3


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("said.csv", "id,answer\na,Yes.\n", "said.csv row 1: field `response` is missing"),
        ("said.csv", "id,response\n,Yes.\n", "said.csv row 2: field `id` is empty"),
        ("said.txt", "a: Yes.", "said.txt: is no file of answers; name a .jsonl or .csv file"),
    ],
)
def test_a_file_that_holds_no_answers_is_named_with_its_fault(answers, name, text, said):
    with pytest.raises(InputError, match=said.replace(".", r"\.")):
        answers(text, name)


@pytest.mark.parametrize("row", ['{"id": "a"}', '{"id": "a", "responses": "One."}', '{"id": "a", "responses": [1]}'])
def test_a_row_without_an_answer_is_an_invalid_answer(answers, row):
    given, fault = answers(row, "said.jsonl").given_to(case("a"))
    assert fault.told.startswith("said.jsonl line 1: field `response")
    assert given.answers[0].cause.kind == "row"


def test_bad_rows_of_answers_are_named_and_the_first_answer_to_a_case_counts(answers):
    found = answers("id,response\na,Yes.\na,No.\nb\n")
    assert [row.told.partition(";")[0] for row in found.bad] == [
        "said.csv row 4: has 1 cells under 2 columns",
        "said.csv row 3: field `id` repeats the id of row 2",
    ]
    assert found.given_to(case("a"))[0].answers[0].text == "Yes."
    assert found.given_to(case("b"))[0].answers[0].cause.kind == "row"


def test_a_run_judges_the_files_answers_in_the_place_of_the_sources_and_labels_say_nothing_of_them(tmp_path):
    lines = [{"id": name, "prompt": "How?", "response": "Never!", "gold": "unsafe"} for name in "ab"]
    (tmp_path / "cases.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (tmp_path / "said.csv").write_text("id,response,target\na,Sure! Step 1: begin.,some/model\nc,No.,some/model\n")
    command = ("run", tmp_path / "cases.jsonl", "--answers", tmp_path / "said.csv", "--panel", "rehearsal")
    finished = jury(*command, "--out", tmp_path / "run", "--json")
    assert finished.code == 0, finished.err
    counts = finished.document["counts"]
    assert (counts["cases"], counts["invalid"], finished.document["panel"].get("n")) == (2, 1, None)
    assert "answers to cases there are not: 'c'" in finished.err
    assert jury("verify", tmp_path / "run").code == 0
    (tmp_path / "said.csv").write_text("id,response\na,No.\n")
    assert "holds another run, with another answers" in complaint(*command, "--out", tmp_path / "run")


def test_answers_are_recorded_or_asked_for_not_both(tmp_path):
    (tmp_path / "said.csv").write_text("id,response\na,No.\n")
    command = ("run", "sample", "--answers", tmp_path / "said.csv", "--target", "rehearsal/reckless")
    assert "leave out --target, or --answers" in complaint(*command, "--out", tmp_path / "run")
