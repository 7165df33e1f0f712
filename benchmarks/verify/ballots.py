"""Ballots, read again from the words that came back.

What a reply says is one program's reading: reading it in two ways would be two opinions, no check. So the run's own reader
reads it again, and `own_words.py` looks at the words without it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from jury.gateway.answers.form import Form, UnreadableError
from jury.gateway.answers.reader import read_answer

#: Where the ledger alone can't tell: what a value may be, and that it may be anything.
UNTOLD: Any = object()
NOT_READ = frozenset({"unreadable", "refused"})

#: What stands for a call's key where a juror's model was out of service, and what its ballot or summary says then.
NOT_ASKED = ""
UNASKED: Mapping[str, Any] = {"cause": {"kind": "error", "detail": UNTOLD}}

#: How a reply ends that is whole, and how one that was cut off.
_WHOLE = frozenset({"", "stop", "tool_calls", "function_call", "eos", "end_turn", "stop_sequence"})
_CUT_OFF = frozenset({"length", "content_filter"})


@dataclass(frozen=True)
class Call:
    """A kept call: the model that was asked, the item it was asked about (if it answers by item), how, what came back."""

    model: str
    item: str
    completion: Mapping[str, Any]
    request: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The words that came back."""
        return str(self.completion.get("text", ""))

    @property
    def complete(self) -> bool:
        """Whether they came to their end."""
        return self.completion.get("finish_reason", "") in _WHOLE

    @property
    def shown(self) -> str:
        """The words that the model was shown before it answered first."""
        first = takewhile(lambda message: message["role"] != "assistant", self.request.get("messages", ()))
        return "\n".join(part.get("text", "") for message in first for part in message["parts"])


@dataclass(frozen=True)
class Vote:
    """What is written on a ballot; no choice is an abstention."""

    choice: str | None
    rating: float | None
    confidence: float | None
    reasoning: str
    notes: tuple[str, ...] = ()


#: Reads the vote in a reply, None where there is none.
Reader = Callable[[Call], Vote | None]


def ballot(call: Call, read: Reader) -> dict[str, Any]:
    """The state of a ballot and what it says: the fields of a ballot's record that an answer decides."""
    completion = call.completion
    error = completion.get("error")
    if error is not None:
        return {"state": "invalid", "cause": error}
    vote = read(call)
    if vote is None:
        return {"state": "invalid", "cause": {"kind": _fault(completion), "detail": UNTOLD}}
    said = {"confidence": vote.confidence, "reasoning": vote.reasoning, "notes": list(vote.notes)}
    if vote.choice is None:
        return {"state": "abstain", **said}
    return {"state": "cast", "choice": vote.choice, "rating": vote.rating, **said}


def silence(completion: Mapping[str, Any]) -> str:
    """Why a call that did not fail has brought no words."""
    ended = completion.get("finish_reason")
    if ended == "length":
        return "cut_off"
    return "refused" if ended == "content_filter" or completion.get("refusal") else "unreadable"


def _fault(completion: Mapping[str, Any]) -> Any:
    """Why words are no vote: an end that came too early, or words that may be a refusal."""
    ended = completion.get("finish_reason")
    worded = bool(completion.get("text", "").strip())
    return NOT_READ if worded and ended not in _CUT_OFF else silence(completion)


def reader_of(form: Form[Any]) -> Reader:
    """What reads a reply as a run does today."""

    def read(call: Call) -> Vote | None:
        thought = bool(call.completion.get("thinking"))
        try:
            vote = read_answer(call.text, form, shown=lambda: call.shown, complete=call.complete, thought=thought)
        except UnreadableError:
            return None
        return Vote(vote.choice, vote.rating, vote.confidence, vote.reasoning, vote.notes)

    return read
