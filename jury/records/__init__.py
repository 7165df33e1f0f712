"""The records of a trial: plain, frozen, serialisable, hashable."""

from jury.records.answered import Answered, Asked
from jury.records.base import JsonObject, Record
from jury.records.call import Completion, Message, Request
from jury.records.case import (
    FINAL,
    Answer,
    AudioPart,
    Case,
    GoldLabel,
    ImagePart,
    MediaRef,
    Part,
    TextPart,
    Transcript,
    Transcription,
    Turn,
)
from jury.records.cause import Cause, CauseKind
from jury.records.committee import Committee, Maker
from jury.records.delivery import DATA_SET, MEDIA_KINDS, Delivery, Hindrance, MediaKind
from jury.records.drawing import Drawing, Version
from jury.records.filters import BlockedPolicy, ContentFilter
from jury.records.limits import ModelLimits
from jury.records.model import ModelFacts, Structured
from jury.records.panel import Juror, Office, Panel, Role
from jury.records.protocol import Jury, Protocol, Rule, TieBreak
from jury.records.query import Attempt, Draft, Query, Score
from jury.records.recording import VOICES, Recording, Take, Voice, Voices
from jury.records.rubric import Rubric, Scale
from jury.records.settings import Endpoint, ModelSettings, Setting
from jury.records.target import Target
from jury.records.taxonomy import Category, Policy, Scenario, Standing, Taxonomy
from jury.records.technique import Technique
from jury.records.trial import (
    Ballot,
    ChangedMind,
    Dissent,
    Outcome,
    Round,
    RoundKind,
    Statement,
    Summary,
    TemplateRef,
    Usage,
    Verdict,
)
from jury.records.written import JuryFile, PanelWritten, PlanWritten

__all__ = [
    "DATA_SET",
    "FINAL",
    "MEDIA_KINDS",
    "VOICES",
    "Answer",
    "Answered",
    "Asked",
    "Attempt",
    "AudioPart",
    "Ballot",
    "BlockedPolicy",
    "Case",
    "Category",
    "Cause",
    "CauseKind",
    "ChangedMind",
    "Committee",
    "Completion",
    "ContentFilter",
    "Delivery",
    "Dissent",
    "Draft",
    "Drawing",
    "Endpoint",
    "GoldLabel",
    "Hindrance",
    "ImagePart",
    "JsonObject",
    "Juror",
    "Jury",
    "JuryFile",
    "Maker",
    "MediaKind",
    "MediaRef",
    "Message",
    "ModelFacts",
    "ModelLimits",
    "ModelSettings",
    "Office",
    "Outcome",
    "Panel",
    "PanelWritten",
    "Part",
    "PlanWritten",
    "Policy",
    "Protocol",
    "Query",
    "Record",
    "Recording",
    "Request",
    "Role",
    "Round",
    "RoundKind",
    "Rubric",
    "Rule",
    "Scale",
    "Scenario",
    "Score",
    "Setting",
    "Standing",
    "Statement",
    "Structured",
    "Summary",
    "Take",
    "Target",
    "Taxonomy",
    "Technique",
    "TemplateRef",
    "TextPart",
    "TieBreak",
    "Transcript",
    "Transcription",
    "Turn",
    "Usage",
    "Verdict",
    "Version",
    "Voice",
    "Voices",
]
