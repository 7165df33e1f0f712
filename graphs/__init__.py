"""State machines in which panels of language models deliberate."""

from jury.shadowing import require_own

require_own("prompts")

from graphs.api import deliberate  # noqa: E402 - after the check that its neighbours are ours

__all__ = ["deliberate"]
