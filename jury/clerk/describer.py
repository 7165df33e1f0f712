"""A clerk that is a model: it describes images and writes clips down for jurors who can't see or hear."""

from jury.clerk.senses import Senses, SensesOf, takes
from jury.errors import InputError
from jury.gateway.call import Gateway
from jury.gateway.reply import Reply
from jury.records import MEDIA_KINDS, AudioPart, Case, ImagePart, Message, Request, TextPart
from jury.sandbox import Sandbox
from prompts import Library

ACT = "clerk/describe"

#: The longest description, in tokens.
LONGEST = 2048


class Describer:
    """A model that puts exhibits into words, asked through the gateway: once per exhibit and language, ledger and all.

    Its calls are in the ledger, count towards the budget and the run's usage, and belong to exhibits, which verdicts share:
    they are no part of a verdict's own usage. Raises `InputError` for a model that neither sees nor hears.
    """

    def __init__(self, model: str, api_base: str | None, senses: SensesOf, gateway: Gateway, library: Library) -> None:
        self.name = model
        self._api_base = api_base
        self._senses = senses
        if not any(takes(self.senses, kind) for kind in MEDIA_KINDS):
            raise InputError(
                f"clerk {model} takes neither images nor audio as far as is known; name another, or state in --models that it does"
            )
        self._gateway = gateway
        self._sandbox = Sandbox(library)
        self._languages = library.languages()

    @property
    def senses(self) -> Senses:
        """What it takes, as far as is known by now."""
        return self._senses(self.name, self._api_base)

    async def words(self, part: ImagePart | AudioPart, case: Case) -> Reply[str]:
        """What it says of an exhibit, in the case's language or English, with the calls it took."""
        base = case.language.partition("-")[0]
        asked = self._sandbox.text(ACT, base if base in self._languages else "en", {"kind": part.kind})
        # The medium alone: the data set's own words would colour the clerk's, and equal media ask the same question.
        message = Message(role="user", parts=(TextPart(text=asked), type(part)(media=part.media)))
        request = Request(
            model=self.name, messages=(message,), temperature=0.0, max_tokens=LONGEST, api_base=self._api_base
        )
        return await self._gateway.say(request, lane=case.id)
