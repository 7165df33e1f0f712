"""What every page works with: the catalogue, an index for each run, the templates, and the secrets of this start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse

from benchmarks.report.charts.grid import shade_of
from benchmarks.report.templating import templates_in
from benchmarks.report.texts import LongTexts
from benchmarks.viewer.guard import Keys
from benchmarks.viewer.hands import Hands
from benchmarks.viewer.index import Index
from benchmarks.viewer.index.database import Heard
from benchmarks.viewer.index.filling import bring_up_to_date
from benchmarks.viewer.places import DAMAGE, Catalogue, RunPlace, damage_of
from benchmarks.viewer.reader import Reader
from jury.errors import InputError
from jury.hashing import sha256_of_json

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class House:
    """One viewer. Nothing in it belongs to a request."""

    catalogue: Catalogue
    shelf: Path
    keys: Keys
    hands: Hands = field(default_factory=Hands)
    indices: dict[str, Index] = field(default_factory=dict)
    templates: Environment = field(default_factory=lambda: _templates())

    def index(self, run: RunPlace, heard: Heard | None = None) -> Index:
        """The index of a run, brought up to date with its ledger; `heard` is told how far that is.

        Raises `InputError` where the run is damaged.
        """
        try:
            index = self.indices.get(str(run.folder))
            if index is None:
                name = sha256_of_json([str(run.store), run.id])[:32]
                index = self.indices.setdefault(str(run.folder), Index(self.shelf / f"{name}.sqlite", run.folder))
            bring_up_to_date(index, run, heard)
        except DAMAGE as error:
            raise InputError(damage_of(error, run.folder)) from None
        return index

    def page(
        self,
        request: Request,
        template: str,
        view: Mapping[str, Any],
        *,
        texts: LongTexts | None = None,
        status: int = 200,
    ) -> HTMLResponse:
        """A page: its template filled, every value escaped; long texts are cut and remembered in `texts`."""
        words = {"prose": texts.prose, "reason": texts.reason} if texts else {}
        content = self.templates.get_template(template).render(
            **view, **words, reader=Reader.of(request), form_token=self.keys.form, here=request.url.path
        )
        return HTMLResponse(content, status)


def house_of(request: Request) -> House:
    """The viewer that a request was made to."""
    house: House = request.app.state.house
    return house


def _templates() -> Environment:
    templates = templates_in(_FOLDER / "templates")
    templates.filters["shade"] = shade_of
    return templates
