"""Whatever is sent to the viewer over a socket, it answers, and never that it broke."""

import socket
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutating import fuzzed
from viewers import ADA, case_path, client, viewer

from benchmarks.viewer import app

#: Statuses that say the viewer is at fault; what follows "HTTP/1.1 " otherwise is below 500.
LONGEST_WAIT = 20

JUNK = st.text(max_size=12) | st.sampled_from(
    [
        "..",
        "../../etc/passwd",
        "\0",
        "a" * 3000,
        "-1",
        "1e309",
        "nan",
        "9" * 400,
        "' OR 1=1 --",
        '"',
        "%",
        "*",
        "\u202e",
        "[",
        "//x",
    ]
)
METHODS = st.sampled_from(["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "JURY", "get"])
QUERIES = st.sampled_from(
    [
        "page", "order", "text", "scenario", "state", "choice", "margin_from", "rating_below", "disagreement_from", "hung",
        "flipped", "against_gold", "run", "seen", "token", "question",
    ]
)  # fmt: skip
HEADERS = st.sampled_from(
    [
        "Origin", "Sec-Fetch-Site", "Range", "Cookie", "Accept-Encoding", "Content-Type", "If-None-Match", "Referer",
        "Last-Event-ID", "X-Forwarded-For", "Upgrade", "Expect", "Transfer-Encoding", "Content-Length",
    ]
)  # fmt: skip
VALUES = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=20) | st.sampled_from(
    [
        "http://[", "null", "same-origin", "none", "bytes=0-", "bytes=-0", "bytes=9-1", "bytes=99999999999999999999-",
        "bytes=a-b", "jury_reader=%FF%00; jury_blind=1", "jury_reader=" + "x" * 3000, "multipart/form-data; boundary=",
        "multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=utf-99", "-1", "0x10", "1_0", "²",
        "chunked", "100-continue", "websocket",
    ]
)  # fmt: skip
BODIES = st.binary(max_size=60) | st.sampled_from(
    [
        b"form_token=%FF&choice=safe", b"a=1&" * 3000, b"--x\r\nContent-Disposition: form-data; name=form_token\r\n\r\nx\r\n--x--",
        b"--x\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\n", b"5\r\nabcde\r\n0\r\n\r\n", b"rating=1e999&confidence=nan",
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def known(tmp_path_factory, plain):
    """The address of a viewer, and what stands for the names in its routes."""
    with viewer(tmp_path_factory.mktemp("cache"), plain) as at:
        with client(at, ADA) as asked:
            run, case = case_path(asked, "c1").split("/")[2::2]
        yield at, {"run": run, "case": case}


def answered(address, request):
    """The first line of what comes back on a socket of its own."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), LONGEST_WAIT) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        return line.makefile("rb").readline()


def assert_unbroken(address, request):
    first = answered(address, request)
    assert first.startswith(b"HTTP/1.1 ") or first == b""  # a line that is no HTTP may be hung up on
    assert not first[9:].startswith(b"5")


def filled(route, names):
    for name, value in names.items():
        route = route.replace(f"{{{name}}}", value)
    return route


@fuzzed
@given(st.data())
def test_any_request_for_any_route_is_answered(known, data):
    address, names = known
    route = data.draw(st.sampled_from([route.path for route in app._ROUTES]))
    junk = {name: quote(data.draw(JUNK), safe="") for name in ("text", "drawing", "sha256", "key", "trial")}
    drawn = {name: data.draw(st.just(value) | JUNK.map(quote)) for name, value in names.items()}
    query = "&".join(f"{name}={quote(data.draw(JUNK))}" for name in data.draw(st.lists(QUERIES, max_size=4)))
    body = data.draw(BODIES)
    headers = {name: data.draw(VALUES) for name in data.draw(st.lists(HEADERS, max_size=3))}
    lines = [
        f"{data.draw(METHODS)} {filled(route, junk | drawn)}?{query} HTTP/1.1",
        "Host: 127.0.0.1",
        "Connection: close",
    ]
    lines += [f"{name}: {value}" for name, value in ({"Content-Length": str(len(body))} | headers).items()]
    assert_unbroken(address, "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)


@fuzzed
@given(st.binary(max_size=200))
def test_any_bytes_on_the_socket_are_answered_or_hung_up_on(known, content):
    assert_unbroken(known[0], content + b"\r\n\r\n")


def post(path, *headers, body=b""):
    return (
        "\r\n".join([f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers]).encode()
        + b"\r\n\r\n"
        + body
    )


def test_an_origin_that_is_none_is_turned_away(known):
    assert b" 403 " in answered(known[0], post("/reading", "Content-Length: 0", "Origin: http://["))


def test_a_body_in_chunks_does_not_pass_for_a_small_one(known):
    headers = ("Transfer-Encoding: chunked", "Content-Length: 5")
    assert answered(known[0], post("/reading", *headers, body=b"5\r\nabcde\r\n0\r\n\r\n")).split()[1] in {
        b"400",
        b"403",
    }
