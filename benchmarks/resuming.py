"""A run's folder: a new run takes it with the texts of the library, the same run goes on in it with its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.manifest import FILE as MANIFEST
from benchmarks.manifest import differing, read_manifest, run_id
from benchmarks.run_texts import LANGUAGES, Reach, RunTexts, identity_of, texts_in
from jury.atomic import write_atomically
from jury.errors import InputError
from jury.folder_texts import texts_in_folder
from jury.prompt_copies import FOLDER, read_copy
from jury.prompt_files import libraries_of_earlier_release, library_errors, open_library
from jury.records import TemplateRef
from prompts import Library
from prompts.layers import FolderLayer, Snapshot


@dataclass(frozen=True)
class TextSource:
    """Where a run finds its texts: `library` is what it is prepared with.

    `kept` are the texts of the run that the folder holds, with `listing` and `sha256` as its manifest has them; a run of a
    release that kept no copy has a `sha256` alone. `prompts` is the user's folder, whose files come before all others.
    """

    library: Library
    folder: Path
    prompts: Path | None = None
    kept: Snapshot | None = None
    listing: Mapping[str, Any] | None = None
    sha256: str = ""

    def texts(self, reach: Reach, wrapper: Mapping[str, TemplateRef]) -> RunTexts:
        """The texts of a run that can render what is in `reach`, with `wrapper` around what its target is asked."""
        if self.kept is None or self.listing is None:
            return RunTexts(self.library, self.sha256) if self.sha256 else texts_in(self.library, reach, wrapper)
        own = Library((self.kept,), tuple(self.listing[LANGUAGES]))
        try:
            changed = self._changed(own, reach)
        except InputError as error:
            fault = f"{self.folder}: a text is missing ({error}); go on with the release that began the run"
            return RunTexts(own, self.sha256, self.listing, fault)
        return texts_in(changed, reach, wrapper) if changed else RunTexts(own, self.sha256, self.listing)

    def _changed(self, own: Library, reach: Reach) -> Library | None:
        """The library in which the user's folder changes what the run can render, None where it changes nothing."""
        if self.prompts is None:
            reach(own)
            return None
        added = set(open_library(self.prompts).languages()) - set(open_library().languages())
        languages = tuple(sorted({*own.languages(), *added}))
        above = Library((FolderLayer(self.prompts), *own.layers), languages)
        names = frozenset[str]().union(*reach(above).values())
        same = all(own.has(name) and own.read(name) == above.read(name) for name in names)
        return None if same and languages == own.languages() else above


def texts_for(folder: Path, prompts: Path | None = None) -> TextSource:
    """Where the run in a folder finds its texts: in its own copy if it has begun, else in the library.

    Raises `InputError` for a copy that is not whole, and for a run of a release that kept none, unless the library is
    the one that it began with.
    """
    if not (folder / MANIFEST).exists():
        return TextSource(_library_of_new_run(prompts), folder, prompts)
    manifest = read_manifest(folder)
    recorded, listing = str(manifest["prompts"]), manifest.get("texts")
    if listing is None:
        return TextSource(_library_of_earlier_release(folder, prompts, manifest), folder, prompts, sha256=recorded)
    digests, languages = _listed(listing, manifest, folder)
    kept = read_copy(folder / FOLDER, digests)
    *before, shipped = open_library(prompts).layers
    return TextSource(Library((*before, kept, shipped), languages), folder, prompts, kept, listing, recorded)


def _library_of_new_run(prompts: Path | None) -> Library:
    """The library that a new run takes its texts from.

    Where the user's folder is the copy that another run keeps, cases are judged in the languages of that run: the shipped
    texts may have others since.
    """
    library = open_library(prompts)
    if prompts is None or prompts.name != FOLDER or not (prompts.parent / MANIFEST).exists():
        return library
    manifest = read_manifest(prompts.parent)
    listing = manifest.get("texts")
    return Library(library.layers, _listed(listing, manifest, prompts.parent)[1]) if listing is not None else library


def claim(folder: Path, manifest: dict[str, Any], texts: RunTexts, chosen_by: str = "--out") -> str:
    """The id of the run in a folder, new or resumed. Raises `InputError` if another run is there, or its texts can't be rendered."""
    path = folder / MANIFEST
    if path.exists():
        parts = differing(read_manifest(folder), manifest)
        if parts:
            another = " and ".join(parts)
            raise InputError(f"{folder} holds another run, with another {another}; choose another {chosen_by}")
        if texts.fault:
            raise InputError(texts.fault)
    else:
        texts.keep(folder)
        write_atomically(path, [orjson.dumps(manifest, option=orjson.OPT_INDENT_2)])
    return run_id(manifest)


def release(folder: Path, texts: RunTexts) -> None:
    """Give a folder free for another run: its manifest goes, and the copy of the run's texts."""
    (folder / MANIFEST).unlink(missing_ok=True)
    if texts.listing is not None:
        shared = texts_in_folder(folder).kept.files
        for name in texts.library.files():
            if name not in shared:
                (folder / FOLDER / name).unlink(missing_ok=True)


def _listed(listing: Any, manifest: Mapping[str, Any], folder: Path) -> tuple[dict[str, str], tuple[str, ...]]:
    """The SHA-256 of a run's texts by name, and its languages, as its manifest lists them. Raises `InputError`."""
    try:
        languages = tuple(str(language) for language in listing[LANGUAGES])
        parts = [part for name, part in listing.items() if name != LANGUAGES]
        digests = {str(name): str(digest) for part in parts for name, digest in part.items()}
        wrapper = {language: ref["sha256"] for language, ref in manifest.get("wrapper", {}).items()}
        whole = identity_of(listing, wrapper) == manifest["prompts"]
    except (AttributeError, KeyError, TypeError):
        whole = False
    if not whole:
        raise InputError(f"{folder / MANIFEST}: its list of texts is not what a run writes there; restore the file")
    return digests, languages


def _library_of_earlier_release(folder: Path, prompts: Path | None, manifest: Mapping[str, Any]) -> Library:
    """The library that a run began with whose release kept no copy: its hash says that it is the same.

    The user's folder may hold all of that release's texts, or only those that came before the shipped ones.
    """
    recorded = manifest["prompts"]
    for then, now in libraries_of_earlier_release(prompts):
        with library_errors():
            if then.sha256 == recorded:
                return now
    release = (manifest.get("versions") or {}).get("multimodal-jury", "")
    raise InputError(
        f"{folder} holds a run of an earlier release, which kept no copy of its texts: name the folder with all texts of "
        f"release {release or 'unknown'} (its own `jury prompts eject` writes them; SHA-256 {recorded}) with --prompts, or choose another --out"
    )
