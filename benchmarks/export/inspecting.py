"""A run's trials and figures as Inspect's samples and scores."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from benchmarks.export.rows import media_file
from benchmarks.extras import library
from benchmarks.results import Results
from benchmarks.trial import Trial
from jury.records import Answer, AudioPart, Ballot, Part, TextPart, Verdict

#: The score of the whole panel; a juror's goes by the juror's name.
PANEL = "jury"

#: Clips that Inspect knows.
_AUDIO = {"audio/wav": "wav", "audio/mpeg": "mp3"}


class Inspecting:
    """Puts trials into Inspect's words."""

    def __init__(self, results: Results, when: datetime) -> None:
        self._results, self._when = results, when
        self._model = library("inspect_ai.model", extra="inspect")
        self._event = library("inspect_ai.event", extra="inspect")
        self._scorer = library("inspect_ai.scorer", extra="inspect")
        self._log = library("inspect_ai.log", extra="inspect")

    def sample(self, trial: Trial) -> Any:
        """A case as a sample: the conversation, one score for the panel and one for every juror, the rounds as events."""
        case, verdict = trial.transcript.case, trial.verdict
        messages = list(self._messages(trial))
        return self._log.EvalSample(
            id=case.id,
            epoch=1,
            input=messages[:1] or case.id,
            target=self._results.truth(case) or "",
            messages=messages,
            output=self._output(trial),
            scores=self._scores(verdict),
            metadata=_metadata(trial),
            events=[self._round(at, held) for at, held in enumerate(verdict.model_dump(mode="json")["rounds"])],
            total_time=verdict.usage.seconds,
        )

    def scores(self, inspect: Any) -> list[Any]:
        """The run's figures: those that head it and the others of the panel, and those of every juror."""
        document = self._results.document
        heads = {one.name: one.value for one in self._results.headlines}
        panel = {**_numbers(heads), **_numbers(document["metrics"]), **_numbers(document["panel"])}
        sections = {PANEL: panel, **{name: _numbers(one) for name, one in document["jurors"].items()}}
        return [
            inspect.EvalScore(
                name=name,
                scorer=name,
                metrics={key: inspect.EvalMetric(name=key, value=value) for key, value in numbers.items()},
            )
            for name, numbers in sections.items()
        ]

    def _messages(self, trial: Trial) -> Iterator[Any]:
        answers = trial.transcript.answers
        for at, turn in enumerate(trial.transcript.case.turns):
            yield self._model.ChatMessageUser(id=f"u{at}", content=[self._content(part) for part in turn.parts])
            if at < len(answers):
                yield self._model.ChatMessageAssistant(id=f"a{at}", content=_answer(answers[at]))

    def _content(self, part: Part) -> Any:
        """A part of a turn; an image or a clip by its file within the run's folder."""
        if isinstance(part, TextPart):
            return self._model.ContentText(text=part.text)
        if part.media is None:
            return self._model.ContentText(text=_absent(part))
        if not isinstance(part, AudioPart):
            return self._model.ContentImage(image=media_file(part.media))
        if part.media.mime in _AUDIO:
            return self._model.ContentAudio(audio=media_file(part.media), format=_AUDIO[part.media.mime])
        return self._model.ContentText(text=f"[audio {media_file(part.media)}]")

    def _output(self, trial: Trial) -> Any:
        answers = trial.transcript.answers
        if not answers:
            return self._model.ModelOutput()
        problem = trial.transcript.problem
        return self._model.ModelOutput.from_content(
            model=trial.transcript.target or "recorded/answers",
            content=_answer(answers[-1]),
            **({"error": f"{problem.kind}: {problem.detail}"} if problem else {}),
        )

    def _scores(self, verdict: Verdict) -> dict[str, Any]:
        outcome = verdict.outcome
        panel = self._scorer.Score(
            value=outcome.choice or outcome.state,
            explanation=_explanation(verdict),
            metadata=verdict.model_dump(mode="json", include={"outcome", "before", "positive", "rating", "changed"}),
        )
        last = verdict.rounds[-1].ballots if verdict.rounds else ()
        return {PANEL: panel, **{ballot.juror: self._score(ballot) for ballot in last}}

    def _score(self, ballot: Ballot) -> Any:
        return self._scorer.Score(
            value=ballot.choice or ballot.state,
            explanation=ballot.reasoning or (ballot.cause.kind if ballot.cause else None),
            metadata=ballot.model_dump(mode="json", include={"seat", "rating", "confidence", "cause", "calls"}),
        )

    def _round(self, at: int, held: Mapping[str, Any]) -> Any:
        return self._event.InfoEvent(
            uuid=f"round-{at}",
            timestamp=self._when,
            working_start=0,
            source=f"jury: {held['kind']} {held['index']}",
            data={
                ballot["juror"]: {name: ballot[name] for name in ("state", "choice", "rating", "reasoning")}
                for ballot in held["ballots"]
            },
        )


def _metadata(trial: Trial) -> dict[str, Any]:
    case, verdict = trial.transcript.case, trial.verdict
    told = case.model_dump(mode="json", include={"group", "variant", "language", "scenario", "technique", "metadata"})
    gold = {label.annotator: label.label for label in case.gold}
    exhibits = [str(one) for one in verdict.exhibits]
    usage = verdict.usage.model_dump(mode="json")
    return {**told, "labels": gold, "rehearsal": verdict.rehearsal, "exhibits": exhibits, "usage": usage}


def _explanation(verdict: Verdict) -> str:
    """The foreperson's words, then the reasons of those who dissent."""
    summary = [verdict.summary.text] if verdict.summary and verdict.summary.text else []
    dissent = [f"{one.juror} dissents ({one.choice}): {one.reasoning}" for one in verdict.dissent]
    return "\n\n".join([*summary, *dissent])


def _answer(answer: Answer) -> str:
    """What was said; a failed answer is shown as what it is, never as words of the target."""
    return answer.text if answer.cause is None else f"[no answer: {answer.cause.kind}]"


def _absent(part: Any) -> str:
    """What stands in for an exhibit that is not there."""
    words = getattr(part, "description", "") or getattr(part, "spoken", "")
    return f"[{part.kind}: {words or part.problem.kind}]"


def _numbers(section: Mapping[str, Any]) -> dict[str, float]:
    """The numbers of a section, without counts of figures that are about no case."""
    numbers = {name: value for name, value in section.items() if isinstance(value, (int, float)) and value is not True}
    return {name: value for name, value in numbers.items() if value or not name.endswith("_n")}
