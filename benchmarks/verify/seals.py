"""Rows against their seals: a row that was changed by hand no longer fits its digest, its key or its hash."""

from collections.abc import Callable, Iterator

from benchmarks.verify.documents import case_digests, digest, parsed_object
from benchmarks.verify.naming import Names
from benchmarks.verify.reading import LATER, TABLES, LedgerRows, Row
from benchmarks.verify.report import Finding, shown
from benchmarks.verify.run_names import run_name


def altered_rows(ledger: LedgerRows, names: Names, counted: dict[str, int]) -> Iterator[Finding]:
    """Every row that does not fit its own digest, key or hash; `counted` gets the rows of each table."""
    for table in TABLES:
        if table not in LATER:
            counted[table] = 0
        for row in ledger.rows(table):
            counted[table] = counted.get(table, 0) + 1
            if fault := _fault(table, row):
                what, recorded, derived = fault
                yield Finding(names.of(table, row), what, shown(recorded), shown(derived))


Fault = tuple[str, object, object]


def _fault(table: str, row: Row) -> Fault | None:
    seal = digest([table, {name: value for name, value in row.items() if name != "digest"}])
    if row.get("digest") != seal:
        return "was altered: it does not fit its digest", row.get("digest"), seal
    try:
        return _CONTENT[table](row) if table in _CONTENT else None
    except ValueError as error:
        return f"can't be read: {error}", None, None


def _call_fault(row: Row) -> Fault | None:
    request = parsed_object(row["request"])
    parsed_object(row["completion"])
    if (key := digest(request)) != row["key"]:
        return "does not fit its request: the key is another", row["key"], key
    if request.get("model") != row["model"]:
        return "does not fit its request: the model is another", row["model"], request.get("model")
    return None


def _case_fault(row: Row) -> Fault | None:
    case = parsed_object(row["record"])
    if row["hash"] not in (own := case_digests(case)):
        return "does not fit its hash: the case is another", row["hash"], " or ".join(sorted(own))
    return _identity_fault(row, case.get("id"))


def _verdict_fault(row: Row) -> Fault | None:
    return _identity_fault(row, parsed_object(row["record"]).get("case_id"))


def _run_fault(row: Row) -> Fault | None:
    if (name := run_name(parsed_object(row["manifest"]))) != row["run"]:
        return "does not fit its manifest: the run is another", row["run"], name
    return None


def _identity_fault(row: Row, case_id: object) -> Fault | None:
    return None if case_id == row["case_id"] else ("holds the record of another case", case_id, row["case_id"])


_CONTENT: dict[str, Callable[[Row], Fault | None]] = {
    "runs": _run_fault,
    "cases": _case_fault,
    "calls": _call_fault,
    "answers": _verdict_fault,
    "verdicts": _verdict_fault,
}
