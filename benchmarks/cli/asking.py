"""Asking a person on the panel at a terminal: what any juror in the seat would be shown, then a ballot, field by field."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.cli.printable import printable
from benchmarks.trial import Trial
from jury.courtroom import Question
from jury.errors import StoppedEarlyError
from jury.labels import ABSTAIN
from jury.means import MEDIA
from jury.media import MediaStore
from jury.records import Part, TextPart

if TYPE_CHECKING:
    from graphs.by_hand import Waiting


def to_verdict(hold: Callable[[Mapping[str, str]], "Trial | Waiting"], out: Path) -> Trial:
    """A trial to its end: `hold` takes answers and says where the trial stands, and people are asked in between."""
    held = hold({})
    while not isinstance(held, Trial):
        held = hold(answers_to(held.questions, out))
    return held


def answers_to(questions: Mapping[str, Question], out: Path) -> dict[str, str]:
    """The ballot, as JSON, to the first of some questions: what follows from it is seen before the next is asked.

    Everything is shown on standard error. Raises `StoppedEarlyError` where nobody is there to answer.
    """
    (key, question), *_ = sorted(questions.items(), key=lambda item: item[1].juror)
    if not sys.stdin.isatty():
        raise _waiting(sorted(one.juror for one in questions.values()))
    media = MediaStore(out / MEDIA)
    _say(f"\n{question.juror}, it is your turn.\n")
    for message in question.request.messages:
        for part in message.parts:
            _say(_shown(part, media))
    return {key: json.dumps(dict(_ballot(question)), ensure_ascii=False)}


def _ballot(question: Question) -> Iterator[tuple[str, object]]:
    """The fields of a ballot, each asked for until it makes sense."""
    juror, scale, options = question.juror, question.rubric.rating, [*question.rubric.choices, ABSTAIN]
    choice = _asked(juror, f"Your choice ({' / '.join(options)}): ", lambda word: _one_of(word, options))
    yield "reasoning", _asked(juror, "Your reasons, in a line: ", lambda words: words)
    yield "choice", choice
    if scale is not None and choice != ABSTAIN:
        low, high = scale.low, scale.high
        prompt = f"Your rating, {low} to {high} ({high if scale.best == 'high' else low} is best): "
        yield "rating", _asked(juror, prompt, lambda word: _within(word, low, high))
    yield "confidence", _asked(juror, "How sure are you, 0 to 1: ", lambda word: _within(word, 0, 1))


def _asked(juror: str, prompt: str, read: Callable[[str], object]) -> object:
    while True:
        sys.stderr.write(prompt)
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise _waiting([juror])
        found = read(line.strip())
        if found is not None:
            return found
        _say("Please answer as asked. Ctrl-C leaves; the same command asks again.")


def _waiting(jurors: list[str]) -> StoppedEarlyError:
    names = " and ".join(jurors)
    return StoppedEarlyError(f"the trial waits for {names}; the same command at a terminal goes on from here")


def _one_of(word: str, options: list[str]) -> str | None:
    return next((option for option in options if option.casefold() == word.casefold()), None)


def _within(word: str, low: float, high: float) -> float | None:
    try:
        value = float(word)
    except ValueError:
        return None
    return value if low <= value <= high else None


def _shown(part: Part, media: MediaStore) -> str:
    if isinstance(part, TextPart):
        return part.text
    return f"[{part.kind}: {media.path(part.media)}]" if part.media else f"[{part.kind}]"


def _say(words: str) -> None:
    sys.stderr.write(f"{printable(words)}\n")
