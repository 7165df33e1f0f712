"""Learned rules by name: a learner is one pure function from ballots, and labels if it needs them, to evidence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from jury.crowd.evidence import Evidence
from jury.crowd.sheets import Sheet
from jury.errors import InputError
from jury.records import Rubric, Rule
from jury.registry import Registry
from jury.rules import RULES, check_rule, parse_rule
from jury.spelling import arguments, name_of

#: From sheets, jurors' names and a rubric, and the learner's own arguments by keyword, to what was learned.
Learning = Callable[..., Evidence]

#: What is learned from: labelled ballots, or ballots alone.
Needs = Literal["labels", "ballots"]


@dataclass(frozen=True)
class Learner:
    """A learner's function and what it needs."""

    function: Learning
    needs: Needs

    def learn(self, rule: Rule, sheets: Sequence[Sheet], jurors: Sequence[str], rubric: Rubric) -> Evidence:
        """What the learner makes of some sheets."""
        return self.function(sheets, jurors, rubric, **rule.args)


#: What every learner is handed: sheets, jurors and the rubric. Its own arguments follow.
HANDED = 3

LEARNERS: Registry[Learner] = Registry("learned rule")


def learner(name: str, *, needs: Needs) -> Callable[[Learning], Learning]:
    """Register a learned rule. Its function is handed each item once, with the gold of training items only."""

    def register(function: Learning) -> Learning:
        if name in RULES:
            raise ValueError(f"rule {name!r} is registered already")
        LEARNERS.add(name)(Learner(function, needs))
        return function

    return register


def is_learned(name: str) -> bool:
    """Whether a rule of that name is learned from recorded ballots."""
    return name in list(LEARNERS)


def parse_any_rule(text: str) -> Rule:
    """A rule, learned or not, as people write it. Raises `InputError`."""
    name = name_of(text)
    if not is_learned(name):
        if name not in list(RULES):
            raise InputError(f"unknown rule {name!r}; known: {', '.join(sorted([*RULES, *LEARNERS]))}")
        return parse_rule(text)
    return Rule(name=name, args=arguments("rule", text, LEARNERS.get(name).function, handed=HANDED))


def check_any_rule(rule: Rule, rubric: Rubric) -> None:
    """Raise `InputError` where a rule can't be used with a rubric."""
    if not is_learned(rule.name):
        check_rule(rule, rubric)


def check_live(rule: Rule) -> None:
    """Raise `InputError` for a rule that has to be learned first, where a jury is to sit."""
    if is_learned(rule.name):
        raise InputError(
            f"rule {rule.name!r} is learned from recorded ballots: see what it does with `jury lab replay`; "
            "a jury that sits takes `weighted` with `weights` by juror"
        )
