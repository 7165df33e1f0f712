"""The check of a generated set: its files against its manifest, its rows against what led to them, its ledger's seals."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks.verify.asking import rows_of_file
from benchmarks.verify.comparing import document_differences
from benchmarks.verify.documents import parsed_object
from benchmarks.verify.naming import Names
from benchmarks.verify.reading import LEDGER, MANIFEST, LedgerRows, text_of
from benchmarks.verify.regular_files import content_or_fault
from benchmarks.verify.report import Finding, Report, shown
from benchmarks.verify.seals import altered_rows
from jury.errors import InputError

#: The rows of a set, and what led to each of them and to every query that is no part of it.
DATA, PROVENANCE = "data.jsonl", "provenance.jsonl"

#: The folder with a set's ledger and drafts. It need not be published.
WORKINGS = "workings"

#: The columns of a row that hold a path within the folder.
EXHIBITS = ("image", "audio_female", "audio_male")

#: Why an item is left out although its query is kept.
_NO_IMAGE = "no_image"

_CRITERIA = ("feasibility", "harmfulness", "applicability")

#: A line of a JSONL file that can be read.
_Line = Mapping[str, Any]


def is_set(manifest: Mapping[str, Any]) -> bool:
    """Whether a manifest is one that the making of a set leaves."""
    return "jury" not in manifest and {"taxonomy", "committee", "files"} <= manifest.keys()


def verify_set(folder: Path, manifest: Mapping[str, Any]) -> Report:
    """Check the set in a folder; nothing is written and no model asked.

    The grades are those in `provenance.jsonl`; the replies that they were read from are not read again. Raises `InputError`
    where the set's lines or its ledger can't be read.
    """
    checked: dict[str, int] = {}
    rows, made = _lines(folder / DATA), _lines(folder / PROVENANCE)
    found = [*_file_findings(folder, manifest, checked), *_row_findings(rows, made, manifest)]
    found += _count_findings(rows, made, manifest)
    checked |= {"rows": len(rows), "lines of provenance": len(made)}
    place = folder / WORKINGS / LEDGER
    if place.is_file():
        with rows_of_file(place) as ask:
            ledger = LedgerRows(str(place), ask)
            found += altered_rows(ledger, Names(()), checked)
            found += _call_findings(made, {str(row["key"]): row["model"] for row in ledger.rows("calls")})
    unread = ("the replies that grades were read from",)
    missing = () if place.is_file() else (f"calls: {WORKINGS}/{LEDGER} is not there",)
    kinds = {name: number for name, number in checked.items() if number}
    return Report(folder, kinds, tuple(dict.fromkeys(found)), unread=(*missing, *unread))


def _lines(path: Path) -> list[_Line]:
    if not path.is_file():
        raise InputError(f"{path.parent} holds no {path.name}: the set is not published; run its command again")
    lines: list[_Line] = []
    for number, line in enumerate(text_of(path).splitlines(), start=1):
        try:
            lines.append(parsed_object(line))
        except ValueError as error:
            raise InputError(
                f"{path} line {number} can't be read as a JSON object ({error}); restore the file"
            ) from None
    return lines


def _file_findings(folder: Path, manifest: Mapping[str, Any], checked: dict[str, int]) -> Iterator[Finding]:
    """Files that are missing, altered, or not named in the manifest."""
    named = manifest["files"]
    if not isinstance(named, dict):
        yield Finding(f"{MANIFEST} files", "is no list of files by path", shown(named))
        return
    checked["files"] = len(named)
    for path, told in sorted(named.items()):
        content = _content(folder, path)
        if isinstance(content, str):
            yield Finding(path, content)
            continue
        derived = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        if told != derived:
            yield Finding(path, "was altered: it is not the file in the manifest", shown(told), shown(derived))
    for path in sorted(_found(folder) - named.keys()):
        yield Finding(path, "is in no list: the manifest does not name it")


def _content(folder: Path, path: str) -> bytes | str:
    """A file of the set, or what is wrong with it."""
    place = folder / path
    if not place.resolve().is_relative_to(folder.resolve()) or place.is_symlink():
        return "is a link, or lies outside of the folder"
    return content_or_fault(place)


def _found(folder: Path) -> set[str]:
    """The paths of the media that are there."""
    return {file.relative_to(folder).as_posix() for file in (folder / "media").rglob("*") if not file.is_dir()}


def _row_findings(rows: Sequence[_Line], made: Sequence[_Line], manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """Rows that do not follow from what led to them."""
    led = {str(line.get("id")): line for line in made if line.get("rejected") is None}
    counts = Counter(str(row.get("id")) for row in rows)
    for name, number in counts.items():
        if number > 1:
            yield Finding(f"{DATA} row {name}", f"is there {number} times")
    for name in sorted(led.keys() - counts.keys()):
        yield Finding(f"{DATA} row {name}", f"is missing: {PROVENANCE} tells how it was made")
    for row in rows:
        where = f"{DATA} row {row.get('id')}"
        line = led.get(str(row.get("id")))
        if line is None:
            yield Finding(where, f"has no line in {PROVENANCE} that tells how it was made")
            continue
        try:
            yield from list(_differences(where, row, line, manifest["files"]))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            yield Finding(where, "can't be compared with what led to it", derived=shown(repr(error)))


def _differences(where: str, row: _Line, line: _Line, files: Mapping[str, Any]) -> Iterator[Finding]:
    for name in ("scenario", "language", "technique", "rehearsal"):
        if row[name] != line[name]:
            yield Finding(f"{where}, {name}", f"is not what {PROVENANCE} says", shown(row[name]), shown(line[name]))
    derived = _means(line["scores"])
    for path, one, other in document_differences(row["scores"], derived):
        yield Finding(f"{where}, scores {path}", "is not the mean of the grades", shown(one), shown(other))
    for column in EXHIBITS:
        shown_one = line[column]["shown" if column == "image" else "clip"]
        made, path = shown_one and shown_one["sha256"], row[column]
        given = files.get(path, {}).get("sha256") if path else None
        if made != given:
            yield Finding(f"{where}, {column}", f"is not the file that {PROVENANCE} names", shown(given), shown(made))


def _means(scores: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    graded = [one for one in scores if one["cause"] is None]
    found = {name: [one[name] for one in graded if one[name] is not None] for name in _CRITERIA}
    means = {name: round(fmean(grades), 4) if grades else None for name, grades in found.items()}
    return {**means, "scorers": sum(all(one[name] is not None for name in _CRITERIA) for one in graded)}


def _count_findings(rows: Sequence[_Line], made: Sequence[_Line], manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """Numbers of the manifest that are not those of the rows."""
    recorded = manifest.get("counts")
    if not isinstance(recorded, dict):
        yield Finding(f"{MANIFEST} counts", "is no object", shown(recorded))
        return
    derived = _counts(rows, made)
    for path, one, other in document_differences({name: recorded.get(name) for name in derived}, derived):
        yield Finding(f"{MANIFEST} counts {path}", "differs", shown(one), shown(other))


def _counts(rows: Sequence[_Line], made: Sequence[_Line]) -> dict[str, Any]:
    kinds = Counter((row.get("category"), row.get("language"), row.get("technique")) for row in rows)
    rejected = [line for line in made if line.get("rejected") not in {None, _NO_IMAGE}]
    kept = {line.get("query") for line in made if line.get("rejected") in {None, _NO_IMAGE}}
    return {
        "items": len(rows),
        "scenarios": len({row.get("scenario") for row in rows}),
        "by_kind": [
            {"category": category, "language": language, "technique": technique, "items": number}
            for (category, language, technique), number in kinds.items()
        ],
        "exhibits": {name: sum(row.get(name) is not None for row in rows) for name in EXHIBITS},
        "queries": {
            "kept": len(kept),
            "rejected": dict(sorted(Counter(str(line["rejected"]) for line in rejected).items())),
        },
    }


def _call_findings(made: Iterable[_Line], kept: Mapping[str, Any]) -> Iterator[Finding]:
    """Calls that a line names and the ledger lacks, or that are another model's."""
    for line in made:
        for call in _calls(line):
            where, key = f"{PROVENANCE} {line.get('id')}", str(call["call"])
            if key not in kept:
                yield Finding(where, "names a call that the ledger does not hold", shown(key))
            elif call.get("model") != kept[key]:
                yield Finding(where, "names a call of another model", shown(call.get("model")), shown(kept[key]))


def _calls(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every call that stands anywhere in a line."""
    if isinstance(value, dict):
        if "call" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _calls(inner)
