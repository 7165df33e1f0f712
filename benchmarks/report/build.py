"""Building a report: every run read once, every section rendered, the page written last."""

import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import benchmarks.report.sections  # noqa: F401 - registers them
from benchmarks.report.archive import Archive, opened
from benchmarks.report.naming import letters
from benchmarks.report.page import page
from benchmarks.report.section import Section, Wishes, sections_for
from benchmarks.report.texts import LongTexts
from jury.atomic import write_atomically
from jury.errors import InputError
from jury.means import make_folder


class Watcher:
    """Hears how far a report is; the base class keeps quiet."""

    def began(self, run: Archive, verdicts: int) -> None:
        """A run with so many verdicts is being read."""

    def heard(self) -> None:
        """One more verdict of it was read."""


@dataclass(frozen=True)
class Written:
    """A report on disk: its file, its size in bytes, and the long texts that were written beside it."""

    path: Path
    size: int
    texts: tuple[Path, ...]


def write_report(
    runs: Sequence[Path], out: Path, *, wishes: Wishes | None = None, watcher: Watcher | None = None
) -> Written:
    """Write one HTML file about finished runs; the same runs give the same bytes.

    What is too long to show stands whole in `<name>-texts/` beside the report. Raises `InputError` for a folder that
    holds no finished run, one named twice, and a report that can't be written.
    """
    _check(runs, out)
    wishes = wishes or Wishes()
    texts = LongTexts(f"{out.stem}-texts")
    with ExitStack() as stack:
        archives = [stack.enter_context(opened(label, folder)) for label, folder in zip(letters(), runs, strict=False)]
        sections = sections_for(archives, wishes)
        for archive in archives:
            _hear(archive, sections, watcher or Watcher())
        content = page(sections, archives, wishes.title, texts).encode()
    make_folder(out.parent)
    written = _write_texts(out.parent / texts.folder, texts)
    try:
        write_atomically(out, [content])
    except OSError as error:
        raise InputError(f"{out} can't be written: {error.strerror}; choose another -o") from None
    return Written(out, len(content), written)


def _check(runs: Sequence[Path], out: Path) -> None:
    if not runs:
        raise InputError("no run is named; name at least one run's folder")
    places = [folder.resolve() for folder in runs]
    for number, place in enumerate(places):
        if place in places[:number]:
            raise InputError(f"{runs[number]} is named twice; name every run once")
    if out.is_dir():
        raise InputError(f"{out} is a folder; name the report's file, such as {out / 'report.html'}")


def _hear(archive: Archive, sections: dict[str, Section], watcher: Watcher) -> None:
    watcher.began(archive, int(archive.document["counts"]["cases"]))
    for heard in archive.judged():
        for section in sections.values():
            section.hear(heard)
        watcher.heard()


def _write_texts(folder: Path, texts: LongTexts) -> tuple[Path, ...]:
    """The texts of this report in their folder, and none of an earlier one."""
    if folder.is_symlink():
        raise InputError(f"{folder} is a link; remove it or choose another -o")
    if texts.wholes:
        make_folder(folder)
    paths = {folder / name: whole for name, whole in texts.wholes.items()}
    for path, whole in paths.items():
        # With its mark of byte order, so that a browser that opens the file alone reads it as UTF-8.
        write_atomically(path, [whole.encode("utf-8-sig")])
    for path in folder.glob("*.txt"):
        if path not in paths and re.fullmatch(r"[0-9a-f]{64}", path.stem):
            path.unlink()
    return tuple(sorted(paths))
