"""What deliberation did: who changed, toward whom, whether they merely conformed, and what a better verdict cost."""
