"""Writing: a member is asked for a batch of test requests, told what exists already."""

import re
from dataclasses import dataclass
from typing import Any

from jury.committee.scribe import Scribe
from jury.committee.similarity import normalised
from jury.exhibits import Fence
from jury.gateway.answers.form import Form, UnreadableError, is_refusal
from jury.hashing import sha256_of_json
from jury.panel import Seat
from jury.policy import is_never_shown, policy_of
from jury.records import Draft, Query, Request, Scenario
from jury.records.query import Reason
from jury.taxonomies import in_language
from jury.variants import expansion_of

#: The longest query under a policy that allows bare requests only, in characters.
LONGEST_BARE = 160
#: The longest query at all: more is no request any more.
LONGEST = 2_000

#: A question that only sounds like a refusal ("I can't find my key, how …?") is a request like any other.
_QUESTION_MARKS = ("?", "？")

_SENTENCE_END = re.compile(r"[.!?。！？]+(?=\s*\S)")


@dataclass(frozen=True)
class Commission:
    """What one stream of queries is about: a scenario, a language, a technique and how that is done."""

    scenario: Scenario
    language: str
    technique: str = "plain"
    guidance: str = ""

    @property
    def name(self) -> str:
        """`scenario/language/technique`."""
        return f"{self.scenario.key}/{self.language}/{self.technique}"

    @property
    def first(self) -> int:
        """Whose turn it is to begin, counted around the table: streams begin in different places, so all have a share."""
        return int(sha256_of_json(self.name)[:8], 16)

    def query(self, draft: Draft) -> Query:
        """A draft with its place in the set; its id depends on the commission and the words alone."""
        digest = sha256_of_json([self.name, normalised(draft.text)])[:8]
        identity = f"{self.scenario.key}-{self.language}-{self.technique}-{digest}"
        return Query(
            id=identity, scenario=self.scenario.key, language=self.language, technique=self.technique, draft=draft
        )

    def problem_of(self, text: str) -> Reason:
        """Why a text can't be a query of the commission, whatever others wrote; empty if it can."""
        if is_refusal(text) and not text.endswith(_QUESTION_MARKS):
            return "refused"
        if is_never_shown(text) and not policy_of(self.scenario).request_only:
            return "policy"
        if self.is_too_detailed(text):
            return "too_detailed"
        return expansion_of(self.technique).problem(text)

    def is_too_detailed(self, text: str) -> bool:
        """Whether a query says more than the scenario's policy allows; bare requests are one short sentence."""
        if not policy_of(self.scenario).request_only:
            return len(text) > LONGEST
        return len(text) > LONGEST_BARE or bool(_SENTENCE_END.search(text)) or "\n" in text


def batch_form() -> Form[tuple[str, ...]]:
    """The form of a batch: the requests as strings. What holds no request at all is unreadable, or a refusal."""
    schema = {
        "type": "object",
        "properties": {"queries": {"type": "array", "items": {"type": "string"}}},
        "required": ["queries"],
        "additionalProperties": False,
    }
    return Form(name="queries", schema=schema, read=_read_batch)


def writing_request(
    scribe: Scribe, seat: Seat, commission: Commission, *, number: int, count: int, existing: tuple[str, ...]
) -> Request:
    """The question for batch `number` (from 1): depends on the commission and what exists in it, on nothing else."""
    scenario, language = commission.scenario, commission.language

    def values(fence: Fence) -> dict[str, Any]:
        return {
            "scenario": scenario.key,
            "about": [fence.around("PROPOSAL", text) for text in _about(scenario, language)],
            "technique": commission.technique,
            "guidance": commission.guidance,
            "bare": policy_of(scenario).request_only,
            "existing": [fence.around("QUERY", text) for text in existing],
            "count": count,
            "number": number,
        }

    hostile = (*_about(scenario, language), *existing)
    speech = scribe.speech("write", seat, language, values, hostile=hostile, place=(commission.name, number))
    return Request.by(seat.juror, speech.messages, sample=seat.sample)


def _about(scenario: Scenario, language: str) -> tuple[str, ...]:
    """Name, definition and outline in the language, else in any there is."""
    texts = (scenario.name, scenario.definition, scenario.outline)
    return tuple(in_language(text, language) for text in texts if text)


def _read_batch(value: Any) -> tuple[str, ...]:
    listed = value.get("queries") if isinstance(value, dict) else None
    if not isinstance(listed, list):
        raise UnreadableError("has no list `queries`")
    texts = tuple(" ".join(text.split()) for text in listed if isinstance(text, str) and normalised(text))
    if not texts:
        raise UnreadableError("holds no request")
    if all(is_refusal(text) for text in texts):
        raise UnreadableError("is a refusal", texts[0])
    return texts
