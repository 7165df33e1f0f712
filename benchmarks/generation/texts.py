"""The texts of a set: what its stages can render is kept in its workings, and every later sitting renders from that."""

from collections.abc import Callable

from benchmarks.generation.plan import Plan, read_plan
from benchmarks.generation.published.manifest import prompt_hashes
from benchmarks.generation.settings import GenerationSettings, TaxonomyStage
from benchmarks.generation.workings import workings
from jury.committee.council import council
from jury.errors import InputError
from jury.folder_texts import LIST, FolderTexts, texts_in_folder
from jury.hashing import sha256_of_json
from jury.prompt_files import libraries_of_earlier_release
from jury.prompt_reach import texts_of_jury, texts_of_members
from jury.records import Committee
from prompts import Library
from prompts.layers import Snapshot

Reach = Callable[[Library], frozenset[str]]

#: The templates of each stage; what a set is published with needs the last.
_TAXONOMY = ("committee/propose", "committee/name")
_QUERIES = ("committee/write", "committee/score")
_IMAGES = ("image/interpret", "image/paint", "image/look")
_ALWAYS = ("question/choose",)

#: The folder with the templates of members who vote on a taxonomy, and the role of a critic who is no member.
_COUNCIL, _CRITIC = "council", "juror"


def texts_of_set(settings: GenerationSettings) -> FolderTexts:
    """The texts of a set, as its workings keep them, or those of the library where it begins.

    Raises `InputError` for a set of a release that kept no copy, unless the library is the one that it was made with.
    """
    folder, plan = workings(settings.out), read_plan(settings.out)
    if plan is None or not plan.prompts or (folder / LIST).exists():
        return texts_in_folder(folder, settings.prompts)
    for then, now in libraries_of_earlier_release(settings.prompts):
        if sha256_of_json(prompt_hashes(then)) == plan.prompts:
            return FolderTexts(folder, now, Snapshot({}, {}))
    raise InputError(
        f"{settings.out} holds a set of an earlier release, which kept no copy of its texts: name the folder with all texts of "
        "that release (its own `jury prompts eject` writes them) with --prompts, or choose another --out"
    )


def reach_of_taxonomy(committee: Committee, stage: TaxonomyStage) -> Reach:
    """What a committee can be told that draws up a taxonomy."""

    def reach(library: Library) -> frozenset[str]:
        jury = council(committee.panel, library, settled=stage.settled, rule=stage.rule)
        told = texts_of_members(_roles(committee), _TAXONOMY, library)
        return told | texts_of_jury(jury, library, voters=_COUNCIL)

    return reach


def reach_of_stages(settings: GenerationSettings, plan: Plan) -> Reach:
    """What the later stages that settings name can tell members and painters, and what the set is published with."""
    acts = [*(_QUERIES if settings.queries else ()), *(_IMAGES if settings.images else ()), *_ALWAYS]
    techniques = frozenset(f"techniques/{name.split('/')[2]}.yaml" for name in plan.wanted)
    roles = _roles(plan.committee) | ({_CRITIC} if settings.images else frozenset())
    return lambda library: texts_of_members(roles, acts, library) | techniques


def _roles(committee: Committee) -> frozenset[str]:
    return frozenset(juror.role for juror in committee.panel.seats)
