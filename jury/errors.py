"""Errors that are the user's to mend, each one sentence that names the culprit."""


class JuryError(Exception):
    """Base of every error the framework raises on purpose."""


class InputError(JuryError):
    """Bad input: names the file, row, field or name at fault, and the way out. The command exits with 2."""


class StoppedEarlyError(JuryError):
    """A run stopped before its end and can be resumed by the same command. The command exits with 3."""


class UnreachableModelError(StoppedEarlyError):
    """A model can't be asked under its name or at its address. What mends that makes another run, so the folder is left free."""
