"""What a jury works with, opened together and closed together: prompts, media, ledger, gateway."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from jury.asking import Interview
from jury.clerk import Clerk, Describer, senses_of
from jury.courtroom import Courtroom
from jury.environment import read_keys, third_party_tracing_off
from jury.errors import InputError
from jury.gateway.answers.repairing import RepairWriter
from jury.gateway.attempts import Patience
from jury.gateway.call import Gateway
from jury.gateway.route.exhibits import EDGE, Exhibits
from jury.gateway.route.transport import LiteLLMTransport
from jury.gateway.spending.budget import Budget, Limits
from jury.gateway.spending.making_costs import making_costs
from jury.gateway.spending.prices import prices
from jury.gateway.transport import Transport
from jury.ledger import Ledger
from jury.ledger.address import chosen, note
from jury.ledger.lock import writing
from jury.media import MediaStore
from jury.records import Endpoint, Jury, ModelFacts, Target
from jury.rendering import Renderer
from jury.screening import USUAL, Screen
from jury.trust.permissions import STRICT, Permissions, permissions_of
from jury.wrapping import Wrapper
from prompts import Library

MEDIA = "media"


@dataclass(frozen=True)
class Showing:
    """How exhibits are shown to models: images at most `edge` pixels long; put into words by a model, if one is named.

    `screen` is what stands between jurors and what others wrote. A target that can't be shown an image or a clip of a case
    is not asked about it, unless `ask_without` says so.
    """

    edge: int = EDGE
    clerk: Endpoint | None = None
    screen: Screen = USUAL
    ask_without: bool = False


@dataclass(frozen=True)
class Means:
    """One folder's ledger and media, and the gateway to every model; `patience`, `models` and `showing` as they were opened."""

    folder: Path
    library: Library
    media: MediaStore
    ledger: Ledger
    gateway: Gateway
    clerk: Clerk
    patience: Patience
    models: Mapping[str, ModelFacts]
    showing: Showing
    permissions: Permissions = STRICT

    def courtroom(self, jury: Jury) -> Courtroom:
        """A jury with everything it needs to judge."""
        return Courtroom(
            jury, self.gateway, Renderer(self.library, self.ledger.secret, screen=self.showing.screen), self.clerk
        )

    def interview(self, target: Target) -> Interview:
        """A target with everything that is needed to ask it."""
        return interview_of(target, self.gateway, self.library, self.showing)


def interview_of(target: Target, gateway: Gateway, library: Library, showing: Showing) -> Interview:
    """How a target is asked through a gateway."""
    return Interview(gateway, target, Wrapper(target.wrapper, library), showing.ask_without)


def clerk_of(
    line: Transport, gateway: Gateway, media: MediaStore, library: Library, describer: Endpoint | None
) -> Clerk:
    """Who puts exhibits into words for the models of a transport, with what the `describer` says, if one is named."""
    senses = senses_of(line)
    says = Describer(*describer, senses, gateway, library) if describer else None
    return Clerk(media, senses, describer=says)


def make_folder(folder: Path) -> None:
    """Make a folder where there is none. Raises `InputError` where there can't be one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} can't be made a folder: {error.strerror}; choose another") from None


@asynccontextmanager
async def opened(
    folder: Path,
    library: Library,
    *,
    patience: Patience | None = None,
    transport: Transport | None = None,
    limits: Limits | None = None,
    models: Mapping[str, ModelFacts] | None = None,
    showing: Showing = Showing(),
    run: str | None = None,
    store: str | None = None,
    permissions: Permissions | None = None,
) -> AsyncIterator[Means]:
    """The means in a folder, made if it is not there; `transport` replaces LiteLLM. Raises `InputError`.

    `limits` is what may be spent, with what the folder's ledger says was spent before (where several runs share it, by
    this `run`); `models` states facts about models, their prices among them; `store` is the database of a folder that
    keeps its ledger in one. The folder is held against other processes meanwhile, and in a database the run. Keys are read from the environment and from a `.env` in the working directory.
    `permissions` are the user's (default: those of the environment and of the user's settings file).
    """
    permissions = permissions_of() if permissions is None else permissions
    read_keys(permissions=permissions)
    make_folder(folder)
    with writing(folder):
        media = MediaStore(folder / MEDIA)
        address = chosen(folder, store)
        ledger = Ledger.open(address, run)
        note(folder, address)
        budget = Budget(limits, prices(models), making_costs(models))
        budget.count(ledger.calls(run))
        line = transport or LiteLLMTransport(Exhibits(media, showing.edge), models, permissions=permissions)
        patience = patience or Patience()
        gateway = Gateway(line, ledger, patience, budget, media, RepairWriter(library))
        try:
            await ledger.reserve()
            clerk = clerk_of(line, gateway, media, library, showing.clerk)
            with third_party_tracing_off():
                yield Means(
                    folder, library, media, ledger, gateway, clerk, patience, models or {}, showing, permissions
                )
        finally:
            await gateway.close()
            await ledger.close()
