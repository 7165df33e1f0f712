"""An OpenAI-compatible mock server in a process of its own, so that its CPU is not counted."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

from benchmarks.perf.models import SAID


@contextmanager
def serving(seconds: float) -> Iterator[str]:
    """The base URL of a server that answers every chat after a pause."""
    command = [sys.executable, "-m", "benchmarks.perf.server", str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own module
        if process.stdout is None:
            raise RuntimeError("the mock server has no output to read its port from")
        port = process.stdout.readline().strip()
        try:
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.kill()


async def _serve(seconds: float) -> None:
    async def chat(_: web.Request) -> web.Response:
        await asyncio.sleep(seconds)
        message = {"role": "assistant", "content": SAID}
        return web.json_response(
            {
                "id": "mock",
                "object": "chat.completion",
                "created": 1,
                "model": "mock",
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 400, "completion_tokens": 30, "total_tokens": 430},
            }
        )

    server = web.Application(client_max_size=64 * 2**20)
    server.router.add_post("/v1/chat/completions", chat)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
    await site.start()
    sys.stdout.write(f"{runner.addresses[0][1]}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1])))
