"""Rules learned from recorded ballots. Every module in this folder is imported: a new learner is one new file."""

from jury.crowd.evidence import Evidence
from jury.crowd.folding import fold_outcomes, learned_outcomes
from jury.crowd.registry import LEARNERS, check_any_rule, check_live, is_learned, learner, parse_any_rule
from jury.crowd.sheets import Sheet
from jury.registry import import_folder

__all__ = [
    "LEARNERS",
    "Evidence",
    "Sheet",
    "check_any_rule",
    "check_live",
    "fold_outcomes",
    "is_learned",
    "learned_outcomes",
    "learner",
    "parse_any_rule",
]

import_folder(__name__, __path__)
