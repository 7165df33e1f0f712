"""Progress of a run: a live line on a terminal, plain lines elsewhere; always on standard error."""

import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson
from rich.console import Console
from rich.live import Live
from rich.text import Text

from benchmarks.cli.printable import on_one_line
from benchmarks.cli.tables import without_usage
from benchmarks.gold.rubrics import choice_sentence
from benchmarks.manifest import HOSTS, differing
from benchmarks.sources import Loaded
from benchmarks.watcher import Watcher
from jury.records import Answered, Usage, Verdict
from jury.trust.recipients import Recipient
from jury.usage import in_turn

#: Seconds between two plain lines.
PAUSE = 5.0

#: So many problems of a source are named.
NAMED = 10

#: So many characters of a sentence are shown that names what is in the data.
LONGEST = 400


class Progress(Watcher):
    """Says how far a run is: done, in flight, invalid, hung, tokens, cost, time left."""

    def __init__(self, in_flight: int, *, quiet: bool = False, repeats: Path | None = None) -> None:
        self._in_flight = in_flight
        self._repeats = repeats
        self._rubric = ""
        self._console = Console(stderr=True, quiet=quiet)
        self._total = self._before = 0
        self._states: Counter[str] = Counter()
        self._collecting = False
        self._hosts: Mapping[str, Any] = {}
        self._invalid_ballots = self._blocked = 0
        self._usage = Usage()
        self._started = self._said = time.monotonic()
        self._live = Live(console=self._console, refresh_per_second=4, transient=True, get_renderable=self._line)

    @property
    def done(self) -> int:
        """Cases with a verdict, those of earlier sittings included."""
        return self._before + self._states.total()

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live.is_started:
            self._live.stop()
        if self._total:
            self._console.print(self._line(), soft_wrap=True)

    def identified(self, manifest: Mapping[str, Any]) -> None:
        """Say in what a run is not the one whose manifest it takes up, before anything is paid."""
        self._hosts = manifest.get(HOSTS, {})
        choice = manifest.get("rubric_choice", {})
        if choice.get("by") in {"data", "default"}:
            self._rubric = choice_sentence(manifest["jury"]["rubric"]["name"], choice)
        if self._repeats is None:
            return
        parts = differing(orjson.loads(self._repeats.read_bytes()), manifest)
        if parts:
            warn(f"this is not the run of {self._repeats}: another {' and '.join(parts)}")

    def _name_hosts(self) -> None:
        """Say which hosts are called, and the variables of the keys that they get, before the first call."""
        for host, told in self._hosts.items():
            words = Recipient(host, tuple(told["models"]), tuple(told["keys"])).words
            self._console.print(Text(f"calls go to {on_one_line(words)}"), soft_wrap=True)

    def opened(self, source: Loaded, done: int, withdrawn: int = 0) -> None:
        """Note how many cases there are and how many an earlier sitting finished; say how many count no more.

        And say which rubric was taken where nobody named one.
        """
        self._total, self._before = len(source.cases), done
        self._states, self._invalid_ballots, self._blocked, self._usage = Counter(), 0, 0, Usage()
        self._started = self._said = time.monotonic()
        self._name_hosts()
        if self._rubric:
            self._console.print(Text(on_one_line(self._rubric, LONGEST)), soft_wrap=True)
        self._report(source.problems)
        if done:
            self._console.print(Text(f"resuming: {done} of {self._total} cases are finished already"))
        if withdrawn:
            cases = (
                "1 case that this folder began with is"
                if withdrawn == 1
                else f"{withdrawn:,} cases that this folder began with are"
            )
            self._console.print(
                Text(
                    f"{cases} not in the source now, or beyond --limit: no figure counts them; they are kept and count again once they are back"
                ),
                soft_wrap=True,
            )

    def _report(self, problems: tuple[str, ...]) -> None:
        """Say how much of the source could not be used, and the first of it by name."""
        if not problems:
            return
        number = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
        first = f", the first {NAMED}" if len(problems) > NAMED else ""
        self._console.print(Text(f"{number} in the source{first}:"), soft_wrap=True)
        for problem in problems[:NAMED]:
            self._console.print(Text(f"  {on_one_line(problem)}"), soft_wrap=True)

    def finished(self, verdict: Verdict) -> None:
        """Count one more verdict."""
        self._states[verdict.outcome.state] += 1
        self._blocked += verdict.outcome.blocked is not None
        last = verdict.rounds[-1].ballots if verdict.rounds else ()
        self._invalid_ballots += sum(ballot.state == "invalid" for ballot in last)
        self._count(verdict.usage)

    def answered(self, answered: Answered) -> None:
        """Count the answers to one more case."""
        self._collecting = True
        self._states["blocked" if answered.blocked else "answered" if answered.valid else "invalid"] += 1
        self._blocked += answered.blocked
        self._count(answered.usage)

    def _count(self, usage: Usage) -> None:
        self._usage = in_turn([self._usage, usage])
        if not self._console.is_terminal and time.monotonic() - self._said >= PAUSE:
            self._said = time.monotonic()
            self._console.print(self._line(), soft_wrap=True)

    def _line(self) -> Text:
        usage, waiting = self._usage, self._total - self.done
        cost = "unknown" if usage.cost is None else f"${usage.cost:.4f}"
        parts = [
            f"{self.done}/{self._total} done",
            f"{min(waiting, self._in_flight)} in flight",
            *self._outcomes(),
            f"{usage.input_tokens + usage.output_tokens:,} tokens{without_usage(usage.calls_without_usage)}",
            f"cost {cost}",
            self._time_left(waiting),
        ]
        return Text(" · ".join(parts))

    def _outcomes(self) -> list[str]:
        """How the cases ended; where answers are collected, they are given or invalid."""
        invalid = f"{self._states['invalid']} invalid"
        blocked = [f"{self._blocked} blocked"] if self._blocked else []
        if self._collecting:
            return [*blocked, invalid]
        undecided = [f"{self._states['hung']} hung", f"{self._states['no_quorum']} no quorum"]
        return [*undecided, *blocked, f"{invalid} ({self._invalid_ballots} ballots)"]

    def _time_left(self, waiting: int) -> str:
        spent, judged = time.monotonic() - self._started, self._states.total()
        if not waiting:
            return f"took {_clock(spent)}"
        return f"{_clock(spent / judged * waiting)} left" if judged else "time left unknown"


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def warn(sentence: str) -> None:
    """Say something on standard error that the user should know but need not act on."""
    sys.stderr.write(f"jury: {sentence}\n")
