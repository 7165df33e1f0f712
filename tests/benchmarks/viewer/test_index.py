"""The index finds, sorts and pages cases as the ledger has them, and keeps up with it."""

import shutil
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.viewer.index import ORDERS, Index, Wishes
from benchmarks.viewer.index.database import shelf
from benchmarks.viewer.index.filling import bring_up_to_date
from benchmarks.viewer.index.wishes import MARKS, PAGE, RANGES
from benchmarks.viewer.places import Catalogue
from jury.errors import InputError


def filled(tmp_path, folder) -> Index:
    (run,) = Catalogue([folder]).runs.values()
    index = Index(tmp_path / "index.sqlite", tmp_path)
    bring_up_to_date(index, run)
    return index


def found(index: Index, **query: str) -> list[str]:
    rows, total = index.page(Wishes.of(query))
    assert total == len(rows)
    return [row["case_id"] for row in rows]


@pytest.fixture
def index(tmp_path, plain) -> Index:
    return filled(tmp_path, plain)


def test_cases_stand_in_the_order_of_the_source(index):
    assert found(index) == ["c1", "c2", "c3", "c4", "c5", "c6"]


@pytest.mark.parametrize(
    ("query", "cases"),
    [
        ({"hung": "1"}, ["c3", "c4"]),
        ({"state": "no_quorum"}, ["c2"]),
        ({"undecided": "1"}, ["c2", "c3", "c4"]),
        ({"scenario": "cooking_tips", "choice": "safe"}, ["c1"]),
        ({"language": "zh"}, ["c6"]),
        ({"target": "model-two"}, ["c6"]),
        ({"exhibits": "audio"}, ["c4"]),
        ({"changed": "1"}, ["c6"]),
        ({"against_gold": "1"}, ["c2"]),
        ({"margin_from": "0.5"}, ["c1", "c5"]),
        ({"rating_below": "2.5"}, ["c2", "c6"]),
        ({"disputed": "1", "order": "disagreement"}, ["c3", "c4", "c2", "c6"]),
        ({"order": "margin"}, ["c3", "c4", "c2", "c6", "c1", "c5"]),
        ({"scenario": "nowhere"}, []),
    ],
)
def test_cases_are_filtered_and_sorted_by_what_the_trial_found(index, query, cases):
    assert found(index, **query) == cases


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("ODD question", ["c2"]),
        ("boiling water", ["c1", "c2", "c3", "c4", "c5", "c6"]),
        ("red wall", ["c3"]),
        ("hello there", ["c4"]),
        ("还有这个", ["c6"]),
        ("还有", ["c6"]),
        ("c5", ["c5"]),
        ("%%", []),
    ],
)
def test_a_text_is_found_in_prompts_answers_and_what_stands_for_media(index, text, cases):
    assert found(index, text=text) == cases


@settings(max_examples=60)
@given(text=st.text(max_size=30))
def test_no_text_that_is_searched_for_breaks_the_search(tmp_path_factory, plain, text):
    folder = tmp_path_factory.getbasetemp() / "searched"
    folder.mkdir(exist_ok=True)
    rows, _ = filled(folder, plain).page(Wishes.of({"text": text}))
    assert {row["case_id"] for row in rows} <= {"c1", "c2", "c3", "c4", "c5", "c6"}


def test_neighbours_are_the_nearest_cases_that_are_as_wished(index):
    (middle,) = index.rows("SELECT * FROM cases WHERE case_id = 'c3'")
    keys = {row["case_id"]: row["key"] for row in index.rows("SELECT * FROM cases")}
    assert index.beside(middle, Wishes()) == (keys["c2"], keys["c4"])
    assert index.beside(middle, Wishes(marks=("changed",))) == (None, keys["c6"])


def test_what_is_indexed_already_is_not_read_again(tmp_path, plain):
    index = filled(tmp_path, plain)
    heard: list[int] = []
    (run,) = Catalogue([plain]).runs.values()
    bring_up_to_date(index, run, lambda done, _: heard.append(done))
    assert heard == []


def test_a_verdict_that_was_forgotten_and_found_anew_replaces_the_old_one(tmp_path, plain):
    folder = shutil.copytree(plain, tmp_path / "run")
    index = filled(tmp_path, folder)
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        ledger.execute("DELETE FROM verdicts WHERE case_id IN ('c2', 'c6')")
    ledger.close()
    (run,) = Catalogue([folder]).runs.values()
    bring_up_to_date(index, run)
    assert found(index, state="waiting") == ["c2", "c6"]


def test_cases_that_share_a_place_in_the_source_are_all_there(tmp_path, plain):
    """A run over some of its cases that goes on over all of them counts places anew."""
    folder = shutil.copytree(plain, tmp_path / "run")
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        ledger.execute("UPDATE cases SET position = 0")
    ledger.close()
    index = filled(tmp_path, folder)
    assert sorted(found(index)) == ["c1", "c2", "c3", "c4", "c5", "c6"]
    rows = index.rows("SELECT * FROM cases ORDER BY position, number")
    assert [index.beside(row, Wishes())[1] for row in rows] == [*(row["key"] for row in rows[1:]), None]


def test_an_index_of_another_version_is_made_anew(tmp_path, plain):
    index = filled(tmp_path, plain)
    with sqlite3.connect(index.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert found(filled(tmp_path, plain)) == ["c1", "c2", "c3", "c4", "c5", "c6"]


def test_a_page_holds_so_many_cases_and_says_how_many_there_are(tmp_path, plain):
    folder = shutil.copytree(plain, tmp_path / "run")
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        ((record, run),) = ledger.execute("SELECT record, run FROM cases WHERE case_id = 'c1'").fetchall()
        more = [(run, f"more-{n}", 10 + n, "h", record.replace('"c1"', f'"more-{n}"'), "d") for n in range(2 * PAGE)]
        ledger.executemany("INSERT INTO cases VALUES (?, ?, ?, ?, ?, ?)", more)
    ledger.close()
    index = filled(tmp_path, folder)
    rows, total = index.page(Wishes.of({"page": "3"}))
    assert (total, [row["case_id"] for row in rows]) == (2 * PAGE + 6, [f"more-{n}" for n in range(94, 100)])


WISHES = st.builds(
    Wishes,
    exact=st.dictionaries(st.sampled_from(["scenario", "target"]), st.text(min_size=1, max_size=8)),
    marks=st.lists(st.sampled_from(list(MARKS)), unique=True).map(lambda names: tuple(n for n in MARKS if n in names)),
    ranges=st.dictionaries(st.sampled_from(list(RANGES)), st.integers(0, 5).map(float)),
    text=st.text("abc还有", max_size=9),
    order=st.sampled_from(list(ORDERS)),
    page=st.integers(1, 99),
)


@given(wishes=WISHES)
def test_wishes_survive_the_way_through_a_link(wishes):
    from urllib.parse import parse_qsl

    assert Wishes.of(dict(parse_qsl(wishes.query, keep_blank_values=True))) == wishes


@pytest.mark.parametrize(
    "query", [{"order": "1; DROP TABLE cases"}, {"margin_from": "nan"}, {"page": "1e99"}, {"page": "x"}]
)
def test_a_bad_wish_is_turned_down_by_name(query):
    with pytest.raises(InputError, match=next(iter(query.values()))[:4]):
        Wishes.of(query)


def test_a_cache_that_cannot_be_written_is_turned_down(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="choose another --cache"):
        shelf(tmp_path / "file" / "below")
