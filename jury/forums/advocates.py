"""A critic and a defender argue before the jurors, who judge between them.

After critic–defender–judge debates (jury.md, protocol `critic-defender`): more than three rounds only wear judges down.
"""

from jury.courtroom import Said
from jury.forums.floor import Floor
from jury.forums.registry import forum


@forum("advocates", (("critic", "advocate/argue"), ("defender", "advocate/argue")), most_rounds=3)
async def advocates(floor: Floor) -> list[Said]:
    """The critic speaks, then the defender, who has heard the critic; both know what was argued before, and no ballot."""
    critic = await floor.state("advocate/argue", "critic", said=floor.said)
    heard = (*floor.said, critic.statement)
    return [critic, await floor.state("advocate/argue", "defender", said=heard)]
