"""Judging in other processes: workers run the cases and make the calls, the driver keeps, counts and limits them."""
