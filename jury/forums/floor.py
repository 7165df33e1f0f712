"""What a forum is handed: the trial so far, and the means to let somebody speak."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jury.courtroom import Courtroom, Said
from jury.errors import InputError
from jury.exhibits import Peer
from jury.media import MediaStore
from jury.panel import Seat
from jury.records import ImagePart, Office, Round, Statement, Transcript
from jury.table import Table

if TYPE_CHECKING:
    from jury.gateway.autogen.messages import StoredImage


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
    def media(self) -> MediaStore:
        """Where the bytes of the case's images lie. Raises `InputError` for a gateway that was opened without."""
        store = self.court.gateway.media
        if store is None:
            raise InputError("agents need a media store; open the gateway with one")
        return store

    @property
    def images(self) -> list["StoredImage"]:
        """The case's images as agents pass them on, where jurors see media."""
        from jury.gateway.autogen.messages import StoredImage

        if not self.court.jury.protocol.jurors_see_media:
            return []
        parts = (part for turn in self.transcript.case.turns for part in turn.parts)
        return [StoredImage(part.media, self.media) for part in parts if isinstance(part, ImagePart) and part.media]

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
        seat = self.court.officer(office)
        return await self.court.state(
            act,
            seat,
            office,
            self.transcript,
            index=len(self.rounds),
            ballots=ballots,
            said=said,
            exhibits=exhibits,
            who=office,
        )

    async def speak(self, act: str, seat: Seat, *, said: Sequence[Statement] = ()) -> Said:
        """What a juror says, known by its place around the table, when asked with a template such as `room/speak`."""
        return await self.court.state(
            act, seat, self.table.called(seat), self.transcript, index=len(self.rounds), said=said
        )
