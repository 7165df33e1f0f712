"""Whether another version is painted, which is taken, and what a drawing says of all of them."""

import pytest

from jury.illustrating import Motif
from jury.illustrating.interpreting import Description
from jury.illustrating.versions import advice_of, drawing_of, is_done
from jury.records import Attempt, Cause, Draft, MediaRef, Query, Version

IMAGES = tuple(MediaRef(sha256=digit * 64, mime="image/png", size=9) for digit in "123")
FAILED = Cause(kind="error", detail="is broken")
REFUSED = Cause(kind="refused", detail="no")

ACCEPTED = Version(prompt="p", image=IMAGES[0], accepted=True)
REJECTED = Version(prompt="p", image=IMAGES[1], accepted=False, advice="closer")
UNJUDGED = Version(prompt="p", image=IMAGES[2], cause=REFUSED)
UNPAINTED = Version(prompt="p", cause=FAILED)

MOTIF = Motif(Query(id="q", scenario="s", language="en", draft=Draft(text="t", author="a")), "t", panel=2)
LADDER = Description(subject="A ladder", scene="It leans.")
GAVE = Attempt(author="second", written=1, calls=("2",))
PASSED = Attempt(author="first", cause=REFUSED, calls=("1",))


@pytest.mark.parametrize("last", [ACCEPTED, UNJUDGED, UNPAINTED, REJECTED.but(cause=REFUSED)])
def test_nothing_more_is_painted_once_the_critic_has_no_wish_that_can_be_followed(last: Version) -> None:
    assert is_done([last], rounds=3)
    assert is_done([REJECTED, last], rounds=3)


def test_a_version_that_does_not_fit_is_followed_by_another_until_the_rounds_are_used_up() -> None:
    assert [is_done([REJECTED] * count, rounds=3) for count in (1, 2, 3)] == [False, False, True]
    assert is_done([REJECTED], rounds=1)


def test_a_painter_is_told_every_wish_once_in_their_order() -> None:
    wishes = [REJECTED.but(advice=advice) for advice in ("closer", "", "darker", "closer")]
    assert advice_of(wishes) == ("closer", "darker")


def test_a_drawing_names_all_who_were_asked_and_takes_the_last_image() -> None:
    drawing = drawing_of(MOTIF, None, [PASSED, GAVE], LADDER, [REJECTED, ACCEPTED])
    assert (drawing.query, drawing.panel, drawing.subject, drawing.scene) == ("q", 2, "A ladder", "It leans.")
    assert drawing.attempts == (PASSED, GAVE)
    assert drawing.calls == ("1", "2")
    assert (drawing.image, drawing.cause) == (IMAGES[0], None)


def test_a_drawing_falls_back_on_the_last_that_was_painted() -> None:
    assert drawing_of(MOTIF, None, [GAVE], LADDER, [REJECTED, UNPAINTED]).image == REJECTED.image


@pytest.mark.parametrize(
    ("objection", "attempts", "versions", "cause"),
    [
        (REFUSED, [], [], REFUSED),
        (None, [PASSED, Attempt(author="b", cause=FAILED)], [], FAILED),
        (None, [PASSED, GAVE], [UNPAINTED], FAILED),
    ],
)
def test_a_drawing_without_an_image_has_the_cause_that_came_last(
    objection: Cause | None, attempts: list[Attempt], versions: list[Version], cause: Cause
) -> None:
    drawing = drawing_of(MOTIF, objection, attempts, None, versions)
    assert (drawing.image, drawing.cause) == (None, cause)
