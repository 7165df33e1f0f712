"""What a forum is handed: the trial so far, and the means to let somebody speak."""

from collections.abc import Sequence
from dataclasses import dataclass

from jury.courtroom import Courtroom, Said
from jury.exhibits import Peer
from jury.records import Office, Round, Statement, Transcript
from jury.table import Table


@dataclass(frozen=True)
class Floor:
    """The forum of one round. `rounds` are those that are closed."""

    court: Courtroom
    transcript: Transcript
    table: Table
    rounds: Sequence[Round]

    @property
    def ballots(self) -> list[Peer]:
        """The last ballots of all seats, as their jurors are called around the table."""
        return self.table.peers(self.rounds[-1].ballots)

    @property
    def said(self) -> tuple[Statement, ...]:
        """What was said in the forums of earlier rounds, in its order."""
        return tuple(statement for held in self.rounds for statement in held.statements)

    async def state(
        self,
        act: str,
        office: Office,
        *,
        ballots: Sequence[Peer] = (),
        said: Sequence[Statement] = (),
        exhibits: bool = True,
    ) -> Said:
        """What an officer says when asked with a template such as `advocate/argue`, or the cause why it says nothing."""
        return await self.court.state(
            act, office, self.transcript, index=len(self.rounds), ballots=ballots, said=said, exhibits=exhibits
        )
