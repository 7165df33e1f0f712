"""Statistics over ballots and verdicts: pure functions on NumPy, each defined on empty, unanimous and incomplete data."""
