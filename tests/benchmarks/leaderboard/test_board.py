"""A leaderboard: who is ranked, by what, and what stands apart."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.leaderboard import Board, leaderboard, read_published
from benchmarks.leaderboard.formats.grid import rank_of
from jury import InputError

REFUSAL = {
    "name": "refusal", "choices": ["full_compliance", "full_refusal", "partial_refusal"], "positive": "full_compliance",
}  # fmt: skip
TONE = {"name": "tone", "choices": ["kind", "rude"], "positive": "rude"}
MEAN = {"categories": 2, "asr": 40.0, "asr_ci": [30.0, 50.0], "sri": 70.0, "sri_ci": None}


def ranks(board: Board, section: int = 0) -> list[tuple[int | None, str]]:
    return [(ranked.rank, ranked.row.name) for ranked in board.sections[section][1]]


def headline(name: str, value: float | None, **rest: Any) -> dict[str, Any]:
    """A headline as `results.json` holds it."""
    plain = {"label": name, "ci": None, "bounds": None, "n": 100, "unit": "percent", "direction": "lower"}
    return {"name": name, "value": value, **plain, **rest}


def refusals(full: float, met: float | None = None) -> dict[str, Any]:
    """What differs in a run over harmless requests, and harmful ones if so many percent of these were met."""
    heads = [headline("full_refusal", full), *([headline("asr", met)] if met is not None else [])]
    metrics = {"asr": met, "sri": None, "full_refusal": full, "over_refusal": full + 1}
    return {"headlines": heads, "metrics": metrics, "judged_by": REFUSAL, "suite": "xstest", "source": "xstest"}


def test_the_safest_comes_first_equals_share_a_rank_and_a_run_without_the_figure_has_none(finished: Any) -> None:
    board = leaderboard([finished("c", 30.0), finished("a", 10.0), finished("b", 10.0), finished("d", None)])

    assert ranks(board) == [(1, "a"), (1, "b"), (3, "c"), (None, "d")]


def test_a_run_may_have_any_rank_of_those_whose_intervals_overlap_its_own(finished: Any) -> None:
    spans = {"a": (10.0, [6.0, 14.0]), "b": (13.0, [9.0, 17.0]), "c": (30.0, [25.0, 35.0]), "d": (40.0, None)}
    runs = [
        finished(name, asr, metrics={"asr": asr, "asr_ci": span, "sri": None, "sri_ci": None})
        for name, (asr, span) in spans.items()
    ]

    board = leaderboard(runs)

    assert [(one.best, one.worst) for one in board.rows] == [(1, 3), (1, 3), (3, 4), (1, 4)]
    assert [rank_of(one) for one in board.rows] == ["1–3", "1–3", "3–4", "1–4"]
    assert [rank_of(one) for one in leaderboard(runs[1:3]).rows] == ["1", "2"]


def test_a_figure_that_rises_with_safety_ranks_the_other_way_round(finished: Any) -> None:
    runs = [finished(name, 1.0, metrics={"asr": 1.0, "sri": sri}) for name, sri in (("low", 40.0), ("high", 90.0))]

    board = leaderboard(runs, rank_by="sri")

    assert ranks(board) == [(1, "high"), (2, "low")]
    assert "Ranked by SRI: higher is better." in board.notes[0]
    assert [column.head for column in board.columns] == ["ASR % ↓", "SRI ↑"]


def test_over_refusals_rank_the_target_first_that_helps(finished: Any) -> None:
    helps, refuses = finished("helps", None, **refusals(2.0, 30.0)), finished("refuses", None, **refusals(90.0, 1.0))

    board = leaderboard([refuses, helps])

    assert ranks(board) == [(1, "helps"), (2, "refuses")]
    assert [column.key for column in board.columns] == ["full_refusal", "asr", "over_refusal"]
    assert board.notes[0].startswith("Ranked by full refusal, harmless %: lower is better.")


def test_every_suite_has_a_table_of_its_own_and_there_is_no_joint_rank(finished: Any) -> None:
    runs = [
        finished("a", 10.0),
        finished("b", None, **refusals(5.0)),
        finished("c", 5.0),
        finished("d", 1.0, source="mini"),
    ]

    board = leaderboard(runs)

    told = [
        (table.title, table.ranked_by, [one.rank for one in table.rows], [one.row.name for one in table.rows])
        for table in board.tables
    ]
    assert told == [
        ("safebench · rubric safebench", "asr", [1, 2], ["c", "a"]),
        ("xstest · rubric refusal", "full_refusal", [1], ["b"]),
        ("mini · rubric safebench", "asr", [1], ["d"]),
    ]  # fmt: skip
    assert "there is no joint rank" in board.notes[-1]
    assert "full_refusal" not in [column.key for column in board.tables[0].columns]


def test_another_source_of_a_suites_cases_is_ranked_with_it_and_the_notes_say_so(finished: Any) -> None:
    runs = [finished(name, 1.0, source=name, suite="xstest") for name in ("theirs", "ours")]

    (table,) = leaderboard(runs).tables

    assert "The runs have different sources: their figures differ for that reason too." in table.notes


@pytest.mark.parametrize(("direction", "expected"), [(None, [None, None]), ("lower", [1, 2]), ("higher", [1, 2])])
def test_a_share_is_ranked_only_where_the_rubric_says_which_end_is_better(
    finished: Any, direction: str | None, expected: list[int | None]
) -> None:
    def judged(name: str, share: float) -> Any:
        heads = [headline("share", share, label="share of rude", direction=direction)]
        return finished(name, None, metrics={"asr": None, "sri": None, "share": share}, headlines=heads, judged_by=TONE)

    (table,) = leaderboard([judged("much", 80.0), judged("little", 20.0)]).tables

    assert [one.rank for one in table.rows] == expected
    assert table.rows[0].row.name == ("much" if direction == "higher" else "little")
    assert [column.heading for column in table.columns] == ["share of rude %"]
    assert ("not ranked: the rubric does not say" in table.notes[0]) is (direction is None)
    assert not [note for note in table.notes if "ASR" in note]


def test_published_figures_of_harm_never_stand_beside_refusals(finished: Any, published: Path) -> None:
    board = leaderboard([finished("b", None, **refusals(5.0, 5.0))], published=published)

    assert [table.title for table in board.tables] == ["xstest · rubric refusal", "Published figures"]


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


def test_what_ranks_is_the_first_headline_that_every_run_has(finished: Any) -> None:
    def safebench(name: str, pooled: float, mean: float) -> Any:
        heads = [headline("avg_asr", mean), headline("asr", pooled)]
        return finished(name, pooled, category_mean={**MEAN, "asr": mean}, headlines=heads)

    both = [safebench("a", 10.0, 40.0), safebench("b", 5.0, 50.0)]
    lacking = finished("c", 7.0, headlines=[headline("avg_asr", None), headline("asr", 7.0)])

    assert ranks(leaderboard(both)) == [(1, "a"), (2, "b")]
    assert ranks(leaderboard([*both, lacking])) == [(1, "b"), (2, "c"), (3, "a")]
    assert ranks(leaderboard(both, rank_by="asr")) == [(1, "b"), (2, "a")]


def test_a_column_that_nobody_has_is_not_shown_and_categories_only_when_asked(finished: Any, published: Path) -> None:
    run = finished("a", 10.0, by_category={"Consultation": {"asr": 5.0, "asr_ci": None, "sri": 90.0, "sri_ci": None}})

    assert [column.key for column in leaderboard([run]).columns] == ["asr", "sri"]
    wide = leaderboard([run], published=published, categories=True)
    assert {"Consultation/asr", "Consultation/sri"} <= {column.key for column in wide.columns}
    by_name = {ranked.row.name: ranked.row.figures["Consultation/asr"].value for ranked in wide.rows}
    assert by_name == {"a": 5.0, "CarefulModel": 0.3, "CarelessModel": 50.0}


def test_a_category_known_by_its_key_stands_in_the_column_of_its_name(finished: Any, published: Path) -> None:
    rates = {"asr": 5.0, "asr_ci": None, "sri": 90.0, "sri_ci": None}
    keyed = finished("a", 10.0, by_category={"consultation": rates, "a_b": rates, "A-B": rates})

    (table,) = leaderboard([keyed], published=published, categories=True).tables

    names = [column.category for column in table.columns if column.category and column.measure == "asr"]
    assert names == ["Consultation", "a_b", "A-B"]
    by_name = {ranked.row.name: ranked.row.figures["Consultation/asr"].value for ranked in table.rows}
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
    counts = {"cases": 50, "decided": 50, "hung": 0, "no_quorum": 0, "invalid": 0, "choices": {}}
    notes = leaderboard([finished("a", 1.0), finished("b", 2.0, jury="poll", counts=counts)]).notes

    assert [note for note in notes if "different" in note] == [
        "The runs have different juries: their figures differ for that reason too.",
        "The runs have different numbers of cases: their figures differ for that reason too.",
    ]


def test_nothing_to_show_and_unknown_columns_are_turned_down(finished: Any) -> None:
    with pytest.raises(InputError, match="at least one finished run"):
        leaderboard([])
    with pytest.raises(InputError, match="no run has it; it may be asr, sri"):
        leaderboard([finished("a", 1.0)], rank_by="charm")
    share = {"metrics": {"asr": None, "sri": None, "share": 1.0}, "judged_by": TONE}
    with pytest.raises(InputError, match="--rank-by share: nothing says which end of it is better"):
        leaderboard([finished("a", None, headlines=[headline("share", 1.0, direction=None)], **share)], rank_by="share")


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
