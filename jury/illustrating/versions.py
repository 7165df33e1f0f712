"""What becomes of a row of versions: whether another is painted, and which is taken."""

from collections.abc import Sequence

from jury.illustrating.interpreting import Description
from jury.illustrating.motif import Motif
from jury.records import Attempt, Cause, Drawing, Version


def is_done(versions: Sequence[Version], rounds: int) -> bool:
    """Whether no more is painted: the critic wants nothing else, or couldn't tell, or the rounds are used up.

    A painter that failed is not asked again either: the gateway tried again what may pass, and what is refused stays so.
    """
    last = versions[-1]
    return last.accepted is not False or last.cause is not None or len(versions) >= rounds


def advice_of(versions: Sequence[Version]) -> tuple[str, ...]:
    """What critics wanted changed so far, each wish once: a painter knows nothing of earlier versions."""
    return tuple(dict.fromkeys(version.advice for version in versions if version.advice))


def drawing_of(
    motif: Motif,
    objection: Cause | None,
    attempts: Sequence[Attempt],
    description: Description | None,
    versions: Sequence[Version],
) -> Drawing:
    """What became of a motif: the last image that was painted is taken; without one, the cause is what came last."""
    image = next((version.image for version in reversed(versions) if version.image), None)
    causes = [objection, *(attempt.cause for attempt in attempts), *(version.cause for version in versions)]
    return Drawing(
        query=motif.query.id,
        panel=motif.panel,
        subject=description.subject if description else "",
        scene=description.scene if description else "",
        attempts=tuple(attempts),
        versions=tuple(versions),
        image=image,
        cause=next((cause for cause in reversed(causes) if cause), None) if image is None else None,
        calls=tuple(call for attempt in attempts for call in attempt.calls),
    )
