"""Why something is invalid. An error is data: it keeps its kind and its words."""

from typing import Literal

from pydantic import Field

from jury.records.base import Record

CauseKind = Literal[
    "error",
    "timeout",
    "refused",
    "unreadable",
    "cut_off",
    "missing",
    "too_large",
    "mislabelled",
    "broken",
    "exhibit",
    "unable",
    "row",
]


class Cause(Record):
    """The kind of failure and one sentence about it, free of secrets."""

    kind: CauseKind
    detail: str = Field(default="", max_length=2000)

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}" if self.detail else self.kind
