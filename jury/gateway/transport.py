"""The seam below the gateway: one try at one call. LiteLLM stands behind it, a test may put anything else there."""

from typing import Literal, Protocol, runtime_checkable

from jury.records import Cause, Completion, ContentFilter, Delivery, Request

#: HTTP's way to say that a model is asked too often.
TOO_MANY_REQUESTS = 429


#: What is wrong: the key, the account's credit, what the key may do, the model's name, the server's address, or the server.
Trouble = Literal["key", "credit", "access", "model", "address", "server"]


class CallFailedError(Exception):
    """One try that failed. `passing` failures may go away; `retry_after` is the provider's wish, in seconds.

    `status` is HTTP's, None where there was no answer or no HTTP. `request_at_fault` says that the model is in service
    all the same, where no status tells. `filtered` is the provider's content filter where that stopped the prompt.
    `throttled` says that the model is asked too often (by default: where the status does). `stop` is a sentence about
    what no further call to the model mends, such as an empty account: it stops the run. `unreachable` is one about a
    server that no connection to was had: it stops a run that has not reached it before. `trouble` says in a
    word what either is about. `exhibits` are the images and
    clips of the request that did not reach the model, where that is why it failed. `asked` is False where it was known
    beforehand that the call would fail, so that none was made.
    """

    def __init__(
        self,
        cause: Cause,
        *,
        passing: bool,
        retry_after: float | None = None,
        status: int | None = None,
        request_at_fault: bool = False,
        filtered: ContentFilter | None = None,
        throttled: bool | None = None,
        stop: str = "",
        unreachable: str = "",
        trouble: Trouble | None = None,
        exhibits: tuple[Delivery, ...] = (),
        asked: bool = True,
    ) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.passing = passing
        self.retry_after = retry_after
        self.status = status
        self.request_at_fault = request_at_fault
        self.filtered = filtered
        self.throttled = status == TOO_MANY_REQUESTS if throttled is None else throttled
        self.stop = stop
        self.unreachable = unreachable
        self.trouble = trouble
        self.exhibits = exhibits
        self.asked = asked


def exhibit_failure(
    cause: Cause, exhibits: tuple[Delivery, ...], *, asked: bool = True, status: int | None = None
) -> CallFailedError:
    """The failure of a request whose images or clips did not reach the model."""
    return CallFailedError(
        cause, passing=False, status=status, request_at_fault=True, exhibits=exhibits, asked=asked, throttled=False
    )


class Transport(Protocol):
    """Whatever can make one try at a call."""

    async def attempt(self, request: Request, timeout: float) -> Completion:
        """The model's answer. Raises `CallFailedError`."""
        ...


@runtime_checkable
class Learning(Protocol):
    """A transport that learns from calls, kept ones too, what models take."""

    def learn(self, request: Request, completion: Completion) -> None:
        """Take to heart what came of a call."""
        ...
