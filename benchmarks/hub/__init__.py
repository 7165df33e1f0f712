"""Public copies of suites: fetched from a hub at one commit, checked against what it lists, and unpacked."""

from benchmarks.hub.fetching import Got, fetch

__all__ = ["Got", "fetch"]
