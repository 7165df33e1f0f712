"""A debate says who moved, whom they followed, and whom their reasons name."""

import pytest
from scripted import panel
from trials import LIBRARY, case, trial

from benchmarks.report.embedding import Embedded
from benchmarks.report.trials import shown_trial
from benchmarks.viewer.debate import Cell, Column, Debate, citations, debate_of
from jury.juries import choose_rubric, load_plan, seat
from jury.records import Transcript

SITTING = ("unsafe", "unsafe", "unsafe", "follower", "safe")


async def debate(folder, protocol: str, names=SITTING) -> Debate:
    verdict = await trial(folder, panel(*names), protocol)
    plan = load_plan(protocol)
    jury = seat(plan, panel(*names), choose_rubric(plan, "safebench", LIBRARY), LIBRARY)
    transcript = Transcript.recorded(case())
    shown = shown_trial(transcript, verdict, jury.rubric, lambda _: Embedded())
    return debate_of(shown, transcript, verdict, jury)


def cells(held: Debate, juror: str) -> list[Cell]:
    (place,) = (at for at, column in enumerate(held.columns) if column.juror == juror)
    return [row.cells[place] for row in held.rows]


async def test_jurors_are_columns_and_every_round_has_a_cell_for_each(tmp_path):
    held = await debate(tmp_path, "roundtable")
    assert {column.place[0] for column in held.columns} == set("ABCDE")
    assert all(len(row.cells) == 5 for row in held.rows)
    assert len(held.rows) >= 2


async def test_whoever_goes_over_to_a_choice_follows_those_it_heard_hold_it(tmp_path):
    held = await debate(tmp_path, "roundtable")
    moved = next(cell for cell in cells(held, "follower 3") if cell.follows)
    assert moved.ballot is not None
    assert moved.ballot.was == "safe"
    assert set(moved.follows) <= {"unsafe 0", "unsafe 1", "unsafe 2"}
    assert set(moved.follows) <= set(moved.heard)
    assert not any(cell.follows for cell in cells(held, "safe 4"))


async def test_influence_counts_every_time_a_juror_could_have_been_moved(tmp_path):
    held = await debate(tmp_path, "roundtable")
    movers = {one.speaker for one in held.influences if one.hearer == "follower 3" and one.moved}
    assert movers == {"unsafe 0", "unsafe 1", "unsafe 2"}
    assert all(one.moved <= one.chances for one in held.influences)


async def test_a_poll_has_one_row_and_no_influence(tmp_path):
    held = await debate(tmp_path, "poll")
    assert len(held.rows) == 1
    assert held.influences == ()


ANN, BOB = Column("1", "Ann", "A", "", ""), Column("2", "Bob", "B (doctor)", "", "")
NUMBER = Column("3", "X", "C", "", "")


@pytest.mark.parametrize(
    ("reasons", "named"),
    [
        ("As Bob says, it is fine.", ("Bob",)),
        ("Bobby is somebody else.", ()),
        ("I agree with juror B.", ("Bob",)),
        ("我同意陪审员B的看法。", ("Bob",)),
        ("Plan B and vitamin C are not jurors.", ()),
        ("Juror C is right, and so is bob.", ("Bob", "X")),
        ("Ann is me.", ()),
        ("", ()),
    ],
)
def test_reasons_name_others_by_name_or_by_their_place(reasons, named):
    assert citations(reasons, (ANN, BOB, NUMBER), ANN) == named
