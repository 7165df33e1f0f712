"""Stopping: what was not sent yet is not sent, and what was sent is finished and kept."""

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator, Sized
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

from jury.errors import StoppedEarlyError

T = TypeVar("T")

#: The signals that stop a run so that it can be resumed, and how a person knows them.
_SIGNALS = {signal.SIGINT: "Ctrl-C", signal.SIGTERM: "SIGTERM"}

#: What is told to whoever asks for a stop.
FINISHING = "Stopping: calls in flight ({}) are finished and kept, no other is sent; a second Ctrl-C gives them up."


class StopSwitch:
    """Says whether a run is to stop. Everything that sends a call asks it before each one; the first reason stands."""

    def __init__(self) -> None:
        self._reason: StoppedEarlyError | None = None
        self._sent: list[Sized] = []
        self._givers: list[Callable[[], None]] = []
        self.given_up = False

    def watch(self, sent: Sized, give_up: Callable[[], None]) -> None:
        """Count what one gateway has in flight; `give_up` is called when it is not waited for any longer."""
        self._sent.append(sent)
        self._givers.append(give_up)

    def give_up(self) -> None:
        """Wait for no call in flight any longer: what it cost is lost."""
        self.given_up = True
        for give_up in self._givers:
            give_up()

    @property
    def in_flight(self) -> int:
        """How many calls were sent and are not finished."""
        return sum(map(len, self._sent))

    @property
    def reason(self) -> StoppedEarlyError | None:
        """Why the run is to stop, None as long as it goes on."""
        return self._reason

    def stop(self, reason: StoppedEarlyError) -> None:
        """From now on nothing more is sent."""
        self._reason = self._reason or reason

    def check(self) -> None:
        """Raise `StoppedEarlyError` if the run is to stop."""
        if self._reason is not None:
            raise type(self._reason)(str(self._reason))


_SWITCH: ContextVar[StopSwitch | None] = ContextVar("stop_switch", default=None)


def current_switch() -> StopSwitch:
    """The switch of the work under way; a new one where nobody can stop it from outside."""
    return _SWITCH.get() or StopSwitch()


def run_to_end(work: Coroutine[Any, Any, T], *, tell: Callable[[str], None] | None = None) -> T:
    """What the work gives, from any place: a script, a thread, or a notebook, in which an event loop runs already.

    Ctrl-C and SIGTERM stop it: `tell` gets a sentence, calls in flight are finished and kept, and `StoppedEarlyError` is
    raised. The second signal gives up the calls in flight.
    """
    running = _Stoppable(work, tell or (lambda _: None))
    if _loop_runs_here():
        return running.in_thread()
    return asyncio.run(running.guarded(own_signals=threading.current_thread() is threading.main_thread()))


class _Stoppable(Generic[T]):
    """Work that can be stopped from outside its event loop."""

    def __init__(self, work: Coroutine[Any, Any, T], tell: Callable[[str], None]) -> None:
        self._work = work
        self._tell = tell
        self._switch = StopSwitch()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[Any] | None = None
        self._asked = False

    async def guarded(self, *, own_signals: bool) -> T:
        """The work's result. Raises `StoppedEarlyError` where it was stopped."""
        _SWITCH.set(self._switch)
        loop = asyncio.get_running_loop()
        self._loop, self._task = loop, asyncio.current_task()
        with self._signals(loop) if own_signals else contextlib.nullcontext():
            try:
                return await self._work
            except asyncio.CancelledError:
                if self._switch.reason is None:
                    raise
                raise self._switch.reason from None

    def in_thread(self) -> T:
        """The work's result, from a thread with an event loop of its own; Ctrl-C in this one stops it."""
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="jury") as thread:
            found = thread.submit(lambda: asyncio.run(self.guarded(own_signals=False)))
            while True:
                try:
                    return found.result()
                except KeyboardInterrupt:
                    if found.done() or self._loop is None:
                        raise
                    self._loop.call_soon_threadsafe(self._stop, "Ctrl-C")

    def _stop(self, asked_by: str) -> None:
        if self._asked:
            self._switch.give_up()
            return
        self._asked = True
        self._tell(FINISHING.format(self._switch.in_flight))
        self._switch.stop(
            StoppedEarlyError(
                f"stopped by {asked_by}; every finished call is kept, and the same command goes on from here"
            )
        )
        if self._task is not None:
            self._task.cancel()

    @contextlib.contextmanager
    def _signals(self, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
        """Hear of signals in an event loop, where it can; elsewhere (Windows) Ctrl-C is asyncio's own."""
        heard: list[signal.Signals] = []
        before = {number: signal.getsignal(number) for number in _SIGNALS}
        with contextlib.suppress(NotImplementedError):
            for number, name in _SIGNALS.items():
                if before[number] is signal.SIG_IGN:
                    continue  # whoever started this process had it ignored
                loop.add_signal_handler(number, self._stop, name)
                heard.append(number)
        try:
            yield
        finally:
            for number in heard:
                loop.remove_signal_handler(number)
                signal.signal(number, before[number])


def _loop_runs_here() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
