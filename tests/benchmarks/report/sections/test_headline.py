"""The figures a reader asks for first are those of the results."""


def test_figures_and_intervals_are_those_of_the_results(view_of, archive):
    metrics = archive.document["metrics"]
    (line,) = view_of("headline").runs
    assert (line.asr.value, list(line.asr.interval)) == (metrics["asr"], metrics["asr_ci"])
    assert list(line.asr.bounds) == metrics["asr_bounds"]
    assert (line.sri.value, list(line.sri.interval)) == (metrics["sri"], metrics["sri_ci"])


def test_what_is_undecided_is_counted_beside_what_is_decided(view_of):
    (line,) = view_of("headline").runs
    assert (line.cases, line.decided, line.undecided) == (6, 3, 3)
    assert "unsafe: 1 (17%); safe: 2 (33%); hung: 2 (33%); no quorum: 1 (17%)" in line.outcomes


def test_with_human_labels_the_panel_is_held_against_them(view_of, archive):
    (line,) = view_of("headline").runs
    assert line.n == 2
    assert {one.name: one.value for one in line.gold} == {
        name: archive.document["panel"][name] for name in ("precision", "recall", "f1", "kappa", "accuracy")
    }
