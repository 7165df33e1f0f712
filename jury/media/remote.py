"""Media behind web addresses: fetched only from hosts that were named, and never from inside a network.

A data set can name any address, and whoever fetches it may stand where the data set's author does not: beside a cloud's
metadata service or an office's printer. So every address of a host must be one of the public internet, the connection
goes to the very address that was checked, and a redirect is a new address to be checked.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from jury.media.addresses import is_public
from jury.records import Cause

#: From a host and a port to the addresses behind it. Raises `OSError`.
Resolve = Callable[[str, int], tuple[str, ...]]

#: From an address, a port and a patience in seconds to a connection. Raises `OSError`.
Connect = Callable[[str, int, float], socket.socket]

_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 3
_LONGEST_HOST = 253
_HEADERS = {"User-Agent": "multimodal-jury", "Accept": "image/*, audio/*", "Accept-Encoding": "identity"}


def resolved(host: str, port: int) -> tuple[str, ...]:
    """Every address of a host, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def connected(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an address."""
    return socket.create_connection((address, port), timeout=seconds)


def is_remote(path: str) -> bool:
    """Whether data name a web address where they could name a file."""
    return path.lower().startswith(("http://", "https://"))


@dataclass(frozen=True)
class Remote:
    """The hosts that media may be fetched from, `host` for the usual ports or `host:port`; none unless named.

    `seconds` bounds one fetch, redirects included. No proxy of the environment is used: it would choose the address.
    """

    hosts: frozenset[str] = frozenset()
    seconds: float = 30.0
    resolve: Resolve = field(default=resolved, repr=False)
    connect: Connect = field(default=connected, repr=False)

    def fetch(self, url: str, max_bytes: int) -> bytes | Cause:
        """What is at an address, at most one byte more than allowed, or the cause why it was not fetched.

        Never raises for bad data: `missing` (not allowed, not there, or not reached), `timeout`, or `broken` (no
        address). Causes name the host and never the rest of the address, which may be signed.
        """
        deadline = time.monotonic() + self.seconds
        try:
            return self._followed(url, max_bytes, deadline)
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, TimeoutError) or time.monotonic() >= deadline:
                return Cause(kind="timeout", detail=f"the address was not fetched in {self.seconds:g} s")
            return _missing(f"the address can't be reached ({type(error).__name__})")
        except ValueError:  # a port that is no number, brackets that do not close, half a surrogate pair
            return _no_address()

    def _followed(self, url: str, max_bytes: int, deadline: float) -> bytes | Cause:
        for _ in range(_MOST_REDIRECTS + 1):
            found = self._fetched(url, max_bytes, deadline)
            _left(deadline)  # what was cut off in the middle may look whole
            if not isinstance(found, str):
                return found
            url = urljoin(url, found)
        return _missing(f"the address leads on more than {_MOST_REDIRECTS} times")

    def _fetched(self, url: str, max_bytes: int, deadline: float) -> bytes | str | Cause:
        """The bytes at an address, or the address it leads on to."""
        target = urlsplit(url)
        address = self._checked(target)
        if isinstance(address, Cause):
            return address
        with self._line(target, address, deadline) as line:
            line.request("GET", _path(target), headers=_HEADERS)
            response = line.getresponse()
            if response.status in _REDIRECTS:
                return response.getheader("Location") or ""
            if response.status != http.client.OK:
                return _missing(f"{target.hostname} answers {response.status}")
            return response.read(max_bytes + 1)

    def _checked(self, target: SplitResult) -> str | Cause:
        """The address to connect to, once the host is named and all its addresses are public."""
        if target.scheme not in _PORTS or not 0 < len(target.hostname or "") <= _LONGEST_HOST:
            return _no_address()
        if _authority(target) not in self.hosts:
            return _missing(f"remote media are not fetched; allow {_authority(target)} with --allow-remote")
        addresses = self.resolve(str(target.hostname), _port(target))
        if not addresses or not all(map(is_public, addresses)):
            return _missing(f"{target.hostname} is not a host of the public internet; put the file beside the data")
        return addresses[0]

    @contextmanager
    def _line(self, target: SplitResult, address: str, deadline: float) -> Iterator[http.client.HTTPConnection]:
        """A connection to the checked address that greets the host by its name."""
        host, port = str(target.hostname), _port(target)
        plain = self.connect(address, port, _left(deadline))
        with closing(plain), _cut_off(plain, deadline):
            line = http.client.HTTPConnection(host, port)
            secure = target.scheme == "https"
            line.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
            with closing(line):
                yield line


#: Nothing is fetched.
NOWHERE = Remote()


@contextmanager
def _cut_off(connection: socket.socket, deadline: float) -> Iterator[None]:
    """Cut a connection once its time is up: the socket's own time-out begins anew with every byte that drips in."""
    connection.settimeout(_left(deadline))
    with connection.dup() as brake:
        timer = threading.Timer(_left(deadline), _cut, (brake,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _left(deadline: float) -> float:
    """Seconds that are left. Raises `TimeoutError` where none are."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _port(target: SplitResult) -> int:
    return _PORTS[target.scheme] if target.port is None else target.port


def _authority(target: SplitResult) -> str:
    """The host as it is named to allow it, with its port only where that is not the usual one."""
    port = _port(target)
    return str(target.hostname) if port == _PORTS[target.scheme] else f"{target.hostname}:{port}"


def _path(target: SplitResult) -> str:
    query = f"?{target.query}" if target.query else ""
    return quote((target.path or "/") + query, safe="/?%!$&'()*+,;=:@~")


def _missing(detail: str) -> Cause:
    return Cause(kind="missing", detail=detail)


def _no_address() -> Cause:
    return Cause(kind="broken", detail="this is not a web address")
