"""The mixed model of articles: lme4's sleepstudy as oracle, and what it refuses."""

import numpy as np
import pandas as pd
import pytest

import samestory as ss
from samestory.comparison import mixed_model
from samestory.comparison.mixed import random_intercepts
from samestory.errors import OptionError, TableError

# Reaction times in ms of 18 people over 10 days, in tenths of a microsecond: the data set sleepstudy of the R
# package lme4 (Belenky et al. 2003), one line per person.
SLEEP = """
2495600 2587047 2508006 3214398 3568519 4146901 3822038 2901486 4305853 4663535
2227339 2052658 2029778 2047070 2077161 2159618 2136303 2177272 2242957 2373142
1990539 1943322 2343200 2328416 2293074 2204579 2354208 2557511 2610125 2475153
3215426 3004002 2838565 2851330 2857973 2975855 2802396 3182613 3053495 3540487
2876079 2850000 3018206 3201153 3162773 2933187 2900750 3348177 2937469 3715811
2348606 2428118 2729613 3097688 3174629 3099976 4541619 3468311 3303003 2538644
2838424 2895550 2767693 2998097 2971710 3381665 3320265 3488399 3333600 3620428
2654731 2762012 2433647 2546723 2790244 2841912 3055248 3315229 3357469 3772990
2416083 2739472 2544907 2708021 2514519 2546362 2454523 2353110 2357541 2372466
3123666 3138058 2916112 3461222 3657324 3918385 4042601 4166923 4558643 4589167
2361032 2303167 2389256 2549220 2507103 2697744 2815648 3081020 3362806 3516451
2562968 2434543 2562046 2555271 2689165 3297247 3794445 3629184 3944872 3890527
2505265 3000576 2698939 2805891 2718274 3046336 2877466 2665955 3215418 3475655
2216771 2981939 3268785 3468555 3487402 3528287 3544266 3604326 3756406 3885417
2719235 2684369 2572424 2776566 3148222 3172135 2981353 3481229 3402800 3665131
2252640 2345235 2389008 2404730 2675373 3441937 2811481 3475855 3651630 3722288
2698804 2724428 2778989 2817895 2791705 2845120 2592658 3046306 3507807 3694692
2694117 2734740 2975968 3106316 2871726 3296076 3344818 3432199 3691417 3641236
"""


def test_sleepstudy():
    # lme4: lmer(Reaction ~ Days + (1 | Subject), sleepstudy): 251.4051, 10.4673; standard errors 9.7467 and
    # 0.8042; standard deviations 37.12 (subjects) and 30.99 (residual).
    times = np.array([line.split() for line in SLEEP.split("\n") if line], dtype=float) / 10_000
    days, people = np.tile(np.arange(10.0), 18), np.repeat(np.arange(18), 10)
    found = random_intercepts(times.ravel(), np.column_stack([np.ones(180), days]), people)
    assert found.effects == pytest.approx([251.4051, 10.4673], abs=5e-5)
    assert found.errors == pytest.approx([9.7467, 0.8042], abs=5e-4)
    assert (found.story_sd, found.residual_sd) == pytest.approx((37.12, 30.99), abs=0.01)
    assert found.converged


def table(n, *, shift=0.3, seed=1, outlets="AB"):
    rng = np.random.default_rng(seed)
    rows = []
    for s in range(n):
        event = rng.normal()
        for i, outlet in enumerate(outlets):
            rows.append((f"{outlet}{s}", outlet, f"s{s}", event + shift * (i == 0) + rng.normal(0, 0.3)))
    return pd.DataFrame(rows, columns=["article_id", "outlet", "story_id", "x"])


def test_in_a_balanced_table_the_estimate_is_the_paired_one():
    one, other = mixed_model(table(15), "x").iloc[0], ss.compare_groups(table(15), "x").iloc[0]
    assert one["estimate"] == pytest.approx(other["estimate"], abs=1e-6)
    assert one["low"] < one["estimate"] < one["high"]
    assert one["story_sd"] > one["residual_sd"]
    assert (one["n_articles"], one["n_stories"], one["n_shared_stories"]) == (30, 15, 15)
    assert pd.isna(one["reason"])


def test_sentences_count_once_per_article_and_the_order_of_rows_does_not_count():
    given = table(10)
    twice = pd.concat([given, given[given["outlet"] == "A"]]).sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(mixed_model(given, "x"), mixed_model(twice, "x"))


def test_swapping_negates_and_stories_of_one_outlet_are_used():
    given = table(12, outlets="ABC")
    one, other = (mixed_model(given, "x", groups=["A", "B"], reference=r).iloc[0] for r in "BA")
    assert one["estimate"] == pytest.approx(-other["estimate"])
    assert (one["low"], one["p"]) == pytest.approx((-other["high"], other["p"]))
    assert len(mixed_model(given, "x")) == 3
    less = given[~((given["outlet"] == "B") & (given["story_id"] == "s0"))]
    row = mixed_model(less, "x", groups=["A", "B"]).iloc[0]
    assert (row["n_stories"], row["n_shared_stories"]) == (12, 11)
    assert row["estimate"] != one["estimate"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (table(2), "2 stories"),
        (table(5), "5 stories"),
        (table(9).query("outlet == 'A' or story_id == 's0'"), "1 shared"),
        (table(9).assign(x=1.0), "the same in every article"),
        (table(9).assign(x=np.nan), "0 stories"),
    ],
)
def test_what_is_refused(given, why):
    row = mixed_model(given, "x").iloc[0]
    assert why in row["reason"]
    assert np.isnan([row["estimate"], row["low"], row["p"]]).all()


def test_stories_without_a_share_in_the_variance_are_told():
    rng = np.random.default_rng(5)
    row = mixed_model(table(40).assign(x=lambda f: rng.normal(size=len(f))), "x").iloc[0]
    assert row["story_sd"] < 0.5
    assert pd.isna(row["reason"]) or "unrelated articles" in row["reason"]


def test_bad_tables():
    with pytest.raises(TableError, match="numeric measure"):
        mixed_model(table(6).assign(x="a"), "x")
    with pytest.raises(TableError, match="story_id"):
        mixed_model(table(6).drop(columns="story_id"), "x")
    with pytest.raises(OptionError, match="21 groups"):
        mixed_model(table(6, outlets=[f"o{i}" for i in range(21)]), "x")
    assert mixed_model(table(6, outlets="A"), "x").empty
