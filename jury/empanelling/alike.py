"""Panels of one mind: identical jurors err together, so that more of them help little."""

from jury.family import family
from jury.records import Panel


def alike(panel: Panel) -> str | None:
    """Why a panel is hardly more than one juror: several seats of one model family in one role. None where it isn't.

    A model whose name tells no family is a family of its own. Different models help more than more jurors, and
    identical roles hurt (arXiv 2308.07201, section 4.3).
    """
    kinds = {family(juror.model) or juror.model for juror in panel.seats}
    roles = {juror.role for juror in panel.seats}
    if len(panel.seats) < 2 or len(kinds) > 1 or len(roles) > 1:
        return None
    return (
        f"all {len(panel.seats)} seats are {min(kinds)} in the role {min(roles)!r}: they err together; "
        "seat other models or give them other roles"
    )
