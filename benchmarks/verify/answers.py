"""A target's answers, derived again from its calls, and those calls beside how the run says it was asked."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.verify.ballots import UNTOLD
from benchmarks.verify.comparing import record_differences
from benchmarks.verify.deriving import NONSENSE, difference
from benchmarks.verify.documents import case_digests
from benchmarks.verify.exhibit_counts import of_answers
from benchmarks.verify.exhibits import LEFT_OUT, Part, filed, hindrance
from benchmarks.verify.hearing import whole_part
from benchmarks.verify.held import Held, given_to
from benchmarks.verify.reading import Documents
from benchmarks.verify.report import Finding, shown
from benchmarks.verify.run import Run
from benchmarks.verify.usage import of_call, one_by_one
from benchmarks.verify.verdicts import REHEARSAL, broken_off, said_by_target

#: How a model was asked, with what stands for a setting that a request does not name.
_DECODING: Mapping[str, Any] = {"temperature": None, "max_tokens": None, "seed": None, "api_base": None, "params": {}}

#: The wrapper that leaves a request as it is.
PLAIN = "plain"


def answer_findings(run: Run) -> Iterator[Finding]:
    """The recorded answers that are not what the target's calls amount to, and calls that were asked otherwise than stated.

    Manifests of earlier releases name no wrapper: their runs have no answers on record.
    """
    target = run.manifest.get("target")
    if not target or "wrapper" not in run.manifest:
        return
    asks = run.manifest.get("showing", {}).get("missing_exhibits") == "ask"
    for case_id, case in run.cases.items():
        where = f"answers row case {case_id}"
        if case_id not in run.answers:
            yield Finding(where, "is missing: the target's answers are not on record")
            continue
        held = Held.of(case, run.trials.get(case_id, ()), run.calls)
        try:
            found = [
                *_row(where, run.answers[case_id], held, run.manifest),
                *_questions(held, target, asks=asks or not _tells(run.answers[case_id])),
            ]
        except NONSENSE as error:
            found = [
                Finding(where, "can't be derived from its calls", derived=shown(f"{type(error).__name__}: {error}"))
            ]
        yield from found


def summary_of(run: Run, documents: Documents) -> dict[str, Any]:
    """The summary of a run that only collects answers."""
    causes = [
        answer["cause"]["kind"]
        for one in run.answers.values()
        for answer in one["answers"]
        if answer.get("state") == "invalid"
    ]
    failed, blocked = (
        sum(any(answer.get("state") == state for answer in one["answers"]) for one in run.answers.values())
        for state in ("invalid", "blocked")
    )
    told = "exhibits" in documents.results or any(map(_tells, run.answers.values()))
    pairs = [(run.cases[case_id], answered) for case_id, answered in run.answers.items()] if told else []
    section = of_answers(pairs, run.manifest)
    return {
        "run": run.name,
        "complete": len(run.answers) == len(run.cases),
        "rehearsal": any(one.get("rehearsal", False) for one in run.answers.values()),
        "source": run.manifest["source"],
        "target": run.manifest["target"]["model"],
        "counts": {
            "cases": len(run.cases),
            "answered": len(run.answers) - failed - blocked,
            "invalid": failed,
            **({"blocked": blocked} if blocked else {}),
        },
        "causes": dict(Counter(causes)),
        "examples": _examples(run),
        **{name: value for name, value in documents.manifest.items() if name == "rows"},
        **({"exhibits": section} if section else {}),
        **({"withdrawn": len(run.withdrawn)} if run.withdrawn else {}),
        "usage": one_by_one(of_call(run.calls[key].completion) for key in run.used_calls),
    }


def _examples(run: Run) -> dict[str, str]:
    """The first sentence of every cause; recorded answers are checked against their calls elsewhere."""
    found: dict[str, str] = {}
    for case_id in run.positions:
        for answer in run.answers.get(case_id, {}).get("answers", ()):
            if answer.get("state") == "invalid":
                found.setdefault(answer["cause"]["kind"], answer["cause"].get("detail", "")[:300])
    return found


def _row(where: str, recorded: Mapping[str, Any], held: Held, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    yield from difference(where, record_differences(recorded, _derived(recorded, held, manifest)))
    template = recorded["asked"]["wrapper"]
    stated = manifest["wrapper"].get(template.get("language"))
    if template != stated or template.get("name") != f"target/{manifest['target']['wrapper']}":
        yield Finding(where, "names another wrapper than the manifest", shown(template), shown(stated))


def _derived(recorded: Mapping[str, Any], held: Held, manifest: Mapping[str, Any]) -> dict[str, Any]:
    target, case = manifest["target"], held.case
    said: list[Any] = list(said_by_target(held))
    spent = [usage for _, seats in held.asked("target") for usage in held.cost(seats)]
    turns = len(case.get("turns", ()))
    if case.get("problem"):
        said.append({"state": "invalid", "cause": case["problem"]})
    if len(said) < turns and not any("cause" in answer for answer in said):
        # The model was out of service, or the case's time was up: no call can tell of it.
        said.append({"state": "invalid", "cause": {"kind": broken_off(case), "detail": UNTOLD}})
    return {
        "case_id": case["id"],
        "case_hash": case_digests(case),
        "target": target["model"],
        "asked": {
            "wrapper": recorded["asked"]["wrapper"],
            "system": target["system"],
            **{name: target[name] for name in _DECODING},
        },
        "answers": said,
        "usage": one_by_one(spent),
        **({"exhibits": given_to(held, target)} if _tells(recorded) else {}),
        "rehearsal": target["model"].startswith(REHEARSAL),
    }


def _tells(recorded: Mapping[str, Any]) -> bool:
    """Whether answers say what the target was shown; those of earlier releases don't."""
    causes = [answer.get("cause", {}).get("kind") for answer in recorded["answers"]]
    return bool(recorded.get("exhibits")) or "exhibit" in causes


def _questions(held: Held, target: Mapping[str, Any], *, asks: bool) -> Iterator[Finding]:
    """Whether every call to the target holds what it should: its settings, its system prompt, the case's words and media.

    `asks` says that it is asked about cases of which it can't be shown everything.
    """
    hindered = [f"{kind} {number}" for kind, number, part in filed(held.case) if hindrance(part)]
    if hindered and not asks and held.asked("target"):
        yield Finding(f"trials row case {held.case['id']}", f"asks the target, which can't be shown {hindered[0]}")
    answers, turns = said_by_target(held), held.case.get("turns", ())
    for turn, (_, seats) in enumerate(held.asked("target")):
        for keys in seats.values():
            request, where = held.calls[keys[-1]].request, f"calls row {keys[-1][:12]}… (the target's, turn {turn})"
            stated = {"model": target["model"], **{name: target[name] for name in _DECODING}}
            asked = {name: request.get(name, _DECODING.get(name)) for name in stated}
            yield from difference(where, record_differences(asked, stated))
            said = [answer["text"] for answer in answers[:turn]]
            if not _fits(request["messages"], turns[: turn + 1], said, target, asks=asks):
                yield Finding(where, "asks something else than the case does, or in another wrapper")


def _fits(
    messages: Sequence[Mapping[str, Any]],
    turns: Sequence[Mapping[str, Any]],
    said: Sequence[str],
    target: Mapping[str, Any],
    *,
    asks: bool,
) -> bool:
    opening = [{"role": "system", "parts": [{"kind": "text", "text": target["system"]}]}] if target["system"] else []
    asked = messages[len(opening) :]
    answers = [[{"kind": "text", "text": words}] for words in said]
    return (
        list(messages[: len(opening)]) == opening
        and [message["role"] for message in asked] == ["user", *["assistant", "user"] * len(said)]
        and [message["parts"] for message in asked[1::2]] == answers
        and all(
            _wrapped(message["parts"], turn["parts"], target["wrapper"], asks=asks)
            for message, turn in zip(asked[::2], turns, strict=True)
        )
    )


def _wrapped(parts: Sequence[Part], own: Sequence[Part], wrapper: str, *, asks: bool) -> bool:
    """Whether a message holds the words and the media of a turn, and nothing else if nothing is put around them."""
    told: list[Part] = [whole_part(part) for part in parts]
    meant: list[Part] = [whole_part(part) for part in own]
    if asks:
        meant = _as_asked(told, meant)
    if wrapper == PLAIN:
        return told == meant
    words = "\n".join(part["text"] for part in meant if part["kind"] == "text")
    media = [[part for part in listed if part["kind"] != "text"] for listed in (told, meant)]
    return media[0] == media[1] and words.rstrip("\n") in "\n".join(p["text"] for p in told if p["kind"] == "text")


def _as_asked(told: Sequence[Part], meant: Sequence[Part]) -> list[Part]:
    """The parts of a turn as a target is asked that can't be shown some of its exhibits: those without their media."""
    asked = [part for part in told if part["kind"] != "text"]
    if len(asked) != sum(part["kind"] != "text" for part in meant):
        return list(meant)
    return [part if part["kind"] == "text" else _left_out(asked.pop(0), part) for part in meant]


def _left_out(told: Part, meant: Part) -> Part:
    why = (told.get("problem") or {}).get("kind")
    return {**meant, "media": None, "problem": told["problem"]} if why in LEFT_OUT and meant.get("media") else meant
