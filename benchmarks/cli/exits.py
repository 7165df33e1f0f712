"""Exit codes, the same for every command."""

from enum import IntEnum, unique


@unique
class ExitCode(IntEnum):
    """What a command's exit code says; `docs/reference/commands.md` lists them."""

    #: Everything asked for is done.
    FINISHED = 0
    #: The program is at fault, or a check (`verify`, `doctor`, `prompts check`) has found something.
    FAILED = 1
    #: The input is at fault, and nothing was done: a file, a row, a flag, a key that is missing.
    BAD_INPUT = 2
    #: The command stopped before its end, and the same command goes on: Ctrl-C, a signal, a budget, the store, an account,
    #: a rate limit that outlasted `--patience`.
    STOPPED = 3
    #: The command finished, but no case had a valid answer and enough valid ballots, or more than `--max-invalid` are invalid.
    TOO_FEW_VALID = 4
