"""One run: what it comes to, and where its cases lie; every mark leads to the cases behind it."""

from starlette.requests import Request
from starlette.responses import Response

from benchmarks.exhibit_counts import MARKED
from benchmarks.gold.section import rate_sentences, sentences_of
from benchmarks.manifest import ROWS
from benchmarks.results import count_notes
from benchmarks.sources.bad_rows import row_notes
from benchmarks.viewer.figures import Bar, figures_of, heats_of, ratings_of, spread_of, states_of
from benchmarks.viewer.pages.finding import Found, found_run
from benchmarks.viewer.pages.live import run_news


def run_page(request: Request) -> Response:
    """Figures, heat map and distributions of a run."""
    at = found_run(request)
    figures = figures_of(at.run, at.index)
    view = {
        "run": at.run,
        "jury": at.run.jury,
        "address": at.address,
        "figures": figures,
        "exhibit_notes": count_notes(figures.document),
        "marked": MARKED,
        "row_notes": row_notes(at.run.manifest.get(ROWS)),
        "label_notes": (
            *rate_sentences(figures.document.get("panel") or {}, at.run.jury.rubric),
            *sentences_of(figures.document.get("gold"), at.run.jury.rubric),
        ),
        "heats": at.index.once("heats", lambda: heats_of(at.run, at.index)),
        "charts": at.index.once("charts", lambda: _charts(at)),
        "labels": len(at.labels.all()),
        "events": run_news(at.run),
    }
    return at.house.page(request, "run.html.j2", view)


def _charts(at: Found) -> list[tuple[str, tuple[Bar, ...]]]:
    scale = at.run.jury.rubric.rating
    charts = [
        ("How trials ended", states_of(at.index)),
        ("Margin of the vote", spread_of(at.index, "margin")),
        ("Disagreement among the last ballots", spread_of(at.index, "disagreement")),
    ]
    if scale is not None:
        charts.append(("Mean rating", ratings_of(at.index, scale.low, scale.high)))
    return [(title, bars) for title, bars in charts if bars]
