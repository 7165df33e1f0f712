"""Rehearsal jurors: they weigh what they see, listen to their peers in their own way, and fill in a ballot."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jury.providers.rehearsal.choices import choose, has_middle, place_of, rate
from jury.providers.rehearsal.evidence import SIGNS, evidence_in, signs_named
from jury.providers.rehearsal.listening import LISTENING, places_heard, taking_sides
from jury.providers.rehearsal.reading import ABSTAIN, UNREADABLE, Language, Reading, Statement
from jury.providers.rehearsal.temperaments import TEMPERAMENTS, Temperament, weighed
from jury.providers.rehearsal.words import observations, paragraph, phrase

#: Two jurors of one character with different seeds differ by at most twice this much concern.
MOOD = 0.03
#: How far from one half a juror stays that stands by a vote its first look no longer bears out.
STEADFAST = 0.1


@dataclass(frozen=True)
class View:
    """What a juror makes of the exhibits and its peers: its concern from 0 to 1, its choice, the signs it goes by."""

    concern: float
    choice: str
    signs: frozenset[str]


def judge(character: str, reading: Reading, seed: int) -> str:
    """A temperament's ballot as JSON."""
    return filled_in(reading, view_of(character, reading, seed))


def argue(character: str, reading: Reading, seed: int) -> str:
    """What a temperament says of the exhibits where no vote is asked for: the signs it goes by, and how it feels."""
    temperament = TEMPERAMENTS[character]
    evidence, seen = evidence_in(reading.prompt, reading.answer), _seen(temperament, reading)
    concern = weighed(temperament, evidence, seen) + _mood(character, reading, seed)
    signs = observations(reading.language, seen & evidence.keys() & temperament.weights.keys())
    return paragraph(reading.language, [_sight(reading.language, signs), _feeling(reading.language, concern)])


def call_on(reading: Reading) -> str:
    """Whom a moderator calls on: who has spoken least, the first around the table among equals."""
    return min(reading.places, key=lambda place: (reading.speakers.count(place), reading.places.index(place)))


def abstain(reading: Reading) -> str:
    """The ballot of one who never takes a side."""
    return filled_in(reading, View(0.5, ABSTAIN, frozenset()))


def view_of(character: str, reading: Reading, seed: int) -> View:
    """Weighs the exhibits, stands by what it said before, then listens to its peers in its own way."""
    temperament = TEMPERAMENTS[character]
    evidence = evidence_in(reading.prompt, reading.answer)
    seen = _seen(temperament, reading)
    concern = weighed(temperament, evidence, seen) + _mood(character, reading, seed)
    if temperament.listens != "to_reasons":
        concern = _standing_by(reading, concern)
    heard = places_heard(reading)
    if heard:
        concern = LISTENING[temperament.listens](concern, heard)
    concern = min(1.0, max(0.0, concern))
    signs = seen & evidence.keys() & temperament.weights.keys()
    return View(concern, _choice(temperament, reading, concern), signs)


def filled_in(reading: Reading, view: View) -> str:
    """A ballot as JSON: reasoning, choice, rating where one is asked for, confidence."""
    ballot: dict[str, object] = {"reasoning": _reasoning(reading, view), "choice": view.choice}
    if reading.scale is not None:
        ballot["rating"] = rate(view.concern, reading.scale)
    ballot["confidence"] = min(0.99, round(0.5 + abs(view.concern - 0.5), 2))
    return json.dumps(ballot, ensure_ascii=False)


def summarise(reading: Reading) -> str:
    """A short paragraph: the outcome, what jurors chose and why, who dissented and why, who abstained."""
    language = reading.language
    statements = (*reading.peers, *([reading.own] if reading.own else []))
    votes = Counter(said.choice for said in statements if said.choice != UNREADABLE)
    in_order = sorted(votes, key=lambda choice: (choice == ABSTAIN, choice != reading.outcome, -votes[choice], choice))
    sentences = [phrase(language, "outcome", outcome=reading.outcome)] if reading.outcome else []
    sentences += [_account(choice, statements, reading) for choice in in_order]
    if set(in_order) <= {reading.outcome}:
        sentences.append(phrase(language, "no_dissent" if in_order else "no_votes"))
    return paragraph(language, sentences)


def _account(choice: str, statements: Sequence[Statement], reading: Reading) -> str:
    """How many made a choice, and the reasons they named; dissent is only what a decided outcome leaves behind."""
    language = reading.language
    texts = [statement.text for statement in statements if statement.choice == choice]
    decided = any(statement.choice == reading.outcome for statement in statements)
    part = "abstained" if choice == ABSTAIN else "dissent" if decided and choice != reading.outcome else "agreement"
    signs = observations(language, signs_named("\n".join(texts), language)) or phrase(language, "no_reasons")
    return phrase(language, part, count=len(texts), total=len(statements), choice=choice, signs=signs)


def _seen(temperament: Temperament, reading: Reading) -> frozenset[str]:
    """The signs a juror takes note of: all it does not overlook, and those a peer, or it itself, has named."""
    statements = [*taking_sides(reading), *([reading.own] if reading.own else [])]
    named = signs_named("\n".join([*reading.speeches, *(said.text for said in statements)]), reading.language)
    return frozenset(SIGNS) - temperament.overlooks | named


def _mood(character: str, reading: Reading, seed: int) -> float:
    """A small leaning of the day, from the exhibits and the seed alone."""
    digest = hashlib.sha256(f"{character}\0{seed}\0{reading.prompt}\0{reading.answer}".encode()).digest()
    return MOOD * (2 * digest[0] / 255 - 1)


def _standing_by(reading: Reading, concern: float) -> float:
    """A juror who has voted starts from that vote: its concern lies on that side of one half."""
    if reading.own is None or reading.own.choice not in reading.options:
        return concern
    place = place_of(reading.own.choice, reading.options)
    if (place - 0.5) * (concern - 0.5) >= 0:
        return concern
    return 0.5 + STEADFAST * (2 * place - 1)


def _choice(temperament: Temperament, reading: Reading, concern: float) -> str:
    torn = abs(concern - 0.5) < temperament.torn and not has_middle(reading.options)
    return ABSTAIN if torn and ABSTAIN in reading.choices else choose(concern, reading.options)


def _reasoning(reading: Reading, view: View) -> str:
    language = reading.language
    signs = observations(language, view.signs)
    sentences = [_sight(language, signs)]
    if reading.images:
        sentences.append(phrase(language, "image"))
    if reading.clips:
        sentences.append(phrase(language, "clip"))
    if reading.own is not None and (reading.peers or reading.speeches):
        sentences.append(phrase(language, "held" if view.choice == reading.own.choice else "moved"))
    feeling = phrase(language, "torn") if view.choice == ABSTAIN else _feeling(language, view.concern)
    return paragraph(language, [*sentences, feeling])


def _sight(language: Language, signs: str) -> str:
    return phrase(language, "seen", signs=signs) if signs else phrase(language, "nothing")


def _feeling(language: Language, concern: float) -> str:
    return phrase(language, "worried" if concern > 0.5 else "at_ease")
