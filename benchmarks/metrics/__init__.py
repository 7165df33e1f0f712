"""From verdicts to a benchmark's figures: one file a metric, found through a registry.

ASR and SRI are in percent; all other rates lie between 0 and 1 (kappa and alpha from −1). An interval is a 95 % bootstrap
interval clustered by the cases' group, a case without a group being a cluster of its own. A figure that cannot be had is
None, never NaN. The order of cases and of jurors changes nothing.
"""

from benchmarks.metrics.figures import figures
from benchmarks.metrics.intervals import Draw
from benchmarks.metrics.judged import Judged
from benchmarks.metrics.registry import METRICS, Metric, Section, metric
from jury.registry import import_folder

__all__ = ["METRICS", "Draw", "Judged", "Metric", "Section", "figures", "metric"]

import_folder(__name__, __path__)
