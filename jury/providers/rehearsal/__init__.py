"""Scripted jurors and targets, so that everything runs without a key. Whatever they take part in is labelled."""

from jury.providers.rehearsal import provider

__all__ = ["provider"]
