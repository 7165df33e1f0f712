"""Attacks on a jury: answers and pictures that try to steer it, and how many of its verdicts they turn."""
