"""Where queries are spoken: who may be spoken at all, who speaks, and what becomes of a take."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from jury.gateway.call import Gateway
from jury.media import MediaStore, admit_bytes
from jury.policy import is_never_shown, policy_of
from jury.providers import told
from jury.records import Cause, MediaRef, Query, Recording, Request, Take, Taxonomy, Voice, Voices
from jury.speaking.mastering import mastered
from jury.taxonomies import scenario_of

#: How often one query is spoken before it is given up.
TAKES = 3


@dataclass(frozen=True)
class RecordingStudio:
    """The voices with their means; it holds for all queries of a taxonomy and knows nothing of any of them."""

    gateway: Gateway
    media: MediaStore
    taxonomy: Taxonomy
    voices: Voices

    def objection(self, query: Query) -> Cause | None:
        """Why a query must not be spoken, None where it may be. Raises `InputError` for an unknown scenario."""
        if not policy_of(scenario_of(query, self.taxonomy)).audio:
            return Cause(kind="refused", detail="the scenario's policy allows no audio")
        if is_never_shown(query.draft.text):
            return Cause(kind="refused", detail="the query's words allow no audio")
        return None

    async def speak(self, query: Query, voice: Voice, sample: int) -> Take:
        """One take of a query, unchecked. `sample` tells takes of one query apart."""
        request = Request.to_make("audio", self.voices.of(voice), query.draft.text, sample=sample)
        reply = await self.gateway.make(told(request, language=query.language), lane=query.id)
        return Take(call=reply.keys[0] if reply.keys else "", clip=reply.parsed, cause=reply.error)

    async def master(self, query: Query, take: Take) -> tuple[Take, MediaRef | None]:
        """The take with what is wrong with it, or the reference of the clip that was made of it and is in the store."""
        if take.clip is None:
            return take, None
        kept = await asyncio.to_thread(self._kept, take.clip, query.draft.text)
        return (take.but(cause=kept), None) if isinstance(kept, Cause) else (take, kept)

    def _kept(self, clip: MediaRef, words: str) -> MediaRef | Cause:
        data = mastered(self.media.read(clip), words)
        return data if isinstance(data, Cause) else admit_bytes(data, kind="audio", store=self.media)


def is_done(takes: Sequence[Take]) -> bool:
    """Whether no more takes are wanted: the last is good, they are all used up, or the model will not speak these words."""
    last = takes[-1].cause
    return last is None or last.kind == "refused" or len(takes) >= TAKES


def recording_of(
    query: Query, voice: Voice, takes: Sequence[Take], clip: MediaRef | None, objection: Cause | None
) -> Recording:
    """What became of a query in one voice; without a clip, the cause is the objection or that of the last take."""
    cause = objection or (takes[-1].cause if takes else None)
    return Recording(query=query.id, voice=voice, takes=tuple(takes), clip=clip, cause=cause if clip is None else None)
