"""Files and web addresses that data name beside a prompt: admitted to the media store, or a cause in their place."""

from dataclasses import dataclass
from pathlib import Path

from jury.errors import InputError
from jury.media import NOWHERE, MediaKind, MediaStore, Remote, admit, admit_remote, is_remote
from jury.records import AudioPart, Case, Cause, ImagePart, MediaRef, Part, TextPart


@dataclass(frozen=True)
class Exhibits:
    """The folder that file names are relative to and may not leave, the store that media go to, and the hosts allowed."""

    root: Path
    store: MediaStore
    remote: Remote = NOWHERE

    def image(self, path: str, description: str) -> ImagePart:
        """An image, what is said of it, or both; without a path it is a described image that is not there."""
        media, problem = self._admitted(path, "image")
        return ImagePart(media=media, problem=problem, description=description)

    def audio(self, path: str, spoken: str) -> AudioPart:
        """A clip, the words spoken in it, or both."""
        media, problem = self._admitted(path, "audio")
        return AudioPart(media=media, problem=problem, spoken=spoken)

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
