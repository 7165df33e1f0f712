"""Rows that can't be read: each is an invalid case, or a label, a ballot or an answer that is left out, and is named."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.sources.fields import Fields
from benchmarks.sources.place import Place
from jury.errors import InputError
from jury.records import Case, Cause

#: So many bad rows are named in results.
NAMED = 20


@dataclass(frozen=True)
class BadRow:
    """A row that can't be read: where it stands, why, and the id it gives, empty where that can't be told.

    `file` is what its file is called in results; default: its name alone, wherever it lies.
    """

    place: Place
    error: InputError
    id: str = ""
    file: str = ""

    @property
    def told(self) -> str:
        """One sentence that names file, row and field."""
        return str(self.error).replace(str(self.place.file), self._called)

    def case(self, taken: Collection[str]) -> Case:
        """The invalid case that stands for the row, under its own id unless that is taken."""
        name = f"{self._called} {self.place.unit} {self.place.number}"
        identity = self.id if self.id and self.id not in taken else name
        while identity in taken:
            identity += "'"
        return Case(id=identity, problem=Cause(kind="row", detail=self.told[:2000]))

    @property
    def _called(self) -> str:
        return self.file or self.place.file.name


#: A row of a file, read or not.
Entry = Fields | BadRow


def good_of(entries: Iterable[Entry]) -> tuple[Fields, ...]:
    """The rows that could be read."""
    return tuple(entry for entry in entries if isinstance(entry, Fields))


def bad_of(entries: Iterable[Entry]) -> tuple[BadRow, ...]:
    """The rows that could not."""
    return tuple(entry for entry in entries if isinstance(entry, BadRow))


def check_some(entries: Sequence[Entry]) -> None:
    """Raise the first complaint where not one row could be read: the file is another than it was taken for."""
    bad = bad_of(entries)
    if bad and len(bad) == len(entries):
        raise bad[0].error


@dataclass(frozen=True)
class RowReport:
    """How many rows of a source could not be read, by what they were to be, and the first of them by name."""

    cases: int = 0
    labels: int = 0
    ballots: int = 0
    answers: int = 0
    named: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        *,
        cases: Sequence[BadRow] = (),
        labels: Sequence[BadRow] = (),
        ballots: Sequence[BadRow] = (),
        answers: Sequence[BadRow] = (),
    ) -> "RowReport":
        """The report on some bad rows."""
        named = tuple(row.told for row in (*cases, *labels, *ballots, *answers)[:NAMED])
        return cls(len(cases), len(labels), len(ballots), len(answers), named)

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "RowReport":
        """The report that `document` wrote; nothing where it wrote none."""
        counts = {name: int(document.get(name, 0)) for name in ("cases", "labels", "ballots", "answers")}
        return cls(**counts, named=tuple(map(str, document.get("named", ()))))

    def __bool__(self) -> bool:
        return bool(self.cases or self.labels or self.ballots or self.answers)

    def __add__(self, other: "RowReport") -> "RowReport":
        return RowReport(
            self.cases + other.cases,
            self.labels + other.labels,
            self.ballots + other.ballots,
            self.answers + other.answers,
            (*self.named, *other.named)[:NAMED],
        )

    def document(self) -> dict[str, Any]:
        """The report as JSON can hold it."""
        counts = {"cases": self.cases, "labels": self.labels, "ballots": self.ballots, "answers": self.answers}
        return {**counts, "named": list(self.named)}


def row_notes(section: Mapping[str, Any] | None) -> tuple[str, ...]:
    """What results say of rows that could not be read, in words: how many, and the first of them; nothing without any."""
    if not section:
        return ()
    report = RowReport.read(section)
    counts = {"case": report.cases, "label": report.labels, "ballot": report.ballots, "answer": report.answers}
    told = [f"{number:,} {what}{'' if number == 1 else 's'}" for what, number in counts.items() if number]
    return f"{', '.join(told)} could not be read", *report.named
