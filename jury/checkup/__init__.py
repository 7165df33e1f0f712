"""Before anyone pays for a run: does every model answer, fill in a ballot, see and hear?"""

from jury.checkup.exam import check_up
from jury.checkup.findings import Ailment, Finding
from jury.checkup.record import Checkup, Needs
from jury.checkup.recording import Recording
from jury.checkup.subjects import Subject, subjects_of

__all__ = ["Ailment", "Checkup", "Finding", "Needs", "Recording", "Subject", "check_up", "subjects_of"]
