"""What the gateway gives back to whoever asked."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from jury.gateway.answers.form import UnreadableError
from jury.records import Cause, Delivery, Usage

T = TypeVar("T")


@dataclass(frozen=True)
class Reply(Generic[T]):
    """The typed result of a question: a parsed answer or a cause, and the calls it took with what they cost.

    `exhibits` says what became of the question's images and clips on the way to the model.
    `problem` is what was wrong with an answer that does not fit its form.
    """

    parsed: T | None
    text: str
    error: Cause | None
    keys: tuple[str, ...]
    usage: Usage
    exhibits: tuple[Delivery, ...] = ()
    problem: UnreadableError | None = None
