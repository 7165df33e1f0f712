"""The texts that a run keeps, against what its manifest in the ledger lists and what its ballots name."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from benchmarks.verify.deriving import NONSENSE
from benchmarks.verify.documents import digest
from benchmarks.verify.regular_files import content_or_fault
from benchmarks.verify.report import Finding, shown
from benchmarks.verify.run import Run

#: The folder of a run, or of a jury, with its texts.
TEXTS = "prompts"

#: No text is longer, in bytes: what is there in its place is not read to its end.
_LONGEST = 16 * 2**20

_VERSION = re.compile(r"\{#-?\s*version:\s*(\d+)\s*-?#\}")


def text_findings(folder: Path, run: Run) -> Iterator[Finding]:
    """Every text that is missing, altered or a stranger, and every template that ballots name and the copy does not hold.

    A run of a release that kept no copy has nothing to check.
    """
    if "texts" not in run.manifest:
        return
    where = f"runs row {run.name}"
    try:
        parts = _parts(run.manifest["texts"])
        identity = _identity(run.manifest)
    except NONSENSE as error:
        yield Finding(where, "lists no texts that can be read", derived=shown(repr(error)))
        return
    if identity != run.manifest.get("prompts"):
        yield Finding(where, "prompts is no hash of the texts listed", shown(run.manifest.get("prompts")), identity)
    listed = {name: sha256 for part in parts.values() for name, sha256 in part.items()}
    texts: dict[str, bytes] = {}
    for name, sha256 in listed.items():
        content = _content(folder / TEXTS, name)
        if isinstance(content, str):
            yield Finding(f"{TEXTS}/{name}", content)
        elif (found := hashlib.sha256(content).hexdigest()) != sha256:
            yield Finding(f"{TEXTS}/{name}", "is not the text that the run keeps", found, sha256)
        else:
            texts[name] = content
    for stranger in _strangers(folder / TEXTS, listed):
        yield Finding(f"{TEXTS}/{stranger}", "is no text of this run")
    yield from _templates(run, texts, "target" in parts)


def text_count(run: Run) -> int:
    """How many texts a run lists."""
    try:
        return len({name for part in _parts(run.manifest["texts"]).values() for name in part})
    except NONSENSE:
        return 0


def _parts(listing: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {name: dict(part) for name, part in listing.items() if name != "languages"}


def _identity(manifest: Mapping[str, Any]) -> str:
    listing, wrapper = manifest["texts"], manifest.get("wrapper", {})
    spoken = {language: wrapper[language]["sha256"] for language in listing["languages"] if language in wrapper}
    return digest({**{name: part for name, part in listing.items() if name != "target"}, "wrapper": spoken})


def _content(folder: Path, name: str) -> bytes | str:
    """A file's content, or what is wrong with it; nothing outside of the folder is read."""
    steps = PurePosixPath(name).parts
    if not steps or ".." in steps or steps[0] == "/" or "\0" in name:
        return "is no name of a text"
    place = folder
    for step in ("", *steps):
        place = place / step
        if place.is_symlink():
            return "is a link, or lies behind one"
    return content_or_fault(place, _LONGEST + 1)


def _strangers(folder: Path, listed: Mapping[str, str]) -> Iterator[str]:
    """Files beside the texts; what begins with a dot was left by a writer that was killed."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name not in listed and (path.is_symlink() or not path.is_dir()) and not path.name.startswith("."):
            yield name


def _templates(run: Run, texts: Mapping[str, bytes], asked: bool) -> Iterator[Finding]:
    """The templates that are named by ballots, statements and the target's wrapper, and are other ones in the copy."""
    named = [ref for verdict in run.verdicts.values() for ref in _named_in(verdict)]
    named += list(run.manifest.get("wrapper", {}).values()) if asked else []
    for ref in {json.dumps(ref, sort_keys=True): ref for ref in named}.values():
        try:
            name = f"{ref['name']}.{ref['language']}.j2"
            found = _template(ref["name"], ref["language"], texts)
            recorded = (ref["version"], ref["sha256"])
        except NONSENSE as error:
            yield Finding("verdicts rows", "name a template that can't be read", derived=shown(repr(error)))
            continue
        if found is not None and found != recorded:
            yield Finding(
                f"{TEXTS}/{name}", "is another template than the one that was rendered", shown(found), shown(recorded)
            )


def _named_in(verdict: Mapping[str, Any]) -> Iterator[Any]:
    try:
        for held in verdict["rounds"]:
            yield from (
                one["template"] for one in (*held["ballots"], *held.get("statements", ())) if one.get("template")
            )
        if (verdict.get("tie_break") or {}).get("template"):
            yield verdict["tie_break"]["template"]
    except NONSENSE:
        return  # a verdict that makes no sense is found elsewhere


def _template(act: str, language: str, texts: Mapping[str, bytes]) -> tuple[int, str] | None:
    """The version and the hash of a template in the copy; None where a file of it is missing or altered, which is found elsewhere."""
    system = f"{act.rpartition('/')[0]}/system.{language}.j2"
    pending = [f"{act}.{language}.j2", *([system] if system in texts else [])]
    first, sources = pending[0], {}
    while pending:
        name = pending.pop()
        file = "/".join(part for part in name.split("/") if part not in {"", "."})
        if file not in texts:
            return None
        if name not in sources:
            sources[name] = texts[file].decode().replace("\r\n", "\n").replace("\r", "\n")
            pending.extend(_includes(sources[name]))
    version = _VERSION.match(sources[first])
    return int(version[1]) if version else 0, hashlib.sha256(json.dumps(sorted(sources.items())).encode()).hexdigest()


def _includes(source: str) -> list[str]:
    try:
        return [name for name in find_referenced_templates(Environment().parse(source)) if name]  # noqa: S701 - parses text
    except TemplateSyntaxError:
        return []
