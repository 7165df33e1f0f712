"""Building a data set: a committee's queries, and the files that come of them."""
