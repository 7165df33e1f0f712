"""How often each rating was given, at first and at last."""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from benchmarks.report.charts.svg import WIDTH, box, drawing, label, line

_TOP, _TALL, _GAP = 26, 132, 10


def histogram(title: str, ratings: Sequence[int], first: Mapping[int, int], last: Mapping[int, int]) -> Markup:
    """Two bars for each rating: outlined for the first ballots, filled for the last ones, counts above them."""
    most = max([*first.values(), *last.values(), 1])
    step = WIDTH / max(1, len(ratings))
    shapes = [
        shape
        for place, rating in enumerate(ratings)
        for shape in _pair(place * step, step, rating, (first.get(rating, 0), last.get(rating, 0), most))
    ]
    foot = _TOP + _TALL
    said = "; ".join(f"rating {one}: {first.get(one, 0)} at first, {last.get(one, 0)} at last" for one in ratings)
    return drawing(title, said, (WIDTH, foot + 24), [*shapes, line("axis", (0, foot), (WIDTH, foot))])


def _pair(left: float, step: float, rating: int, counts: tuple[int, int, int]) -> Iterator[Markup]:
    first, last, most = counts
    width = (step - _GAP) / 2
    for place, (kind, count) in enumerate((("first", first), ("last", last))):
        tall = _TALL * count / most
        x = left + _GAP / 2 + place * width
        yield box(f"bar {kind}", x + 1, _TOP + _TALL - tall, width - 2, tall)
        yield label("small middle", x + width / 2, _TOP + _TALL - tall - 5, f"{count:,}")
    yield label("name middle", left + step / 2, _TOP + _TALL + 18, str(rating))
