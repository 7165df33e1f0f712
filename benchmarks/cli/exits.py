"""Exit codes of the `jury` command."""

COMPLETE = 0
CRASHED = 1
BAD_INPUT = 2
STOPPED_EARLY = 3
TOO_MANY_INVALID = 4
