"""Which files of a library a jury, a target or a committee can be shown: all that can shape one of their prompts, and no more."""

from collections.abc import Iterable
from typing import get_args

from jury.clerk.describer import ACT as DESCRIBE
from jury.forums import speeches_of
from jury.gateway.answers.repairing import ACT as ASKED_AGAIN
from jury.panel import foreperson, officer
from jury.prompt_files import library_errors
from jury.records import Jury, Office, Rubric
from jury.rubrics import load_rubric
from jury.wrapping import FOLDER as TARGET
from prompts import Library, LibraryError
from prompts.layers import plain_name, template_file

#: Who votes in a trial, by the folder with their templates.
VOTERS = "juror"


def texts_of_jury(jury: Jury, library: Library, *, clerk: bool = False, voters: str = VOTERS) -> frozenset[str]:
    """The names of the files that can shape what anybody on a jury is told.

    They are the templates of what its protocol and rule can ask for, with all that they include, in every language of the
    library; the cards of the roles of all who sit or may be called to; and the rubric's card, where its words are from one.
    `clerk` says that a model puts exhibits into words, `voters` is the folder with the templates of those who vote. Raises
    `InputError` that names the file that is missing or malformed.
    """
    describing = [DESCRIBE] if clerk and jury.protocol.jurors_see_media else []
    return frozenset(
        {
            *texts_of_acts([*acts_of(jury, voters), *describing, *_asked_again(library)], library),
            *(f"roles/{role}.yaml" for role in _roles(jury)),
            *_card_of(jury.rubric, library),
        }
    )


def texts_of_wrapper(wrapper: str, library: Library) -> frozenset[str]:
    """The names of the files that can stand around what a target is asked. Raises `InputError`."""
    return texts_of_acts([f"{TARGET}/{wrapper}"], library)


def texts_of_members(roles: Iterable[str], acts: Iterable[str], library: Library) -> frozenset[str]:
    """The names of the files that can shape what members of a committee in some roles are told by some templates."""
    return texts_of_acts([*acts, *_asked_again(library)], library) | {f"roles/{role}.yaml" for role in roles}


def texts_of_acts(acts: Iterable[str], library: Library) -> frozenset[str]:
    """The names of the files behind some templates in every language in which cases are judged.

    A template with a fault is listed without what it includes: whether it can be rendered is checked in the languages of
    the cases only (`jury.proofs`). Raises `InputError` for one that is not there in English.
    """
    names: set[str] = set()
    for act in acts:
        with library_errors():
            library.find(template_file(act, "en"))
        for language in library.languages():
            names |= _behind(act, language, library)
    return frozenset(names)


def acts_of(jury: Jury, voters: str = VOTERS) -> frozenset[str]:
    """The templates of all that the protocol and the rule of a jury can ask for, such as `juror/assess`."""
    protocol, speeches = jury.protocol, speeches_of(jury.protocol)
    acts = {f"{voters}/assess", *(act for _, act in speeches)}
    if protocol.rounds:
        acts.add(f"{voters}/{'weigh' if protocol.forum else 'deliberate'}")
        if protocol.reballot == "sealed" and protocol.forum is None:
            acts.add(f"{voters}/reballot")
    if jury.rule.tie_break == "foreperson":
        acts.add(f"{voters}/reballot")
    if protocol.summary:
        acts.add("foreperson/summarise")
    return frozenset(acts)


def _asked_again(library: Library) -> list[str]:
    """The template of the question that is asked where an answer can't be read; earlier releases' texts have none."""
    return [ASKED_AGAIN] if library.has(template_file(ASKED_AGAIN, "en")) else []


def _behind(act: str, language: str, library: Library) -> set[str]:
    file = template_file(act, language)
    if not library.has(file):
        return set()
    try:
        return {plain_name(name) for name in library.behind(act, language)}
    except LibraryError:
        return {file}


def _roles(jury: Jury) -> frozenset[str]:
    """The roles of everybody who sits, may be called to, or speaks in the forum."""
    panel, speakers = jury.panel, {speaker for speaker, _ in speeches_of(jury.protocol)}
    offices: list[Office] = [office for office in get_args(Office) if office in speakers]
    jurors = (*panel.everybody, foreperson(panel).juror, *(officer(panel, office).juror for office in offices))
    return frozenset(juror.role for juror in jurors)


def _card_of(rubric: Rubric, library: Library) -> tuple[str, ...]:
    """The file of the card that a rubric's words are from, if it is from one."""
    if rubric.name not in library.rubric_cards():
        return ()
    card = load_rubric(rubric.name, library)
    worded = (card.question, card.meanings, card.criteria) == (rubric.question, rubric.meanings, rubric.criteria)
    return (f"rubrics/{rubric.name}.yaml",) if worded else ()
