"""Quality of a corpus: what it holds, what is missing, what was guessed, and what to look at first."""

from samestory.quality.corpus import corpus_quality

__all__ = ["corpus_quality"]
