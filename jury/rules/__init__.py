"""Decision rules: ballots in, an outcome out. Every module in this folder is imported: a new rule is one new file."""

from jury.registry import import_folder
from jury.rules.decide import decide, is_settled
from jury.rules.ratings import average
from jury.rules.registry import RULES, check_rule, parse_rule, rule
from jury.rules.tie_break import break_tie, tied_choices
from jury.rules.votes import Votes, first_choice, seats_needed
from jury.rules.weighed import check_weights

__all__ = [
    "RULES",
    "Votes",
    "average",
    "break_tie",
    "check_rule",
    "check_weights",
    "decide",
    "first_choice",
    "is_settled",
    "parse_rule",
    "rule",
    "seats_needed",
    "tied_choices",
]

import_folder(__name__, __path__)
