"""GuardRank on labelled answers: trained, cross-validated, tried on data it never saw, and described on a card."""
