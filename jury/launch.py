"""The start of the `jury` command."""

import sys
from importlib import import_module

from jury.errors import InputError
from jury.shadowing import require_own


def main() -> None:
    """Run the command line: one sentence and exit code 2 where the input, or a package of ours, is not what it should be."""
    try:
        require_own("prompts", "graphs", "benchmarks")
        # By name: the command line lives in the last room, and only its front door may stand in the first,
        # where the check above can run before anything of the other rooms is imported.
        import_module("benchmarks.cli").main()
    except InputError as error:
        sys.stderr.write(f"jury: {error}\n")
        sys.exit(2)
