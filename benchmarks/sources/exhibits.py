"""Files and web addresses that data name beside a prompt: admitted to the media store, or a cause in their place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jury.errors import InputError
from jury.media import NOWHERE, MediaKind, MediaStore, Remote, admit, admit_remote, is_remote, nearest_file, path_in
from jury.records import AudioPart, Case, Cause, ImagePart, MediaRef, Part, TextPart

#: So many missing files are told with the one that was most likely meant.
SUGGESTIONS = 20


@dataclass(frozen=True)
class Exhibits:
    """The folder that file names are relative to and may not leave, the store that media go to, and the hosts allowed."""

    root: Path
    store: MediaStore
    remote: Remote = NOWHERE
    _suggestions: Iterator[int] = field(default_factory=lambda: iter(range(SUGGESTIONS)), repr=False, compare=False)

    def image(self, path: str, description: str) -> ImagePart:
        """An image, what is said of it, or both; without a path it is a described image that is not there."""
        media, problem = self._admitted(path, "image")
        return ImagePart(media=media, problem=problem, description=description)

    def audio(self, path: str, spoken: str) -> AudioPart:
        """A clip, the words spoken in it, or both."""
        media, problem = self._admitted(path, "audio")
        return AudioPart(media=media, problem=problem, spoken=spoken)

    def complaints(self, case: Case, where: str) -> tuple[str, ...]:
        """A sentence on every file of a case that can't be used, beginning with where it is named.

        The first few of those that are missing are told with the file that was most likely meant.
        """
        parts = (part for turn in case.turns for part in turn.parts if not isinstance(part, TextPart))
        return tuple(f"{where}: {part.problem.detail}{self._meant(part.problem)}" for part in parts if part.problem)

    def _meant(self, problem: Cause) -> str:
        path = path_in(problem) if problem.kind == "missing" else None
        near = nearest_file(self.root, path) if path and next(self._suggestions, None) is not None else None
        return f"; did you mean {near!r}?" if near else ""

    def checked(self, case: Case) -> Case:
        """The case with a cause in place of every reference whose bytes the store does not hold."""
        turns = tuple(turn.but(parts=tuple(map(self._checked_part, turn.parts))) for turn in case.turns)
        return case.but(turns=turns)

    def _admitted(self, path: str, kind: MediaKind) -> tuple[MediaRef | None, Cause | None]:
        if not path:
            return None, None
        if is_remote(path):
            admitted = admit_remote(path, remote=self.remote, kind=kind, store=self.store)
        else:
            admitted = admit(path, root=self.root, kind=kind, store=self.store)
        return (None, admitted) if isinstance(admitted, Cause) else (admitted, None)

    def _checked_part(self, part: Part) -> Part:
        if isinstance(part, TextPart) or part.media is None:
            return part
        try:
            self.store.read(part.media)
        except InputError:
            absent = Cause(kind="missing", detail=f"{part.kind} {part.media.sha256} is not in the media store")
            return part.but(media=None, problem=absent)
        return part
