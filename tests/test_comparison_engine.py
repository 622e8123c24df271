"""The wider comparison engine: effect sizes, equivalence, sensitivity, outlets, families, reasons."""

import itertools
import math
import weakref

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

import samestory as ss
from samestory.comparison import (
    ALL_OTHERS,
    REASONS,
    adjust_family,
    cliffs_delta,
    compare_groups,
    compare_measures,
    equivalence_test,
    leave_one_out,
    list_families,
    pair_stories,
    resampling,
    sensitivity,
)
from samestory.comparison.effects import minimum_detectable
from samestory.comparison.resampling import flipped, flipped_without_one, story_bootstraps
from samestory.errors import OptionError, TableError
from samestory.measures.sentiment import summary


def table(values, outlets=("A", "B")):
    rows = [
        {"article_id": f"{o}{s}", "outlet": o, "story_id": f"s{s:03d}", "x": v}
        for s, row in enumerate(values)
        for o, v in zip(outlets, row, strict=True)
        if v is not None
    ]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "story_id", "x"])


def drawn(n, seed=4, shift=0.3):
    rng = np.random.default_rng(seed)
    return table([(v + shift, w) for v, w in rng.normal(size=(n, 2))])


def test_cliffs_delta_of_the_textbook_example():
    # Example of the R package effsize and of PyPI cliffs-delta: treatment against control.
    one, other = (10, 10, 20, 20, 20, 30, 30, 30, 40, 50), (10, 20, 30, 40, 40, 50)
    assert cliffs_delta(one, other) == -0.25
    assert cliffs_delta(other, one) == 0.25


@given(
    st.lists(st.integers(-5, 5), min_size=1, max_size=8), st.lists(st.integers(-5, 5), min_size=1, max_size=8)
)
def test_cliffs_delta_is_the_count_of_all_pairs(one, other):
    signs = [(a > b) - (a < b) for a in one for b in other]
    assert cliffs_delta(one, other) == pytest.approx(sum(signs) / len(signs))


def test_equivalence_from_summary():
    # Lakens (2017), TOSTtwo example: means 5.25 and 5.22, sd .95 and .83, n 95 and 89, Welch; the bounds are
    # ±.43 standard deviations.
    a, b = 0.95**2 / 95, 0.83**2 / 89
    df = (a + b) ** 2 / (a**2 / 94 + b**2 / 88)
    bound = 0.43 * math.sqrt((0.95**2 + 0.83**2) / 2)
    t, p = equivalence_test(5.25 - 5.22, math.sqrt(a + b), df, bound=bound)
    assert (round(t, 2), round(p, 3)) == (-2.69, 0.004)


def test_equivalence_of_paired_stories_agrees_with_statsmodels():
    row = compare_groups(drawn(15), "x", equivalence=0.9).iloc[0]
    d = pair_stories(drawn(15), "x")["difference"].to_numpy()
    assert row["p_equivalence"] == pytest.approx(DescrStatsW(d).ttost_mean(-0.9, 0.9)[0])
    assert row["p_equivalence_adjusted"] == row["p_equivalence"]
    assert "two one-sided" in row["method"]


def test_equivalence_is_tested_only_with_a_bound_and_from_six_stories():
    assert compare_groups(drawn(15), "x")["p_equivalence"].isna().all()
    assert compare_groups(drawn(5), "x", equivalence=1.0)["p_equivalence"].isna().all()
    with pytest.raises(OptionError, match="equivalence"):
        compare_groups(drawn(8), "x", equivalence=0)
    with pytest.raises(OptionError, match="no measure: words"):
        compare_measures([("tone", drawn(8), "x")], equivalence={"words": 3.0})
    assert equivalence_test(0.0, 0.0, 5, bound=1.0)[1] == 0.0
    assert equivalence_test(2.0, 0.0, 5, bound=1.0)[1] == 1.0


def test_wilson_interval_is_left_to_statsmodels():
    # Wilson (1927) for 81 of 263, as in Newcombe (1998), table I.
    low, high = proportion_confint(81, 263, method="wilson")
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_bootstrap_of_stories_stands_beside_the_t_interval_from_twenty():
    few, many = compare_groups(drawn(19), "x").iloc[0], compare_groups(drawn(20), "x").iloc[0]
    assert pd.isna(few["bootstrap_low"])
    assert many["bootstrap_low"] < many["estimate"] < many["bootstrap_high"]
    d = pair_stories(drawn(20), "x")["difference"].to_numpy()
    # Hesterberg (2015), the expanded percentile interval: at 20 stories the tail is .0159 instead of .025.
    tail = stats.norm.cdf(-np.sqrt(20 / 19) * stats.t.ppf(0.975, 19))
    assert round(tail, 4) == 0.0159
    reference = stats.bootstrap(
        (d,), np.mean, method="percentile", n_resamples=9999, random_state=3, confidence_level=1 - 2 * tail
    )
    assert many["bootstrap_low"] == pytest.approx(reference.confidence_interval.low, abs=0.03)
    assert many["bootstrap_high"] == pytest.approx(reference.confidence_interval.high, abs=0.03)


def test_bootstrap_is_keyed_by_what_is_compared_not_by_company():
    frame = pd.concat([drawn(25), table([(0.1 * (i % 7),) for i in range(25)], ["C"])])
    alone = compare_groups(drawn(25), "x").iloc[0]
    among = compare_groups(frame, "x").iloc[0]
    assert (alone["bootstrap_low"], alone["p"]) == (among["bootstrap_low"], among["p"])


def test_leave_one_out_agrees_with_leaving_the_story_out():
    frame = drawn(9)
    row = compare_groups(frame, "x").iloc[0]
    out = leave_one_out(pair_stories(frame, "x"))
    assert len(out) == 9
    for one in out.itertuples():
        again = compare_groups(frame[frame["story_id"] != one.without], "x").iloc[0]
        assert (one.estimate, one.low, one.high, one.p) == pytest.approx(
            (again["estimate"], again["low"], again["high"], again["p"])
        )
        assert one.shift == pytest.approx(one.estimate - row["estimate"])
    assert row["without_one_low"] == pytest.approx(out["estimate"].min())
    assert row["without_one_high"] == pytest.approx(out["estimate"].max())
    assert out["shift"].abs().is_monotonic_decreasing


def test_leave_one_out_of_small_tables():
    assert leave_one_out(pair_stories(drawn(1), "x")).empty
    assert leave_one_out(pair_stories(drawn(2), "x"))["low"].isna().all()
    with pytest.raises(TableError, match="difference"):
        leave_one_out(pd.DataFrame({"measure": ["x"]}))


def test_each_against_the_rest():
    frame = table([(1.0, 0.0, 0.5), (2.0, None, 1.0), (None, 3.0, None)], "ABC")
    out = compare_groups(frame, "x", against="rest").set_index("group")
    assert set(out["reference"]) == {ALL_OTHERS}
    assert out.loc["A", "estimate"] == pytest.approx(((1.0 - 0.25) + (2.0 - 1.0)) / 2)
    assert out["n_stories"].to_dict() == {"A": 2, "B": 1, "C": 2}  # a story of one outlet is in none


def test_the_rest_of_two_outlets_is_the_other_one():
    frame = drawn(8)
    rest, pair = compare_groups(frame, "x", against="rest").iloc[0], compare_groups(frame, "x").iloc[0]
    same = ["estimate", "low", "high", "p", "effect_size", "n_stories"]
    assert rest[same].tolist() == pair[same].tolist()


def test_two_hundred_outlets_can_be_compared_with_the_rest():
    outlets = [f"o{i:03d}" for i in range(200)]
    frame = table([list(np.random.default_rng(i).normal(size=200)) for i in range(6)], outlets)
    with pytest.raises(OptionError, match="rest"):
        compare_groups(frame, "x")
    out = compare_groups(frame, "x", against="rest")
    assert len(out) == 200
    assert out["family_size"].eq(200).all()
    with pytest.raises(OptionError, match="not with both"):
        compare_groups(frame, "x", against="rest", reference="o000")
    with pytest.raises(OptionError, match="'pairs' or 'rest'"):
        compare_groups(frame, "x", against="all")


@pytest.mark.parametrize(
    ("n", "code"),
    [(0, "no_shared_story"), (1, "one_shared_story"), (2, "two_shared_stories"), (5, "few_shared_stories")],
)
def test_reason_codes(n, code):
    frame = pd.concat([drawn(n), table([(None, None)] * 90 + [(0.5, None), (None, 0.5)])]).astype(
        {"x": float}
    )
    row = compare_groups(frame, "x").iloc[0]
    assert row["reason_code"] == code
    assert code in REASONS
    assert row["reason"][:10] == REASONS[code].format(n=n, smallest=0)[:10]


def test_reason_codes_of_degenerate_measures():
    missing = drawn(7).assign(x=np.nan)
    assert compare_groups(missing, "x")["reason_code"].tolist() == ["no_value"]
    assert compare_groups(missing, "x", against="rest")["reason_code"].tolist() == ["no_value"] * 2
    constant = compare_groups(drawn(7).assign(x=1.0), "x").iloc[0]
    assert (constant["reason_code"], constant["n_differing"]) == ("few_differing_stories", 0)
    assert pd.isna(constant["p"])
    same = compare_groups(table([(1.5, 1.0)] * 7), "x").iloc[0]
    assert (same["reason_code"], same["p"]) == ("constant_difference", 2 / 2**7)
    stance = drawn(7).assign(stance=lambda f: f["outlet"])
    assert compare_groups(stance, "x", by="stance")["reason_code"].tolist() == ["stance_described"]
    assert pd.isna(compare_groups(drawn(7), "x")["reason_code"][0])
    one = compare_groups(pd.concat([drawn(7), table([(0.4,)], ["C"])]), "x")
    assert one.set_index(["group", "reference"]).loc[("A", "C"), "reason_code"] == "one_shared_story"


def test_families_are_registered():
    frames = [("tone", drawn(8), "x"), ("words", drawn(9, seed=8), "x"), ("few", drawn(3), "x")]
    study, single = compare_measures(frames), compare_groups(drawn(8), "x", label="tone", family="main")
    register = list_families(study, single)
    assert register["family"].tolist() == ["study", "main"]
    assert register["n_tests"].tolist() == [2, 1]
    assert register["n_untested"].tolist() == [1, 0]
    assert (register["rejected_adjusted"] <= register["rejected"]).all()
    assert compare_groups(drawn(8), "x")["family"].tolist() == ["x"]
    assert "family of 2" in study["method"][0]
    with pytest.raises(TableError, match="family"):
        list_families(pd.DataFrame({"p": [0.1]}))


def test_equivalence_tests_are_a_family_of_their_own():
    rows = pd.DataFrame(
        {"p": [0.5, 0.5, 0.5], "p_equivalence": [0.01, 0.02, np.nan], "method": "m", "measure": "x"}
    )
    assert adjust_family(rows)["p_equivalence_adjusted"].tolist()[:2] == pytest.approx([0.02, 0.02])


def test_swapping_negates_effect_sizes_too():
    one = compare_groups(drawn(21), "x", reference="B").iloc[0]
    other = compare_groups(drawn(21), "x", reference="A").iloc[0]
    for column in ("estimate", "effect_size", "cliffs_delta"):
        assert one[column] == pytest.approx(-other[column])
    assert one["without_one_low"] == pytest.approx(-other["without_one_high"])


def test_the_names_are_public():
    assert {"cliffs_delta", "equivalence_test", "leave_one_out", "list_families"} <= set(ss.__all__)
    assert ss.cliffs_delta is cliffs_delta


def test_stories_that_do_not_differ_cannot_carry_a_test():
    five = table([(1.0, 0.0)] * 5 + [(0.0, 0.0)] * 10)
    row = compare_groups(five, "x").iloc[0]
    assert (row["tier"], row["reason_code"]) == ("not informative", "few_differing_stories")
    assert row["reason"].startswith("only 5 of the 15 stories differ at all")
    constant = compare_groups(table([(0.5, 0.5)] * 8), "x").iloc[0]
    assert (constant["reason_code"], constant["estimate"]) == ("few_differing_stories", 0.0)
    assert "do not differ in any of the 8 stories" in constant["reason"]
    assert "0.0625" in row["reason"]
    assert pd.notna(row["low"])
    assert pd.isna(row["p"])
    six = compare_groups(table([(1.0, 0.0)] * 6 + [(0.0, 0.0)] * 9), "x").iloc[0]
    assert (six["n_differing"], six["p"], six["p_mid"]) == (6, 2 / 64, 1 / 64)
    both = compare_measures([("five", five, "x"), ("seven", drawn(7), "x")])
    assert both["family_size"].dropna().tolist() == [1.0]  # what could not be rejected is no test


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=9))
def test_mid_p_counts_ties_by_half(d):
    sums = np.array([abs(np.dot(s, d)) for s in itertools.product([1, -1], repeat=len(d))])
    expected = np.mean(sums > abs(sum(d))) + np.mean(sums == abs(sum(d))) / 2
    assert ss.sign_flip_test(d, mid=True) == pytest.approx(expected)
    assert ss.sign_flip_test(d, mid=True) <= ss.sign_flip_test(d)


def test_mid_p_as_the_test_of_a_family():
    plain, mid = compare_groups(drawn(9), "x").iloc[0], compare_groups(drawn(9), "x", test="mid-p").iloc[0]
    assert mid["p"] == plain["p_mid"] == mid["p_mid"] < plain["p"]
    assert "(mid-p)" in mid["method"]
    many = np.random.default_rng(2).normal(0.2, 1, 60)
    assert ss.sign_flip_test(many, mid=True) == pytest.approx(ss.sign_flip_test(many), abs=1e-4)
    with pytest.raises(OptionError, match="'sign-flip' or 'mid-p'; 'welch'"):
        compare_groups(drawn(9), "x", test="welch")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda t: t.assign(x=np.inf), r"finite, 14 of its 14 values.* To do: "),
        (lambda t: t.assign(x=t["x"].astype(object)), r"numeric, its dtype is object. To do: pd.to_numeric"),
        (lambda t: t["x"].tolist(), r"a table \(DataFrame\), a list was found"),
    ],
)
def test_a_table_that_cannot_be_compared_is_told(change, why):
    with pytest.raises(TableError, match=why):
        compare_groups(change(drawn(7)), "x")


def test_options_that_cannot_be_used_are_told():
    with pytest.raises(OptionError, match="groups is a list of names, the text 'AB' was found"):
        compare_groups(drawn(7), "x", groups="AB")
    with pytest.raises(OptionError, match="a name, a table and a column; a DataFrame was found"):
        compare_measures([drawn(7)])
    many = table([range(200)] * 2, outlets=[f"o{i:03}" for i in range(200)])
    with pytest.raises(OptionError, match="o019 and 180 more"):
        compare_groups(many, "x", reference="none")
    with pytest.raises(TableError, match="needs the columns p, method; the table has q"):
        adjust_family(pd.DataFrame({"q": [1.0]}))


def test_one_group_has_no_pair_and_a_group_of_one_story_is_described():
    assert compare_groups(drawn(7).query("outlet == 'A'"), "x").empty
    lone = drawn(7).query("outlet == 'A' or story_id == 's003'")
    row = compare_groups(lone, "x").iloc[0]
    assert (row["n_stories"], row["reason_code"]) == (1, "one_shared_story")
    assert pd.notna(row["estimate"])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-5, 5).map(lambda v: round(v, 1)), min_size=13, max_size=16))
def test_half_sums_count_what_all_patterns_do(d):
    """Two sorted halves against all 2**n sums, and the sampled test against the exact one."""
    sums = resampling._signed_sums(np.array(d))
    expected = np.mean(np.abs(sums) >= abs(sum(d)) - 1e-9)
    assert ss.sign_flip_test(d) == pytest.approx(expected)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resampling, "EXACT_STORIES", 10)
        assert ss.sign_flip_test(d, seed=4) == pytest.approx(expected, abs=0.01)


# Sampling once for all tests


def test_a_sampled_p_knows_no_company_and_no_order():
    rng = np.random.default_rng(5)
    many = [rng.normal(0.15, size=n) for n in (45, 60, 45, 12)]
    together = flipped(many, seed=7)
    assert [flipped([d], seed=7)[0] for d in many] == together
    assert flipped(many[::-1], seed=7) == together[::-1]
    assert flipped(many, seed=8)[:3] != together[:3]
    # Fisher-Pitman and t agree in large samples; the sampling error of p at 99,999 patterns is below .002.
    assert [p for p, _ in together[:3]] == pytest.approx(
        [stats.ttest_1samp(d, 0).pvalue for d in many[:3]], abs=0.015
    )


def test_exact_and_sampled_p_agree():
    d = np.random.default_rng(2).normal(0.2, size=41)
    exact = 2 * sum(_sums_above(d)) / 2**41
    assert flipped([d], seed=1)[0][0] == pytest.approx(exact, abs=0.006)


def _sums_above(d):
    """Count sums of two halves above the observed one, by sorting: another way than the one tested."""
    halves = [np.abs(d[:20]), np.abs(d[20:])]
    left, right = (np.array([0.0]), np.array([0.0]))
    for v in halves[0]:
        left = np.add.outer(left, [v, -v]).ravel()
    for v in halves[1]:
        right = np.add.outer(right, [v, -v]).ravel()
    right.sort()
    yield int((right.size - np.searchsorted(right, abs(d.sum()) - 1e-9 - left)).sum())


def test_leaving_one_out_is_sampled_beyond_twenty_six():
    d = np.random.default_rng(3).normal(0.4, size=30)
    expected = [ss.sign_flip_test(np.delete(d, i)) for i in range(30)]
    # Four standard errors of a share of 9,999 patterns.
    for p, exact in zip(flipped_without_one(d, seed=1), expected, strict=True):
        assert abs(p - exact) <= 4 * math.sqrt(exact * (1 - exact) / 9_999) + 1e-4
    few = d[:9]
    assert flipped_without_one(few, seed=1).tolist() == [
        ss.sign_flip_test(np.delete(few, i)) for i in range(9)
    ]


def test_what_is_drawn_or_left_out_in_small_parts_is_the_same(monkeypatch):
    rng = np.random.default_rng(4)
    many = [rng.normal(0.2, size=n) for n in (20, 33, 33, 61)]
    pairs = pd.concat(
        pd.DataFrame(
            {"measure": f"m{i}", "group": "A", "reference": "B", "story_id": [f"s{j}" for j in range(d.size)],
             "group_mean": d, "reference_mean": 0.0, "difference": d}
        )
        for i, d in enumerate(many)
    )  # fmt: skip
    intervals = story_bootstraps(many, level=0.95, seed=3)
    without = leave_one_out(pairs)
    monkeypatch.setattr(resampling, "_PICKS_AT_ONCE", 100)
    monkeypatch.setattr(sensitivity, "_AT_ONCE", 100)
    assert story_bootstraps(many, level=0.95, seed=3) == intervals
    pd.testing.assert_frame_equal(leave_one_out(pairs), without, check_exact=True)


def test_leave_one_out_is_the_estimate_of_the_others():
    """Oracle: each story dropped from the table, and the rest compared anew."""
    frame = table(np.random.default_rng(6).normal(0.3, size=(12, 2)))
    found = leave_one_out(pair_stories(frame, "x")).set_index("without").sort_index()
    for story in found.index:
        anew = compare_groups(frame[frame["story_id"] != story], "x").iloc[0]
        assert found.loc[story, ["estimate", "low", "high", "p", "n_stories"]].tolist() == pytest.approx(
            anew[["estimate", "low", "high", "p", "n_stories"]].tolist()
        )


def test_measures_can_be_made_one_after_the_other():
    alive = []

    def made():
        for i in range(4):
            assert sum(one() is not None for one in alive) <= 1  # the last, until the next is there
            frame = drawn(8)
            alive.append(weakref.ref(frame))
            yield f"m{i}", frame, "x"

    assert compare_measures(made())["measure"].tolist() == ["m0", "m1", "m2", "m3"]
    with pytest.raises(OptionError, match="at least one measure"):
        compare_measures(iter([]))


def test_means_of_articles_are_compared_like_their_sentences():
    rng = np.random.default_rng(9)
    rows = [(f"{o}{s}", o, f"s{s}", v) for s in range(8) for o in "AB" for v in rng.normal(size=4)]
    sentences = pd.DataFrame(rows, columns=["article_id", "outlet", "story_id", "x"])
    sentences.loc[::7, "x"] = np.nan
    sentences.loc[sentences["article_id"] == "B3", "story_id"] = None
    by = sentences.groupby(["article_id", "outlet", "story_id"], dropna=False, sort=True)["x"]
    articles = by.agg(x="mean", n_values="count", n=len).reset_index()
    articles = articles.assign(n_missing=articles["n"] - articles["n_values"])
    pd.testing.assert_frame_equal(
        compare_groups(articles, "x"), compare_groups(sentences, "x"), check_exact=True
    )
    assert (
        compare_groups(sentences, "x")["n_left_out"].iloc[0]
        == sentences[["x", "story_id"]].isna().any(axis=1).sum()
    )


@pytest.mark.parametrize("n", [6, 40, 1000, 1126, 1372, 1500, 20_000])
def test_the_minimum_detectable_effect_has_its_power_at_any_number_of_stories(n):
    d = minimum_detectable(n, 0.95)
    # Power of the two-sided t test, by the noncentral t distribution (Cohen, 1988, ch. 2).
    edge = stats.t.ppf(0.975, n - 1)
    power = stats.nct.sf(edge, n - 1, d * math.sqrt(n)) + stats.nct.cdf(-edge, n - 1, d * math.sqrt(n))
    assert isinstance(d, float)
    assert power == pytest.approx(0.8, abs=1e-4)


def test_articles_drawn_in_small_parts_give_the_same_interval(monkeypatch):
    values = np.random.default_rng(8).normal(size=37)
    whole = summary._interval(values, 0.95, 500, 2026)
    monkeypatch.setattr(summary, "_DRAWN_AT_ONCE", 100)
    assert summary._interval(values, 0.95, 500, 2026) == whole
