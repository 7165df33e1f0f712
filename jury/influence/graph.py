"""Who moved whom: a directed graph of jurors."""

from collections import Counter
from collections.abc import Iterable, Sequence

import networkx as nx

from jury.records import Round
from jury.rules import first_choice
from jury.shown import shown_ballots


def influence(trials: Iterable[Sequence[Round]]) -> "nx.DiGraph[str]":
    """An edge from A to B for every juror B that ever heard A hold another choice than its own.

    `moved` is how often B then went over to that choice, `chances` how often it could have, `weight` their ratio (0 to 1).
    """
    chances: Counter[tuple[str, str]] = Counter()
    moved: Counter[tuple[str, str]] = Counter()
    for rounds in trials:
        for speaker, hearer, went_over in _encounters(rounds):
            chances[speaker, hearer] += 1
            moved[speaker, hearer] += went_over
    graph: nx.DiGraph[str] = nx.DiGraph()
    for (speaker, hearer), times in sorted(chances.items()):
        went = moved[speaker, hearer]
        graph.add_edge(speaker, hearer, moved=went, chances=times, weight=went / times)
    return graph


def _encounters(rounds: Sequence[Round]) -> Iterable[tuple[str, str, bool]]:
    """Every time a juror heard another one hold another choice, and whether it then went over to it."""
    for at, held in enumerate(rounds):
        earlier = {ballot.seat: first_choice(ballot) for ballot in rounds[at - 1].ballots} if at else {}
        for ballot in held.ballots:
            own, now = earlier.get(ballot.seat), first_choice(ballot)
            latest = {peer.juror: first_choice(peer) for peer in shown_ballots(rounds, at, ballot.seat)}
            for speaker, choice in latest.items():
                if own is not None and choice is not None and choice != own:
                    yield speaker, ballot.juror, now == choice
