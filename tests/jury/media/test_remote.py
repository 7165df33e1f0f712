"""Media behind web addresses: fetched from hosts that were named, through checked addresses, within bounds."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from jury.media import MediaStore, Remote, admit_remote
from jury.media.addresses import is_public
from jury.records import Cause, MediaRef

PUBLIC = "93.184.216.34"


class Site:
    """A web site on 127.0.0.1; `pages` holds what each path answers, `asked` the hosts and paths it was asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.headers["Host"], self.path))
                try:
                    site.pages[self.path.partition("?")[0]](self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True  # whoever asked has had enough

            def log_message(self, *_: object) -> None:
                """Say nothing: the tests' output is pytest's."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True

    def remote(self, *hosts: str, seconds: float = 10.0, addresses: tuple[str, ...] = (PUBLIC,)) -> Remote:
        """A way to the site for which every host has these addresses, and every public address leads to it."""

        def connect(address: str, port: int, seconds: float) -> socket.socket:
            assert address == addresses[0], "connects to another address than was checked"
            return socket.create_connection(("127.0.0.1", self.http.server_port), seconds)

        return Remote(frozenset(hosts), seconds, lambda host, port: addresses, connect)


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    thread = threading.Thread(target=found.http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield found
    found.http.shutdown()
    found.http.server_close()
    thread.join()


def page(body: bytes, status: int = 200, drip: float = 0.0, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        if not drip:
            handler.wfile.write(body)
            return
        for byte in body:
            handler.wfile.write(bytes([byte]))
            time.sleep(drip)

    return send


def admitted(remote: Remote, url: str, store: MediaStore, kind: str = "image") -> MediaRef | Cause:
    return admit_remote(url, remote=remote, kind=kind, store=store)


def test_nothing_is_fetched_unless_its_host_is_named_and_the_cause_says_how(tmp_path):
    cause = admitted(Remote(), "https://example.org/a.png?sig=secret", MediaStore(tmp_path))
    assert cause == Cause(kind="missing", detail="remote media are not fetched; allow example.org with --allow-remote")


def test_an_image_of_a_named_host_is_admitted(site, tmp_path, make_image):
    site.pages["/a b.png"] = site.pages["/a%20b.png"] = page(make_image())
    store = MediaStore(tmp_path)
    ref = admitted(site.remote("example.org"), "http://Example.org/a b.png?x=1", store)
    assert isinstance(ref, MediaRef)
    assert store.read(ref) == make_image()
    assert site.asked == [("example.org", "/a%20b.png?x=1")]


def test_a_clip_of_a_named_host_is_admitted(site, tmp_path, make_clip):
    site.pages["/a"] = page(make_clip())
    assert isinstance(
        admitted(site.remote("example.org"), "http://example.org/a", MediaStore(tmp_path), "audio"), MediaRef
    )


def test_another_port_has_to_be_named(site, tmp_path, make_image):
    site.pages["/a.png"] = page(make_image())
    url, store = "http://example.org:8080/a.png", MediaStore(tmp_path)
    assert admitted(site.remote("example.org"), url, store).detail.endswith(
        "allow example.org:8080 with --allow-remote"
    )
    assert isinstance(admitted(site.remote("example.org:8080"), url, store), MediaRef)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "64:ff9b::7f00:1",
    ],
)  # fmt: skip
def test_addresses_inside_a_network_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::5db8:d822"])
def test_addresses_of_the_internet_are_public(address):
    assert is_public(address)


def test_loopback_is_refused_even_when_it_is_named(site, tmp_path):
    port = site.http.server_port
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"0x7f.1:{port}"):
        cause = admitted(Remote(frozenset({host})), f"http://{host}/a.png", MediaStore(tmp_path))
        assert "not a host of the public internet" in cause.detail
    assert site.asked == []


def test_a_host_with_one_private_address_among_its_addresses_is_refused(site, tmp_path):
    remote = site.remote("example.org", addresses=(PUBLIC, "10.0.0.1"))
    assert (
        "not a host of the public internet" in admitted(remote, "http://example.org/a.png", MediaStore(tmp_path)).detail
    )
    assert site.asked == []


def test_a_redirect_within_the_named_hosts_is_followed(site, tmp_path, make_image):
    site.pages["/old"] = page(b"", 302, Location="http://cdn.example.org/new")
    site.pages["/new"] = page(make_image())
    remote = site.remote("example.org", "cdn.example.org")
    assert isinstance(admitted(remote, "http://example.org/old", MediaStore(tmp_path)), MediaRef)
    assert site.asked == [("example.org", "/old"), ("cdn.example.org", "/new")]


@pytest.mark.parametrize("location", ["http://elsewhere.org/a.png", "http://127.0.0.1/a.png", "http://example.org:81/"])
def test_a_redirect_to_a_host_that_is_not_named_is_not_followed(site, tmp_path, location):
    site.pages["/old"] = page(b"", 302, Location=location)
    cause = admitted(site.remote("example.org"), "http://example.org/old", MediaStore(tmp_path))
    assert "--allow-remote" in cause.detail
    assert len(site.asked) == 1


def test_a_redirect_to_a_file_is_not_followed(site, tmp_path):
    site.pages["/old"] = page(b"", 302, Location="file:///etc/passwd")
    assert admitted(site.remote("example.org"), "http://example.org/old", MediaStore(tmp_path)).kind == "broken"


def test_redirects_in_a_circle_end(site, tmp_path):
    site.pages["/old"] = page(b"", 301, Location="/old")
    cause = admitted(site.remote("example.org"), "http://example.org/old", MediaStore(tmp_path))
    assert (cause.kind, len(site.asked)) == ("missing", 4)


def test_what_the_server_calls_it_counts_for_nothing(site, tmp_path):
    site.pages["/a.png"] = page(b"<html>Log in</html>", **{"Content-Type": "image/png"})
    assert admitted(site.remote("example.org"), "http://example.org/a.png", MediaStore(tmp_path)).kind == "mislabelled"


def test_no_more_is_read_than_a_file_may_have(site):
    site.pages["/a"] = page(b"x" * 5_000)
    assert len(site.remote("example.org").fetch("http://example.org/a", max_bytes=100)) == 101


@pytest.mark.parametrize("length", [{}, {"Content-Length": "2000"}])
def test_a_server_that_drips_is_cut_off_in_time(site, length):
    site.pages["/a"] = page(b"x" * 2_000, drip=0.02, **length)
    started = time.monotonic()
    cause = site.remote("example.org", seconds=0.3).fetch("http://example.org/a", max_bytes=10_000)
    assert cause == Cause(kind="timeout", detail="the address was not fetched in 0.3 s")
    assert time.monotonic() - started < 5


def test_what_is_not_there_is_missing(site, tmp_path):
    site.pages["/a"] = page(b"", 404)
    cause = admitted(site.remote("example.org"), "http://example.org/a?token=secret", MediaStore(tmp_path))
    assert cause == Cause(kind="missing", detail="example.org answers 404")


def test_a_host_that_cannot_be_resolved_is_missing(tmp_path):
    def nowhere(host: str, port: int) -> tuple[str, ...]:
        raise socket.gaierror("no such host")

    cause = admitted(Remote(frozenset({"example.org"}), resolve=nowhere), "http://example.org/", MediaStore(tmp_path))
    assert cause == Cause(kind="missing", detail="the address can't be reached (gaierror)")


def test_a_server_without_a_certificate_is_not_trusted(site, tmp_path):
    cause = admitted(site.remote("example.org"), "https://example.org/a.png", MediaStore(tmp_path))
    assert (cause.kind, "reached" in cause.detail) == ("missing", True)


@pytest.mark.parametrize(
    "url", ["http://", "http://[::1", "http://example.org:port/", "http://" + "a" * 300 + "/", "https:///a.png"]
)
def test_what_is_no_address_is_broken(tmp_path, url):
    assert admitted(Remote(frozenset({"example.org"})), url, MediaStore(tmp_path)).kind == "broken"
