"""The texts of a run: those that it can render, the copy of them in its folder, and how they take part in its identity.

A run begins with the texts of the library and keeps a copy of those that it can render. From then on it renders from the
copy, whatever has become of the library.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.docket import Docket, Matter
from jury.errors import InputError
from jury.folder_texts import texts_in_folder
from jury.hashing import sha256_of_json
from jury.prompt_copies import FOLDER, digests_of, strays, write_copy
from jury.prompt_files import library_errors
from jury.prompt_reach import texts_of_jury, texts_of_wrapper
from jury.records import TemplateRef
from prompts import Library
from prompts.layers import plain_name

#: The parts of a run that render texts, each with the names of the files that can shape them.
Parts = Mapping[str, frozenset[str]]

#: From a library to the parts of a run.
Reach = Callable[[Library], Parts]

#: The part whose texts take part in a run's identity by what stands in its manifest as `wrapper`: a jury that judges the
#: answers later has no copy of them.
_TARGET = "target"

#: What a listing holds beside its parts.
LANGUAGES = "languages"


@dataclass(frozen=True)
class RunTexts:
    """What a run renders from, and how its manifest names it.

    `sha256` is the part `prompts` of the manifest, `listing` its part `texts`: the languages in which cases are judged, and
    the SHA-256 of every file by part and name; None in a run that keeps no copy. `fault` is why the run can't go on with its
    texts, if it can't.
    """

    library: Library
    sha256: str
    listing: Mapping[str, Any] | None = None
    fault: str = ""

    def keep(self, folder: Path) -> None:
        """Keep a copy in the folder of a run. Raises `InputError` where files of others are in the way."""
        if self.listing is None:
            return
        texts = self.library.snapshot(self.library.files())
        if others := strays(folder / FOLDER, {*texts.files, *texts_in_folder(folder).kept.files}):
            raise InputError(f"{others[0]} is in the way of the run's texts; move it away, or choose another folder")
        write_copy(folder / FOLDER, texts)


def texts_in(library: Library, reach: Reach, wrapper: Mapping[str, TemplateRef]) -> RunTexts:
    """The texts that a new run takes from a library. Raises `InputError` where one is missing."""
    languages, parts = library.languages(), {name: files for name, files in reach(library).items() if files}
    with library_errors():
        texts = library.snapshot(frozenset[str]().union(*parts.values()))
    digests = digests_of(texts)
    listed = {name: {file: digests[file] for file in sorted(files)} for name, files in parts.items()}
    listing = {LANGUAGES: list(languages), **listed}
    asked = {language: ref.sha256 for language, ref in wrapper.items()}
    return RunTexts(Library((texts,), languages), identity_of(listing, asked), listing)


def identity_of(listing: Mapping[str, Any], wrapper: Mapping[str, str]) -> str:
    """64 hex digits over the texts that a run can render; `wrapper` are the hashes of its target's wrapper by language."""
    spoken = {language: wrapper[language] for language in listing[LANGUAGES] if language in wrapper}
    return sha256_of_json({**{name: part for name, part in listing.items() if name != _TARGET}, "wrapper": spoken})


def reach_of(docket: Docket, clerk: str | None, *, asked: bool = True, attacks: Iterable[str] = ()) -> Reach:
    """What a run over a docket can render; `asked` says that its target is, `attacks` are the templates of its attacks."""

    def reach(library: Library) -> Parts:
        with library_errors():
            lures = frozenset(map(plain_name, library.with_includes(*attacks)))
        return {
            "jury": texts_of_jury(docket.jury, library, clerk=clerk is not None),
            _TARGET: _around(docket.matter, library) if asked else frozenset(),
            "attack": lures,
        }

    return reach


def reach_of_answers(matter: Matter) -> Reach:
    """What a run that only collects answers can render."""
    return lambda library: {_TARGET: _around(matter, library)}


def _around(matter: Matter, library: Library) -> frozenset[str]:
    return texts_of_wrapper(matter.target.wrapper, library) if matter.target else frozenset()
