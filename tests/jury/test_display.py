"""A notebook shows a verdict as a table, and nothing in it is more than text."""

import re
from html.parser import HTMLParser

from scripted import panel
from trials import trial

from jury.display import LONGEST
from jury.records import Ballot, Outcome, Round, Summary, Verdict

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202e"


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    return parser


async def test_every_juror_is_a_row_and_every_round_a_column(tmp_path):
    verdict = await trial(tmp_path, panel("unsafe", "unsafe", "follower", "safe", "unsafe"), "roundtable")
    html = verdict._repr_html_()
    assert seen(html).tags.count("tr") == 6
    columns = [f"{held.kind} {held.index}" if held.kind == "deliberation" else held.kind for held in verdict.rounds]
    heads = re.findall(r"<th [^>]*>([^<]*)</th>", html)
    assert heads[: 1 + len(verdict.rounds)] == ["juror", *columns]
    assert f"<b>{verdict.outcome.choice} (" in html
    assert "follower 2 changed from safe to unsafe" in html
    assert "<b>unsafe</b> 1" in html
    assert "safe 3 dissents: safe" in html


def test_hostile_texts_are_texts():
    ballot = Ballot(seat="s", juror=HOSTILE, state="cast", choice=HOSTILE, reasoning=HOSTILE * 100)
    verdict = Verdict(
        case_id=HOSTILE,
        case_hash="h",
        jury_hash="h",
        outcome=Outcome(state="decided", choice=HOSTILE, tally={HOSTILE: 1}),
        rounds=(Round(kind="assessment", index=0, ballots=(ballot,)),),
        summary=Summary(juror=HOSTILE, text=HOSTILE),
        rehearsal=True,
    )
    html = verdict._repr_html_()
    parser = seen(html)
    assert set(parser.tags) <= {"div", "p", "b", "code", "table", "thead", "tbody", "tr", "th", "td"}
    assert set(parser.attributes) <= {"style", "scope", "title"}
    assert "\u202e" not in html
    assert "REHEARSAL" in html
    assert max(map(len, re.findall(r'title="([^"]*)"', html))) < 6 * LONGEST
