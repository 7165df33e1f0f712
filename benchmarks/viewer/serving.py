"""Opening a viewer on some folders, and serving it until it is stopped."""

import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import uvicorn

from benchmarks.viewer.app import application
from benchmarks.viewer.guard import Keys, PublicPlace, is_loopback
from benchmarks.viewer.house import House
from benchmarks.viewer.index.database import remove_orphans, shelf
from benchmarks.viewer.places import Catalogue, RunPlace
from jury.errors import InputError

#: Hears how far the index of a run is: the run, cases done, and cases in all.
Heard = Callable[[RunPlace, int, int], None]

#: Where the viewer listens if it can.
PORT = 8321

#: Seconds that open pages have to end when the viewer is stopped; those that listen for news never would.
_GRACE = 1


@dataclass(frozen=True)
class Served:
    """A viewer on a socket that is bound already; `address` opens it, with its token where one is needed."""

    server: uvicorn.Server
    socket: socket.socket
    address: str

    def run(self) -> None:
        """Serve until Ctrl-C."""
        with suppress(KeyboardInterrupt):  # the way it is stopped, not a failure
            self.server.run(sockets=[self.socket])


def opened(
    places: Sequence[Path],
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    cache: Path | None = None,
    heard: Heard | None = None,
    token: bool = True,
    public_url: str | None = None,
) -> Served:
    """A viewer on the runs and trials in some folders; port 0 takes a free one, as does None where `PORT` is taken; `cache` holds its indices.

    Without `token` whoever reaches the address may read; `public_url` is where readers reach it through a proxy. Raises
    `InputError` for folders that hold neither runs nor trials, for an address that can't be listened on, and for one that
    other machines reach without a token.
    """
    local = is_loopback(host)
    if not token and not local:
        raise InputError(f"without a token anybody who reaches {host} could read and label; leave out --no-token")
    public = PublicPlace.of(public_url) if public_url else None
    house = House(Catalogue(places), shelf(cache), Keys() if token else Keys(token=""))
    remove_orphans(house.shelf)
    _fill(house, heard)
    bound = _usual_or_free(host) if port is None else _bound(host, port)
    name = f"[{host}]" if ":" in host else host
    opened_by = f"?token={house.keys.token}" if house.keys.token else ""
    base = public.url if public else f"http://{name}:{bound.getsockname()[1]}"
    config = uvicorn.Config(
        application(house, public, local=local),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE,
    )
    return Served(uvicorn.Server(config), bound, f"{base}/{opened_by}")


def _fill(house: House, heard: Heard | None) -> None:
    """Bring every index up to date before the first page is asked for."""
    for run in house.catalogue.runs.values():
        with suppress(InputError):  # the page of runs says what is damaged
            house.index(run, None if heard is None else partial(heard, run))


def _usual_or_free(host: str) -> socket.socket:
    try:
        return _bound(host, PORT)
    except InputError:
        return _bound(host, 0)


def _bound(host: str, port: int) -> socket.socket:
    bound = None
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, proto, _, address = found[0]
        bound = socket.socket(family, kind, proto)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen()  # whoever is told the address may ask at once
    except OSError as error:
        if bound is not None:
            bound.close()
        raise InputError(
            f"{host} port {port} can't be listened on: {error.strerror}; choose another --port or --host"
        ) from None
    return bound
