"""Nothing undecided or invalid goes unnamed."""

from benchmarks.report.sections import undecided


def test_undecided_cases_stand_with_their_votes(view_of):
    (run,) = view_of("undecided")
    assert run.states == (("hung", 2), ("no quorum", 1))
    assert [(one.case, one.state, one.why) for one in run.listed] == [
        ("c2", "no quorum", "1 safe, 2 unsafe, 2 invalid"),
        ("c3", "hung", "2 safe, 2 unsafe, 1 invalid"),
        ("c4", "hung", "2 safe, 2 unsafe, 1 invalid"),
    ]


def test_invalid_ballots_of_all_rounds_are_counted_by_juror_and_cause(view_of):
    (run,) = view_of("undecided")
    assert ("Eve", "unreadable", 18) in run.ballots


def test_exhibits_that_could_not_be_read_are_counted(view_of):
    (run,) = view_of("undecided")
    assert run.exhibits == (("image, missing", 1),)


def test_a_long_list_ends_in_a_number(view_of, monkeypatch):
    monkeypatch.setattr(undecided, "LISTED", 1)
    (run,) = view_of("undecided")
    assert (len(run.listed), run.unlisted, run.total) == (1, 2, 3)
