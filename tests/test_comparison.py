import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from samestory.comparison import adjust_family, compare_groups, describe_groups, pair_stories, sign_flip_test
from samestory.errors import OptionError, TableError


def table(values, outlets=("A", "B")):
    """One article per story and outlet: values[story][outlet]."""
    rows = [
        {"article_id": f"{o}{s}", "outlet": o, "story_id": f"s{s:03d}", "stance": f"stance {o}", "x": v}
        for s, row in enumerate(values)
        for o, v in zip(outlets, row, strict=True)
        if v is not None
    ]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "story_id", "stance", "x"])


# Darwin's maize, Fisher (1935) section 21: 15 differences in eighths of an inch; the exact two-sided share of
# sign patterns is 2 * 863 / 32768.
DARWIN = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]


def test_sign_flip_agrees_with_fisher():
    assert sign_flip_test(DARWIN) == 2 * 863 / 32768


@given(st.lists(st.floats(-50, 50).map(lambda v: round(v, 2)), min_size=1, max_size=9))
def test_sign_flip_is_the_count_of_all_patterns(d):
    patterns = [
        abs(sum(s * v for s, v in zip(signs, d, strict=True)))
        for signs in itertools.product([1, -1], repeat=len(d))
    ]
    expected = np.mean([p >= abs(sum(d)) - 1e-9 for p in patterns])
    assert sign_flip_test(d) == pytest.approx(expected)


def test_sign_flip_agrees_with_scipy():
    d = np.random.default_rng(7).normal(0.4, 1, 11)
    reference = stats.permutation_test((d,), np.mean, permutation_type="samples", n_resamples=np.inf)
    assert sign_flip_test(d) == pytest.approx(reference.pvalue)


def test_monte_carlo_beyond_forty_is_near_the_exact_p():
    d = np.random.default_rng(3).normal(0.25, 1, 41)
    t = stats.ttest_1samp(d, 0).pvalue
    assert sign_flip_test(d, seed=1) == pytest.approx(t, abs=0.02)
    assert sign_flip_test(d, seed=1) == sign_flip_test(d, seed=1)
    assert sign_flip_test(np.full(60, 1.0), seed=1) == 1 / 100_000


def test_t_interval_agrees_with_scipy():
    d = [0.3, -0.1, 0.5, 0.2, 0.4, 0.1, -0.2]
    row = compare_groups(table([(v, 0.0) for v in d]), "x").iloc[0]
    interval = stats.ttest_1samp(d, 0).confidence_interval(0.95)
    assert (row["low"], row["high"]) == pytest.approx((interval.low, interval.high))
    assert row["effect_size"] == pytest.approx(np.mean(d) / np.std(d, ddof=1))
    assert row["p"] == sign_flip_test(d)


@pytest.mark.parametrize(
    ("n", "tier", "interval", "p"),
    [(0, "descriptive", False, False), (1, "descriptive", False, False), (2, "no test", False, False),
     (3, "not informative", True, False), (5, "not informative", True, False), (6, "tested", True, True)],
)  # fmt: skip
def test_tiers(n, tier, interval, p):
    rng = np.random.default_rng(n)
    values = [(v, 0.0) for v in rng.normal(1, 1, n)] + [(0.5, None), (None, 0.5)]
    row = compare_groups(table(values), "x").iloc[0]
    assert row["tier"] == tier
    assert row["n_stories"] == n
    assert pd.notna(row["low"]) == pd.notna(row["high"]) == interval
    assert pd.notna(row["p"]) == p
    assert pd.isna(row["reason"]) == (tier == "tested")
    if n == 2:
        assert "0.5" in row["reason"]


def test_minimum_detectable_difference_has_the_promised_power():
    row = compare_groups(table([(v, 0.0) for v in np.random.default_rng(0).normal(0, 1, 12)]), "x").iloc[0]
    # Second computation: power of the two-sided t test from the noncentral t distribution.
    d_z = row["minimum_detectable"] / (row["estimate"] / row["effect_size"])
    cut, shift = stats.t.ppf(0.975, 11), d_z * np.sqrt(12)
    assert stats.nct.sf(cut, 11, shift) + stats.nct.cdf(-cut, 11, shift) == pytest.approx(0.8, abs=1e-4)


def test_sentences_are_averaged_within_articles_and_articles_within_stories():
    frame = pd.DataFrame(
        {
            "article_id": ["a1", "a1", "a1", "a2", "b"],
            "outlet": ["A"] * 4 + ["B"],
            "story_id": ["s"] * 5,
            "x": [1.0, 1.0, 1.0, 0.0, 0.2],
        }
    )
    pair = pair_stories(frame, "x").iloc[0]
    assert pair["group_mean"] == 0.5  # not 0.75, the mean of the sentences
    assert pair["difference"] == pytest.approx(0.3)


values = st.lists(st.tuples(*[st.one_of(st.none(), st.floats(-1, 1))] * 3), min_size=1, max_size=12)


@given(values, st.randoms(use_true_random=False))
def test_order_changes_nothing_and_an_interval_holds_its_estimate(rows, random):
    frame = table(rows, "ABC")
    if frame["x"].notna().sum() == 0:
        return
    frame["x"] = frame["x"].astype(float)
    result = compare_groups(frame, "x")
    order = list(range(len(frame)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(result, compare_groups(frame.iloc[order], "x"))
    known = result.dropna(subset=["low"])
    assert (known["low"] <= known["estimate"] + 1e-12).all()
    assert (known["high"] >= known["estimate"] - 1e-12).all()


def test_swapping_the_groups_negates():
    frame = table([(v, w) for v, w in np.random.default_rng(5).normal(size=(8, 2))])
    one = compare_groups(frame, "x", reference="B").iloc[0]
    other = compare_groups(frame, "x", reference="A").iloc[0]
    assert one["estimate"] == pytest.approx(-other["estimate"])
    assert (one["low"], one["high"]) == pytest.approx((-other["high"], -other["low"]))
    assert one["p"] == other["p"]


def test_a_story_of_one_outlet_changes_no_paired_estimate():
    frame = table([(0.1 * i, 0.05 * i * i) for i in range(7)])
    lone = table([(None, None)] * 7 + [(9.0, None)])
    pd.testing.assert_frame_equal(compare_groups(frame, "x"), compare_groups(pd.concat([frame, lone]), "x"))


def test_a_constant_difference_has_no_effect_size():
    row = compare_groups(table([(0.3, 0.1)] * 7), "x").iloc[0]
    assert pd.isna(row["effect_size"])
    assert "same in every story" in row["reason"]
    assert row["p"] == 2 / 2**7


def test_stances_are_described_not_tested():
    row = compare_groups(table([(0.1 * i, 0.0) for i in range(9)]), "x", by="stance").iloc[0]
    assert row["tier"] == "descriptive"
    assert pd.isna(row["p"])
    assert pd.isna(row["low"])
    assert "one draw" in row["reason"]


def test_missing_values_are_counted():
    frame = table([(0.1, 0.2)] * 3)
    frame.loc[0, "x"] = np.nan
    frame.loc[1, "story_id"] = None
    assert compare_groups(frame, "x")["n_left_out"].tolist() == [2]


def test_family_adjustment_against_a_plain_holm():
    p = [0.001, 0.2, 0.012, 0.04]
    frame = pd.DataFrame({"p": [*p, np.nan], "method": ["m"] * 5})
    ranked, worst, expected = sorted(range(4), key=p.__getitem__), 0.0, [0.0] * 4
    for rank, i in enumerate(ranked):
        worst = max(worst, min(1.0, p[i] * (4 - rank)))
        expected[i] = worst
    result = adjust_family(frame)
    assert result["p_adjusted"].tolist()[:4] == pytest.approx(expected)
    assert pd.isna(result["p_adjusted"][4])
    assert result["family_size"].tolist()[:4] == [4.0] * 4
    assert "family of 4" in result["method"][0]
    assert adjust_family(result)["method"].tolist() == result["method"].tolist()


def test_benjamini_hochberg_rejects_four_of_the_fifteen():
    # Benjamini & Hochberg (1995), section 3.2.
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.3240,
        0.4262,
        0.5719,
        0.6528,
        0.7590,
        1.0,
    ]
    frame = pd.DataFrame({"p": p, "method": ["m"] * 15})
    assert int((adjust_family(frame, method="fdr_bh")["p_adjusted"] <= 0.05).sum()) == 4


def test_description_counts_articles_and_stories():
    frame = table([(0.2, 0.4), (0.6, None)])
    out = describe_groups(frame, "x").set_index("group")
    assert out.loc["A", ["mean", "n_articles", "n_stories"]].tolist() == [pytest.approx(0.4), 2, 2]
    assert out.loc["B", "n_stories"] == 1


def test_one_outlet_and_no_rows_give_an_empty_table():
    assert compare_groups(table([(0.1, None)] * 3), "x").empty
    assert compare_groups(table([]).astype({"x": float}), "x").empty


@pytest.mark.parametrize(
    ("kwargs", "message"),
    [
        ({"level": 1.5}, "between 0 and 1"),
        ({"reference": "Z"}, "none of the groups"),
        ({"adjust": "none"}, "Holm|holm"),
    ],
)
def test_options_are_checked(kwargs, message):
    with pytest.raises(OptionError, match=message):
        compare_groups(table([(0.1, 0.2)] * 3), "x", **kwargs)


def test_columns_are_checked():
    with pytest.raises(TableError, match="story_id"):
        compare_groups(table([(0.1, 0.2)]).drop(columns="story_id"), "x")
    with pytest.raises(TableError, match="numeric"):
        compare_groups(table([(0.1, 0.2)]), "outlet", by="stance")


def test_too_many_groups_are_refused_with_a_way_out():
    outlets = [f"o{i:03d}" for i in range(200)]
    frame = table([[0.1] * 200], outlets)
    with pytest.raises(OptionError, match="reference"):
        compare_groups(frame, "x")
    assert len(compare_groups(frame, "x", reference="o000")) == 199


def test_a_group_without_a_value_is_told_and_not_dropped():
    frame = table([(0.1, 0.2)] * 3)
    result = compare_groups(frame, "x", groups=["A", "B", "C"])
    assert result[["group", "reference", "n_stories"]].to_numpy().tolist() == [
        ["A", "B", 3],
        ["A", "C", 0],
        ["B", "C", 0],
    ]
    assert "no shared story" in result["reason"][1]
