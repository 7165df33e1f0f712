"""A trial in one call."""

import tempfile
from dataclasses import replace
from pathlib import Path

from jury.folder_texts import FolderTexts, texts_in_folder
from jury.juries import JuryPlan, choose_rubric, fitting, load_panel, load_plan, seat
from jury.logs import log_to_stderr_unless_set_up
from jury.means import opened
from jury.prompt_reach import texts_of_jury
from jury.records import BlockedPolicy, Case, Jury, Panel, Protocol, Rubric, Rule, Transcript, Verdict
from jury.verdicts import unjudged_verdict
from prompts import Library


async def deliberate(
    case: Case | Transcript,
    panel: Panel | str,
    protocol: Protocol | str = "trial",
    *,
    rule: Rule | None = None,
    rubric: Rubric | str = "safebench",
    folder: Path | None = None,
    blocked: BlockedPolicy = "refused",
) -> Verdict:
    """The verdict of a panel on one answer.

    `case` carries its recorded answers, or is a transcript; `panel` and `protocol` are records, preset names or
    YAML files. Calls are kept in `folder` with the texts that they were rendered from, so that asking again costs nothing;
    without one they are forgotten. `blocked` says how an answer counts that a provider's content filter stopped.
    Raises `InputError` for parts that don't go together.
    """
    log_to_stderr_unless_set_up()
    transcript = case if isinstance(case, Transcript) else Transcript.recorded(case)
    with tempfile.TemporaryDirectory(prefix="jury-") as passing:
        place = folder or Path(passing)
        texts = texts_in_folder(place)
        jury = _jury(panel, protocol, rule, rubric, texts.library)
        return unjudged_verdict(transcript, jury, blocked) or await _held(transcript, jury, place, texts)


def _jury(
    panel: Panel | str, protocol: Protocol | str, rule: Rule | None, rubric: Rubric | str, library: Library
) -> Jury:
    plan = load_plan(protocol) if isinstance(protocol, str) else JuryPlan(protocol=protocol)
    sitting = load_panel(panel) if isinstance(panel, str) else panel
    if isinstance(panel, str):
        sitting = fitting(sitting, plan.protocol)
    chosen = rubric if isinstance(rubric, Rubric) else choose_rubric(plan, rubric, library)
    return seat(plan if rule is None else plan.but(rule=rule), sitting, chosen, library)


async def _held(transcript: Transcript, jury: Jury, folder: Path, texts: FolderTexts) -> Verdict:
    from graphs.deliberation import graph

    async with opened(folder, texts.library) as found:
        means = replace(found, library=texts.keep(lambda library: texts_of_jury(jury, library)))
        state = await graph.ainvoke({"transcript": transcript}, context=means.courtroom(jury))
    verdict: Verdict = state["verdict"]
    return verdict
