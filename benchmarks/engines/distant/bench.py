"""What a worker judges with: the same jury, prompts and wording as the driver's, over stand-ins."""

from benchmarks.engines.distant.errands import Book
from benchmarks.engines.distant.line import Line
from benchmarks.engines.distant.stand_ins import DistantGateway, DistantLedger
from benchmarks.engines.distant.worker import Kit
from graphs.evaluation import Sitting
from jury.courtroom import Courtroom
from jury.gateway.answers.repairing import RepairWriter
from jury.gateway.route.exhibits import Exhibits
from jury.gateway.route.transport import LiteLLMTransport
from jury.gateway.transport import Transport
from jury.means import clerk_of, interview_of
from jury.media import MediaStore
from jury.rendering import Renderer


def sitting_of(kit: Kit, line: Line, book: Book, ledger: DistantLedger) -> tuple[Sitting, Transport]:
    """The sitting that a kit describes, and what makes its calls."""
    media = MediaStore(kit.media)
    transport = kit.transport or LiteLLMTransport(
        Exhibits(media, kit.showing.edge), kit.models, permissions=kit.permissions
    )
    gateway = DistantGateway(line, book, transport, ledger, media, RepairWriter(kit.library))
    clerk = clerk_of(transport, gateway, media, kit.library, kit.showing.clerk)
    court = Courtroom(kit.jury, gateway, Renderer(kit.library, kit.secret, screen=kit.showing.screen), clerk)
    target = kit.target
    interview = interview_of(target, gateway, kit.library, kit.showing) if target else None
    return Sitting(court, ledger.as_ledger(), kit.run, interview, kit.answers_of, kit.blocked), transport
