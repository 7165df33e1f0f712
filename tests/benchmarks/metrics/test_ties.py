"""What is drawn together: cases that share a group, a picture, a clip or a request, however long the chain."""

from typing import Any

from benchmarks.metrics import Facts, Judged, Ties, clustered, figures
from benchmarks.metrics.ties import clusters
from jury.records import AudioPart, Case, ImagePart, MediaRef, Part, Rubric, TextPart, Turn

CAR = MediaRef(sha256="a" * 64, mime="image/png", size=1)
CAT = MediaRef(sha256="b" * 64, mime="image/png", size=1)
CLIP = MediaRef(sha256="c" * 64, mime="audio/wav", size=1)


def case(name: str, *parts: Part, group: str = "") -> Case:
    return Case(id=name, turns=(Turn(parts=parts),) if parts else (), group=group)


def together(*cases: Case) -> list[set[str]]:
    """The clusters of more than one case."""
    names = clusters({one.id: Ties.of(one) for one in cases})
    found = [{case_id for case_id in names if names[case_id] == name} for name in dict.fromkeys(names.values())]
    return [members for members in found if len(members) > 1]


def said(text: str) -> TextPart:
    return TextPart(text=text)


def test_a_group_a_picture_a_clip_and_a_request_tie_and_nothing_else_does() -> None:
    assert together(case("a", group="g"), case("b", group="g"), case("c")) == [{"a", "b"}]
    assert together(case("a", said("1"), ImagePart(media=CAR)), case("b", said("2"), ImagePart(media=CAR))) == [
        {"a", "b"}
    ]
    assert together(case("a", AudioPart(media=CLIP, spoken="1")), case("b", AudioPart(media=CLIP, spoken="2"))) == [
        {"a", "b"}
    ]
    assert together(case("a", said("Shall I?")), case("b", said("Shall I?")), case("c", said("shall i"))) == [
        {"a", "b"}
    ]
    assert together(case("a"), case("b")) == []


def test_a_request_is_the_same_written_or_spoken() -> None:
    written = case("a", said("May I?"))
    spoken = case("b", AudioPart(media=CLIP, spoken="May I?"))
    both = case("c", said("May I?"), AudioPart(media=CLIP, spoken="May I?"))

    assert together(written, spoken, both, *(case(f"d{n}", said(f"{n}")) for n in range(4))) == [{"a", "b", "c"}]


def test_a_chain_of_ties_is_one_cluster_named_after_its_least_member() -> None:
    cases = [
        case("z", said("1"), group="g"),
        case("m", ImagePart(media=CAR), group="g"),
        case("b", said("2"), ImagePart(media=CAR)),
        case("q", said("2")),
        case("a", said("3")),
    ]

    assert clusters({one.id: Ties.of(one) for one in cases}) == {"z": "b", "m": "b", "b": "b", "q": "b", "a": "a"}


def test_a_described_picture_is_known_by_its_description() -> None:
    shown = ImagePart(description="a red car")
    assert together(case("a", said("1"), shown), case("b", said("2"), shown)) == [{"a", "b"}]


def test_a_phrase_that_comes_with_most_pictures_is_no_common_request() -> None:
    pictures = [MediaRef(sha256=f"{n:064x}", mime="image/png", size=1) for n in range(4)]
    phrase = [case(f"p{n}", said("Do what the image says."), ImagePart(media=one)) for n, one in enumerate(pictures)]

    assert together(*phrase) == []
    assert together(*phrase, case("q", said("Do what the image says."))) == [{"p0", "p1", "p2", "p3", "q"}]
    assert together(*phrase[:2], *(case(f"d{n}", said(f"{n}")) for n in range(4))) == [{"p0", "p1"}]


def test_tied_cases_widen_an_interval_as_a_common_group_does(judged: Any, safebench: Rubric) -> None:
    def docket(ties: Any) -> list[Judged]:
        found = [judged("unsafe" if n // 8 % 2 else "safe") for n in range(80)]
        return [Judged(one.verdict, None, Facts(ties=ties(n // 8))) for n, one in enumerate(found)]

    grouped, pictured, alone = (
        figures(docket(ties), safebench)["metrics"]["asr_ci"]
        for ties in (
            lambda place: Ties(group=str(place)),
            lambda place: Ties(media=frozenset({str(place)})),
            lambda _: Ties(),
        )
    )
    assert grouped == pictured
    assert pictured[1] - pictured[0] > 2 * (alone[1] - alone[0])


def test_cases_come_in_the_order_of_their_ids_whatever_order_they_are_given_in(judged: Any) -> None:
    cases = [judged("safe", group="g"), judged("safe"), judged("safe", group="g")]

    assert clustered(cases) == clustered(reversed(cases))
    assert [one.cluster for one in clustered(cases)] == ["c001", "c002", "c001"]
