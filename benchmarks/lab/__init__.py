"""The lab: what juries would have decided on recorded ballots, and whether any of it helps. No model is asked."""
