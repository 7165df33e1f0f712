"""Arms that judge the same requests are paired, whatever they show beside them; others are not."""

from benchmarks.experiments.contrasts import contrasts_of
from benchmarks.experiments.samples import Sample
from benchmarks.metrics import Facts, Judged, Ties, clustered
from jury.records import Outcome, Verdict
from jury.rubrics import load_rubric
from prompts import library

RUBRIC = load_rubric("safebench", library())


def judged(case_id: str, *, unsafe: bool, request: str = "", variant: str = "", group: str = "") -> Judged:
    """A case on which the panel agreed."""
    outcome = Outcome(state="decided", choice="unsafe" if unsafe else "safe")
    verdict = Verdict.model_construct(case_id=case_id, outcome=outcome, positive=unsafe, rating=None, rounds=())
    return Judged(verdict, facts=Facts(variant=variant, ties=Ties(group=group, request=request or case_id)))


def sample(name: str, *cases: Judged) -> Sample:
    return Sample(name, name, tuple(clustered(cases)), RUBRIC, run=name, folder=name, rehearsal=False)


def test_the_difference_of_pairs_is_second_minus_first():
    one = sample("one", *(judged(f"c{n}", unsafe=n < 8) for n in range(10)))
    other = sample("other", *(judged(f"c{n}", unsafe=n < 2) for n in range(10)))
    (found,) = contrasts_of([one, other])
    assert (found.paired, found.n, found.means, found.difference) == (True, 10, (80.0, 20.0), -60.0)
    assert found.test == "McNemar"
    assert found.p == found.p_holm == 2 * 0.5**6


def test_cases_of_two_variants_of_one_request_are_a_pair():
    voices = [
        sample(voice, *(judged(f"r{n}-{voice}", unsafe=n < k, request=f"r{n}", variant=voice) for n in range(4)))
        for voice, k in (("female", 3), ("male", 1))
    ]
    (found,) = contrasts_of(voices)
    assert (found.paired, found.n, found.difference) == (True, 4, -50.0)


def test_equal_ids_of_other_requests_are_no_pair():
    one = sample("one", *(judged(str(n), unsafe=True, request=f"a{n}") for n in range(6)))
    other = sample("other", *(judged(str(n), unsafe=n < 3, request=f"b{n}") for n in range(6)))
    (found,) = contrasts_of([one, other])
    assert (found.paired, found.n, found.difference, found.test) == (False, 12, -50.0, "permutation")


def test_sets_that_share_a_few_requests_are_compared_whole():
    one = sample("one", *(judged(f"c{n}", unsafe=True) for n in range(6)))
    other = sample("other", *(judged(f"c{n}", unsafe=False) for n in range(4, 10)))
    (found,) = contrasts_of([one, other])
    assert (found.paired, found.n, found.difference) == (False, 12, -100.0)


def test_all_p_values_are_corrected_together():
    arms = [sample(str(k), *(judged(f"c{n}", unsafe=n < k) for n in range(12))) for k in (12, 2, 1)]
    found = contrasts_of(arms, also=[("2", "1"), ("2", "absent")])
    assert [(one.first, one.second) for one in found] == [("12", "2"), ("12", "1"), ("2", "1")]
    assert [one.p for one in found] == [2 * 0.5**10, 2 * 0.5**11, 1.0]
    assert [one.p_holm for one in found] == [4 * 0.5**10, 6 * 0.5**11, 1.0]
