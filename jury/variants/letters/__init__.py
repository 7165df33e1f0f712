"""Reading the letter that a target answers a question of two options with."""

from jury.variants.letters.reading import Letter, read_letter

__all__ = ["Letter", "read_letter"]
