"""People's labels on a run: giving one, how far people and jury agree, and the tables to take away."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from benchmarks.labels import (
    GOLD_COLUMNS,
    SHEET_COLUMNS,
    Label,
    agreement_of,
    check_fits,
    gold_rows,
    read_labels,
    settled,
    sheet_rows,
)
from benchmarks.viewer.guard import FIELD, forged
from benchmarks.viewer.house import house_of
from benchmarks.viewer.index.rows import key_of
from benchmarks.viewer.pages.finding import Found, FoundCase, found_case, found_run
from benchmarks.viewer.pages.live import run_news
from jury.errors import InputError
from jury.spreadsheet import csv_lines


async def own_form(request: Request) -> FormData:
    """A form that one of our own pages sent. Raises `HTTPException` (403) for any other: nothing is done then."""
    form = await request.form(max_files=0, max_fields=20)
    if forged(form.get(FIELD), house_of(request).keys):
        raise HTTPException(
            403, "This form is not from a page of this viewer, or from before it was started anew; reload it."
        )
    return form


async def add_label(request: Request) -> Response:
    """Keep the reader's label on a case, then show the case again, with all that was hidden."""
    form = await own_form(request)
    here = found_case(request)
    try:
        label = check_fits(_label(here, {name: str(value) for name, value in form.items()}), here.at.run.jury.rubric)
        here.at.labels.add(label)
    except InputError as error:
        raise HTTPException(400, str(error)) from None
    return RedirectResponse(f"{here.address}#label", 303)


def people_page(request: Request) -> Response:
    """Agreement between people, and of each with the jury; what is settled, and what still needs somebody."""
    at = found_run(request)
    given = at.labels.all()
    read = read_labels(given, at.run.jury.rubric)
    labels = read.labels
    agreed, open_cases = settled(labels)
    decided = _decided(at, (label.case_id for label in labels))
    view = {
        "run": at.run,
        "address": at.address,
        # A blind reader would learn from the others' labels, and from the jury's, what to say.
        "agreement": None if at.reader.blind else agreement_of(labels, decided),
        "count": len(given),
        "left_out": len(given) - len(labels),
        "settled": len(agreed),
        "open": [] if at.reader.blind else [(case, key_of(case)) for case in open_cases[:100]],
        "unsettled": len(open_cases),
        "own": len(at.labels.labelled_by(at.reader.name)) if at.reader.name else 0,
        "events": run_news(at.run),
    }
    return at.house.page(request, "people.html.j2", view)


def gold_file(request: Request) -> Response:
    """`gold.csv`: the label of every case that people are of one mind on."""
    at = _seeing(request)
    agreed, _ = settled(read_labels(at.labels.all(), at.run.jury.rubric).labels)
    return _table("gold.csv", GOLD_COLUMNS, gold_rows(agreed))


def labels_file(request: Request) -> Response:
    """`labels.csv`: every label that counts, with its note."""
    return _table("labels.csv", SHEET_COLUMNS, sheet_rows(_seeing(request).labels.all()))


def _seeing(request: Request) -> Found:
    """The run, for a reader who may know what others say of it."""
    at = found_run(request)
    if at.reader.blind:
        raise HTTPException(
            403, "You read blind: others' labels would tell you what to say. Switch it off under your name."
        )
    return at


def _label(here: FoundCase, form: Mapping[str, str]) -> Label:
    rating = form.get("rating", "")
    if not here.at.reader.name:
        raise InputError("say who you are first, under Reading as; labels are kept by name")
    try:
        return Label(
            case_id=here.case.id,
            annotator=here.at.reader.name,
            choice=form.get("choice", ""),
            rating=float(rating) if rating else None,
            note=form.get("note", "").strip(),
            blind=here.hidden,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
    except (ValidationError, ValueError):
        raise InputError(
            "choose one of the answers; a rating is a number, and a note has at most 4,000 characters"
        ) from None


def _decided(at: Found, cases: Iterable[str]) -> dict[str, str | None]:
    """What the jury decided on some cases, as far as it has heard them: of what was blocked it heard nothing."""
    wanted = "case_id IN (SELECT value FROM json_each(?))"
    query = f"SELECT case_id, choice FROM cases WHERE state != 'waiting' AND blocked IS NULL AND {wanted}"  # noqa: S608 - our own words
    return {row["case_id"]: row["choice"] for row in at.index.rows(query, (json.dumps(list(cases)),))}


def _table(name: str, columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(b"".join(csv_lines(columns, rows)), media_type="text/csv; charset=utf-8", headers=headers)
