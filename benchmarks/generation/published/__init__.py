"""The result of a generation: a folder that others can use as it is, by hand, with `datasets`, or with `jury run`."""

from benchmarks.generation.published.making import Making, Material
from benchmarks.generation.published.publish import publish

__all__ = ["Making", "Material", "publish"]
