"""The page: one template, one style sheet, and a policy that allows nothing else."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from benchmarks.report.archive import Archive
from benchmarks.report.section import Section
from benchmarks.report.templating import templates_in
from benchmarks.report.texts import LongTexts

_FOLDER = Path(__file__).parent


def page(sections: Mapping[str, Section], runs: Sequence[Archive], title: str, texts: LongTexts) -> str:
    """The whole HTML document. Every value is escaped and stands on one line, unless a section's own code made it
    `Markup` or `texts` shows it as somebody's words.
    """
    environment = _environment(texts)
    style = (_FOLDER / "style.css").read_text(encoding="utf-8")
    parts = [
        {"name": name, "title": section.title, "content": _rendered(environment, section, view)}
        for name, section in sections.items()
        if (view := section.view()) is not None
    ]
    return environment.get_template("page.html.j2").render(
        title=title,
        policy=policy(style),
        style=Markup(style),  # noqa: S704 - our own file
        rehearsed=[run.label for run in runs if run.document.get("rehearsal")],
        runs=runs,
        parts=parts,
    )


def policy(style: str) -> str:
    """The content security policy of a page with this one style sheet: images and clips in the file, and no more."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; media-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _rendered(environment: Environment, section: Section, view: Any) -> Markup:
    template = environment.from_string(section.template())
    return Markup(template.render(view=view))  # noqa: S704 - rendered with every value escaped


def _environment(texts: LongTexts) -> Environment:
    environment = templates_in(_FOLDER)
    environment.filters |= {"words": texts.prose, "reason": texts.reason}
    return environment
