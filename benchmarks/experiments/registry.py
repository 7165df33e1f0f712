"""Experiments by name: each is a record of settings and a pure function from them to a design."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from benchmarks.experiments.arms import Design
from benchmarks.experiments.settings import ExperimentSettings
from jury.registry import Registry

S = TypeVar("S", bound=ExperimentSettings)


@dataclass(frozen=True)
class Experiment:
    """An experiment: what it can be told, and which arms follow from that; its `summary` says what it asks."""

    name: str
    settings: type[ExperimentSettings]
    design: Callable[[Any], Design]
    summary: str


#: Other distributions add theirs through the entry-point group `multimodal_jury.experiment`.
EXPERIMENTS: Registry[Experiment] = Registry("experiment")


def experiment(name: str, settings: type[S]) -> Callable[[Callable[[S], Design]], Callable[[S], Design]]:
    """Register a design under the experiment's name; its docstring is the help of `jury experiment NAME`."""

    def register(design: Callable[[S], Design]) -> Callable[[S], Design]:
        EXPERIMENTS.add(name)(Experiment(name, settings, design, (design.__doc__ or "").strip()))
        return design

    return register
