"""What a run would ask and cost, before anything is paid: no call is made, and nothing is left in the run's folder."""

import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.demand import Demand, Load, target_demand
from benchmarks.docket import Docket, endpoints_of, jurors_of, prepare, prepare_answers
from benchmarks.gold.rubrics import RubricChoice
from benchmarks.judging import prepare_jury
from benchmarks.kept import kept_answers
from benchmarks.reckoner import Reckoner
from benchmarks.resuming import texts_for
from benchmarks.settings import AnswerSettings, CallSettings, JudgeSettings, RunSettings
from jury.gateway.route.abilities import load_models
from jury.gateway.spending.prices import Price, dearest, prices
from jury.ledger import Ledger
from jury.ledger.address import address_in
from jury.media import MediaStore
from jury.records import Case, Endpoint, Transcript
from jury.rendering import Renderer
from jury.trust.permissions import permissions_of
from jury.trust.recipients import Recipient, recipients_of
from jury.wrapping import Wrapper
from prompts import Library

T = TypeVar("T")

#: So many cases are rendered at the most; a larger set is reckoned from them.
SAMPLE = 50

#: Stands in for a store's secret, which only fences depend on: all are equally long.
_NO_SECRET = "0" * 32

NOTES = (
    "at the least: every answer is one token, every ballot can be read, jurors agree as soon as that ends a trial",
    "at the most: every answer is as long as max_tokens allows, every ballot needs both remedies (twice the room, a "
    "repair question), every round is held; a try that fails and is repeated is not counted",
    "tokens are reckoned at 3 ASCII or 0.7 Chinese characters each, 1,600 an image, 32 a second of audio; thoughts of "
    "reasoning models beyond max_tokens are not counted",
    "equal questions are asked once, and what the folder's ledger holds is not paid for again: neither is taken off",
    "what a clerk that is a model is asked (--clerk) is not counted",
)


@dataclass(frozen=True)
class Estimate:
    """The demand on every model and its price (None: unknown); `sampled` of the `cases` were really rendered.

    `rubric` is the rubric that answers would be judged by, None where none are judged.
    """

    cases: int
    sampled: int
    demands: dict[str, Demand]
    prices: dict[str, Price | None]
    recipients: tuple[Recipient, ...] = ()
    rubric: RubricChoice | None = None

    @property
    def total(self) -> Demand:
        """The demand on all models."""
        return sum(self.demands.values(), Demand())

    def cost(self, model: str) -> tuple[float, float] | None:
        """US dollars for one model at the least and at the most; None where its price is unknown."""
        demand, price = self.demands[model], self.prices[model]
        return None if price is None else (_paid(demand.least, price), _paid(demand.most, price))

    @property
    def total_cost(self) -> tuple[float, float] | None:
        """US dollars for the run; None, not what is known of it, where any price is unknown."""
        costs = [self.cost(model) for model in self.demands]
        known = [cost for cost in costs if cost is not None]
        return (sum(low for low, _ in known), sum(high for _, high in known)) if len(known) == len(costs) else None

    @property
    def document(self) -> dict[str, Any]:
        """The estimate as JSON: every pair is least and most; `cost` is null where a price is unknown."""
        models = {model: {**_pairs(demand), "cost": self.cost(model)} for model, demand in self.demands.items()}
        total = {**_pairs(self.total), "cost": self.total_cost}
        return {
            "dry_run": True,
            "cases": self.cases,
            "sampled": self.sampled,
            **({"rubric": self.rubric.name, "rubric_choice": self.rubric.document} if self.rubric else {}),
            "models": models,
            "hosts": {one.host: {"models": list(one.models), "keys": list(one.keys)} for one in self.recipients},
            "total": total,
            "notes": list(NOTES),
        }


def estimated(settings: RunSettings) -> Estimate:
    """What a run with these settings would ask and cost. Raises `InputError` for whatever the run would turn down."""
    shelf = texts_for(settings.out, settings.prompts).library
    return estimated_docket(without_trace(lambda media: prepare(settings, media, shelf)), settings, shelf)


def estimated_docket(docket: Docket, settings: RunSettings, shelf: Library) -> Estimate:
    """What bringing the cases on a docket before its jury would ask and cost."""
    target = docket.matter.target
    wrapper = Wrapper(target.wrapper, shelf) if target else None
    reckoner = Reckoner(docket, Renderer(shelf, _NO_SECRET, screen=settings.screen), target, wrapper)
    found = _estimate(docket.source.cases, reckoner.of_case, settings, endpoints_of(docket))
    return replace(found, rubric=docket.choice)


def estimated_answers(settings: AnswerSettings) -> Estimate:
    """What collecting answers would ask and cost."""
    shelf, target = texts_for(settings.out, settings.prompts).library, settings.target
    matter = without_trace(lambda media: prepare_answers(settings, media, shelf))
    wrapper = Wrapper(target.wrapper, shelf)

    def of_case(case: Case) -> dict[str, Demand]:
        return {target.model: sum((demand for _, demand in target_demand(target, wrapper, case)), Demand())}

    return _estimate(matter.source.cases, of_case, settings, [target.endpoint])


async def estimated_judging(settings: JudgeSettings) -> Estimate:
    """What one more jury over a finished run would ask and cost: its answers are there, so they are no guess."""
    kept = await kept_answers(settings.run)
    _, texts, docket = prepare_jury(settings, kept)
    ledger = Ledger.open(address_in(settings.run))

    def transcript(case: Case) -> Transcript:
        answered = ledger.answer(kept.run, case.id)
        return answered.transcript(case) if answered else Transcript.recorded(case)

    try:
        reckoner = Reckoner(docket, Renderer(texts.library, _NO_SECRET, screen=settings.screen), transcript=transcript)
        found = _estimate(docket.source.cases, reckoner.of_case, settings, jurors_of(docket))
        return replace(found, rubric=docket.choice)
    finally:
        await ledger.close()


def _estimate(
    cases: Sequence[Case],
    of_case: Callable[[Case], dict[str, Demand]],
    settings: CallSettings,
    endpoints: Sequence[Endpoint],
) -> Estimate:
    price_of = prices(load_models(settings.models) if settings.models else None)
    sample = _spread(cases, SAMPLE)
    demands: dict[str, Demand] = defaultdict(Demand)
    for case in sample:
        for model, demand in of_case(case).items():
            demands[model] += demand * (len(cases) / len(sample))
    asked_at = {model: [one for one in endpoints if one[0] == model] or [(model, None)] for model in demands}
    found = {model: dearest(price_of, asked_at[model]) for model in demands}
    asked = list(endpoints) + ([(clerk, None)] if (clerk := getattr(settings, "clerk", None)) else [])
    permissions_of(settings.allow_base, unsafe_params=settings.unsafe_params).check(asked)
    return Estimate(len(cases), len(sample), dict(demands), found, recipients_of(asked))


def without_trace(prepare: Callable[[MediaStore], T]) -> T:
    """What is prepared with a media store that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="jury-estimate-") as passing:
        return prepare(MediaStore(Path(passing)))


def _spread(cases: Sequence[Case], most: int) -> list[Case]:
    """So many cases at the most, evenly spread over the set."""
    count = min(len(cases), most)
    return [cases[index * len(cases) // count] for index in range(count)]


def _paid(load: Load, price: Price) -> float:
    return price.of(load.input_tokens, load.output_tokens)


def _pairs(demand: Demand) -> dict[str, list[int]]:
    return {
        name: [round(getattr(demand.least, name)), round(getattr(demand.most, name))]
        for name in ("calls", "input_tokens", "output_tokens")
    }
