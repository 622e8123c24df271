"""Groups compared story by story."""

from __future__ import annotations

from samestory.tables.declaration import Column, table

GROUPS = table(
    "groups",
    "measure × group",
    ("measure", "group"),
    {
        "measure": Column("text", "the column described, or its label"),
        "group": Column("text", "the group, by default the news outlet"),
        "mean": Column("number", "mean of the article means, in the measure's unit", True, True),
        "sd": Column("number", "standard deviation of the article means", True, True),
        "n_articles": Column("number", "articles with a value"),
        "n_stories": Column("number", "stories of these articles"),
    },
)

OVER_TIME = table(
    "over_time",
    "measure × group × period",
    ("measure", "group", "start"),
    {
        "measure": Column("text", "the column described, or its label"),
        "group": Column("text", "the group, by default the news outlet"),
        "start": Column("time", "first moment of the period, UTC"),
        "mean": Column("number", "mean of the article means, in the measure's unit", True, True),
        "low": Column("number", "lower end of the interval of the mean", True, True),
        "high": Column("number", "upper end of the interval of the mean", True, True),
        "level": Column("number", "coverage of the interval, 0 to 1"),
        "n_articles": Column("number", "articles with a value"),
        "n_stories": Column("number", "stories of these articles"),
    },
)

PAIRS = table(
    "pairs",
    "measure × pair of groups × story",
    ("measure", "group", "reference", "story_id"),
    {
        "measure": Column("text", "the column compared, or its label"),
        "group": Column("text", "the group whose mean comes first in the difference"),
        "reference": Column("text", "the group whose mean is subtracted"),
        "story_id": Column("text", "the story"),
        "group_mean": Column("number", "mean of the group's articles in this story"),
        "reference_mean": Column("number", "mean of the reference's articles in this story"),
        "difference": Column("number", "group_mean - reference_mean"),
    },
)

ESTIMATES = table(
    "estimates",
    "measure × pair of groups",
    ("measure", "group", "reference"),
    {
        "measure": Column("text", "the column compared, or its label"),
        "group": Column("text", "the group whose mean comes first in the difference"),
        "reference": Column("text", "the group whose mean is subtracted"),
        "estimate": Column(
            "number", "mean over stories of group - reference, in the measure's unit", True, True
        ),
        "low": Column("number", "lower end of the interval", True, True),
        "high": Column("number", "upper end of the interval", True, True),
        "level": Column("number", "coverage of the interval, 0 to 1"),
        "p": Column("number", "two-sided p", True, True),
        "p_adjusted": Column("number", "p adjusted within the family", True, True),
        "effect_size": Column(
            "number", "d_z: mean over standard deviation of the paired differences", True, True
        ),
        "minimum_detectable": Column("number", "difference found with 80 % power at this n", False, True),
        "n_stories": Column("number", "stories told by both groups"),
        "family_size": Column("number", "tests in the family", False, True),
        "method": Column("text", "interval, test and adjustment"),
        "tier": Column("text", "what this number of stories allows"),
        "reason": Column("text", "why a number is missing or not informative", True, True),
        "reason_code": Column(
            "text", "the reason as one word; see samestory.comparison.REASONS", False, True
        ),
        "family": Column("text", "name of the family of tests that p was adjusted in", False, True),
        "p_mid": Column("number", "the same with ties by half: Lancaster's mid-p", False, True),
        "n_differing": Column("number", "stories in which the two groups differ at all", False),
        "cliffs_delta": Column("number", "dominance of the group's story means, -1 to 1", False, True),
        "bootstrap_low": Column(
            "number", "lower end, bootstrap of stories, 20 stories and more", False, True
        ),
        "bootstrap_high": Column("number", "upper end, bootstrap of stories", False, True),
        "without_one_low": Column("number", "smallest estimate with one story left out", False, True),
        "without_one_high": Column("number", "largest estimate with one story left out", False, True),
        "equivalence_bound": Column("number", "largest difference that was to count as none", False, True),
        "p_equivalence": Column("number", "p of the two one-sided tests against the bound", False, True),
        "p_equivalence_adjusted": Column("number", "p_equivalence adjusted within its family", False, True),
        "seed": Column("number", "seed of random steps", True, True),
    },
)

LEAVE_ONE_OUT = table(
    "leave_one_out",
    "measure × pair of groups × story left out",
    ("measure", "group", "reference", "without"),
    {
        "measure": Column("text", "the column compared, or its label"),
        "group": Column("text", "the group whose mean comes first in the difference"),
        "reference": Column("text", "the group whose mean is subtracted"),
        "without": Column("text", "the story left out"),
        "estimate": Column("number", "mean difference over the other stories"),
        "low": Column("number", "lower end of its interval", True, True),
        "high": Column("number", "upper end of its interval", True, True),
        "p": Column("number", "two-sided p without the story, not adjusted", True, True),
        "n_stories": Column("number", "stories that remain"),
        "shift": Column("number", "estimate less the estimate of all stories"),
    },
)

FAMILIES = table(
    "families",
    "table × family of tests",
    ("table", "family"),
    {
        "table": Column("text", "the table that holds the tests"),
        "family": Column("text", "name of the family: what is adjusted together"),
        "n_measures": Column("number", "measures compared"),
        "n_rows": Column("number", "measure × pair of groups"),
        "n_tests": Column("number", "tests made: the size of the family"),
        "n_untested": Column("number", "rows without a test; their reason stands in the table"),
        "rejected": Column("number", "tests with p below .05"),
        "rejected_adjusted": Column("number", "tests with adjusted p below .05"),
    },
)
