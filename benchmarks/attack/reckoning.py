"""What an attack would ask and cost, before anything is paid."""

from benchmarks.attack.holding import besieged, recorded_answers
from benchmarks.attack.settings import AttackSettings
from benchmarks.estimate import Estimate, estimated_docket, without_trace
from benchmarks.resuming import texts_for
from jury.errors import InputError
from jury.sandbox import Sandbox


def reckoned(settings: AttackSettings) -> Estimate:
    """What judging every answer and its twins would ask and cost. Raises `InputError` where no answer is known yet."""
    if settings.target is not None:
        raise InputError("a dry run of an attack needs answers, and the target was not asked yet; leave out --dry-run")
    library = texts_for(settings.out, settings.prompts).library
    docket, _, _ = without_trace(
        lambda media: besieged(settings, recorded_answers(settings, media), media, library, Sandbox(library))
    )
    return estimated_docket(docket, settings, library)
