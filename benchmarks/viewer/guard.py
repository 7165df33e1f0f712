"""What stands before every page: who may ask, what an answer may load, and which posts are the reader's own."""

import hmac
import re
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The cookie that holds the token, and the field of a form that proves where it was filled in.
COOKIE, FIELD = "jury_token", "form_token"

#: Largest body of a post, in bytes.
LARGEST = 64_000

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

#: A drawing opened by itself may use its own style, and nothing else.
DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # without it a browser hides from us where our own forms come from
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Keys:
    """The secrets of one start: `token` opens the viewer where it is not on loopback (empty there), `form` signs forms."""

    token: str = ""
    form: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @classmethod
    def for_host(cls, host: str) -> "Keys":
        """Keys for an address to listen on."""
        return cls(token="" if is_loopback(host) else secrets.token_urlsafe(24))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    return host in {"127.0.0.1", "localhost", "::1"}


class Guard:
    """Turns away whoever may not ask, and lays the headers on every answer.

    On loopback only requests that name this machine are answered, so that a page elsewhere can't reach it under a name of its
    own; elsewhere the token is asked for, once in the address and then in a cookie. Posts must come from our own pages.
    """

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self._app, self._keys = app, keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or turn it away."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        turned_away = self._turned_away(Request(scope))
        await (turned_away or self._app)(scope, receive, sealed)

    def _turned_away(self, request: Request) -> Response | None:
        if self._keys.token:
            admitted = self._admitted(request)
            if admitted is not None:
                return admitted
        elif _host(request.headers) not in _LOOPBACK:
            return PlainTextResponse("This viewer answers to 127.0.0.1 and localhost only.", 421)
        if request.method == "POST" and not _is_ours(request):
            return PlainTextResponse("This form was sent from another site, so nothing was done.", 403)
        return None

    def _admitted(self, request: Request) -> Response | None:
        """None for whoever has the token; one who brings it in the address is given the cookie."""
        if _same(request.query_params.get("token", ""), self._keys.token):
            rest = [pair for pair in parse_qsl(request.url.query, keep_blank_values=True) if pair[0] != "token"]
            # Only ever to a path of our own: two slashes at its start would name another host.
            path = "/" + request.url.path.lstrip("/\\")
            response = RedirectResponse(path + (f"?{urlencode(rest)}" if rest else ""), 303)
            response.set_cookie(COOKIE, self._keys.token, httponly=True, samesite="strict")
            return response
        if _same(request.cookies.get(COOKIE, ""), self._keys.token):
            return None
        return PlainTextResponse("Open the address that jury view printed, with its token.", 401)


def forged(form_token: object, keys: Keys) -> bool:
    """Whether a form was not made by a page of this start."""
    return not (isinstance(form_token, str) and _same(form_token, keys.form))


def _is_ours(request: Request) -> bool:
    """Whether a post comes from a page of this viewer, as far as the browser says."""
    fetched, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if not _is_small(request.headers):
        return False
    if fetched is not None and fetched not in {"same-origin", "none"}:
        return False
    return origin is None or _place(origin) == request.headers.get("host", "")


def _is_small(headers: Headers) -> bool:
    """Whether a body says beforehand that it is no larger than allowed; one in chunks says nothing, whatever else it says."""
    stated = headers.get("content-length", "")
    # Nobody writes a small number in more than a dozen digits.
    return (
        "transfer-encoding" not in headers
        and re.fullmatch(r"[0-9]{1,12}", stated) is not None
        and int(stated) <= LARGEST
    )


def _place(origin: str) -> str | None:
    """Host and port of an origin; None for what is none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def _host(headers: Headers) -> str:
    """The host a request names, without its port."""
    host = headers.get("host", "")
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())
