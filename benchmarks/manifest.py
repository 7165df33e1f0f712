"""A run's identity: all that shapes its verdicts, written down before the first call."""

import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from benchmarks.docket import Docket, Matter
from benchmarks.experiment_file import portable
from benchmarks.gold.meanings import PART, choice_meant, meanings_in
from benchmarks.run_texts import RunTexts
from benchmarks.settings import AnswerSettings, RunSettings
from benchmarks.suites.registry import SUITES
from jury.atomic import write_atomically
from jury.errors import InputError
from jury.family import kin
from jury.files import read_regular
from jury.hashing import sha256_of_json
from jury.records import Case, Endpoint, Jury, Rubric
from jury.screening import USUAL
from jury.trust.recipients import recipients_of

FILE = "manifest.json"

#: The part that says who gets requests and keys.
HOSTS = "hosts"

#: The part that says how many rows of the source could not be read, and names the first of them.
ROWS = "rows"

#: The parts that shape verdicts: a folder with other values in them holds another run.
_SHAPING = ("source", "target", "jury", "prompts", "showing")

#: Parts that shape verdicts too and are there only where they were set.
_WHERE_SET = ("exhibits", "answers", "condition", "only", "attack", "blocked")

#: What stands in parts of a manifest that others look into, where they are there at all.
_KINDS: dict[str, tuple[type, ...]] = {
    "source": (str,),
    "target": (dict, type(None)),
    "jury": (dict, type(None)),
    "settings": (dict,),
    "data": (dict,),
    "wrapper": (dict,),
    "versions": (dict,),
    PART: (dict,),
    "texts": (dict,),
    HOSTS: (dict,),
    ROWS: (dict,),
    "rubric_choice": (dict,),
}

#: Parts that say how the source was read last. They shape no verdict: a run that goes on takes over the newest.
_LATEST = (PART, HOSTS, ROWS)


def manifest_of(settings: RunSettings, docket: Docket, texts: RunTexts) -> dict[str, Any]:
    """What is run, with what: settings, jury, target and its wrapper, texts, versions."""
    jury, clerk = docket.jury, settings.clerk_endpoint
    asked = [*_target_of(docket.matter), *(one.endpoint for one in jury.panel.everybody), *([clerk] if clerk else [])]
    return {
        **_cases(settings, docket.matter, texts),
        "jury": jury.model_dump(mode="json"),
        "jury_hash": jury.content_hash,
        **({"rubric_choice": docket.choice.document} if docket.choice else {}),
        "showing": {**_clerk(settings), "edge": settings.edge, **_screen(settings), **_lacking(settings)},
        "same_family": [list(pair) for pair in kin(jury.panel, docket.matter.targets)],
        **({PART: dict(sorted(docket.gold.items()))} if docket.labelled and docket.source.counts else {}),
        **({"blocked": settings.blocked} if settings.blocked != "refused" else {}),
        **_conditions(settings),
        **_hosts(asked),
    }


def answers_manifest(settings: AnswerSettings, matter: Matter, texts: RunTexts) -> dict[str, Any]:
    """The same of a run that only collects answers: it has no jury."""
    return {
        **_cases(settings, matter, texts),
        "jury": None,
        "showing": {"clerk": None, "edge": settings.edge, **_lacking(settings)},
        **_conditions(settings),
        **_hosts(_target_of(matter)),
    }


def _target_of(matter: Matter) -> list[Endpoint]:
    return [matter.target.endpoint] if matter.target else []


def _hosts(endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    """Who gets requests and keys, in the latest sitting: every host with its models and the variables of its keys."""
    found = recipients_of(endpoints)
    told = {one.host: {"models": list(one.models), "keys": list(one.keys)} for one in found}
    return {HOSTS: told} if told else {}


def _cases(settings: RunSettings | AnswerSettings, matter: Matter, texts: RunTexts) -> dict[str, Any]:
    """The cases and who answers them; `data` is what later juries want to know of the cases as a set."""
    source, target = matter.source, matter.target
    return {
        "source": source.name,
        "target": target.model_dump(mode="json") if target else None,
        "wrapper": {language: ref.model_dump(mode="json") for language, ref in matter.wrapper.items()},
        "data": {
            "rubric": source.rubric,
            "labels": list(source.labels),
            "rehearsal": source.rehearsal,
            "suite": source.suite,
            "headlines": list(source.headlines),
            **({"rubric_reason": source.rubric_reason} if source.rubric_reason else {}),
        },
        **({ROWS: source.rows.document()} if source.rows else {}),
        "prompts": texts.sha256,
        **({"texts": texts.listing} if texts.listing is not None else {}),
        **({"exhibits": list(settings.exhibits)} if settings.exhibits else {}),
        **({"answers": matter.borrowed} if matter.borrowed else {}),
        **({"condition": settings.condition} if settings.condition else {}),
        **({"only": settings.only} if settings.only else {}),
    }


def _conditions(settings: RunSettings | AnswerSettings) -> dict[str, Any]:
    return {
        "settings": portable(settings),
        "versions": {name: version(name) for name in ("multimodal-jury", "litellm", "langgraph")},
        "python": platform.python_version(),
    }


def _clerk(settings: RunSettings) -> dict[str, Any]:
    return {"clerk": settings.clerk, **({"clerk_base": settings.clerk_base} if settings.clerk_base else {})}


def _screen(settings: RunSettings) -> dict[str, Any]:
    """The defences that are not as they are by default: a run without them is called as it always was."""
    return {name: value for name, value in asdict(settings.screen).items() if value != getattr(USUAL, name)}


def _lacking(settings: RunSettings | AnswerSettings) -> dict[str, Any]:
    """That the target is asked about cases it can't be shown in full, where it is so."""
    return {"missing_exhibits": settings.missing_exhibits} if settings.ask_without else {}


def run_id(manifest: dict[str, Any]) -> str:
    """16 hex digits naming a run by what shapes its verdicts."""
    return sha256_of_json({part: manifest[part] for part in (*_SHAPING, *_WHERE_SET) if part in manifest})[:16]


def update_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Let the manifest in a folder say how the source was read this time; all else stays as the run began."""
    begun = read_manifest(folder)
    kept = {name: value for name, value in begun.items() if name not in _LATEST}
    kept |= {name: manifest[name] for name in _LATEST if name in manifest}
    if kept != begun:
        write_atomically(folder / FILE, [orjson.dumps(kept, option=orjson.OPT_INDENT_2)])


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest in a run's folder. Raises `InputError` where there is none or it can't be read."""
    path = folder / FILE
    try:
        manifest = orjson.loads(read_regular(path))
    except FileNotFoundError:
        raise InputError(f"{folder} is not a run's folder: it holds no {FILE}") from None
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}; name a run's folder (its --out)") from None
    except orjson.JSONDecodeError as error:
        raise InputError(f"{path} is not valid JSON: {error}") from None
    if not isinstance(manifest, dict) or not set(_SHAPING) <= set(manifest):
        raise InputError(f"{path} is not a run's manifest: it lacks {', '.join(_SHAPING)}")
    for part, kinds in _KINDS.items():
        if part in manifest and not isinstance(manifest[part], kinds):
            raise InputError(f"{path}: {part} is not what a run writes there; was it altered?")
    return manifest


def as_begun(docket: Docket, folder: Path) -> Docket:
    """The docket with the jury of the run in its folder, where the two differ in nothing but what the data's labels are
    called and contradict each other in none: labels that are corrected make no other jury.
    """
    if not (folder / FILE).exists():
        return docket
    manifest = read_manifest(folder)
    if manifest["jury"] is None:
        return docket
    begun, now = jury_in(manifest, folder), docket.jury
    same = begun.but(rubric=begun.rubric.but(aliases={})) == now.but(rubric=now.rubric.but(aliases={}))
    named = {*begun.rubric.aliases, *now.rubric.aliases}
    said = ((begun.rubric.choice_of(label), now.rubric.choice_of(label)) for label in named)
    agree = all(one is None or other is None or one == other for one, other in said)
    return replace(docket, jury=begun) if same and agree else docket


def jury_in(manifest: Mapping[str, Any], folder: Path) -> Jury:
    """The jury of a manifest in a folder. Raises `InputError` if it can't be read."""
    try:
        return Jury.model_validate(manifest["jury"])
    except ValidationError:
        raise InputError(f"{folder}: the jury in its manifest can't be read; was it altered?") from None


def policy_in(manifest: Mapping[str, Any]) -> str:
    """What is done about cases that the target can't be shown in full: `skip` or `ask`."""
    return str(manifest["showing"].get("missing_exhibits", "skip"))


def target_in(manifest: Mapping[str, Any]) -> str:
    """The model under test, empty where the answers were recorded."""
    return str((manifest["target"] or {}).get("model", ""))


def suite_in(manifest: Mapping[str, Any]) -> str | None:
    """The suite that the cases belong to, None where they belong to none.

    The manifest of an earlier release does not name it: there the source's name says whether it is a suite.
    """
    known, settings = manifest.get("data") or {}, manifest.get("settings") or {}
    if "suite" in known:
        return known["suite"] if isinstance(known["suite"], str) else None
    named = settings.get("source")
    return named if isinstance(named, str) and named in tuple(SUITES) else None


def headlines_in(manifest: Mapping[str, Any]) -> tuple[str | None, tuple[str, ...]]:
    """The rubric of the cases as a set, and the figures that they declare to head results under it; of a suite, its own."""
    known = manifest.get("data") or {}
    if isinstance(known.get("headlines"), list):
        return known.get("rubric"), tuple(map(str, known["headlines"]))
    suite = suite_in(manifest)
    return (SUITES.get(suite).rubric, SUITES.get(suite).headlines) if suite in tuple(SUITES) else (None, ())


def truth_in(manifest: Mapping[str, Any], rubric: Rubric, case: Case) -> str | None:
    """The choice that people's final label of a recorded answer means; None of what a target or a file said anew."""
    return choice_meant(case, meanings_in(manifest, rubric))


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The parts that shape verdicts in which two manifests differ."""
    return [part for part in (*_SHAPING, *_WHERE_SET) if one.get(part) != other.get(part)]
