"""One call, three ways: bare aiohttp, bare LiteLLM, the gateway with its ledger."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.collection import unhurried_collection
from benchmarks.perf.server import serving
from jury.gateway.call import Gateway
from jury.gateway.route.exhibits import Exhibits
from jury.gateway.route.transport import LiteLLMTransport
from jury.ledger import Ledger
from jury.media import MediaStore
from jury.records import Message, Request, TextPart

Call = Callable[[int], Awaitable[Any]]

#: Calls under way at once.
WIDTH = 50


def measure(calls: int) -> dict[str, object]:
    """CPU milliseconds per call of each way, and the gateway's as a multiple of bare LiteLLM's, all in one run."""
    with tempfile.TemporaryDirectory(prefix="jury-perf-") as folder, serving(0.0) as base:
        spent = asyncio.run(_all_ways(calls, Path(folder), base))
    return {
        "calls": calls,
        **{f"{way}_cpu_ms": round(cpu, 3) for way, cpu in spent.items()},
        "gateway_over_litellm": round(spent["gateway"] / spent["litellm"], 3),
    }


async def _all_ways(calls: int, folder: Path, base: str) -> dict[str, float]:
    transport = LiteLLMTransport(Exhibits(MediaStore(folder / "media")))
    ledger = Ledger.open(folder / "ledger.sqlite")
    gateway = Gateway(transport, ledger)
    import litellm  # the transport has imported it already, and told it to fetch nothing

    async def bare(number: int) -> None:
        body = {"model": "mock", "messages": _chat(number)}
        async with session.post(f"{base}/chat/completions", json=body) as response:
            await response.json()

    async def through_litellm(number: int) -> None:
        await litellm.acompletion(
            model="hosted_vllm/mock", api_base=base, messages=_chat(number), max_retries=0, num_retries=0
        )

    async def through_gateway(number: int) -> None:
        messages = tuple(
            Message.model_validate({"role": said["role"], "parts": [TextPart(text=said["content"])]})
            for said in _chat(number)
        )
        await gateway.say(Request(model="hosted_vllm/mock", api_base=base, messages=messages))

    async with aiohttp.ClientSession() as session:
        ways: dict[str, Call] = {"aiohttp": bare, "litellm": through_litellm, "gateway": through_gateway}
        for way in ways.values():
            await _spent(way, range(-WIDTH, 0))
        spent = {name: await _spent(way, range(calls)) for name, way in ways.items()}
    await gateway.close()
    await ledger.close()
    return spent


async def _spent(call: Call, numbers: range) -> float:
    """CPU milliseconds per call, `WIDTH` of them under way at once, garbage collected as seldom as in a run."""
    slots = asyncio.Semaphore(WIDTH)

    async def one(number: int) -> None:
        async with slots:
            await call(number)

    with unhurried_collection():
        started = time.process_time()
        await asyncio.gather(*(one(number) for number in numbers))
    return 1000 * (time.process_time() - started) / len(numbers)


def _chat(number: int) -> list[dict[str, str]]:
    return [
        {"role": "system", "content": "You sit on a jury. " * 40},
        {"role": "user", "content": f"Case {number}. " + "What the answer says. " * 60},
    ]
