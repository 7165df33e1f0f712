"""The seam below the gateway: one try at one call. LiteLLM stands behind it, a test may put anything else there."""

from typing import Protocol

from jury.records import Cause, Completion, Request


class CallFailedError(Exception):
    """One try that failed. `passing` failures may go away; `retry_after` is the provider's wish, in seconds.

    `status` is HTTP's, None where there was no answer or no HTTP. `request_at_fault` says that the model is in service
    all the same, where no status tells.
    """

    def __init__(
        self,
        cause: Cause,
        *,
        passing: bool,
        retry_after: float | None = None,
        status: int | None = None,
        request_at_fault: bool = False,
    ) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.passing = passing
        self.retry_after = retry_after
        self.status = status
        self.request_at_fault = request_at_fault


class Transport(Protocol):
    """Whatever can make one try at a call."""

    async def attempt(self, request: Request, timeout: float) -> Completion:
        """The model's answer. Raises `CallFailedError`."""
        ...
