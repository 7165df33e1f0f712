"""Work that is run to its end from a script, a thread or a notebook, and stopped by a signal."""

import asyncio
import os
import signal
import threading

import pytest

from jury.errors import StoppedEarlyError
from jury.stopping import StopSwitch, current_switch, run_to_end


async def answer() -> int:
    await asyncio.sleep(0)
    return 42


async def signalled(number: signal.Signals) -> None:
    os.kill(os.getpid(), number)
    await asyncio.Event().wait()


def test_the_first_reason_to_stop_stands():
    switch = StopSwitch()
    switch.check()
    switch.stop(StoppedEarlyError("first"))
    switch.stop(StoppedEarlyError("second"))
    with pytest.raises(StoppedEarlyError, match="first"):
        switch.check()


def test_work_gives_its_result():
    assert run_to_end(answer()) == 42


async def test_inside_a_running_event_loop_work_gives_its_result_too():
    assert run_to_end(answer()) == 42


def test_in_another_thread_work_gives_its_result_too():
    found = []
    thread = threading.Thread(target=lambda: found.append(run_to_end(answer())))
    thread.start()
    thread.join()
    assert found == [42]


@pytest.mark.parametrize(("number", "name"), [(signal.SIGINT, "Ctrl-C"), (signal.SIGTERM, "SIGTERM")])
def test_a_signal_stops_the_work_and_handlers_are_put_back(number, name):
    before, told = signal.getsignal(number), []
    with pytest.raises(StoppedEarlyError, match=f"stopped by {name}"):
        run_to_end(signalled(number), tell=told.append)
    assert signal.getsignal(number) == before
    assert len(told) == 1
    assert "in flight" in told[0]


def test_errors_of_the_work_come_through():
    async def fail() -> None:
        raise ValueError("as it is")

    with pytest.raises(ValueError, match="as it is"):
        run_to_end(fail())


def test_the_switch_is_that_of_the_work_under_way():
    async def stop_by_signal() -> bool:
        switch = current_switch()
        try:
            await signalled(signal.SIGTERM)
        except asyncio.CancelledError:
            return switch.reason is not None
        return False

    assert run_to_end(stop_by_signal())
