"""What deliberation changed."""


def test_counts_are_those_of_the_results(view_of, archive):
    counts = archive.document["counts"]
    (run,) = view_of("deliberation")
    assert (run.changed, run.flipped, run.resolved, run.unsettled) == tuple(
        counts[name] for name in ("changed", "flipped", "resolved", "unsettled")
    )


def test_the_table_leads_from_the_first_outcome_to_the_last(view_of):
    (run,) = view_of("deliberation")
    table = {before: dict(zip(run.columns, after, strict=True)) for before, after in run.table}
    assert table["hung"]["unsafe"] == run.resolved == 1
    assert sum(sum(row.values()) for row in table.values()) == run.cases == 4


def test_who_moved_is_named_with_whom_they_had_heard(view_of):
    (run,) = view_of("deliberation")
    assert [(one.name, one.changed, one.followed) for one in run.movers] == [("Dan", 1, 1)]
