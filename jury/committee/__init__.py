"""What the members of a committee say when they build a data set."""
