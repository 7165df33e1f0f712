"""An experiment resumes, keeps to its budget, and says which arm went wrong before anything is paid."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from benchmarks.experiments import EXPERIMENTS
from benchmarks.experiments.holding import held as held_within
from benchmarks.experiments.reckoning import reckoned
from jury.errors import InputError, StoppedEarlyError
from jury.records import Completion, Request


class Silent:
    """A transport that nobody may ask anything."""

    async def attempt(self, request: Request, timeout: float) -> Completion:
        raise AssertionError(f"{request.model} was asked again")


def settings(name: str, out: Path, **further: Any) -> Any:
    """The settings of an experiment over two cases."""
    usual = {"source": "sample", "target": "rehearsal/reckless", "jury": "single", "limit": 2, "out": out}
    return EXPERIMENTS.get(name).settings.model_validate({**usual, **further})


def test_the_same_experiment_again_makes_no_new_call(tmp_path):
    chosen = settings("data-sets", tmp_path / "out", others=("./again",), committee="rehearsal")
    asked = settings("image-condition", tmp_path / "out", conditions=("black",))
    first = asyncio.run(held_within("image-condition", asked))
    again = asyncio.run(held_within("image-condition", asked, transport=Silent()))
    assert again.document == first.document
    with pytest.raises(InputError, match="holds another experiment, 'image-condition'; choose another --out"):
        asyncio.run(held_within("data-sets", chosen))


def test_a_committees_grades_are_replayed(held, spoken):
    stated: dict[str, Any] = {"others": (str(spoken),), "committee": "rehearsal", "limit": 2}
    first = held("data-sets", **stated)
    chosen = settings("data-sets", first.folder, **stated)
    assert asyncio.run(held_within("data-sets", chosen, transport=Silent())).document == first.document


def test_a_budget_is_for_all_arms_together(tmp_path):
    chosen = settings("image-condition", tmp_path / "out", conditions=("black", "white"), max_calls=6)
    with pytest.raises(StoppedEarlyError, match=r"^arm 'black': "):
        asyncio.run(held_within("image-condition", chosen))
    raised = asyncio.run(held_within("image-condition", chosen.but(max_calls=12)))
    assert len(raised.document["arms"]) == 3


@pytest.mark.parametrize(
    ("further", "complaint"),
    [
        ({"conditions": ("sepia",)}, "unknown image condition 'sepia'"),
        ({"conditions": ("blurred:9",)}, "image condition 'blurred': strength 9 is out of range"),
        ({"target": "rehearsal/nobody"}, "^arm 'as it is': unknown rehearsal character 'nobody'"),
        ({"target": None}, "^arm 'as it is': condition 'intact' changes what a target is shown"),
        ({"source": "nowhere"}, "^arm 'as it is': source 'nowhere' is not known"),
        ({"only": {"language": "fr"}}, "^arm 'as it is': sample: no case is language=fr; there are language: en, zh"),
    ],
)
def test_what_a_run_would_turn_down_is_turned_down_before_any_arm(tmp_path, further, complaint):
    with pytest.raises(InputError, match=complaint):
        asyncio.run(held_within("image-condition", settings("image-condition", tmp_path / "out", **further)))
    assert not (tmp_path / "out").exists()


def test_a_dry_run_sums_up_the_arms_and_leaves_nothing(tmp_path):
    chosen = settings("image-condition", tmp_path / "out", conditions=("black", "none"))
    estimate = reckoned("image-condition", chosen)
    assert estimate.cases == 6
    assert estimate.demands["rehearsal/reckless"].least.calls == 6
    assert not (tmp_path / "out").exists()
