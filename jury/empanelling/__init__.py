"""Who may sit: what speaks against a panel or a juror, and who comes instead."""

from jury.empanelling.alike import alike
from jury.empanelling.challenge import Challenge, challenges
from jury.empanelling.replacement import Change, Empanelled, empanel, known_as

__all__ = ["Challenge", "Change", "Empanelled", "alike", "challenges", "empanel", "known_as"]
