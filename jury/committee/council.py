"""The vote on a group of proposals, put as a deliberation: its jury, its choices, and what is shown."""

from jury.committee.grouping import Group
from jury.committee.merging import MERGE
from jury.juries import JuryPlan, seat
from jury.records import Case, Jury, Panel, Protocol, Rubric, Rule, TextPart, Transcript, Turn
from jury.rubrics import load_rubric
from prompts import Library


def council(panel: Panel, library: Library, *, settled: float, rule: Rule) -> Jury:
    """The members as a jury on groups. Raises `InputError` where rule, roles and models don't go together.

    A group is argued once, where fewer than the share `settled` agree, and voted on again as it is argued.
    """
    protocol = Protocol(name="council", rounds=1, settled=settled, reballot="spoken")
    plan = JuryPlan(name="council", protocol=protocol, rule=rule)
    rubric = load_rubric("committee", library)
    # A rule must make sense of more than two choices, so it is checked with a merge among them.
    return seat(plan, panel, with_merges(rubric, (1,)), library).but(rubric=rubric)


def with_merges(rubric: Rubric, others: tuple[int, ...]) -> Rubric:
    """The rubric with a choice more for each of the groups that one may be merged into."""
    merges = {f"{MERGE}{number}": number for number in others}
    written = {f"{verb} {number}": merge for merge, number in merges.items() for verb in ("merge", "merge into")}
    return rubric.but(choices=(*rubric.choices, *merges), aliases={**rubric.aliases, **written})


def motion(groups: tuple[Group, ...], number: int, others: tuple[int, ...], language: str) -> Transcript:
    """What members are shown of group `number`: its proposals without their authors, and the others by their names."""
    proposals = tuple(TextPart(text=words) for words in dict.fromkeys(one.words for one in groups[number - 1]))
    named = tuple(TextPart(text=f"{other}: {_names(groups[other - 1])}") for other in others)
    turns = (Turn(parts=proposals), *((Turn(parts=named),) if named else ()))
    return Transcript(case=Case(id=motion_id(number), turns=turns, language=language))


def motion_id(number: int) -> str:
    """What the vote on a group is called in its verdict."""
    return f"group-{number}"


def _names(group: Group) -> str:
    return " / ".join(dict.fromkeys(proposal.name for proposal in group))
