"""One provider's server, scripted: it notes every request, and answers in the provider's form."""

import threading
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType

from wire.dialect import Asked, Dialect
from wire.http_server import HttpReply, HttpRequest, HttpServer

#: One answer: a text in the provider's form, or any reply.
Answer = HttpReply | str

#: What is answered: one after the other, or as a function of what was asked; an iterator may go on for ever.
Script = Sequence[Answer] | Iterator[Answer] | Callable[[Asked], Answer]


class WireServer:
    """A context manager: a server of one provider. A script that is used up is an HTTP 500 that says so."""

    def __init__(self, dialect: Dialect, script: Script) -> None:
        self.dialect = dialect
        self.model = dialect.model
        self.asked: list[Asked] = []
        self._answering = script if callable(script) else _one_by_one(script)
        self._lock = threading.Lock()
        self._http = HttpServer(self._respond)

    @property
    def base(self) -> str:
        """The address, to be given as `api_base`."""
        return f"http://127.0.0.1:{self._http.port}{self.dialect.base_path}"

    def __enter__(self) -> "WireServer":
        self._http.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.stop()

    def _respond(self, request: HttpRequest) -> HttpReply:
        aside = self.dialect.aside(request)
        if aside is not None:
            return aside
        asked = self.dialect.read(request)
        with self._lock:
            self.asked.append(asked)
        answer = self._answering(asked)
        return self.dialect.answer_to(asked, answer) if isinstance(answer, str) else answer


def _one_by_one(script: Sequence[Answer] | Iterator[Answer]) -> Callable[[Asked], Answer]:
    answers, lock = iter(script), threading.Lock()

    def following(_: Asked) -> Answer:
        with lock:
            return next(answers, HttpReply(b'{"error": {"message": "the script of this server is used up"}}', 500))

    return following
