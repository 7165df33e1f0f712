"""A moderator sums the ballots up without names; jurors hear the summary and nothing else, as in the Delphi method."""

from jury.courtroom import Said
from jury.forums.floor import Floor
from jury.forums.registry import forum


@forum("moderator", (("moderator", "moderator/sum_up"),), lasting=False)
async def moderator(floor: Floor) -> list[Said]:
    """The moderator's summary of the last ballots and their reasons."""
    return [await floor.state("moderator/sum_up", "moderator", ballots=floor.ballots, exhibits=False)]
