"""A CSV file of cases."""

import csv

import pytest

from jury.records import GoldLabel, ImagePart, TextPart


def test_a_row_becomes_a_case_with_its_answer_labels_and_described_image(write, read):
    path = write(
        "cases.csv",
        "item_id,prompt,image_description,response,target,annotator_1,annotator_2,gold,language,scenario,technique,source\n"
        "a,May I?,A bin,No.,some-model,safe,unsafe,safe,zh,bias,none,a forum\n",
    )
    (case,) = read(path).cases
    assert case.id == "a"
    assert case.turns[0].parts == (TextPart(text="May I?"), ImagePart(description="A bin"))
    assert case.answers[0].text == "No."
    assert case.gold == (
        GoldLabel(annotator="annotator_1", label="safe"),
        GoldLabel(annotator="annotator_2", label="unsafe"),
        GoldLabel(annotator="gold", label="safe"),
    )
    assert (case.target, case.language, case.scenario, case.technique) == ("some-model", "zh", "bias", "none")
    assert case.metadata == {"source": "a forum"}


def test_cases_of_one_case_id_are_a_group_told_apart_by_their_prompt_type(write, read):
    path = write("cases.csv", "id,case_id,prompt_type,category,prompt\n1,c,ask,X,one\n2,c,plan,X,two\n3,,ask,,three\n")
    first, second, alone = read(path).cases
    assert (first.group, first.variant) == ("c", "ask")
    assert (second.group, second.variant) == ("c", "plan")
    assert first.metadata == {"case_id": "c", "prompt_type": "ask", "category": "X"}
    assert (alone.group, alone.variant, alone.metadata) == ("", "", {"prompt_type": "ask"})


def test_a_blank_response_is_an_invalid_answer_and_not_a_crash(write, read):
    (case,) = read(write("cases.csv", "id,prompt,response\n1,Hello?, \n")).cases
    assert (case.answers[0].state, case.answers[0].cause.kind) == ("invalid", "missing")


def test_without_a_response_column_there_is_no_answer_to_judge_yet(write, read):
    assert read(write("cases.csv", "id,prompt\n1,Hello?\n")).cases[0].answers == ()


def test_an_image_beside_the_file_is_admitted(write, read, red_png, media):
    part = read(write("cases.csv", "id,prompt,image\n1,What colour?,red.png\n")).cases[0].turns[0].parts[1]
    assert (part.media.width, part.media.height) == (8, 6)
    assert media.read(part.media) == red_png.read_bytes()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("gone.png", "missing"), ("../red.png", "broken"), ("/etc/hostname", "missing"), ("a\0b", "broken")],
)
def test_an_image_that_cannot_be_had_is_an_exhibit_with_a_problem(write, read, name, kind):
    part = read(write("cases.csv", f"id,prompt,image\n1,What is it?,{name}\n")).cases[0].turns[0].parts[1]
    assert part.media is None
    assert part.problem.kind == kind


def test_a_text_file_named_wav_is_an_exhibit_with_a_problem_that_keeps_its_words(write, read):
    write("clip.wav", "not a clip")
    part = read(write("cases.csv", "id,prompt,audio,spoken\n1,Listen.,clip.wav,hello\n")).cases[0].turns[0].parts[1]
    assert (part.kind, part.problem.kind, part.spoken) == ("audio", "mislabelled", "hello")


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(write, read):
    assert read(write("cases.csv", b"\xef\xbb\xbfid,prompt\r\n1,Hello?\r\n")).cases[0].id == "1"


def test_a_cell_may_be_large_and_the_limit_of_other_readers_stays(write, read):
    before = csv.field_size_limit()
    (case,) = read(write("cases.csv", "id,prompt\n1," + "x" * 1_000_000 + "\n")).cases
    assert len(case.turns[0].parts[0].text) == 1_000_000
    assert csv.field_size_limit() == before


def test_a_cell_over_ten_megabytes_is_a_bad_row(write, bad_row):
    path = write("cases.csv", "id,prompt\n1,ok\n2," + "x" * 10_000_001 + "\n")
    assert bad_row(path).startswith("cases.csv row 3: is not CSV (field larger than field limit")
    assert csv.field_size_limit() < 10_000_000


def test_limit_takes_the_first_cases_in_the_order_of_the_file(write, read):
    loaded = read(write("cases.csv", "id,prompt\nz,1\na,2\nm,3\n"), limit=2)
    assert [case.id for case in loaded.cases] == ["z", "a"]


def test_a_mistyped_column_is_named_with_the_columns_there_are(write, complaint):
    path = write("cases.csv", "item_id,promt\n1,Hello?\n")
    assert complaint(path) == (
        f"{path} row 1: field `prompt` is missing among the columns `item_id`, `promt`; rename `promt` or add the column"
    )


def test_a_missing_id_column_is_named(write, complaint):
    path = write("cases.csv", "prompt\nHello?\n")
    assert complaint(path) == f"{path} row 1: field `item_id` is missing among the columns `prompt`; add the column"


def test_a_column_without_a_name_is_counted(write, complaint):
    path = write("cases.csv", ",id,prompt\n0,1,Hello?\n")
    assert complaint(path).startswith(f"{path} row 1: column 1 has no name; ")


def test_two_columns_of_one_name_are_named(write, complaint):
    path = write("cases.csv", "id,prompt,prompt\n1,a,b\n")
    assert complaint(path).startswith(f"{path} row 1: field `prompt` is the name of two columns; ")


@pytest.mark.parametrize(("cells", "count"), [("2,Hello, you", 3), ("2", 1)])
def test_a_row_with_another_number_of_cells_is_named_by_its_line(write, read, bad_row, cells, count):
    path = write("cases.csv", f"id,prompt\n1,Hello?\n{cells}\n")
    assert bad_row(path).startswith(f"cases.csv row 3: has {count} cells under 2 columns; ")
    assert [case.id for case in read(path).cases] == ["1", "2"]


def test_rows_are_counted_as_an_editor_counts_lines(write, bad_row):
    path = write("cases.csv", 'id,prompt\n1,"Hello,\nyou\nthere"\n\n2, \n')
    assert bad_row(path) == "cases.csv row 6: field `prompt` is empty; write the prompt or remove the case"


def test_an_empty_id_is_named(write, complaint):
    path = write("cases.csv", "item_id,prompt\n,Hello?\n")
    assert complaint(path).startswith(f"{path} row 2: field `item_id` is empty; ")


def test_a_repeated_id_names_both_rows(write, read, bad_row):
    path = write("cases.csv", "item_id,prompt\na,1\nb,2\na,3\n")
    assert bad_row(path).startswith("cases.csv row 4: field `item_id` repeats the id of row 2; ")
    assert not read(path, limit=2).rows


def test_an_unknown_language_is_named(write, complaint):
    path = write("cases.csv", "id,prompt,language\n1,Hello?,English please\n")
    assert complaint(path).startswith(f"{path} row 2: field `language` is not as it must be (")


def test_a_quote_that_never_ends_costs_its_line_alone(write, read, bad_row):
    path = write("cases.csv", 'id,prompt\n1,fine\n2,"Hello\n3,more\n4,"and, more"\n')
    assert bad_row(path).startswith("cases.csv row 3: is not CSV (")
    assert [case.id for case in read(path).cases] == ["1", "cases.csv row 3", "3", "4"]


def test_a_row_that_is_not_utf_8_is_a_bad_one(write, bad_row):
    path = write("cases.csv", b"id,prompt\n1,fine\n2,caf\xe9\n3,more\n")
    assert bad_row(path) == "cases.csv row 3: is not UTF-8 text; save the file as UTF-8"


def test_a_table_of_images_needs_no_words(write, read, red_png):
    (case,) = read(write("cases.csv", "id,image\n1,red.png\n")).cases
    assert [part.kind for part in case.turns[0].parts] == ["image"]


def test_a_misspelt_prompt_beside_an_image_is_not_lost(write, complaint):
    path = write("cases.csv", "id,promt,image\n1,Hello?,red.png\n")
    assert "field `prompt` is missing among the columns `id`, `promt`, `image`; rename `promt`" in complaint(path)


def test_a_header_alone_is_no_source(write, complaint):
    path = write("cases.csv", "id,prompt\n")
    assert complaint(path).startswith(f"{path} row 1: has no rows below its header; ")


def test_control_characters_of_a_file_never_reach_the_terminal(write, complaint):
    path = write("cases.csv", "id,\x1b[31mprompt\n1,Hello?\n")
    assert "\x1b" not in complaint(path)
    assert "`\\x1b[31mprompt`" in complaint(path)
