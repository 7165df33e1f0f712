"""The set as it is after a sitting: what the workings hold, published."""

from collections import Counter

from benchmarks.generation.desk import Desk
from benchmarks.generation.images import critic_of
from benchmarks.generation.plan import Plan
from benchmarks.generation.published import Making, Material, publish
from benchmarks.generation.workings import ATTEMPTS, DRAWINGS, QUERIES, RECORDINGS, read_records
from jury.records import Attempt, Drawing, Query, Recording


def publish_set(desk: Desk, plan: Plan) -> int:
    """Write the set's folder anew from what all sittings made; returns how many items it holds.

    Where no query was kept nothing is published: what the members did is told by the summary.
    """
    material = _material(desk, plan)
    if not any(query.kept for query in material.queries):
        desk.watcher.warned("no query was kept, so there is nothing to publish; the summary says why")
        return 0
    return publish(desk.out, material, _making(desk, plan), desk.means.media)


def _material(desk: Desk, plan: Plan) -> Material:
    """What there is; images and clips of queries that are not kept any more stay in the workings."""
    queries = read_records(desk.workings / QUERIES, Query)
    kept = {query.id for query in queries if query.kept}
    drawings = read_records(desk.workings / DRAWINGS, Drawing)
    recordings = read_records(desk.workings / RECORDINGS, Recording)
    return Material(
        taxonomy=plan.taxonomy,
        queries=queries,
        attempts=read_records(desk.workings / ATTEMPTS, Attempt),
        drawings=tuple(one for one in drawings if one.query in kept),
        recordings=tuple(one for one in recordings if one.query in kept),
    )


def _making(desk: Desk, plan: Plan) -> Making:
    standings = (scenario.standing for scenario in plan.taxonomy.scenarios if scenario.standing)
    votes = Counter(ballot.seat for standing in standings for ballot in standing.ballots if ballot.state == "cast")
    return Making(
        settings=plan.model_dump(mode="json", include={"queries", "wanted", "images", "speech"}),
        committee=plan.committee,
        library=desk.library,
        makers=_makers(desk, plan),
        models=desk.means.ledger.models(),
        votes=dict(votes),
        licence=plan.licence,
    )


def _makers(desk: Desk, plan: Plan) -> dict[str, str]:
    """Who made what is not text, by part."""
    made: dict[str, str] = {}
    if plan.images is not None:
        critic = critic_of(plan.images, plan.committee, desk.means.gateway)
        made |= {"painter": plan.images.painter, **({"critic": critic.juror.model} if critic else {})}
    if plan.speech is not None:
        made |= {"female voice": plan.speech.female, "male voice": plan.speech.male}
    return made
