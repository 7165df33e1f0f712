"""From the settings of a sitting to the plan of its set, before anything is paid for or written."""

from pathlib import Path

from benchmarks.generation.plan import Plan, read_plan
from benchmarks.generation.settings import GenerationSettings, QueryStage
from jury.committees import load_committee
from jury.errors import InputError
from jury.policy import policy_of
from jury.records import Committee, Taxonomy
from jury.taxonomies import load_taxonomy
from jury.techniques import load_technique
from jury.variants import expansion_of
from prompts import Library

#: A taxonomy of the committee's own, in the set's folder.
TAXONOMY = "taxonomy.yaml"

#: A bare request, such as a strict policy allows and no more: a technique that can't be put so has no queries there.
_BARE = "Do it."

#: The taxonomy of a set where neither settings nor folder name one.
USUAL = "safebench"


def planned(settings: GenerationSettings, library: Library) -> Plan:
    """The plan of a sitting on top of the folder's own. Raises `InputError` for what can't be made, and names the way out."""
    earlier = read_plan(settings.out)
    stated = _stated(settings, earlier, library)
    plan = stated.but(images=settings.images, speech=settings.speech, licence=_licence(settings, earlier))
    return plan if earlier is None else plan.after(earlier, settings.out)


def seated(settings: GenerationSettings, earlier: Plan | None, library: Library) -> Committee:
    """The committee that is named, else the set's own. Raises `InputError` where there is neither."""
    if settings.committee is not None:
        return load_committee(settings.committee, library)
    if earlier is None:
        raise InputError(
            f"{settings.out} holds no set yet, so nobody is known who makes it; name a --committee (a YAML file, or `rehearsal`)"
        )
    return earlier.committee


def _stated(settings: GenerationSettings, earlier: Plan | None, library: Library) -> Plan:
    if settings.queries is None:
        if earlier is None:
            raise InputError(f"{settings.out} holds no queries yet; make some first: jury generate queries --out …")
        return earlier.but(committee=seated(settings, earlier, library))
    taxonomy = _taxonomy(settings.queries, earlier, settings.out)
    _check(settings.queries, taxonomy, library)
    committee = seated(settings, earlier, library)
    _check_size(committee, settings.queries)
    return Plan(
        committee=committee,
        taxonomy=taxonomy,
        queries=settings.queries.shaping,
        wanted=_wanted(settings.queries, taxonomy),
    )


def _licence(settings: GenerationSettings, earlier: Plan | None) -> str:
    unstated = settings.licence == GenerationSettings.model_fields["licence"].default
    return earlier.licence if earlier is not None and unstated else settings.licence


def _taxonomy(stage: QueryStage, earlier: Plan | None, out: Path) -> Taxonomy:
    if stage.taxonomy is not None:
        return load_taxonomy(stage.taxonomy)
    if earlier is not None:
        return earlier.taxonomy
    own = out / TAXONOMY
    return load_taxonomy(str(own) if own.is_file() else USUAL)


def _check(stage: QueryStage, taxonomy: Taxonomy, library: Library) -> None:
    known = [scenario.key for scenario in taxonomy.scenarios]
    for key in stage.scenarios:
        if key not in known:
            raise InputError(f"taxonomy {taxonomy.name!r} has no scenario {key!r}; it has: {', '.join(known)}")
    for language in stage.languages:
        if language not in library.languages():
            raise InputError(
                f"there are no prompts in language {language!r}; there are: {', '.join(library.languages())}"
            )
    for technique in stage.techniques:
        load_technique(technique, library)


def _check_size(committee: Committee, stage: QueryStage) -> None:
    members, needed = len(committee.panel.seats), stage.scorers + 1
    if members < needed:
        raise InputError(
            f"committee {committee.name!r} has {members} member(s), but an author and {stage.scorers} others "
            f"who grade are needed; seat {needed} or lower --scorers"
        )


def _wanted(stage: QueryStage, taxonomy: Taxonomy) -> dict[str, int]:
    """The streams that can be written at all, each with how many are wanted."""
    wanted = {
        f"{scenario.key}/{language}/{technique}": stage.per_scenario
        for scenario in taxonomy.scenarios
        if not stage.scenarios or scenario.key in stage.scenarios
        for language in stage.languages
        for technique in stage.techniques
        if not (policy_of(scenario).request_only and expansion_of(technique).problem(_BARE))
    }
    if not wanted:
        raise InputError(
            f"of {', '.join(stage.scenarios)} only bare requests may be made, which {', '.join(stage.techniques)} are not; "
            "name other techniques"
        )
    return wanted
