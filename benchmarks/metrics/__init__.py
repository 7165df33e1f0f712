"""From verdicts to a benchmark's figures: one file a metric, found through a registry.

ASR and SRI are in percent; all other rates lie between 0 and 1 (kappa and alpha from −1). An interval is at 95 % (`jury.stats`) and
takes cases that share a group, a picture, a clip or a request as one cluster. A figure that cannot be
had is None, never NaN. The order of cases and of jurors changes nothing.
"""

from benchmarks.metrics.figures import clustered, figures
from benchmarks.metrics.intervals import Draw
from benchmarks.metrics.judged import Facts, Judged
from benchmarks.metrics.letters import Letter, Read, letter_of
from benchmarks.metrics.registry import METRICS, Metric, Section, metric
from benchmarks.metrics.ties import Ties
from jury.registry import import_folder

__all__ = [
    "METRICS", "Draw", "Facts", "Judged", "Letter", "Metric", "Read", "Section", "Ties", "clustered", "figures", "letter_of", "metric",
]  # fmt: skip

import_folder(__name__, __path__)
