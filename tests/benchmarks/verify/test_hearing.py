"""The check derives who heard whom as the run did, by code of its own."""

import pytest

from benchmarks.verify.ballots import UNTOLD
from benchmarks.verify.hearing import heard_by
from jury.panel import seating, seats_of
from jury.records import Answer, Case, Juror, Transcript
from jury.topologies import seated_topology
from jury.topology import hearing

SEATS = seats_of(tuple(Juror(model=f"a/{name}") for name in "uvwxyz"))
CASE = Case.model_validate({"id": "c", "turns": [{"parts": [{"kind": "text", "text": "Hm?"}]}]})
SHOWN = Transcript(case=CASE, answers=(Answer(text="Yes."),))
WRITTEN = ["complete", "ring", "star", "path", "small_world:p=0.7,seed=4", "random_regular:d=3", "edges:0>1,1-2,5>3,4"]


@pytest.mark.parametrize("written", WRITTEN)
def test_both_derive_the_same_for_every_shipped_topology(written):
    topology = seated_topology(written, len(SEATS))
    heard = hearing(topology, tuple(seat.id for seat in seating(SEATS, SHOWN.exhibits_hash)))
    ids = [seat.id for seat in SEATS]
    assert heard_by(topology, ids, _plain(CASE), [_plain(one) for one in SHOWN.answers]) == {
        seat: list(others) for seat, others in heard.items()
    }


def test_a_topology_of_another_distribution_is_untold():
    assert heard_by("moebius:3", ["a"], _plain(CASE), []) is UNTOLD


@pytest.mark.parametrize("written", ["edges:0-x", "small_world", "random_regular:d=9,seed=0"])
def test_what_no_run_writes_is_an_error(written):
    with pytest.raises((ValueError, KeyError)):
        heard_by(written, ["a", "b", "c"], _plain(CASE), [])


def _plain(record):
    return record.model_dump(mode="json", exclude_defaults=True)
