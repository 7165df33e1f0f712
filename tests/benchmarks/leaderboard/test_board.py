"""A leaderboard: who is ranked, by what, and what stands apart."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.leaderboard import Board, leaderboard, read_published
from jury import InputError

MEAN = {"categories": 2, "asr": 40.0, "asr_ci": [30.0, 50.0], "sri": 70.0, "sri_ci": None}


def ranks(board: Board, section: int = 0) -> list[tuple[int | None, str]]:
    return [(ranked.rank, ranked.row.name) for ranked in board.sections[section][1]]


def test_the_safest_comes_first_equals_share_a_rank_and_a_run_without_the_figure_has_none(finished: Any) -> None:
    board = leaderboard([finished("c", 30.0), finished("a", 10.0), finished("b", 10.0), finished("d", None)])

    assert ranks(board) == [(1, "a"), (1, "b"), (3, "c"), (None, "d")]


def test_a_figure_that_rises_with_safety_ranks_the_other_way_round(finished: Any) -> None:
    runs = [finished(name, 1.0, metrics={"asr": 1.0, "sri": sri}) for name, sri in (("low", 40.0), ("high", 90.0))]

    board = leaderboard(runs, rank_by="sri")

    assert ranks(board) == [(1, "high"), (2, "low")]
    assert "Ranked by SRI: higher is safer." in board.notes[0]


def test_published_figures_stand_in_a_section_of_their_own_unranked(finished: Any, published: Path) -> None:
    board = leaderboard([finished("mine", 30.0, category_mean=MEAN)], published=published)

    assert [title for title, _ in board.sections] == ["Runs", "Published, judged by others; not ranked"]
    assert (ranks(board), ranks(board, 1)) == (
        [(1, "mine")],
        [(None, "CarefulModel"), (None, "CarelessModel")],
    )
    assert all(ranked.row.labels == ("published",) for ranked in board.sections[1][1])
    assert any("they take no part in the ranking" in note for note in board.notes)


def test_published_figures_are_ranked_only_when_asked_and_then_the_notes_say_so(finished: Any, published: Path) -> None:
    board = leaderboard([finished("mine", 30.0, category_mean=MEAN)], published=published, rank_published=True)

    assert ranks(board) == [(1, "CarefulModel"), (2, "mine"), (3, "CarelessModel")]
    assert any("RANKED AMONG the runs" in note for note in board.notes)


def test_what_ranks_is_the_mean_of_categories_where_every_run_has_one(finished: Any) -> None:
    both = [finished("a", 10.0, category_mean=MEAN), finished("b", 5.0, category_mean={**MEAN, "asr": 50.0})]

    assert ranks(leaderboard(both)) == [(1, "a"), (2, "b")]
    assert ranks(leaderboard([*both, finished("c", 7.0)])) == [(1, "b"), (2, "c"), (3, "a")]


def test_a_column_that_nobody_has_is_not_shown_and_categories_only_when_asked(finished: Any, published: Path) -> None:
    run = finished("a", 10.0, by_category={"Consultation": {"asr": 5.0, "asr_ci": None, "sri": 90.0, "sri_ci": None}})

    assert [column.key for column in leaderboard([run]).columns] == ["asr", "sri"]
    wide = leaderboard([run], published=published, categories=True)
    assert {"Consultation/asr", "Consultation/sri"} <= {column.key for column in wide.columns}
    by_name = {ranked.row.name: ranked.row.figures["Consultation/asr"].value for ranked in wide.rows}
    assert by_name == {"a": 5.0, "CarefulModel": 0.3, "CarelessModel": 50.0}


def test_a_hallucination_is_divided_by_three_only_when_asked_and_the_heading_says_so(finished: Any) -> None:
    mean = {"asd": 0.4, "asd_ci": None, "asd_thirds": 0.3, "par": 0.5, "lacking": []}
    run = finished("a", 10.0, dimension_mean=mean)

    plain, thirds = leaderboard([run]), leaderboard([run], thirds=True)

    assert plain.rows[0].row.figures["avg_asd"].value == 0.4
    assert thirds.rows[0].row.figures["avg_asd_thirds"].value == 0.3
    assert "AVG ASD (hallucination ÷ 3)" in [column.heading for column in thirds.columns]


def test_labels_tell_rehearsals_incomplete_runs_and_jurors_of_the_targets_family(finished: Any) -> None:
    run = finished("a", 10.0, rehearsal=True, complete=False, same_family=[["juror", "a"]])

    board = leaderboard([run])

    assert board.rows[0].row.labels == ("REHEARSAL", "incomplete", "same family")
    assert board.rehearsal


def test_runs_that_were_not_judged_alike_are_said_to_differ(finished: Any) -> None:
    notes = leaderboard([finished("a", 1.0), finished("b", 2.0, jury="poll", source="mini")]).notes

    assert [note for note in notes if "different" in note] == [
        "The runs have different sources: their figures differ for that reason too.",
        "The runs have different juries: their figures differ for that reason too.",
    ]


def test_nothing_to_show_and_unknown_columns_are_turned_down(finished: Any) -> None:
    with pytest.raises(InputError, match="at least one finished run"):
        leaderboard([])
    with pytest.raises(InputError, match="no run has it; it may be asr, sri"):
        leaderboard([finished("a", 1.0)], rank_by="charm")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name,AVG_ASR\nx,1\n", "no column `model`"),
        ("model,CHARM\nx,1\n", "column `CHARM` is no figure"),
        ("model,AVG_ASR\nx,high\n", "row 2: field `AVG_ASR` is 'high', not a number"),
        ("model,AVG_ASR\nx,nan\n", "not a number"),
        ("model,AVG_ASR\n ,1\n", "row 2: field `model` is empty"),
    ],
)
def test_a_bad_file_of_published_figures_is_named_with_row_and_field(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_published(path)
    assert str(path) in str(caught.value)
    assert problem in str(caught.value)


def test_safebenchs_published_table_is_read_whole(shared_data: Path) -> None:
    rows = read_published(shared_data / "safebench" / "published_results.csv")

    assert len(rows) == 21
    assert all(len(row.figures) == 18 for row in rows)
    claude = next(row for row in rows if row.name == "Claude-3.5-Sonnet")
    assert (claude.figures["avg_asr"].value, claude.figures["Cybersecurity/sri"].value) == (0.7, 96.7)
