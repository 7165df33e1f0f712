"""What a sitting would ask, before anything is paid: no call is made, and nothing is left in the folder."""

from benchmarks.generation.reckoning.estimate import COUNTED, estimated

__all__ = ["COUNTED", "estimated"]
