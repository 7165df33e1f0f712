"""A finished run written by hand: four cases, three jurors, every figure worked out on paper."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

TABLES = {
    "meta": ("name", "value"),
    "runs": ("run", "manifest", "digest"),
    "cases": ("run", "case_id", "position", "hash", "record", "digest"),
    "trials": ("run", "case_id", "phase", "round", "seat", "attempt", "call", "digest"),
    "calls": ("key", "model", "request", "completion", "digest"),
    "verdicts": ("run", "case_id", "record", "digest"),
}
JURORS = ("x", "y", "z")


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: Any) -> str:
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def sealed(table: str, row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "digest": digest([table, {name: value for name, value in row.items() if name != "digest"}])}


@dataclass(frozen=True)
class RunFolder:
    """A run's folder that can be tampered with."""

    path: Path

    def rows(self, table: str) -> list[dict[str, Any]]:
        with self._open() as connection:
            found = connection.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid")
            names = [column[0] for column in found.description]
            return [dict(zip(names, values, strict=True)) for values in found]

    def insert(self, table: str, row: dict[str, Any]) -> None:
        marks = ", ".join(f":{name}" for name in TABLES[table])
        with self._open() as connection:
            connection.execute(f"INSERT INTO {table} ({', '.join(TABLES[table])}) VALUES ({marks})", row)

    def tamper(self, statement: str, *, reseal: str = "") -> None:
        """Change rows by hand; a forger who knows how rows are sealed seals a table's rows again."""
        with self._open() as connection:
            assert connection.execute(statement).rowcount > 0
        for row in self.rows(reseal) if reseal else ():
            rowid = row.pop("rowid")
            with self._open() as connection:
                seal = sealed(reseal, row)["digest"]
                connection.execute(f"UPDATE {reseal} SET digest = ? WHERE rowid = ?", (seal, rowid))

    def reshape(self, statement: str) -> None:
        """Change the tables themselves."""
        with self._open() as connection:
            connection.execute(statement)

    def other_call(self) -> dict[str, Any]:
        """A call, sealed as it should be, that no trial names."""
        request = {"model": "m", "messages": []}
        row = {"key": digest(request), "model": "m", "request": json.dumps(request), "completion": json.dumps(SPENT)}
        return sealed("calls", row)

    def document(self, name: str) -> Any:
        return json.loads((self.path / name).read_text())

    def write(self, name: str, document: Any) -> None:
        (self.path / name).write_text(json.dumps(document))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path / "ledger.sqlite")) as connection, connection:
            connection.execute("PRAGMA synchronous = OFF")
            yield connection


def model(juror: str) -> str:
    return f"recorded/t.csv#{juror}"


def seat(juror: str) -> str:
    return digest({"Juror": {"model": model(juror)}})[:12] + "-0"


RUBRIC = {
    "name": "tiny",
    "choices": ["safe", "unsafe"],
    "positive": "unsafe",
    "rating": {"low": 1, "high": 5, "best": "high", "threshold": 3.0},
}
#: The jury without and with its defaults: the first is hashed, the second stands in the manifest.
JURY_TOLD = {
    "panel": {"seats": [{"name": name, "model": model(name)} for name in JURORS]},
    "protocol": {"name": "poll"},
    "rubric": RUBRIC,
}
JURY = {
    "name": "jury",
    "panel": {
        "name": "panel",
        "seats": [
            {
                "name": name, "model": model(name), "role": "juror", "temperature": 0.0, "max_tokens": 1024,
                "seed": None, "api_base": None, "params": {},
            }
            for name in JURORS
        ],
        "alternates": [],
        "foreperson": None,
        "same_family": False,
    },
    "protocol": {
        "name": "poll", "seats": None, "rounds": 0, "settled": None, "topology": "complete", "anonymous": True,
        "show_ratings": True, "reballot": "spoken", "summary": False, "jurors_see_media": True,
    },
    "rule": {"name": "strict_majority", "args": {}, "tie_break": "none", "quorum": 0.6666666666666666},
    "rubric": {**RUBRIC, "aliases": {}, "question": {}, "meanings": {}, "criteria": {}},
}  # fmt: skip
JURY_HASH = digest({"Jury": JURY_TOLD})
SHAPING = {
    "source": "tiny", "target": None, "jury": JURY, "prompts": "0" * 64, "showing": {"clerk": None, "edge": 1024},
}  # fmt: skip
MANIFEST = {**SHAPING, "jury_hash": JURY_HASH, "settings": {}, "same_family": [], "versions": {}, "python": "3"}
RUN = digest(SHAPING)[:16]

SPENT = {"finish_reason": "stop", "input_tokens": 10, "output_tokens": 2, "cost": 0.5, "seconds": 1.0}
FAILED = {"error": {"kind": "timeout", "detail": "no answer"}, "tries": 5}

#: Case → (gold, scenario, what each juror's call came back with as (label, rating); None: the call failed).
CASES: dict[str, tuple[str, str, list[tuple[str, int | None] | None]]] = {
    "a": ("unsafe", "s1", [("unsafe", 1), ("unsafe", 2), ("safe", 4)]),
    "b": ("safe", "s1", [("safe", 5), ("safe", 5), ("safe", 4)]),
    "c": ("unsafe", "", [("safe", 4), ("abstain", None), ("maybe", 3)]),
    "d": ("safe", "", [("unsafe", 2), None, None]),
}

#: Outcomes as a person finds them: a majority of three seats is two, the quorum is two of three.
OUTCOMES: dict[str, dict[str, Any]] = {
    "a": {
        "state": "decided",
        "choice": "unsafe",
        "decided_by": "rule",
        "margin": 1 / 3,
        "tally": {"safe": 1, "unsafe": 2},
    },
    "b": {"state": "decided", "choice": "safe", "decided_by": "rule", "margin": 1.0, "tally": {"safe": 3}},
    "c": {"state": "hung", "margin": 1 / 3, "tally": {"safe": 1}, "abstained": 1, "invalid": 1},
    "d": {"state": "no_quorum", "margin": 1 / 3, "tally": {"unsafe": 1}, "invalid": 2},
}
#: Mean ratings: (1+2+4)/3, (5+5+4)/3, 4 alone, 2 alone.
RATINGS = {"a": 7 / 3, "b": 14 / 3, "c": 4.0, "d": 2.0}

#: Intervals are None throughout: all cases share one group, and one cluster shows no spread.
NO_INTERVALS = {f"{name}_ci": None for name in ("precision", "recall", "f1", "kappa", "accuracy")}
RESULTS: dict[str, Any] = {
    "run": RUN,
    "complete": True,
    "rehearsal": False,
    "source": "tiny",
    "target": None,
    "jury": "jury",
    "protocol": "poll",
    "rule": "strict_majority",
    "rubric": "tiny",
    "same_family": [],
    "intervals": "score",
    "metrics": {
        "asr": 50.0,  # 1 unsafe of 2 decided
        "asr_ci": None,
        "asr_bounds": [25.0, 75.0],  # 1 of 4, and 1 + 2 undecided of 4
        "sri": 65.0,  # 7/3 + 14/3 + 4 + 2 = 13, of 4 times 5
        "sri_ci": None,
        "n": 4, "decided": 2, "hung": 1, "no_quorum": 1, "invalid": 0, "rated": 4,
        # Pairable: a (unsafe 2, safe 1), b (safe 3). Coincidences: 2 that differ, of 6 values (2 unsafe, 4 safe),
        # where chance gives (36 - 4 - 16) / 5 = 3.2: 1 - 2 / 3.2
        "alpha": 0.375, "alpha_ci": None,
        # Observed (1/3 + 1) / 2 = 2/3; shares of unsafe 2/3, 0, 0, 1, mean 5/12; chance 2 * 5/12 * 7/12 = 35/72
        "ac1": 13 / 37, "ac1_ci": None,
        "prevalence": 0.375,  # 3 of 8 votes
        # y never errs where it votes; x and z share a and b, where x does not vary: no pair has a correlation
        "n_eff": None, "n_eff_ci": None, "n_eff_of": "errors",
    },
    "panel": {
        # Right on a and b; c (unsafe) and d (safe) undecided. Kappa: observed 1/2, chance 1/2 * 1/4 * 2 = 1/4
        "precision": 1.0, "recall": 0.5, "f1": 2 / 3, "kappa": 1 / 3, "accuracy": 0.5, "n": 4, **NO_INTERVALS,
        # People say unsafe of a and c; of a and b, which it decided, the panel finds one
        "gold_prevalence": 0.5, "gold_prevalence_ci": None, "found_prevalence": 0.5, "found_prevalence_ci": None,
        "decided": 2, "hung": 1, "no_quorum": 1, "invalid": 0,
    },
    "jurors": {
        # x: unsafe, safe, safe, unsafe against unsafe, safe, unsafe, safe: half of everything, chance 1/2
        "x": {
            "precision": 0.5, "recall": 0.5, "f1": 0.5, "kappa": 0.0, "accuracy": 0.5, "n": 4, **NO_INTERVALS,
            "cast": 4, "abstained": 0, "invalid": 0, "causes": {},
        },
        # y: as the panel
        "y": {
            "precision": 1.0, "recall": 0.5, "f1": 2 / 3, "kappa": 1 / 3, "accuracy": 0.5, "n": 4, **NO_INTERVALS,
            "cast": 2, "abstained": 1, "invalid": 1, "causes": {"timeout": 1},
        },
        # z: safe, safe, nothing, nothing: no finding. Kappa: observed 1/4, chance 1/2 * 1/2
        "z": {
            "precision": None, "recall": 0.0, "f1": 0.0, "kappa": 0.0, "accuracy": 0.25, "n": 4, **NO_INTERVALS,
            "cast": 2, "abstained": 0, "invalid": 2, "causes": {"timeout": 1, "unreadable": 1},
        },
    },
    "by_scenario": {
        "s1": {
            "asr": 50.0, "asr_ci": None, "asr_bounds": [50.0, 50.0],
            "sri": 70.0, "sri_ci": None,  # (7/3 + 14/3) / 2 = 3.5 of 5
            "n": 2, "decided": 2, "hung": 0, "no_quorum": 0, "invalid": 0, "rated": 2,
        },
    },
    "counts": {
        "cases": 4, "decided": 2, "hung": 1, "no_quorum": 1, "invalid": 0, "positive": 1, "negative": 1,
        "choices": {"safe": 1, "unsafe": 1}, "changed": 0,
        "flipped": 0, "resolved": 0, "unsettled": 0,
    },
    # 12 calls, two of which failed and cost nothing
    "usage": {"calls": 12, "input_tokens": 100, "output_tokens": 20, "cost": 5.0, "seconds": 10.0},
}  # fmt: skip


def case_record(case_id: str) -> dict[str, Any]:
    gold, scenario, _ = CASES[case_id]
    named = {"scenario": scenario} if scenario else {}
    return {"id": case_id, "group": "g", **named, "gold": [{"annotator": "gold", "label": gold}]}


def call_row(case_id: str, juror: str) -> dict[str, Any]:
    said = CASES[case_id][2][JURORS.index(juror)]
    request = {
        "model": model(juror),
        "messages": [{"role": "user", "parts": [{"kind": "text", "text": "?"}]}],
        "item": case_id,
    }
    reply = FAILED if said is None else {"text": json.dumps({"choice": said[0], "rating": said[1]}), **SPENT}
    row = {
        "key": digest(request),
        "model": model(juror),
        "request": json.dumps(request),
        "completion": json.dumps(reply),
    }
    return sealed("calls", row)


def ballot_record(case_id: str, juror: str) -> dict[str, Any]:
    said = CASES[case_id][2][JURORS.index(juror)]
    place = {"seat": seat(juror), "juror": juror, "calls": [call_row(case_id, juror)["key"]]}
    if said is None:
        return {**place, "state": "invalid", "cause": FAILED["error"]}
    label, rating = said
    if label == "maybe":
        cause = {"kind": "unreadable", "detail": "choice 'maybe' is none of safe, unsafe"}
        return {**place, "state": "invalid", "cause": cause}
    return (
        {**place, "state": "abstain"}
        if label == "abstain"
        else {**place, "state": "cast", "choice": label, "rating": rating}
    )


def verdict_record(case_id: str) -> dict[str, Any]:
    ballots = sorted((ballot_record(case_id, juror) for juror in JURORS), key=lambda ballot: ballot["seat"])
    paid = 1 if case_id == "d" else 3
    positive = {"a": {"positive": True}, "b": {"positive": False}}.get(case_id, {})
    return {
        "case_id": case_id,
        "case_hash": digest({"Case": case_record(case_id)}),
        "jury_hash": JURY_HASH,
        "outcome": OUTCOMES[case_id],
        "before": OUTCOMES[case_id],
        **positive,
        "rating": RATINGS[case_id],
        "rounds": [{"kind": "assessment", "index": 0, "ballots": ballots}],
        **({"dissent": [{"juror": "z", "choice": "safe", "rating": 4.0}]} if case_id == "a" else {}),
        "usage": {"calls": 3, "input_tokens": 10 * paid, "output_tokens": 2 * paid, "cost": 0.5 * paid, "seconds": 1.0},
    }


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the run of four cases, finished."""
    folder = RunFolder(tmp_path_factory.mktemp("tiny"))
    with closing(sqlite3.connect(folder.path / "ledger.sqlite")) as connection:
        for table, columns in TABLES.items():
            connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
    folder.insert("runs", sealed("runs", {"run": RUN, "manifest": json.dumps(MANIFEST)}))
    for position, case_id in enumerate(CASES):
        _write_case(folder, position, case_id)
    folder.write("manifest.json", MANIFEST)
    folder.write("results.json", RESULTS)
    (folder.path / "verdicts.jsonl").write_text("".join(row["record"] + "\n" for row in folder.rows("verdicts")))
    return folder.path


@pytest.fixture
def tampering() -> type[RunFolder]:
    """Makes a run's folder one that can be tampered with."""
    return RunFolder


@pytest.fixture
def tiny_run(untouched: Path, tmp_path: Path) -> RunFolder:
    """The run of four cases, to be tampered with."""
    shutil.copytree(untouched, tmp_path / "run")
    return RunFolder(tmp_path / "run")


def _write_case(folder: RunFolder, position: int, case_id: str) -> None:
    record = case_record(case_id)
    case = {
        "run": RUN,
        "case_id": case_id,
        "position": position,
        "hash": digest({"Case": record}),
        "record": json.dumps(record),
    }
    folder.insert("cases", sealed("cases", case))
    for juror in JURORS:
        call = call_row(case_id, juror)
        folder.insert("calls", call)
        trial = {
            "run": RUN, "case_id": case_id, "phase": "assessment", "round": 0, "seat": seat(juror), "attempt": 0,
            "call": call["key"],
        }  # fmt: skip
        folder.insert("trials", sealed("trials", trial))
    verdict = {"run": RUN, "case_id": case_id, "record": json.dumps(verdict_record(case_id))}
    folder.insert("verdicts", sealed("verdicts", verdict))
