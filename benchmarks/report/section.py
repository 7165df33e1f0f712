"""What a part of a report is, and the parts there are."""

import inspect
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from benchmarks.report.archive import Archive, Heard
from jury.registry import Registry


@dataclass(frozen=True)
class Wishes:
    """What a report was asked to be: its title, and how many disputed cases it shows."""

    title: str = "Jury report"
    cases: int = 20


class Section(ABC):
    """One part of a report, made for one report.

    It hears every verdict once, so that no run stands in memory as a whole, and then gives a frozen record that its
    template shows: the file beside the module with the ending `.html.j2`. `place` orders sections.
    """

    title: ClassVar[str]
    place: ClassVar[int]

    def __init__(self, runs: Sequence[Archive], wishes: Wishes) -> None:
        self.runs, self.wishes = runs, wishes

    def hear(self, heard: Heard) -> None:  # noqa: B027 - some need no verdict
        """Note what is needed of one verdict: run by run, in the order of the source."""

    @abstractmethod
    def view(self) -> Any:
        """What the template shows, once every verdict was heard; None leaves the section out."""

    @classmethod
    def template(cls) -> str:
        """The section's part of the page, in Jinja2."""
        return Path(inspect.getfile(cls)).with_suffix(".html.j2").read_text(encoding="utf-8")


#: Other distributions add theirs through the entry-point group `multimodal_jury.section`.
SECTIONS: Registry[type[Section]] = Registry("section")


def sections_for(runs: Sequence[Archive], wishes: Wishes) -> dict[str, Section]:
    """One of every section by name, in the order of a report."""
    ordered = sorted(SECTIONS, key=lambda name: (SECTIONS.get(name).place, name))
    return {name: SECTIONS.get(name)(runs, wishes) for name in ordered}
