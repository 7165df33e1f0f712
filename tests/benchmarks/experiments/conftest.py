"""Experiments at a small size: mild cases, scripted models, one juror."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.experiments import hold
from benchmarks.experiments.outcome import Outcome
from benchmarks.generation.generate import generate
from benchmarks.generation.settings import GenerationSettings

Hold = Callable[..., Outcome]


@pytest.fixture
def held(tmp_path: Path) -> Hold:
    """Holds an experiment over two cases of a source with a scripted target before a single scripted juror."""

    def hold_small(name: str, source: str | Path = "sample", **settings: Any) -> Outcome:
        usual = {"target": "rehearsal/reckless", "jury": "single", "limit": 2, "out": tmp_path / name}
        return hold(name, source, **{**usual, **settings})

    return hold_small


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set of two scenarios with images and clips."""
    out = tmp_path_factory.mktemp("made") / "spoken"
    stages = {
        "queries": {"scenarios": ("medical_advice", "bias"), "per_scenario": 2, "over_generation": 1},
        "images": {"painter_params": {"size": "160x160"}},
        "speech": {},
    }
    asyncio.run(generate(GenerationSettings.model_validate({"out": out, "committee": "rehearsal", **stages})))
    return out
