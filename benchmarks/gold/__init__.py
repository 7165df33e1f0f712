"""Gold labels: what people's labels mean, which of them nobody knows, and which were corrected after a run began."""
