"""The files beside the ledger, against what the ledger says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from benchmarks.verify.causes import causes
from benchmarks.verify.comparing import document_differences, record_differences
from benchmarks.verify.deriving import NONSENSE, Derived, difference, tells_exhibits
from benchmarks.verify.documents import parsed
from benchmarks.verify.earlier_figures import comparable, is_earlier, method_of
from benchmarks.verify.exhibit_counts import of_verdicts
from benchmarks.verify.figures import SECTIONS, earlier_figures, figures
from benchmarks.verify.gold import gold_of
from benchmarks.verify.headlines import headlines
from benchmarks.verify.held import Held
from benchmarks.verify.judged import Judged, Letter
from benchmarks.verify.letters import letter_of
from benchmarks.verify.reading import MANIFEST, Documents
from benchmarks.verify.report import Finding, shown
from benchmarks.verify.run import Run
from benchmarks.verify.run_names import SHAPING, SHAPING_WHERE_SET
from benchmarks.verify.usage import of_call, one_by_one
from benchmarks.verify.verdicts import answers_of

#: Parts of results that earlier releases did not write: where they lack one, there is nothing to compare.
_LATER = frozenset({"causes", "examples"})


def manifest_findings(documents: Documents, run: Run) -> Iterator[Finding]:
    """What the manifest says otherwise than the one in the ledger, of all that shapes verdicts or heads the results."""
    parts = (*SHAPING, *SHAPING_WHERE_SET, "texts", "wrapper", "jury_hash", "same_family")
    kept = {part: run.manifest.get(part) for part in parts}
    written = {part: documents.manifest.get(part) for part in kept}
    yield from _values(MANIFEST, written, kept)
    if run.seated and run.manifest.get("jury_hash") != run.bench.hash:
        yield Finding(
            f"runs row {run.name}", "jury_hash is of another jury", shown(run.manifest.get("jury_hash")), run.bench.hash
        )


def line_findings(documents: Documents, run: Run) -> Iterator[Finding]:
    """The lines that are not the records of the ledger, line by line in the order of the cases."""
    file = documents.lines_file
    kept = [(case_id, run.texts[case_id]) for case_id in run.positions if case_id in run.texts]
    for number, (line, row) in enumerate(zip_longest(documents.lines, kept), start=1):
        if row is None:
            yield Finding(f"{file} line {number}", "is not in the ledger", shown(line))
        elif line is None:
            yield Finding(f"{file} line {number} (case {row[0]})", "is missing", derived=shown(row[1]))
        elif line != row[1]:
            yield from _line_difference(f"{file} line {number} (case {row[0]})", line, row[1])


def result_findings(documents: Documents, run: Run, derive_all: Callable[[], dict[str, Any]]) -> Iterator[Finding]:
    """The numbers of the results that are not what the ledger amounts to."""
    file = documents.results_file
    try:
        document = derive_all()
    except NONSENSE as error:
        reason = f"{type(error).__name__}: {error}"
        yield Finding(file, "can't be derived: a row of the ledger makes no sense", derived=shown(reason))
        return
    if run.may_be_earlier:
        document = {name: value for name, value in document.items() if name in documents.results or name not in _LATER}
    foreign = foreign_sections(documents)
    own = {name: value for name, value in documents.results.items() if name not in foreign}
    if documents.judged and is_earlier(documents.results, run):
        own, document = comparable(own), comparable(document)
    yield from _values(file, own, document)


def foreign_sections(documents: Documents) -> tuple[str, ...]:
    """The sections of `results.json` that another distribution's metrics put there: nothing here can derive them."""
    sections = {name for name, value in documents.results.items() if documents.judged and isinstance(value, dict)}
    return tuple(sorted(sections - SECTIONS - {"usage", "gold", "exhibits", "rows", "blocked", "rubric_choice"}))


def _values(file: str, recorded: Mapping[str, Any], derived: Mapping[str, Any]) -> Iterator[Finding]:
    for path, one, other in document_differences(recorded, derived):
        yield Finding(f"{file} {path}", "differs", shown(one), shown(other))


def _line_difference(where: str, line: str, row: str) -> Iterator[Finding]:
    try:
        differing = record_differences(parsed(line), parsed(row))
    except ValueError:
        differing = []
    if differing:
        yield from difference(where, differing)
    else:
        yield Finding(where, "is written otherwise than in the ledger", shown(line), shown(row))


def results_of(run: Run, derived: Derived, documents: Documents) -> dict[str, Any]:
    """The results of a run, from its derived verdicts and the labels that its documents say count.

    The suite is the one in the manifest. A run of an earlier release names none there: its results may, or may be as that
    release wrote them.
    """
    gold = gold_of(run, documents)
    judged = [
        Judged(
            run.cases[case_id],
            verdict,
            gold.truth(case_id),
            run.verdicts[case_id],
            _letter(run, case_id, verdict),
        )
        for case_id, verdict in derived.verdicts.items()
        if case_id in run.verdicts
    ]
    said = gold.section(run.verdicts, run.bench.rubric)
    return {
        "run": run.name,
        "complete": len(judged) == len(run.cases),
        "rehearsal": any(one.verdict["rehearsal"] for one in judged),
        **_headings(run),
        **_rubric_choice(documents.manifest),
        **method_of(documents.results, run),
        **_as_told(_sections(run, judged, documents.results), run, documents),
        **({} if said is None else {"gold": said}),
        **rows_of(documents),
        **_exhibits(run, judged, documents),
        **({"withdrawn": len(run.withdrawn)} if run.withdrawn else {}),
        "causes": causes(judged, run.bench),
        "usage": one_by_one(of_call(run.calls[key].completion) for key in run.used_calls),
    }


def rows_of(documents: Documents) -> dict[str, Any]:
    """What the manifest says of rows that could not be read: they are in no ledger, but for the cases they stand for."""
    return {name: value for name, value in documents.manifest.items() if name == "rows"}


def _exhibits(run: Run, judged: Sequence[Judged], documents: Documents) -> dict[str, Any]:
    """What was shown to whom; earlier releases left no such section, where their verdicts say nothing of it."""
    untold = "exhibits" not in documents.results and not any(tells_exhibits(one.recorded) for one in judged)
    if untold and run.may_be_earlier:
        return {}
    section = of_verdicts([(one.case, one.recorded) for one in judged], run.bench, run.manifest)
    return {"exhibits": section} if section else {}


def _as_told(sections: dict[str, Any], run: Run, documents: Documents) -> dict[str, Any]:
    """The figures without those that an earlier release did not write."""
    jurors = documents.results.get("jurors")
    told = isinstance(jurors, dict) and any("contradictory" in juror for juror in jurors.values())
    if run.may_be_earlier and not told:
        for juror in sections["jurors"].values():
            juror.pop("contradictory", None)
    return sections


def _sections(run: Run, judged: Sequence[Judged], recorded: Mapping[str, Any]) -> dict[str, Any]:
    """Suite, headlines and figures; of an earlier release, the figures as it defined them."""
    data, rubric = run.manifest.get("data") or {}, run.bench.rubric
    if "suite" not in data and "headlines" not in recorded:
        return earlier_figures(judged, rubric)
    suite = data["suite"] if "suite" in data else recorded.get("suite")
    suite = suite if isinstance(suite, str) else None
    sections = figures(judged, rubric, suite)
    written = recorded.get("headlines")
    found = headlines(sections, rubric, data, written if isinstance(written, list) else ())
    return {"suite": suite, "headlines": found, **sections}


def _letter(run: Run, case_id: str, verdict: Mapping[str, Any]) -> Letter | None:
    case = run.cases[case_id]
    held = Held.of(case, run.trials.get(case_id, ()), run.calls)
    letter = letter_of(case, answers_of(held, run.manifest["target"]))
    void = verdict["outcome"].get("blocked") and verdict["outcome"]["state"] == "invalid"
    return ("invalid", "") if letter and void else letter


def _headings(run: Run) -> dict[str, Any]:
    jury, target = run.bench.jury, run.manifest["target"]
    return {
        "source": run.manifest["source"],
        "target": target and target["model"],
        "jury": jury["name"],
        "protocol": jury["protocol"]["name"],
        "rule": jury["rule"]["name"],
        "rubric": jury["rubric"]["name"],
        "same_family": run.manifest["same_family"],
    }


def _rubric_choice(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Who named the rubric, as the folder's manifest says: runs that are the same may have been told it or not."""
    return {"rubric_choice": manifest["rubric_choice"]} if "rubric_choice" in manifest else {}
