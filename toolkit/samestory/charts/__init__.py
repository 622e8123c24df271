"""Charts of computed tables: each takes a table, draws it and returns the axes; none computes a statistic."""

from samestory.charts.coverage import plot_coverage
from samestory.charts.estimates import plot_estimates
from samestory.charts.shift import plot_word_shift
from samestory.charts.speakers import plot_speakers
from samestory.charts.style import detached
from samestory.charts.terms import plot_terms

__all__ = ["detached", "plot_coverage", "plot_estimates", "plot_speakers", "plot_terms", "plot_word_shift"]
