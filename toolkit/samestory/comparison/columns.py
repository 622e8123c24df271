"""The numeric columns of an estimates row: what is a count and what a number."""

__all__ = ["COUNTS", "NUMBERS"]

COUNTS = ("n_stories", "n_differing", "n_left_out", "seed")
NUMBERS = (
    "estimate",
    "level",
    "low",
    "high",
    "p",
    "p_mid",
    "p_adjusted",
    "effect_size",
    "minimum_detectable",
    "family_size",
    "group_mean",
    "reference_mean",
    "cliffs_delta",
    "bootstrap_low",
    "bootstrap_high",
    "without_one_low",
    "without_one_high",
    "equivalence_bound",
    "p_equivalence",
    "p_equivalence_adjusted",
)
