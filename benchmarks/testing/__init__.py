"""Juries in a test suite: an assertion on what somebody's own assistant says, and a pytest plugin that offers it."""

from benchmarks.testing.asserting import assert_verdict, held_verdict

__all__ = ["assert_verdict", "held_verdict"]
