"""A JSON Lines file of cases."""

import json

import pytest

from jury.records import Answer, AudioPart, Case, GoldLabel, ImagePart, MediaRef, TextPart, Turn

FULL = Case(
    id="full",
    turns=(Turn(parts=(TextPart(text="Look."), ImagePart(description="A bin"))),),
    gold=(GoldLabel(annotator="gold", label="safe"),),
    answers=(Answer(text="I see."),),
    target="some-model",
    metadata={"deep": [1, {"two": None}]},
)


def lines(*objects: dict) -> str:
    return "".join(json.dumps(entry) + "\n" for entry in objects)


def test_a_prompt_may_be_a_list_of_parts(write, read, red_png):
    prompt = [
        {"text": "First this:"},
        {"image": "red.png", "description": "red"},
        {"description": "a bin"},
        {"spoken": "hello"},
        {"text": "And now?"},
    ]
    (case,) = read(write("cases.jsonl", lines({"id": "1", "prompt": prompt}))).cases
    first, image, described, spoken, last = case.turns[0].parts
    assert (first, last) == (TextPart(text="First this:"), TextPart(text="And now?"))
    assert (image.media.mime, image.description) == ("image/png", "red")
    assert (described, spoken) == (ImagePart(description="a bin"), AudioPart(spoken="hello"))


def test_several_turns_keep_their_exhibits_and_answers(write, read, red_png):
    turns = [{"prompt": "What?", "image": "red.png", "response": "Red."}, {"prompt": "Why?", "response": ""}]
    (case,) = read(write("cases.jsonl", lines({"id": "1", "turns": turns}))).cases
    assert [len(turn.parts) for turn in case.turns] == [2, 1]
    assert case.answers[0].text == "Red."
    assert case.answers[1].cause.kind == "missing"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ({"gold": "safe"}, {"gold": "safe"}),
        ({"gold": {"ann": "safe", "ben": "unsafe"}}, {"ann": "safe", "ben": "unsafe"}),
        ({"annotator_1": "safe", "gold": "unsafe"}, {"annotator_1": "safe", "gold": "unsafe"}),
        ({"gold": None}, {}),
    ],
)
def test_gold_is_a_final_label_or_labels_by_annotator(write, read, labels, expected):
    (case,) = read(write("cases.jsonl", lines({"id": "1", "prompt": "Hello?", **labels}))).cases
    assert {label.annotator: label.label for label in case.gold} == expected


def test_a_case_record_comes_back_as_it_was_written(write, read):
    assert read(write("cases.jsonl", FULL.to_json())).cases == (FULL,)


def test_a_case_record_of_gold_alone_comes_back(write, read):
    case = Case(id="1", gold=(GoldLabel(annotator="gold", label="safe"),))
    assert read(write("cases.jsonl", case.to_json())).cases == (case,)


def test_a_reference_to_media_that_nobody_stored_is_an_exhibit_with_a_problem(write, read):
    image = ImagePart(media=MediaRef(sha256="0" * 64, mime="image/png", size=1), description="a bin")
    path = write("cases.jsonl", FULL.but(turns=(Turn(parts=(image,)),)).to_json())
    part = read(path).cases[0].turns[0].parts[0]
    assert (part.media, part.problem.kind, part.description) == (None, "missing", "a bin")


def test_a_reference_to_stored_media_stays(write, read, red_png):
    first = read(write("a.jsonl", lines({"id": "1", "prompt": "What?", "image": "red.png", "response": "Red."}))).cases
    assert read(write("b.jsonl", first[0].to_json())).cases == first


@pytest.mark.parametrize("named", ["images\\red.png", "./Images/RED.PNG", "/images/red%2Epng"])
def test_an_image_is_found_however_another_system_writes_its_name(write, read, red_png, named):
    write("images/red.png", red_png.read_bytes())
    loaded = read(write("cases.jsonl", lines({"id": "1", "prompt": "What is it?", "image": named})))
    assert loaded.cases[0].turns[0].parts[1].media is not None
    assert loaded.problems == ()


def test_a_missing_image_is_named_with_its_case_and_with_the_file_that_was_likely_meant(write, read, red_png):
    loaded = read(write("cases.jsonl", lines({"id": "1", "prompt": "What is it?", "image": "red.jpg"})))
    assert loaded.problems == (
        "case '1': 'red.jpg': there is no such file in the data folder; did you mean 'red.png'?",
    )
    (red_png.parent / "blue.png").write_bytes(red_png.read_bytes())
    red_png.unlink()
    again = read(red_png.parent / "cases.jsonl")
    assert again.cases == loaded.cases  # the hint is no part of the case: other files change nothing of a run


def test_line_separators_inside_text_end_no_line(write, read):
    path = write("cases.jsonl", '{"id": "1", "prompt": "one\u2028two\x85three"}\n\r\n{"id": "2", "prompt": "more"}\r\n')
    assert [case.id for case in read(path).cases] == ["1", "2"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"prompt": "x"}, "field `id` is missing; "),
        ({"id": 7, "prompt": "x"}, "field `id` is a number, not text; "),
        ({"id": "2", "item_id": "2", "prompt": "x"}, "field `id` stands beside `item_id`; "),
        ({"id": "2"}, "field `prompt` is missing; "),
        ({"id": "2", "prompt": " "}, "field `prompt` is empty; "),
        ({"id": "2", "prompt": []}, "field `prompt` is not a list of objects; "),
        ({"id": "2", "prompt": ["x"]}, "field `prompt[0]` is text, not an object; "),
        ({"id": "2", "prompt": [{"text": ""}]}, "field `prompt[0].text` is empty; "),
        ({"id": "2", "prompt": [{"image": ""}]}, "field `prompt[0].image` is empty; "),
        ({"id": "2", "prompt": [{"image": "a.png", "spoken": "x"}]}, "field `prompt[0].image` is not known here; "),
        ({"id": "2", "prompt": [{"txt": "x"}]}, "field `prompt[0].txt` is not known here; did you mean `text`"),
        ({"id": "2", "promt": "x"}, "field `promt` is not known here; did you mean `prompt`"),
        ({"id": "2", "prompt": "x", "zzz": 1}, "field `zzz` is not known here; known fields are "),
        ({"id": "2", "prompt": "x", "metadata": []}, "field `metadata` is a list, not an object; "),
        ({"id": "2", "prompt": "x", "gold": {"ann": True}}, "field `gold.ann` is true or false, not text; "),
        ({"id": "2", "prompt": "x", "annotator_1": "a", "gold": {"annotator_1": "b"}}, "has two gold labels by one annotator; "),
        ({"id": "2", "turns": []}, "field `turns` is not a list of objects; "),
        ({"id": "2", "turns": [{"prompt": "x"}], "image": "a.png"}, "field `image` stands beside `turns`; "),
        ({"id": "2", "turns": [{"prompt": "x"}, {"prompt": ""}]}, "field `turns[1].prompt` is empty; "),
        ({"id": "2", "turns": [{"prompt": "x", "respnse": "y"}]}, "field `turns[0].respnse` is not known here; did you mean `response`"),
        ({"id": "2", "turns": [{"prompt": "x", "response": "y"}, {"prompt": "z"}]}, "field `turns[1].response` is missing although "),
        ({"id": "2", "turns": [{"parts": [{"kind": "text", "text": ""}]}]}, "field `turns.0.parts.0.text.text` is not as it must be ("),
        ({"id": "2", "answers": [], "scenaro": "x"}, "field `scenaro` is not known here; did you mean `scenario`"),
        ({"id": "2", "prompt": "x", "language": "??"}, "field `language` is not as it must be ("),
    ],
)  # fmt: skip
def test_a_bad_object_is_an_invalid_case_named_by_file_line_and_field(write, bad_row, entry, said):
    path = write("cases.jsonl", lines({"id": "1", "prompt": "Hello?"}, entry))
    assert bad_row(path).startswith(f"cases.jsonl line 2: {said}")


def test_a_file_without_a_line_that_can_be_read_is_turned_down(write, complaint):
    path = write("cases.jsonl", lines({"id": "1"}, {"id": "2", "prompt": ""}))
    assert complaint(path).startswith(f"{path} line 1: field `prompt` is missing; ")


def test_an_invalid_case_has_its_own_id_where_that_can_be_told_and_keeps_its_place(write, read):
    rows = lines(
        {"id": "1", "prompt": "x"}, {"id": "2"}, {"prompt": "x"}, {"id": "3", "prompt": "x"}, {"id": "1", "prompt": "y"}
    )
    loaded = read(write("cases.jsonl", rows + "{"))
    named = ["1", "2", "cases.jsonl line 3", "3", "cases.jsonl line 5", "cases.jsonl line 6"]
    assert [case.id for case in loaded.cases] == named
    assert [case.id for case in loaded.cases if case.problem] == [named[1], *named[2:3], *named[4:]]
    assert loaded.rows.cases == 4


def test_an_image_without_words_is_a_case(write, read, red_png):
    rows = lines({"id": "1", "image": "red.png"}, {"id": "2", "prompt": "", "spoken": "Hello."})
    alone, spoken = read(write("cases.jsonl", rows)).cases
    assert [part.kind for part in (*alone.turns[0].parts, *spoken.turns[0].parts)] == ["image", "audio"]


@pytest.mark.parametrize("text", ['{"id": "2", ', '{"id": NaN}', '{"id": "\\ud800"}', "[" * 5000])
def test_broken_json_is_named_by_its_line(write, bad_row, text):
    path = write("cases.jsonl", lines({"id": "1", "prompt": "Hello?"}) + text)
    assert bad_row(path).startswith("cases.jsonl line 2: is not JSON (")


def test_a_line_that_is_no_object_is_named(write, complaint):
    path = write("cases.jsonl", '["a"]\n')
    assert complaint(path).startswith(f"{path} line 1: is not a JSON object; ")


def test_a_repeated_id_names_both_lines(write, bad_row):
    path = write(
        "cases.jsonl", lines({"id": "a", "prompt": "1"}, {"id": "b", "prompt": "2"}, {"item_id": "a", "prompt": "3"})
    )
    assert bad_row(path).startswith("cases.jsonl line 3: field `item_id` repeats the id of line 1; ")


def test_metadata_too_deep_to_be_written_again_are_turned_down(write, complaint):
    path = write("cases.jsonl", '{"id": "1", "prompt": "x", "metadata": {"a": ' + "[" * 900 + "]" * 900 + "}}")
    assert complaint(path).startswith(f"{path} line 1: field `metadata")
