"""Statistics over judged cases: intervals that hold at low rates and in small samples, and tests that are exact.

Every estimator takes values case by case and the cluster of each case, and gives an `Estimate`. Cases of one cluster share
a group, an image, a clip or a request, and are not taken as independent.
"""
