"""The first ledger: calls, runs, cases, trials, verdicts."""

revision = "1"
down_revision = None
