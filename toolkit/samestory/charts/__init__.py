"""Charts of computed tables: each takes a table, draws it and returns the axes; none computes a statistic."""

from samestory.charts.coverage import plot_coverage
from samestory.charts.estimates import plot_estimates
from samestory.charts.overtime import plot_over_time
from samestory.charts.presets import Preset, figure_presets
from samestory.charts.shift import plot_word_shift
from samestory.charts.slopes import plot_slopes
from samestory.charts.speakers import plot_speakers
from samestory.charts.style import detached
from samestory.charts.terms import plot_terms
from samestory.charts.topics import plot_topics
from samestory.charts.voices import plot_voices

__all__ = [
    "Preset",
    "detached",
    "figure_presets",
    "plot_coverage",
    "plot_estimates",
    "plot_over_time",
    "plot_slopes",
    "plot_speakers",
    "plot_terms",
    "plot_topics",
    "plot_voices",
    "plot_word_shift",
]
