"""The whole walk in one call: from a corpus to tables, figures, report and methods text."""

from samestory.study.result import Study
from samestory.study.walk import STEPS, compare, demo_corpus, prepare_shard

__all__ = ["STEPS", "Study", "compare", "demo_corpus", "prepare_shard"]
