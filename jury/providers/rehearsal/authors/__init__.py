"""Rehearsal authors: scripted members of a committee, one module for each thing they are asked to do."""

from jury.providers.rehearsal.authors.author import MANNERS, Author, speak

__all__ = ["MANNERS", "Author", "speak"]
