"""Setting up a run: which cases come before which jury."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.gold.meanings import choice_meant
from benchmarks.gold.rubrics import RubricChoice, abstaining, choose_recorded, data_rubric, recorded_rubric, relabelled
from benchmarks.gold.vocabulary import OPPOSITE, Vocabulary, check_juror, check_known
from benchmarks.settings import RECORDED, AnswerSettings, JurySettings, RunSettings, SourceSettings
from benchmarks.sources import Loaded, load
from benchmarks.sources.answers import read_answers
from benchmarks.sources.bad_rows import RowReport
from benchmarks.sources.choosing import chosen
from benchmarks.sources.conditioned import under_condition
from benchmarks.sources.labels import label_counts
from jury.crowd import parse_any_rule
from jury.errors import InputError
from jury.family import check_families
from jury.juries import REHEARSAL, JuryPlan, check_model, choose_rubric, fitting, load_panel, load_plan, seat
from jury.media import MediaStore, Remote
from jury.proofs import proofread
from jury.providers import is_rehearsal
from jury.providers.human import people_on
from jury.providers.recorded import is_recorded, recorded_items, recorded_jurors, recorded_labels
from jury.records import Answer, Case, Cause, Endpoint, Juror, Jury, Panel, Rubric, Target, TemplateRef
from jury.rubrics import load_rubric
from jury.wrapping import Wrapper
from prompts import Library

#: The suites that rehearsal jurors may judge unnamed, whoever answers.
SUITES_TO_REHEARSE = frozenset({"sample"})


@dataclass(frozen=True)
class Matter:
    """What is to be judged: cases, the source as it was named, and the target that answers, or has answered, if any.

    `wrapper` is what stands around the target's requests, by language; `borrowed` the SHA-256 of the file that the
    answers are from, where they are neither the target's nor the source's own.
    """

    place: str
    source: Loaded
    target: Target | None = None
    wrapper: Mapping[str, TemplateRef] = field(default_factory=dict)
    borrowed: str = ""

    @property
    def targets(self) -> list[str]:
        """The models whose answers are judged."""
        answered = (case for case in self.source.cases if case.problem is None)
        return [self.target.model] if self.target else sorted({case.target for case in answered})


@dataclass(frozen=True)
class Docket:
    """What a run judges, and the jury that will; `gold` says which choice, or `abstain`, each label means as it is written.

    `choice` says who named the jury's rubric, and why it was taken; None where that is not known.
    """

    matter: Matter
    jury: Jury
    gold: Mapping[str, str] = field(default_factory=dict)
    choice: RubricChoice | None = None

    @property
    def source(self) -> Loaded:
        """The cases."""
        return self.matter.source

    @property
    def labelled(self) -> bool:
        """Whether people's labels are of the answers that are judged: those recorded with the cases, not said anew."""
        return not (self.matter.target or self.matter.borrowed)

    def truth(self, case: Case) -> str | None:
        """The choice that a case's final human label means, None where it has none or it means no choice."""
        return choice_meant(case, self.gold)


def prepare(settings: RunSettings, media: MediaStore, library: Library) -> Docket:
    """The docket of a run. Raises `InputError` for whatever would only fail later, case by case."""
    if settings.answers is None:
        check_asked(settings)
    source = cases_of(settings, media)
    if settings.jury == RECORDED:
        jury, choice = _recorded_jury(settings, source, library)
        docket = Docket(Matter(settings.source, source), jury, choice=choice)
        return _with_gold(_checked(docket, library), settings)
    matter = (
        with_answers(settings, source)
        if settings.answers
        else matter_of(settings.source, source, settings.target, library)
    )
    return without_people(prepare_matter(matter, settings, library))


def without_people(docket: Docket) -> Docket:
    """The docket, where no person sits: nobody could wait for them case by case. Raises `InputError`."""
    people = people_on(docket.jury)
    if people:
        raise InputError(
            f"juror {people[0]!r} is a person, and a run does not wait; hold single trials: jury deliberate"
        )
    return docket


def prepare_case(case: Case, settings: RunSettings, library: Library) -> Docket:
    """The docket of a single case. Raises `InputError` like `prepare`."""
    scripted = is_rehearsal(case.target) and settings.target is None
    name, counts = Path(settings.source).stem, label_counts((case,))
    source = Loaded(name=name, cases=(case,), counts=counts, rehearsal=scripted)
    # A single trial is measured against nothing, so that its label may say whatever it says.
    settings = settings.but(ignore_labels=True)
    return prepare_matter(matter_of(settings.source, source, settings.target, library), settings, library)


def prepare_matter(matter: Matter, settings: JurySettings, library: Library) -> Docket:
    """The docket of a jury that sits over any cases. Raises `InputError` like `prepare`."""
    if settings.jury == RECORDED:
        raise InputError(
            "recorded ballots lie beside what they judge; replay them with jury run FOLDER --jury recorded"
        )
    jury, choice = _sitting_jury(settings, matter, library)
    return _with_gold(_checked(Docket(matter, jury, choice=choice), library), settings)


def prepare_answers(settings: AnswerSettings, media: MediaStore, library: Library) -> Matter:
    """The cases that a target is to answer. Raises `InputError` for whatever would only fail later."""
    source = cases_of(settings, media)
    for case in source.cases:
        if not case.turns and case.problem is None:
            raise InputError(f"{settings.source}: case {case.id!r} has no prompt that a target could answer")
    return matter_of(settings.source, source, settings.target, library)


def jurors_of(docket: Docket) -> list[Endpoint]:
    """The models of everybody who sits, or may be called to, each with its address."""
    return list(dict.fromkeys(juror.endpoint for juror in docket.jury.panel.everybody))


def endpoints_of(docket: Docket) -> list[Endpoint]:
    """Every model that a run asks by itself, with its address; the target first."""
    asked = [docket.matter.target.endpoint] if docket.matter.target else []
    return list(dict.fromkeys([*asked, *jurors_of(docket)]))


def cases_of(settings: SourceSettings, media: MediaStore) -> Loaded:
    """The cases that settings name. Raises `InputError` naming file, row and field."""
    remote = Remote(frozenset(host.lower() for host in settings.allow_remote))
    found = load(
        settings.source,
        media=media,
        limit=None if settings.only else settings.limit,
        data=settings.data,
        remote=remote,
        exhibits=settings.exhibits,
    )
    return under_condition(chosen(found, settings.only, settings.limit), settings.condition, media)


def check_asked(settings: RunSettings) -> None:
    """Raise `InputError` where images are changed that nobody is going to look at."""
    if settings.condition is not None and settings.target is None:
        raise InputError(
            f"condition {settings.condition!r} changes what a target is shown, and recorded answers were given before; "
            "name a model with --target"
        )


def matter_of(place: str, source: Loaded, target: Target | None, library: Library) -> Matter:
    """Cases and the target that will answer them.

    Raises `InputError` for a target that is not there, or a wrapper that can't be put around a case's words.
    """
    if target is None:
        return Matter(place, source)
    check_model(target.model)
    wrapper = Wrapper(target.wrapper, library)
    for language, case in {case.language: case for case in source.cases}.items():
        wrapper.ref(language)
        for turn in case.turns:
            wrapper.around(turn, language)
    return Matter(place, source, target, wrapper.refs())


def with_answers(settings: RunSettings, source: Loaded) -> Matter:
    """The cases with the answers of a file in the place of the source's own. Raises `InputError`."""
    if settings.target is not None or settings.answers is None:
        raise InputError("--answers holds what a target said already; leave out --target, or --answers")
    found = read_answers(settings.answers)
    # Where some cases are left out, an answer to one of them looks like one to a case there is not.
    whole = settings.limit is None and not settings.only and settings.condition is None
    strangers = found.strangers(source.cases) if whole else ()
    given = [found.given_to(case) for case in source.cases]
    bad = (*found.bad, *(row for _, row in given if row is not None))
    answered = Loaded.of(source.name, tuple(case for case, _ in given), counts=source.counts)
    told = replace(
        answered,
        rubric=source.rubric or answered.rubric,
        rubric_reason=source.rubric_reason or answered.rubric_reason,
        problems=(*source.problems, *strangers, *(row.told for row in bad)),
        suite=source.suite,
        headlines=source.headlines,
        rows=source.rows + RowReport.of(answers=bad),
    )
    return Matter(settings.source, told, borrowed=found.sha256)


def _checked(docket: Docket, library: Library) -> Docket:
    """The docket, once nothing in it is left that could only fail later."""
    docket = _with_answers_or_ballots(docket)
    _check_answers(docket)
    _check_recorded(docket)
    proofread(docket.jury, library, (case.language for case in docket.source.cases))
    return docket


def _with_gold(docket: Docket, settings: JurySettings) -> Docket:
    """The docket with what its gold labels mean. Raises `InputError` that lists unknown ones, unless they are ignored."""
    if not docket.labelled:
        return docket
    source, rubric = docket.source, docket.jury.rubric
    if not settings.ignore_labels:
        check_known(source.name, source.counts, Vocabulary(rubric), "" if settings.positive else OPPOSITE)
    meanings = {label: rubric.labels.meaning_of(label) for label in source.counts}
    return replace(docket, gold={label: meaning for label, meaning in meanings.items() if meaning is not None})


def _check_recorded(docket: Docket) -> None:
    """Every recorded juror needs a label that means something. Raises `InputError` that lists those it has."""
    for juror in docket.jury.panel.everybody:
        if juror.model.startswith("recorded/"):
            check_juror(juror.model, recorded_labels(juror.model), Vocabulary(docket.jury.rubric))


def _recorded_jury(settings: RunSettings, source: Loaded, library: Library) -> tuple[Jury, RubricChoice]:
    """Every juror of the folder's ballots in a seat of its own; a poll, strict majority of seats unless told."""
    if settings.target is not None or settings.answers is not None:
        raise InputError(
            "recorded ballots judge the folder's answers; leave out --target and --answers, or seat another jury"
        )
    plan = _overruled(load_plan("poll"), settings).but(name=RECORDED)
    panel = _recorded_panel(settings.source, source)
    rubric, choice = _rubric_of_ballots(plan, settings, source, panel, library)
    return seat(plan, panel, rubric, library), choice


def _rubric_of_ballots(
    plan: JuryPlan, settings: JurySettings, source: Loaded, panel: Panel, library: Library
) -> tuple[Rubric, RubricChoice]:
    """The rubric of recorded ballots: the one that is named, else that of the data's own labels, else safe or unsafe."""
    if plan.rubric is not None:
        rubric, choice = _chosen_rubric(plan, settings, source, library)
        return relabelled(rubric, source, settings.positive), choice
    ballots = Counter[str]()
    for juror in panel.seats if not source.counts else ():
        ballots.update(recorded_labels(juror.model))
    choice = choose_recorded(source, ballots, settings.positive)
    if choice.name != RECORDED:
        return abstaining(load_rubric(choice.name, library), settings.abstain_labels), choice
    return recorded_rubric(source, settings.positive, settings.abstain_labels), choice


def _chosen_rubric(
    plan: JuryPlan, settings: JurySettings, source: Loaded, library: Library
) -> tuple[Rubric, RubricChoice]:
    """The rubric that the user names, else the jury, else the data; and who named it."""
    choice = data_rubric(source)
    rubric = choose_rubric(plan, choice.name, library)
    if settings.rubric is not None:
        choice = RubricChoice(rubric.name, "user", "named for this run")
    elif plan.rubric is not None:
        choice = RubricChoice(rubric.name, "jury", f"jury {plan.name} names it")
    return abstaining(rubric, settings.abstain_labels), choice


def _recorded_panel(place: str, source: Loaded) -> Panel:
    """Every juror of a folder's ballots in a seat of its own. Raises `InputError` for a folder without ballots."""
    if source.ballots is None:
        raise InputError(f"{place} has no ballots.csv; the jury `recorded` needs recorded ballots")
    seats = (Juror(name=name, model=f"recorded/{source.ballots}#{name}") for name in recorded_jurors(source.ballots))
    return Panel(name=RECORDED, seats=tuple(seats))


def _sitting_jury(settings: JurySettings, matter: Matter, library: Library) -> tuple[Jury, RubricChoice]:
    plan, source = _overruled(load_plan(settings.jury), settings), matter.source
    if settings.panel == RECORDED:
        panel = _recorded_panel(matter.place, source)
        rubric, choice = _rubric_of_ballots(plan, settings, source, panel, library)
        return seat(plan, panel, rubric, library), choice
    rubric, choice = _chosen_rubric(plan, settings, source, library)
    return seat(plan, _panel(plan, settings, matter), relabelled(rubric, source, settings.positive), library), choice


def _overruled(plan: JuryPlan, settings: JurySettings) -> JuryPlan:
    """The plan, with the rule and the rubric that are stated beside it in the place of its own."""
    rule = plan.rule if settings.rule is None else parse_any_rule(settings.rule)
    return plan.but(rule=rule, rubric=plan.rubric if settings.rubric is None else settings.rubric)


def _panel(plan: JuryPlan, settings: JurySettings, matter: Matter) -> Panel:
    """The panel that was named; rehearsal jurors sit unnamed only where nothing real is judged."""
    if settings.panel is not None:
        return load_panel(settings.panel)
    if plan.panel is not None:
        return plan.panel
    rehearsed = matter.source.rehearsal if matter.target is None else is_rehearsal(matter.target.model)
    if not rehearsed and matter.place not in SUITES_TO_REHEARSE:
        raise InputError(
            f"jury {plan.name!r} names no panel and {matter.place} holds real answers; "
            "seat one with --panel FILE.yaml (or --panel rehearsal to try the plumbing)"
        )
    return fitting(load_panel(REHEARSAL), plan.protocol)


def _with_answers_or_ballots(docket: Docket) -> Docket:
    """The docket with what there is to judge of each case.

    Recorded jurors judge a case by its ballots, even if its row can't be read. For others, an answer that is missing beside
    recorded ones is an invalid one.
    """
    source, jury = docket.source, docket.jury
    cases = source.cases
    if is_recorded(jury.panel):
        items = {item for juror in jury.panel.seats for item in recorded_items(juror.model)}
        cases = tuple(case.but(problem=None) if case.problem and case.id in items else case for case in cases)
    elif docket.matter.target is None and any(case.answers for case in cases):
        cases = tuple(_answered(case) for case in cases)
    return replace(docket, matter=replace(docket.matter, source=replace(source, cases=cases)))


def _answered(case: Case) -> Case:
    if case.answers or case.problem is not None:
        return case
    missing = Answer(state="invalid", cause=Cause(kind="missing", detail="no answer is recorded"))
    return case.but(answers=tuple(missing for _ in case.turns))


def _check_answers(docket: Docket) -> None:
    """Every case needs something to judge, by jurors who may judge it."""
    matter, jury = docket.matter, docket.jury
    recorded = is_recorded(jury.panel)
    for case in matter.source.cases:
        if recorded or case.problem is not None:
            continue
        if not case.turns:
            raise InputError(
                f"{matter.place}: case {case.id!r} has ballots but no prompt or answer; only --jury recorded can replay it"
            )
        if matter.target is None and not case.answers:
            raise InputError(f"{matter.place}: case {case.id!r} has no recorded answer; name a model with --target")
    if not recorded:
        check_families(jury.panel, matter.targets)
