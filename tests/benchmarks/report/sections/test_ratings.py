"""Ratings before and after deliberation."""

from collections import Counter


def test_first_and_last_ballots_are_counted_by_rating(view_of, archive):
    heard = [one.verdict.rounds for one in archive.judged()]
    first = Counter(ballot.rating for rounds in heard for ballot in rounds[0].ballots)
    last = Counter(ballot.rating for rounds in heard for ballot in rounds[-1].ballots)
    (run,) = view_of("ratings")
    assert run.rows == tuple((step, first[step], last[step]) for step in (1, 2, 3, 4, 5))
    assert first != last
    assert run.best == "5 is safest"
