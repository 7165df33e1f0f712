"""One run as its ledger holds it, put in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.verify.ballots import Call
from benchmarks.verify.documents import parsed_object
from benchmarks.verify.juries import Bench, bench_of
from benchmarks.verify.reading import Documents, LedgerRows, Row
from benchmarks.verify.run_names import run_name
from jury.errors import InputError

#: The position of a case that the run is over no more, in its ledger.
WITHDRAWN = -1


@dataclass(frozen=True)
class Run:
    """The rows of one run by case, in the order of its source; the calls by key. Unreadable records are left out.

    `answers` are those that it judges: its own, or another run's of the same ledger. `texts` are the records as they are
    written: of verdicts, or of answers in a run without a jury. `withdrawn` are the trials of the cases that the run was
    over once and is no more; `elsewhere` are the keys of the calls that trials of other runs name.
    """

    name: str
    manifest: Mapping[str, Any]
    seated: Bench | None
    cases: dict[str, Mapping[str, Any]]
    positions: dict[str, Any]
    trials: dict[str, list[Row]]
    calls: dict[str, Call]
    answers: dict[str, Mapping[str, Any]]
    verdicts: dict[str, Mapping[str, Any]]
    texts: dict[str, str]
    withdrawn: dict[str, list[Row]]
    elsewhere: frozenset[str]

    @property
    def bench(self) -> Bench:
        """The jury in its seats. Raises `InputError` where the manifest has none."""
        if self.seated is None:
            raise InputError("the manifest in the ledger describes no jury; restore the file")
        return self.seated

    @property
    def may_be_earlier(self) -> bool:
        """Whether an earlier release may have read its replies: one that kept no texts with a run."""
        return "texts" not in self.manifest

    @property
    def used_calls(self) -> list[str]:
        """The keys of the calls that the run's trials name, each once, with those of withdrawn cases."""
        used = {trial["call"] for trials in (*self.trials.values(), *self.withdrawn.values()) for trial in trials}
        return sorted(used & self.calls.keys())

    @property
    def unused_calls(self) -> int:
        """How many calls no trial names: a case that was judged again leaves its first calls behind."""
        return len(self.calls.keys() - self.elsewhere - set(self.used_calls))

    @property
    def calls_of_others(self) -> int:
        """How many calls only other runs of the same ledger use, such as those of a further jury."""
        return len((self.calls.keys() & self.elsewhere) - set(self.used_calls))


def load_run(ledger: LedgerRows, documents: Documents) -> Run:
    """The run that a folder's documents are about. Raises `InputError` if the ledger does not hold it."""
    name, manifest = _manifest(ledger, documents)
    own = {
        table: [row for row in ledger.rows(table) if row["run"] == name] for table in ("cases", "trials", "verdicts")
    }
    away = {row["case_id"] for row in own["cases"] if row["position"] == WITHDRAWN}
    listed = [row for row in own["cases"] if row["case_id"] not in away]
    judged = [row for row in own["verdicts"] if row["case_id"] not in away]
    answered_in = manifest.get("answers_of", name)
    answers = [row for row in ledger.rows("answers") if row["run"] == answered_in and row["case_id"] not in away]
    lines = judged if documents.judged else answers
    trials: dict[str, list[Row]] = {}
    withdrawn: dict[str, list[Row]] = {case_id: [] for case_id in away}
    for row in own["trials"]:
        (withdrawn if row["case_id"] in away else trials).setdefault(row["case_id"], []).append(row)
    return Run(
        name=name,
        manifest=manifest,
        seated=_bench(manifest) if documents.judged else None,
        cases=_records(listed),
        positions={row["case_id"]: row["position"] for row in listed},
        trials=trials,
        calls=_calls(ledger),
        answers=_records(answers),
        verdicts=_records(judged),
        texts={row["case_id"]: str(row["record"]) for row in lines},
        withdrawn=withdrawn,
        elsewhere=frozenset(str(row["call"]) for row in ledger.rows("trials") if row["run"] != name),
    )


def _manifest(ledger: LedgerRows, documents: Documents) -> tuple[str, Mapping[str, Any]]:
    """The run's name and its manifest as the ledger has it; the documents only say which run is meant."""
    kept = {str(row["run"]): row["manifest"] for row in ledger.rows("runs")}
    meant = [str(documents.results.get("run")), run_name(documents.manifest), *(kept if len(kept) == 1 else ())]
    name = next((name for name in meant if name in kept), None)
    if name is None:
        raise InputError(
            f"the ledger holds no run {meant[0]!r}, which {documents.results_file} is about; restore the file"
        )
    try:
        return name, parsed_object(kept[name])
    except ValueError as error:
        raise InputError(
            f"the manifest of run {name} in the ledger can't be read ({error}); restore the file"
        ) from None


def _bench(manifest: Mapping[str, Any]) -> Bench:
    try:
        return bench_of(manifest["jury"])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise InputError(f"the manifest in the ledger describes no jury ({error!r}); restore the file") from None


def _calls(ledger: LedgerRows) -> dict[str, Call]:
    calls = {}
    for row in ledger.rows("calls"):
        try:
            request, completion = parsed_object(row["request"]), parsed_object(row["completion"])
        except ValueError:
            continue
        calls[str(row["key"])] = Call(str(row["model"]), str(request.get("item", "")), completion, request)
    return calls


def _records(rows: list[Row]) -> dict[str, Mapping[str, Any]]:
    records: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        try:
            records[row["case_id"]] = parsed_object(row["record"])
        except ValueError:
            continue
    return records
