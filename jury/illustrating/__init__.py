"""Queries pictured: described by a member, painted, looked at by a critic, and painted again where it isn't content."""

from jury.illustrating.easel import ROUNDS, TEMPLATES, Easel
from jury.illustrating.looking import first_who_sees
from jury.illustrating.motif import Motif

__all__ = ["ROUNDS", "TEMPLATES", "Easel", "Motif", "first_who_sees"]
