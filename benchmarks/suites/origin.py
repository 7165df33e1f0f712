"""Where a suite's cases come from: who published them, on what terms, and where a copy can be had."""

from dataclasses import dataclass
from typing import Literal

Modality = Literal["text", "image", "audio"]


@dataclass(frozen=True)
class Copy:
    """A public copy of a suite's files on a hub, held fast at one commit.

    `revision` is the commit's 40 hex digits: what it names can't change. Only files that fit one of the `patterns` are
    fetched; `archives` are those among them that are unpacked where they lie. A `gated` copy asks for a token of
    somebody who accepted the publisher's conditions on its page.
    """

    repo: str
    revision: str
    patterns: tuple[str, ...]
    archives: tuple[str, ...] = ()
    gated: bool = False

    @property
    def page(self) -> str:
        """The address of the copy's page."""
        return f"https://huggingface.co/datasets/{self.repo}"


@dataclass(frozen=True)
class Origin:
    """What is known of a suite besides its cases.

    `published` counts what the publishers count, `unit` says what that is. `terms` is one sentence, empty where the
    publishers ask for nothing beyond the licence. `files` says what the loader reads, `by_hand` how to come by it.
    """

    published: int | None = None
    unit: str = "requests"
    languages: tuple[str, ...] = ("en",)
    modalities: tuple[Modality, ...] = ("text",)
    paper: str = ""
    url: str = ""
    terms: str = ""
    files: str = ""
    by_hand: str = ""
    copy: Copy | None = None
