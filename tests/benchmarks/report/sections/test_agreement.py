"""Agreement between jurors over their first ballots."""


def test_coefficients_are_those_of_the_results(view_of, archive):
    metrics = archive.document["metrics"]
    (run,) = view_of("agreement")
    assert (run.alpha, run.ac1, run.prevalence, run.n_eff) == tuple(
        metrics[name] for name in ("alpha", "ac1", "prevalence", "n_eff")
    )


def test_two_jurors_are_compared_where_both_voted(view_of):
    (run,) = view_of("agreement")
    pairs = {(pair.one, pair.other): (pair.both, pair.share) for pair in run.pairs}
    names = [juror.name for juror in run.jurors]
    assert names == ["Ann", "Bob", "Cyd", "Dan", "Eve"]
    assert pairs[1, 2] == (6, 1.0)
    assert pairs[1, 3] == (6, 2 / 6), "they agree on the two calm cases only"
    assert pairs[1, 5] == (0, None), "Eve never cast a ballot that could be read"


def test_jurors_are_counted_by_the_state_of_their_ballots(view_of):
    (run,) = view_of("agreement")
    eve = run.jurors[-1]
    assert (eve.cast, eve.abstained, eve.invalid) == (0, 0, 6)
