"""What stands before every page: who may ask, what an answer may load, and which posts are the reader's own."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jury.errors import InputError

#: The field of a form that proves where it was filled in.
FIELD = "form_token"

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


def _new_secret() -> str:
    return secrets.token_urlsafe(24)


@dataclass(frozen=True)
class Keys:
    """The secrets of one start: `token` opens the viewer (empty: anybody who reaches it may read), `form` signs forms."""

    token: str = field(default_factory=_new_secret)
    form: str = field(default_factory=_new_secret)

    @property
    def cookie(self) -> str:
        """The cookie that holds the token. Cookies ignore ports, so each start has a name of its own."""
        return f"jury_token_{hashlib.sha256(self.token.encode()).hexdigest()[:8]}"


@dataclass(frozen=True)
class PublicPlace:
    """Where readers reach a viewer that stands behind a proxy: `https` and the host, with a port where there is one."""

    secure: bool = False
    host: str = ""

    @classmethod
    def of(cls, url: str) -> "PublicPlace":
        """The place that an address names. Raises `InputError` for one that is none, or that has a path."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise InputError(f"--public-url {url!r} is no address; write it as https://jury.example.org")
        if parts.path not in {"", "/"} or parts.query or parts.fragment:
            raise InputError(f"--public-url {url!r} has a path; the viewer needs a host name, or a port, of its own")
        return cls(parts.scheme == "https", parts.netloc)

    @property
    def url(self) -> str:
        """The address itself, without a slash at its end."""
        return f"http{'s' if self.secure else ''}://{self.host}"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    return host in {"127.0.0.1", "localhost", "::1"}


class Guard:
    """Turns away whoever may not ask, and lays the headers on every answer.

    The token is asked for, once in the address and then in a cookie. Where the viewer listens on loopback (`local`), only
    requests that name this machine or the public place are answered, so that a page elsewhere can't reach it under a name of
    its own. Posts must come from our own pages.
    """

    def __init__(self, app: ASGIApp, keys: Keys, public: PublicPlace | None = None, *, local: bool = True) -> None:
        self._app, self._keys, self._public, self._local = app, keys, public or PublicPlace(), local

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
        public = [self._public.host] if self._public.host else []
        if self._local and _host(request.headers) not in _LOOPBACK and request.headers.get("host") not in public:
            names = " and ".join(["127.0.0.1", "localhost", *public])
            return PlainTextResponse(f"This viewer answers to {names} only; --public-url names another.", 421)
        if self._keys.token:
            admitted = self._admitted(request)
            if admitted is not None:
                return admitted
        if request.method == "POST" and not _is_ours(request, self._public):
            return PlainTextResponse("This form was sent from another site, so nothing was done.", 403)
        return None

    def _admitted(self, request: Request) -> Response | None:
        """None for whoever has the token; one who brings it in the address is given the cookie."""
        if _same(request.query_params.get("token", ""), self._keys.token):
            rest = [pair for pair in parse_qsl(request.url.query, keep_blank_values=True) if pair[0] != "token"]
            # Only ever to a path of our own: two slashes at its start would name another host.
            path = "/" + request.url.path.lstrip("/\\")
            response = RedirectResponse(path + (f"?{urlencode(rest)}" if rest else ""), 303)
            # Lax, so that a link in a message opens the viewer too; posts prove where they come from by themselves.
            response.set_cookie(
                self._keys.cookie, self._keys.token, httponly=True, samesite="lax", secure=self._public.secure
            )
            return response
        if _same(request.cookies.get(self._keys.cookie, ""), self._keys.token):
            return None
        return PlainTextResponse("Open the address that jury view printed, with its token.", 401)


def forged(form_token: object, keys: Keys) -> bool:
    """Whether a form was not made by a page of this start."""
    return not (isinstance(form_token, str) and _same(form_token, keys.form))


def _is_ours(request: Request, public: PublicPlace) -> bool:
    """Whether a post comes from a page of this viewer, as far as the browser says."""
    fetched, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if not _is_small(request.headers):
        return False
    if fetched is not None and fetched not in {"same-origin", "none"}:
        return False
    own = {request.headers.get("host", ""), public.host} - {""}
    return origin is None or _place(origin) in own


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
