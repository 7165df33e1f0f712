"""The texts of a folder in which one thing is made after another: trials, or the stages of a set.

A folder begins with the texts of the library. What was rendered in it once is kept, and rendered from the copy ever after;
what is needed later is taken from the library and kept, too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson

from jury.atomic import write_atomically
from jury.errors import InputError
from jury.prompt_copies import FOLDER, digests_of, read_copy, write_copy
from jury.prompt_files import library_errors, open_library
from prompts import Library
from prompts.layers import Snapshot

#: The list of the texts that a folder keeps, beside their copy.
LIST = "texts.json"


@dataclass(frozen=True)
class FolderTexts:
    """The texts that a folder keeps, in the languages in which cases are judged there; `library` is what it works with."""

    folder: Path
    library: Library
    kept: Snapshot

    def keep(self, reach: Callable[[Library], Iterable[str]]) -> Library:
        """What is rendered from, once the folder keeps all that `reach` names in a library.

        Raises `InputError` where a folder of prompts changes a text that is kept, or another file is in the way of one.
        """
        with library_errors():
            wanted = self.library.snapshot(reach(self.library))
        kept = texts_in_folder(self.folder).kept  # somebody else may have kept some since
        changed = [name for name, content in wanted.files.items() if kept.files.get(name, content) != content]
        if changed:
            raise InputError(
                f"{self.folder} was begun with another {changed[0]} than {wanted.path(changed[0])}; "
                "choose another folder, or leave --prompts out"
            )
        texts = Snapshot({**wanted.files, **kept.files}, {**wanted.paths, **kept.paths})
        if texts.files.keys() != kept.files.keys():
            write_copy(self.folder / FOLDER, texts)
            listing = {"languages": self.library.languages(), "files": digests_of(texts)}
            write_atomically(self.folder / LIST, [orjson.dumps(listing, option=orjson.OPT_INDENT_2)])
        return Library((texts,), self.library.languages())


def texts_in_folder(folder: Path, prompts: Path | None = None) -> FolderTexts:
    """The texts of a folder, before the library's, and after those of the user's folder of prompts.

    Raises `InputError` for a copy that is not whole.
    """
    library, path = open_library(prompts), folder / LIST
    if not path.exists():
        return FolderTexts(folder, library, Snapshot({}, {}))
    try:
        listing = orjson.loads(path.read_bytes())
        digests = {str(name): str(digest) for name, digest in listing["files"].items()}
        languages = tuple(str(language) for language in listing["languages"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise InputError(f"{path} can't be read as a list of texts; restore it, or choose another folder") from None
    kept = read_copy(folder / FOLDER, digests)
    *before, shipped = library.layers
    return FolderTexts(folder, Library((*before, kept, shipped), languages), kept)
