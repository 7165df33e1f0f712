"""Trials that people sit in, as their folder keeps them: whose turn it is may be asked days later, and elsewhere."""

from pathlib import Path

from pydantic import ValidationError

from jury.atomic import write_atomically
from jury.errors import InputError
from jury.means import make_folder
from jury.records import Jury, Transcript
from jury.records.base import Record
from jury.trials import trial_id

#: The folder, beside the ledger, with a file for every trial.
BY_HAND = "by-hand"


class HeldByHand(Record):
    """One trial: who judges what."""

    jury: Jury
    transcript: Transcript

    @property
    def id(self) -> str:
        """The trial's name, which its checkpoints go by too."""
        return trial_id(self.jury, self.transcript)


def keep(folder: Path, trial: HeldByHand) -> None:
    """Keep what a trial is about, so that whoever opens its folder can go on with it."""
    make_folder(folder / BY_HAND)
    write_atomically(folder / BY_HAND / f"{trial.id}.json", [trial.to_json()], private=True)


def trial_files(folder: Path) -> list[Path]:
    """The files of a folder's trials, in the order of their ids."""
    return sorted((folder / BY_HAND).glob("*.json"))


def kept_trial(path: Path) -> HeldByHand:
    """The trial in a file. Raises `InputError` that names it if there is none."""
    try:
        return HeldByHand.from_json(path.read_bytes())
    except (OSError, ValidationError):
        raise InputError(f"{path} can't be read as a trial; run jury deliberate with its --out again") from None
