"""A notebook shows a verdict as a table, and nothing in it is more than text."""

import re
from html.parser import HTMLParser

from scripted import panel
from trials import trial

from jury.display import LONGEST
from jury.records import Ballot, Cause, Outcome, Round, Summary, Verdict

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
    assert "safe 3 dissents (safe): safe thinks so" in html


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
    assert set(parser.attributes) <= {"class", "style", "scope", "title"}
    assert "\u202e" not in html
    assert "REHEARSAL" in html
    assert max(map(len, re.findall(r'title="([^"]*)"', html))) < 6 * LONGEST


def test_what_looks_like_mathematics_is_not_typeset():
    html = verdict_with(juror=r"$\href{javascript:alert(1)}{x}$")._repr_html_()
    assert html.startswith('<div class="tex2jax_ignore mathjax_ignore">')


def test_a_ballot_that_could_not_be_read_is_no_change_of_mind():
    def held(index, state, **said):
        ballot = Ballot(seat="s", juror="J", state=state, **said)
        return Round(kind="deliberation", index=index, ballots=(ballot,))

    rounds = (
        held(0, "cast", choice="safe"),
        held(1, "invalid", cause=Cause(kind="timeout")),
        held(2, "cast", choice="safe"),
        held(3, "cast", choice="unsafe"),
    )
    html = verdict_with(rounds=rounds)._repr_html_()
    assert re.findall(r"<td [^>]*>(.*?)</td>", html) == ["safe", "invalid", "safe", "<b>unsafe</b>"]


def test_how_a_tie_was_broken_and_why_a_summary_is_missing_are_shown():
    html = verdict_with(
        outcome=Outcome(state="decided", choice="unsafe", tally={"safe": 1, "unsafe": 1}, decided_by="foreperson"),
        tie_break=Ballot(seat="f", juror="Foreperson", state="cast", choice="unsafe"),
        summary=Summary(juror="Foreperson", cause=Cause(kind="timeout", detail="120 s")),
    )._repr_html_()
    assert "unsafe (1 safe, 1 unsafe, decided by foreperson)" in html
    assert "Foreperson broke the tie: unsafe" in html
    assert "(no summary: timeout: 120 s)" in html


def test_where_there_was_nothing_to_judge_the_cause_is_shown():
    outcome = Outcome(state="invalid", cause=Cause(kind="refused", detail="<b>filtered</b>"))
    html = verdict_with(outcome=outcome)._repr_html_()
    assert "invalid (refused: &lt;b&gt;filtered&lt;/b&gt;)" in html


def verdict_with(juror: str = "J", **fields) -> Verdict:
    ballot = Ballot(seat="s", juror=juror, state="cast", choice="safe")
    plain = {"rounds": (Round(kind="assessment", index=0, ballots=(ballot,)),), "outcome": Outcome(state="hung")}
    return Verdict.model_validate({"case_id": "c", "case_hash": "h", "jury_hash": "h", **plain, **fields})
