"""The cases of a run, a page at a time: filtered, sorted, searched."""

from math import ceil

from starlette.requests import Request
from starlette.responses import Response

from benchmarks.report.trials import kind_of
from benchmarks.viewer.index import Wishes
from benchmarks.viewer.index.wishes import EXACT, PAGE
from benchmarks.viewer.pages.finding import Found, found_run
from jury.errors import InputError

#: What marks and orders are called on the page.
MARK_NAMES = {
    "hung": "Hung",
    "disputed": "Disputed",
    "changed": "Somebody changed their mind",
    "flipped": "Deliberation flipped the verdict",
    "invalid": "With invalid ballots",
    "dissent": "With dissent",
    "blocked": "Blocked by a content filter",
    "unfinished": "Answer not whole",
    "undecided": "Undecided",
    "against_gold": "Against the gold label",
}
ORDER_NAMES = {
    "source": "As in the source",
    "disagreement": "Most disputed first",
    "margin": "Smallest margin first",
    "changed": "Most changed minds first",
    "rating": "Lowest rating first",
    "invalid": "Most invalid ballots first",
    "scenario": "Scenario",
    "cost": "Dearest first",
    "seconds": "Slowest first",
}

#: What tells a jury's finding before a blind reader has decided.
_TELLING = frozenset({"state", "choice"})


def cases_page(request: Request) -> Response:
    """One page of cases; a blind reader sees no finding on a case that they have not labelled, and filters by none."""
    at = found_run(request)
    wishes, problem = _wishes(request)
    if at.reader.blind:
        wishes = _blindfolded(wishes)
    rows, total = at.index.page(wishes)
    pages = max(1, ceil(total / PAGE))
    labelled = at.labels.labelled_by(at.reader.name) if at.reader.name else frozenset()
    view = {
        "run": at.run,
        "address": at.address,
        "rows": [{**row, "hidden": at.reader.blind and row["case_id"] not in labelled} for row in rows],
        "labelled": labelled,
        "total": total,
        "wishes": wishes,
        "pages": pages,
        "start": (wishes.page - 1) * PAGE,
        "choosers": _choosers(at),
        "marks": {} if at.reader.blind else MARK_NAMES,
        "orders": {"source": ORDER_NAMES["source"], "scenario": "Scenario"} if at.reader.blind else ORDER_NAMES,
        "problem": problem,
        "kinds": {choice: kind_of(choice, at.run.jury.rubric) for choice in at.run.jury.rubric.choices},
        "events": "",
    }
    return at.house.page(request, "cases.html.j2", view, status=400 if problem else 200)


def _wishes(request: Request) -> tuple[Wishes, str]:
    try:
        return Wishes.of(request.query_params), ""
    except InputError as error:
        return Wishes(), str(error)


def _blindfolded(wishes: Wishes) -> Wishes:
    """The wishes without all that would tell what the jury found."""
    exact = {name: value for name, value in wishes.exact.items() if name not in _TELLING}
    order = wishes.order if wishes.order in {"source", "scenario"} else "source"
    return wishes.with_(exact=exact, marks=(), ranges={}, order=order)


def _choosers(at: Found) -> list[tuple[str, list[str]]]:
    """The columns with more than one value, to choose one from."""
    columns = [(name, at.index.values(name)) for name in EXACT if not (at.reader.blind and name in _TELLING)]
    return [(name, values) for name, values in columns if len(values) > 1]
