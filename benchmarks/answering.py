"""Collecting a target's answers, for juries to judge later."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.answers import Answers, collected
from benchmarks.collection import unhurried_collection
from benchmarks.docket import Matter, prepare_answers
from benchmarks.manifest import answers_manifest, run_id
from benchmarks.resuming import texts_for
from benchmarks.run_texts import reach_of_answers
from benchmarks.settings import AnswerSettings
from benchmarks.sittings import begun, means_of
from benchmarks.watcher import Watcher
from jury.asking import Interview
from jury.gateway.transport import Transport
from jury.ledger import Ledger
from jury.logs import log_to_stderr_unless_set_up
from jury.means import MEDIA, make_folder
from jury.media import MediaStore
from jury.providers.functions import target_of
from jury.records import Target
from jury.stopping import run_to_end
from jury.tracing import run_span
from jury.trust.bases import note_user_bases
from jury.yaml_files import build


def answer(
    source: str | Path, *, out: str | Path, target: str | Target | Callable[..., Any], **settings: Any
) -> Answers:
    """Ask a target about every case of a source and keep its answers; the same call again resumes.

    `target` is a model, or a function that answers; further settings are the fields of `AnswerSettings`. Juries judge
    the answers with `judge(out, …)`. Raises `InputError` for bad input and `StoppedEarlyError` for what can be resumed.
    """
    stated = {"source": str(source), "out": Path(out), "target": target_of(target), **settings}
    note_user_bases(stated.values())
    return run_to_end(asked(build(AnswerSettings, stated, "answer")))


async def asked(
    settings: AnswerSettings, watcher: Watcher | None = None, transport: Transport | None = None
) -> Answers:
    """The answers inside an event loop; `watcher` hears of progress, `transport` replaces LiteLLM."""
    log_to_stderr_unless_set_up()
    source, target = texts_for(settings.out, settings.prompts), settings.target
    make_folder(settings.out)
    matter = prepare_answers(settings, MediaStore(settings.out / MEDIA), source.library)
    texts = source.texts(reach_of_answers(matter), matter.wrapper)
    manifest = answers_manifest(settings, matter, texts)
    name, watcher = run_id(manifest), watcher or Watcher()
    watcher.identified(manifest)
    async with (
        means_of(
            settings,
            settings.out,
            texts.library,
            run=name,
            asked=[target.endpoint],
            ask_without=settings.ask_without,
            store=settings.store,
            transport=transport,
            speakers=[target],
        ) as means,
        begun(settings.out, manifest, texts, matter.source, means.ledger),
    ):
        await _collect(settings, matter, means.interview(target), means.ledger, name, watcher)
        return collected(settings.out, means.ledger, name, manifest)


async def _collect(
    settings: AnswerSettings, matter: Matter, interview: Interview, ledger: Ledger, name: str, watcher: Watcher
) -> None:
    from benchmarks.engine import collect

    if settings.retry_invalid:
        ledger.forget_invalid_answers(name)
    done = ledger.answered(name)
    watcher.opened(matter.source, len(done), len(ledger.withdrawn(name)))
    waiting = [case for case in matter.source.cases if case.id not in done]
    with unhurried_collection(), run_span(name, "answer"):
        await collect(
            waiting,
            interview,
            ledger,
            name,
            in_flight=min(settings.in_flight, max(1, len(waiting))),
            answered=watcher.answered,
            case_timeout=settings.case_timeout,
        )
