"""A jury that hears an Inspect task's samples side by side."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

from inspect_ai.solver import TaskState

from benchmarks.inspecting.conversation import transcript_of
from jury.family import check_families
from jury.folder_texts import texts_in_folder
from jury.gateway.route.transport import check_providers
from jury.logs import log_to_stderr_unless_set_up
from jury.means import Means, opened
from jury.prompt_reach import texts_of_jury
from jury.records import BlockedPolicy, Jury, Verdict
from jury.verdicts import unjudged_verdict


class _Session:
    """Means that samples under way share, so that they share the pace at which models are called."""

    def __init__(self, jury: Jury, folder: Path | None) -> None:
        self.hearing = 0
        self._stack = AsyncExitStack()
        self.means = asyncio.create_task(self._open(jury, folder))

    async def _open(self, jury: Jury, folder: Path | None) -> Means:
        check_providers(juror.endpoint for juror in jury.panel.everybody)
        kept = folder or Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="jury-")))
        texts = texts_in_folder(kept)
        means = await self._stack.enter_async_context(opened(kept, texts.library))
        return replace(means, library=texts.keep(lambda library: texts_of_jury(jury, library)))

    async def close(self) -> None:
        """Close everything, even where the sample that asks is being cancelled."""
        await asyncio.shield(asyncio.create_task(self._stack.aclose()))


class Bench:
    """A jury, and the folder its calls are kept in; without one they are forgotten with the last sample under way.

    `blocked` says how an answer counts that a provider's content filter stopped.
    """

    def __init__(self, jury: Jury, folder: Path | None, blocked: BlockedPolicy = "refused") -> None:
        self.jury = jury
        self._blocked = blocked
        self._folder = folder
        self._session: _Session | None = None

    async def verdict(self, state: TaskState) -> Verdict:
        """The verdict on a sample. Raises `InputError` where a juror would judge its own family."""
        from graphs.deliberation import graph

        log_to_stderr_unless_set_up()
        check_families(self.jury.panel, [str(state.model)])
        async with self._means() as means:
            transcript = await asyncio.to_thread(transcript_of, state, means.media)
            unjudged = unjudged_verdict(transcript, self.jury, self._blocked)
            if unjudged is not None:
                return unjudged
            held = await graph.ainvoke({"transcript": transcript}, context=means.courtroom(self.jury))
        verdict: Verdict = held["verdict"]
        return verdict

    @asynccontextmanager
    async def _means(self) -> AsyncIterator[Means]:
        """Means opened for the first of the samples under way, and closed after the last."""
        session = self._session = self._session or _Session(self.jury, self._folder)
        session.hearing += 1
        try:
            yield await asyncio.shield(session.means)
        finally:
            session.hearing -= 1
            if not session.hearing:
                self._session = None
                await session.close()
