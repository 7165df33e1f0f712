"""Workers as actors on Ray, on this machine's loopback alone unless a cluster is named. Ray reports nothing to anybody."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.engines.distant.crew import Actor
from benchmarks.engines.distant.line import LostError
from benchmarks.engines.distant.worker import Kit, Worker
from benchmarks.extras import library
from jury.errors import InputError

#: Told before Ray is imported: no usage statistics, no word about accelerators.
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}

#: For one machine: Ray takes its loopback address, not one that others reach, and workers are as urgent as the driver.
ALONE = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_worker_niceness": "0"}

#: Bytes of shared memory that Ray may take on this machine; letters are small and need none.
STORE = 80 * 2**20


class RayActor:
    """A worker in a process of Ray's."""

    def __init__(self, ray: Any, kit: Any) -> None:
        self._ray = ray
        made = ray.remote(num_cpus=0, max_restarts=0, max_concurrency=64, scheduling_strategy="SPREAD")(Worker)
        self._actor = made.remote(kit)

    async def open(self) -> tuple[str, int]:
        """Make ready; gives the machine's name and the process's id."""
        node, pid = await self._told(self._actor.open.remote())
        return node, pid

    async def deliver(self, batch: bytes) -> None:
        """Hand over letters."""
        await self._told(self._actor.deliver.remote(batch))

    async def collect(self) -> bytes:
        """Letters from there, once there are some."""
        found: bytes = await self._told(self._actor.collect.remote())
        return found

    async def close(self) -> None:
        """Let it send what spans it has."""
        await self._told(self._actor.close.remote())

    def dismiss(self) -> None:
        """End the process."""
        self._ray.kill(self._actor)

    async def _told(self, answer: Any) -> Any:
        try:
            return await answer
        except self._ray.exceptions.RayTaskError:
            raise
        except self._ray.exceptions.RayError as error:
            raise LostError(str(error).splitlines()[0]) from None


@contextmanager
def hiring(kit: Kit, workers: int | None, address: str | None) -> Iterator[tuple[Callable[[], Actor], int]]:
    """How a worker is hired, and how many are wanted: as many as there are cores, unless it is said.

    Raises `InputError` without the extra, for a cluster that can't be reached, and for a transport that can't travel.
    """
    os.environ.update(QUIET if address else {**QUIET, **ALONE})
    ray = library("ray", extra="ray")
    ours = not ray.is_initialized()
    if ours:
        _join(ray, workers, address)
    try:
        try:
            packed = ray.put(kit)
        except TypeError as error:
            raise InputError(f"what makes the calls can't be sent to workers: {error}; use --engine local") from None
        size = workers or (int(ray.cluster_resources().get("CPU", 1)) if address else os.cpu_count() or 1)
        yield lambda: RayActor(ray, packed), size
    finally:
        if ours:
            ray.shutdown()


def _join(ray: Any, workers: int | None, address: str | None) -> None:
    shared = {"include_dashboard": False, "logging_level": logging.ERROR, "log_to_driver": False}
    if address is None:
        cores = workers or os.cpu_count() or 1
        ray.init(num_cpus=cores, object_store_memory=STORE, _node_ip_address="127.0.0.1", **shared)
        return
    try:
        ray.init(address=address, **{**shared, "include_dashboard": None})
    except (ConnectionError, ValueError, RuntimeError) as error:
        reason = (str(error).splitlines() or ["no answer"])[0]
        way_out = "name one with --address HOST:PORT, and set RAY_AUTH_MODE=token if it wants a token"
        raise InputError(f"no Ray cluster at {address!r}: {reason}; {way_out}") from None
