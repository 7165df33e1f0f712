"""What all arms of an experiment would ask and cost together."""

from collections import defaultdict

from benchmarks.demand import Demand
from benchmarks.estimate import Estimate, estimated
from benchmarks.experiments.readying import naming, readied
from benchmarks.experiments.registry import EXPERIMENTS
from benchmarks.experiments.settings import ExperimentSettings


def reckoned(name: str, settings: ExperimentSettings) -> Estimate:
    """The sum of the arms' estimates; what a committee that grades would ask is not in it. Raises `InputError`."""
    found = []
    for arm in readied(EXPERIMENTS.get(name).design(settings)).arms:
        with naming(arm):
            found.append(estimated(arm.settings))
    demands: dict[str, Demand] = defaultdict(Demand)
    for one in found:
        for model, demand in one.demands.items():
            demands[model] += demand
    prices = {model: price for one in found for model, price in one.prices.items()}
    return Estimate(sum(one.cases for one in found), sum(one.sampled for one in found), dict(demands), prices)
