"""Recorded ballots answer as they were cast, and a file that can't be trusted is named before the run starts."""

import csv
import json

import pytest

from jury.errors import InputError
from jury.providers.recorded import origin, recorded_items, recorded_jurors, recorded_labels

QUESTION = [{"role": "user", "content": "Judge."}]
REFUSAL = "I'm sorry, but I can't assist with that."


@pytest.fixture
def ballots(tmp_path):
    def write(*rows, header="item_id,juror,label", name="ballots.csv"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
        return file

    return write


async def test_a_label_comes_back_as_the_choice(ballots, say):
    file = ballots("i-1,gpt,unsafe", "i-2,gpt,safe", "i-1,other,safe")
    assert json.loads(await say(f"recorded/{file}#gpt", QUESTION, item="i-1")) == {"choice": "unsafe"}


async def test_no_tokens_are_counted(ballots, ask):
    response = await ask(f"recorded/{ballots('i-1,gpt,safe')}#gpt", QUESTION, item="i-1")
    assert (response.usage.prompt_tokens, response.usage.completion_tokens) == (0, 0)


async def test_an_unreadable_label_is_not_touched(ballots, say):
    file = ballots(f'i-1,gpt,"{REFUSAL}"')
    assert json.loads(await say(f"recorded/{file}#gpt", QUESTION, item="i-1")) == {"choice": REFUSAL}


async def test_an_empty_label_is_an_empty_answer(ballots, say):
    assert await say(f"recorded/{ballots('i-1,gpt,')}#gpt", QUESTION, item="i-1") == ""


async def test_the_folder_may_hold_a_hash_and_the_juror_slashes_and_spaces(ballots, say):
    file = ballots("i-1,org/gpt 4 turbo,safe", name="a #1 run/ballots.csv")
    assert json.loads(await say(f"recorded/{file}#org/gpt 4 turbo", QUESTION, item="i-1")) == {"choice": "safe"}


async def test_an_item_never_judged_is_an_error_that_will_not_pass(ballots, ask, litellm):
    with pytest.raises(litellm.NotFoundError, match="no ballot recorded for item i-9 by juror gpt") as caught:
        await ask(f"recorded/{ballots('i-1,gpt,safe')}#gpt", QUESTION, item="i-9")
    assert caught.value.status_code == 404


def test_jurors_come_in_order_of_first_appearance(ballots):
    assert recorded_jurors(ballots("i-1,zoe,safe", "i-1,adam,safe", "i-2,zoe,unsafe")) == ("zoe", "adam")


def test_the_origin_changes_with_the_file_and_differs_by_juror(ballots):
    file = ballots("i-1,a,safe", "i-1,b,safe")
    before = origin(f"{file}#a")
    assert before == origin(f"{file}#a")
    assert before != origin(f"{file}#b")
    ballots("i-1,a,unsafe", "i-1,b,safe")
    assert origin(f"{file}#a") != before


def test_equal_doubles_are_one_ballot(ballots):
    assert recorded_jurors(ballots("i-1,a,safe", "i-1,a,safe")) == ("a",)


@pytest.mark.parametrize(
    "row",
    [",b,safe", "i-2,,safe", "i-2,b", "i-2,b,safe,more", 'i-2,b,"never closed', f"i-2,b,{'x' * 10_000_001}"],
    ids=["no item", "no juror", "short row", "long row", "open quote", "huge field"],
)
def test_a_row_that_can_not_be_read_is_no_ballot(ballots, row):
    file = ballots("i-1,a,safe", row, "i-3,a,unsafe")
    assert recorded_jurors(file) == ("a",)
    assert recorded_items(f"recorded/{file}#a") == {"i-1", "i-3"}


def test_a_file_without_a_row_that_can_be_read_is_named(ballots):
    with pytest.raises(InputError, match=r"ballots\.csv row 2: has 2 fields where the header has 3"):
        origin(f"{ballots('i-1,a')}#a")


def test_two_labels_on_one_item_are_no_label(ballots):
    file = ballots("i-1,a,safe", "i-1,a,unsafe", "i-1,a,safe", "i-2,a,Safe", "i-2,a,safe.")
    assert recorded_labels(f"recorded/{file}#a") == {"two ballots: 'safe' and 'unsafe'": 1, "Safe": 1}


@pytest.mark.parametrize("column", ["item_id", "juror", "label"])
def test_a_missing_column_is_named(ballots, column):
    header = ",".join("x" if name == column else name for name in ("item_id", "juror", "label"))
    with pytest.raises(InputError, match=rf"row 1: column `{column}` is missing"):
        origin(f"{ballots('1,2,3', header=header)}#2")


def test_an_empty_file_lacks_its_first_column(tmp_path):
    file = tmp_path / "ballots.csv"
    file.touch()
    with pytest.raises(InputError, match="column `item_id` is missing"):
        recorded_jurors(file)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"gone\.csv can't be read: No such file"):
        origin(f"{tmp_path / 'gone.csv'}#a")


def test_a_folder_is_no_ballots_file(tmp_path):
    with pytest.raises(InputError, match="can't be read"):
        origin(f"{tmp_path}#a")


def test_bytes_that_are_not_utf8_are_named(tmp_path):
    file = tmp_path / "ballots.csv"
    file.write_bytes(b"item_id,juror,label\ni-1,a,\xff\n")
    with pytest.raises(InputError, match="is not UTF-8 text"):
        recorded_jurors(file)


def test_an_unknown_juror_is_told_at_most_ten_that_are_known(ballots):
    file = ballots(*(f"i-1,juror-{number:02},safe" for number in range(12)))
    with pytest.raises(InputError, match=r"has no juror 'nobody'; known: juror-00, .*juror-09 and 2 more$"):
        origin(f"{file}#nobody")


@pytest.mark.parametrize("model", ["ballots.csv", "ballots.csv#", "#gpt", ""])
def test_a_name_without_file_or_juror_is_refused(model):
    with pytest.raises(InputError, match="recorded/<file>#<juror>"):
        origin(model)


def test_the_field_limit_of_other_readers_stays_as_it_was(ballots):
    before = csv.field_size_limit()
    recorded_jurors(ballots("i-1,a,safe"))
    assert csv.field_size_limit() == before


async def test_the_msts_ballots_come_back_as_recorded(shared_data, say):
    file = shared_data / "msts" / "ballots.csv"
    jurors = recorded_jurors(file)
    assert len(jurors) == 8
    with file.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows[:: len(rows) // 16]:
        said = await say(f"recorded/{file}#{row['juror']}", QUESTION, item=row["item_id"])
        assert json.loads(said) == {"choice": row["label"]}


async def test_the_odd_labels_of_xstest_come_back_untouched(shared_data, say):
    file = shared_data / "xstest" / "ballots.csv"
    with file.open(newline="", encoding="utf-8") as stream:
        odd = [row for row in csv.DictReader(stream) if row["label"][:2] not in {"1_", "2_", "3_"}]
    assert len(odd) == 11
    for row in odd:
        said = await say(f"recorded/{file}#{row['juror']}", QUESTION, item=row["item_id"])
        assert json.loads(said) == {"choice": row["label"]}
