"""What is asked of models: calls and tokens, at the least and at the most."""

from collections.abc import Iterator
from dataclasses import dataclass

from jury.asking import opening
from jury.gateway.spending.lengths import prompt_tokens
from jury.providers import provider_of
from jury.records import Case, Juror, Message, Target
from jury.wrapping import Wrapper

#: Tokens of the shortest answer there can be.
SHORTEST = 1


@dataclass(frozen=True)
class Load:
    """Calls, and tokens in and out."""

    calls: float = 0
    input_tokens: float = 0
    output_tokens: float = 0

    def __add__(self, other: "Load") -> "Load":
        return Load(
            self.calls + other.calls, self.input_tokens + other.input_tokens, self.output_tokens + other.output_tokens
        )

    def __mul__(self, times: float) -> "Load":
        return Load(self.calls * times, self.input_tokens * times, self.output_tokens * times)


@dataclass(frozen=True)
class Demand:
    """The least and the most that is asked of a model."""

    least: Load = Load()
    most: Load = Load()

    def __add__(self, other: "Demand") -> "Demand":
        return Demand(self.least + other.least, self.most + other.most)

    def __mul__(self, times: float) -> "Demand":
        return Demand(self.least * times, self.most * times)


def target_demand(target: Target, wrapper: Wrapper, case: Case) -> Iterator[tuple[str, Demand]]:
    """The demand of one case on its target, turn by turn."""
    messages, longest = opening(target), target.max_tokens
    for earlier, turn in enumerate(case.turns):
        messages = (*messages, Message(role="user", parts=wrapper.around(turn, case.language)))
        asked = prompt_tokens(messages)
        least = Load(1, asked + earlier * SHORTEST, SHORTEST)
        yield target.model, Demand(least, Load(1, asked + earlier * longest, longest))


def with_remedies(juror: Juror, asked: int, repair: int) -> Load:
    """A question, and whatever is asked again: with room for twice as long an answer, and once more for repair.

    `repair` are the tokens of the repair question's own words.
    """
    longest, provider = juror.max_tokens, provider_of(juror.model)
    question = Load(1, asked, longest)
    if provider is not None and not provider.repairable:
        return question
    roomier = Load(1, asked, 2 * longest)
    return question + roomier + Load(1, asked + 2 * longest + repair, 2 * longest)
