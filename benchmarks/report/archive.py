"""A finished run's folder, opened for reading: nothing here changes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from benchmarks.calls import Calls, kept_calls
from benchmarks.folders import store_of
from benchmarks.manifest import headlines_in, jury_in, read_manifest, target_in
from benchmarks.metrics.headlines import Headline, headline_names
from benchmarks.results import VERDICTS, Results
from benchmarks.trial import trial_of
from jury.errors import InputError
from jury.means import MEDIA
from jury.media import MediaStore
from jury.records import Case, Jury, Transcript, Verdict


@dataclass(frozen=True)
class Archive:
    """One run: its figures (`document`), what was run (`manifest`), and its verdicts, cases and answers.

    `label` is the letter it goes by in a report.
    """

    label: str
    folder: Path
    document: dict[str, Any]
    manifest: dict[str, Any]
    calls: Calls

    @cached_property
    def jury(self) -> Jury:
        """Panel, protocol, rule and rubric. Raises `InputError` if the manifest's can't be read."""
        return jury_in(self.manifest, self.folder)

    @property
    def target(self) -> str:
        """The model under test, empty where the answers were recorded."""
        return target_in(self.manifest)

    @property
    def suite(self) -> str | None:
        """The suite that the cases belong to, None where they belong to none."""
        return self._results.suite

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """The figures that head the run's results."""
        return self._results.headlines

    @cached_property
    def headline_names(self) -> tuple[str, ...]:
        """The figures that may head them. Raises `InputError` for one that is not known."""
        return headline_names(self.jury.rubric, *headlines_in(self.manifest))

    @cached_property
    def _results(self) -> Results:
        return Results(self.folder, self.document)

    @property
    def media(self) -> MediaStore:
        """The run's images and clips."""
        return MediaStore(store_of(self.folder) / MEDIA)

    def judged(self) -> Iterator["Heard"]:
        """Every verdict with its case, one at a time, in the order of the source. Raises `InputError` for a bad line."""
        path = self.folder / VERDICTS
        try:
            with path.open("rb") as lines:
                for number, line in enumerate(lines, start=1):
                    verdict = _verdict(path, number, line)
                    yield Heard(self, self.calls.case(str(self.document["run"]), verdict.case_id), verdict)
        except OSError as error:
            raise InputError(f"{path} can't be read: {error.strerror}; run the run's command again") from None


@dataclass(frozen=True)
class Heard:
    """A verdict with its case and the run it is from."""

    run: Archive
    case: Case
    verdict: Verdict

    @property
    def transcript(self) -> Transcript:
        """What the verdict was found on: the case and the answers, recorded or as the target gave them."""
        return trial_of(self.case, self.verdict, self.run.calls.completion).transcript


@contextmanager
def opened(label: str, folder: Path) -> Iterator[Archive]:
    """The run in a folder. Raises `InputError` that names a folder which holds no finished run."""
    results = Results.read(folder)
    with kept_calls(folder) as calls:
        yield Archive(label, folder, results.document, read_manifest(folder), calls)


def _verdict(path: Path, number: int, line: bytes) -> Verdict:
    try:
        return Verdict.from_json(line)
    except ValidationError:
        raise InputError(f"{path}, line {number}: this is no verdict; run the run's command again") from None
