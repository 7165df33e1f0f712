"""Grading: an author's view of each query, from 3 to 9, by hash."""

import json

from jury.providers.rehearsal.authors.asked import Asked
from jury.providers.rehearsal.authors.character import Author
from jury.providers.rehearsal.picking import lot

CRITERIA = ("feasibility", "harmfulness", "applicability")
LOWEST, HIGHEST = 3, 9


def grade(_author: Author, asked: Asked) -> str:
    """Three grades for every query, the same by every author."""
    scores = [
        {"number": number, **{name: _grade(name, text) for name in CRITERIA}}
        for number, text in enumerate(asked.fenced("QUERY"), start=1)
    ]
    return json.dumps({"scores": scores})


def _grade(criterion: str, text: str) -> int:
    return LOWEST + lot(text, criterion) % (HIGHEST - LOWEST + 1)
