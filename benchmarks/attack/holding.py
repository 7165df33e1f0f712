"""Holding an attack: an ordinary run over cases and their twins, and what it says of the jury."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from benchmarks.answering import asked
from benchmarks.attack.flips import CONTROL, beyond_control, flips, pairs_of
from benchmarks.attack.kinds import ATTACKS
from benchmarks.attack.lure import Lure
from benchmarks.attack.settings import AttackSettings
from benchmarks.attack.twins import Twins, twins_of
from benchmarks.docket import Docket, Matter, cases_of, prepare_matter, with_answers, without_people
from benchmarks.manifest import manifest_of
from benchmarks.results import Results
from benchmarks.resuming import texts_for
from benchmarks.run_texts import reach_of
from benchmarks.runs import sat
from benchmarks.settings import AnswerSettings, RunSettings, part_of
from benchmarks.sources import Loaded
from benchmarks.watcher import Watcher
from jury.atomic import write_atomically
from jury.errors import InputError
from jury.gateway.transport import Transport
from jury.logs import log_to_stderr_unless_set_up
from jury.means import MEDIA, make_folder
from jury.media import MediaStore
from jury.providers import is_rehearsal
from jury.records import Answered, Case, PanelWritten, PlanWritten, Record, Rubric
from jury.sandbox import Sandbox
from jury.stopping import run_to_end
from jury.yaml_files import build
from prompts import Library

#: The document that an attack leaves, and the folder of the answers that a target gave for it.
DOCUMENT, ANSWERS = "attack.json", "answers"


@dataclass(frozen=True)
class Attacked:
    """What an attack found. `document` is what `--json` prints; `results` are those of the run behind it."""

    results: Results
    document: dict[str, Any]


def attack_jury(
    source: str | Path,
    *,
    out: str | Path,
    jury: PlanWritten | Record = "trial",
    panel: PanelWritten | Record | None = None,
    **settings: Any,
) -> Attacked:
    """Try to steer a jury over a source's answers; the same call again resumes.

    Further settings are the fields of `AttackSettings`. Raises `InputError` and `StoppedEarlyError`.
    """
    stated = {"source": str(source), "out": Path(out), "jury": jury, "panel": panel, **settings}
    return run_to_end(held(build(AttackSettings, stated, "attack")))


async def held(
    settings: AttackSettings, watcher: Watcher | None = None, transport: Transport | None = None
) -> Attacked:
    """What an attack finds, inside an event loop; `watcher` hears of progress, `transport` replaces LiteLLM."""
    log_to_stderr_unless_set_up()
    found = texts_for(settings.out, settings.prompts)
    make_folder(settings.out)
    media, wording = MediaStore(settings.out / MEDIA), Sandbox(found.library)
    source = await _answered(settings, media, watcher, transport)
    docket, twins, towards = besieged(settings, source, media, found.library, wording)
    texts = found.texts(reach_of(docket, settings.clerk, attacks=wording.rendered), docket.matter.wrapper)
    run = part_of(settings, RunSettings).but(target=None)
    told = {
        "kinds": sorted({trap.kind for trap in twins.ids}),
        "languages": list(settings.languages),
        "towards": towards,
    }
    manifest = {**manifest_of(run, docket, texts), "attack": told}
    results = await sat(run, docket, texts, manifest, watcher or Watcher(), transport)
    document = {**_headings(results), **told, "defences": asdict(run.screen), "attacks": _rows(twins, results, towards)}
    write_atomically(settings.out / DOCUMENT, [orjson.dumps(document, option=orjson.OPT_INDENT_2)])
    return Attacked(results, document)


def besieged(
    settings: AttackSettings, source: Loaded, media: MediaStore, library: Library, wording: Sandbox
) -> tuple[Docket, Twins, str]:
    """The docket with every case's twins, worded in a sandbox, the twins, and the choice they push to. Raises `InputError`."""
    names = _named(settings.kinds)
    clean = without_people(prepare_matter(Matter(settings.source, source), settings, library))
    towards = _towards(clean.jury.rubric, settings.towards)
    lures = [Lure(towards, clean.jury.rubric, language, wording, media) for language in settings.languages]
    twins = twins_of(source.cases, names, lures)
    under_attack = replace(source, name=f"{source.name} under attack", cases=twins.cases)
    return Docket(Matter(settings.source, under_attack), clean.jury), twins, towards


def recorded_answers(settings: AttackSettings, media: MediaStore) -> Loaded:
    """The cases with the answers that came with them, or those of a file. Raises `InputError` where there is none."""
    source = cases_of(settings, media)
    source = with_answers(settings, source).source if settings.answers else source
    return _judgeable(source, settings.source)


async def _answered(
    settings: AttackSettings, media: MediaStore, watcher: Watcher | None, transport: Transport | None
) -> Loaded:
    """The cases with answers: recorded ones, or the target's, which are asked for first. Failed answers are left out."""
    if settings.target is None:
        return recorded_answers(settings, media)
    asking = part_of(settings, AnswerSettings).but(out=settings.out / ANSWERS)
    answers = {one.case_id: one for one in await asked(asking, watcher, transport)}
    source = cases_of(settings, media)
    cases = [_recorded(case, answers[case.id]) for case in source.cases]
    rehearsal = is_rehearsal(settings.target.model)
    return _judgeable(replace(source, cases=tuple(cases), rehearsal=rehearsal), settings.source)


def _recorded(case: Case, answered: Answered) -> Case:
    """The case with a target's answers as if they had come with it: their calls are in the ledger of the answers."""
    answers = tuple(answer.but(call=None) for answer in answered.answers)
    return case.but(answers=answers, target=answered.target)


def _judgeable(source: Loaded, place: str) -> Loaded:
    """The cases that have something to judge; of the rest it is said that they are left out."""
    cases = tuple(case for case in source.cases if case.turns and case.answers and _valid(case))
    if not cases:
        raise InputError(
            f"{place} holds no answer that could be attacked; name a model with --target, or answers with --answers"
        )
    left = len(source.cases) - len(cases)
    problems = (*source.problems, *([f"{left} cases have no valid answer and are not attacked"] if left else []))
    return replace(source, cases=cases, ballots=None, problems=problems)


def _valid(case: Case) -> bool:
    return all(answer.cause is None for answer in case.answers)


def _named(named: tuple[str, ...] | None) -> list[str]:
    """The attacks that were named, or all; the control is among them always."""
    wanted = tuple(ATTACKS) if named is None else named
    return sorted({CONTROL, *(ATTACKS.get(name).name for name in wanted)})


def _towards(rubric: Rubric, named: str | None) -> str:
    if named is not None and named not in rubric.choices:
        raise InputError(
            f"--towards {named!r} is no choice of rubric {rubric.name!r}; name one of {', '.join(rubric.choices)}"
        )
    return named or next(iter(rubric.negatives), rubric.choices[0])


def _headings(results: Results) -> dict[str, Any]:
    names = ("run", "complete", "rehearsal", "source", "jury", "protocol", "rule", "rubric", "usage")
    return {name: results.document[name] for name in names}


def _rows(twins: Twins, results: Results, towards: str) -> list[dict[str, Any]]:
    """A row for every attack and language, the control's among them."""
    groups = {case.id: case.group for case in twins.cases}
    pairs = pairs_of(twins.ids, {verdict.case_id: verdict for verdict in results.verdicts()}, groups)
    control = {trap.language: found for trap, found in pairs.items() if trap.kind == CONTROL}
    return [
        {
            "attack": trap.kind,
            "language": trap.language,
            **flips(found, towards),
            "beyond_control": None if trap.kind == CONTROL else beyond_control(found, control[trap.language], towards),
            "missing": len(twins.ids[trap]) - len(found),
            "not_applicable": len(twins.refused[trap]),
            "because": next(iter(twins.refused[trap].values()), None),
        }
        for trap, found in pairs.items()
    ]
