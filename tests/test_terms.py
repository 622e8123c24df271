import math
from importlib import resources

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.spatial import distance

import samestory as ss
from samestory import text
from samestory.errors import OptionError, TableError
from samestory.measures.terms import (
    counting,
    distinctive_terms,
    dunning,
    keyword_in_context,
    log_likelihood,
    log_odds,
    log_ratio,
    ranks,
    term_lines,
    weighing,
)
from samestory.measures.terms.by_article import article_words, sum_words
from samestory.measures.terms.concordance import lines_of
from samestory.measures.terms.counting import count_terms
from samestory.measures.terms.function_words import function_words
from samestory.measures.terms.keyness import dispersion


def sentences(**outlets):
    rows = [
        (f"{o}{i}", 0, 1, text, o.upper(), f"s{i}")
        for o, texts in outlets.items()
        for i, text in enumerate(texts)
    ]
    return pd.DataFrame(rows, columns=["article_id", "start", "end", "text", "outlet", "story_id"])


def test_log_odds_by_hand():
    # Monroe et al. (2008), eq. 16 and 20, written out for one word.
    own, other, prior = np.array([7.0, 93.0]), np.array([2.0, 98.0]), np.array([0.5, 9.5])
    value, error = log_odds(own, other, prior)
    a = math.log(7.5 / (100 + 10 - 7.5)) - math.log(2.5 / (100 + 10 - 2.5))
    assert value[0] == pytest.approx(a)
    assert error[0] == pytest.approx(math.sqrt(1 / 7.5 + 1 / 2.5))


def test_the_distinctive_word_comes_first():
    given = sentences(a=["calm order and calm"] * 4, b=["storm trouble and storm"] * 4)
    out = distinctive_terms(given)
    first = out.groupby("outlet")["term"].first()
    assert first.to_dict() == {"A": "calm", "B": "storm"}
    row = out[(out["outlet"] == "A") & (out["term"] == "calm")].iloc[0]
    assert (row["count"], row["rate"], row["n_articles"], row["n_stories"]) == (8, 500.0, 4, 4)
    assert row["low"] < row["log_odds"] < row["high"]


def test_two_groups_mirror_each_other():
    given = sentences(a=["calm order calm rain"] * 4, b=["storm rain order storm"] * 3)
    wide = distinctive_terms(given).pivot(index="term", columns="outlet", values="z")
    assert wide["A"].to_numpy() == pytest.approx(-wide["B"].to_numpy())


def test_equal_use_has_no_log_odds():
    out = distinctive_terms(sentences(a=["calm storm"] * 5, b=["storm calm"] * 5))
    assert out["z"].abs().max() < 1e-12


def test_a_stronger_prior_pulls_towards_zero():
    given = sentences(a=["calm calm rain"] * 4, b=["storm rain rain"] * 4)
    weak, strong = (distinctive_terms(given, prior_words=w)["log_odds"].abs().max() for w in (10, 10_000))
    assert strong < weak


def test_rare_words_numbers_and_excluded_words_are_not_listed():
    given = sentences(a=["calm 2025 rain Herald's", *["calm rain 2025 herald"] * 5], b=["rain falls"] * 6)
    terms = set(distinctive_terms(given, exclude=["Herald"])["term"])
    assert terms == {"calm", "rain", "falls"}


def test_rows_in_any_order_give_the_same_table():
    given = sentences(a=["calm calm rain"] * 4, b=["storm rain rain"] * 4)
    pd.testing.assert_frame_equal(
        distinctive_terms(given), distinctive_terms(given.sample(frac=1, random_state=1))
    )


def test_nothing_to_list():
    assert distinctive_terms(sentences(a=["Rare."])).empty
    assert distinctive_terms(sentences(a=["Rare."])[:0]).empty


def test_bad_options():
    with pytest.raises(OptionError, match="prior_words"):
        distinctive_terms(sentences(a=["x"]), prior_words=0)
    with pytest.raises(TableError, match="party"):
        distinctive_terms(sentences(a=["x"]), by="party")


def test_log_likelihood_of_rayson_and_garside():
    # Rayson's log-likelihood calculator: 52 in 50,000 words against 57 in 75,000.
    assert log_likelihood([52], 50_000, [57], 75_000)[0] == pytest.approx(2.65, abs=0.005)
    assert log_ratio([52], 50_000, [57], 75_000)[0] == pytest.approx(0.4525, abs=5e-5)


def test_log_likelihood_of_dunning():
    # Dunning (1993), table 2, first row; and scipy's G² of the same table.
    value = dunning([110], 110 + 2442, [111], 111 + 29114)[0]
    assert value == pytest.approx(270.72, abs=0.005)
    tested = stats.chi2_contingency([[110, 2442], [111, 29114]], correction=False, lambda_="log-likelihood")
    assert value == pytest.approx(tested.statistic)


def test_z_of_the_fightin_words_example():
    # README of the package fightin-words, uniform prior 0.05, as counts of its two nine-word sentences.
    own = np.array([1.0, 1, 1, 0, 0, 0, 1, 1, 1, 1, 2])
    other = np.array([0.0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2])
    value, error = log_odds(own, other, np.full(11, 0.05))
    assert (value / error)[:6] == pytest.approx([0.6894] * 3 + [-0.6894] * 3, abs=5e-5)
    assert (value / error)[6:] == pytest.approx([0] * 5)


def test_divergence_is_left_to_scipy():
    assert distance.jensenshannon([1, 0], [0.5, 0.5], base=2) ** 2 == pytest.approx(0.3113, abs=5e-5)


def stories(n, extra=0, seed=0):
    """Outlets A and B tell n stories alike, but for a word that A uses more often."""
    rng = np.random.default_rng(seed)
    filler = ["rain", "wind", "snow", "hail", "fog"]
    rows = []
    for s in range(n):
        for outlet in "AB":
            words = [
                *rng.choice(filler, 40),
                *(["storm"] * (rng.poisson(1) + (extra if outlet == "A" else 0))),
            ]
            rows.append((f"{outlet}{s}", 0, 1, " ".join(words), outlet, f"s{s:02d}"))
    return pd.DataFrame(rows, columns=["article_id", "start", "end", "text", "outlet", "story_id"])


def test_the_story_test_is_the_paired_t_test_on_rates():
    given = stories(12, extra=1)
    row = distinctive_terms(given).query("outlet == 'A' and term == 'storm'").iloc[0]
    rate = given["text"].map(lambda s: 1000 * s.split().count("storm") / len(s.split()))
    wide = rate.groupby([given["story_id"], given["outlet"]]).mean().unstack()
    apart = (wide["A"] - wide["B"]).abs() > 1e-12
    p = max(stats.ttest_rel(wide["A"], wide["B"]).pvalue, 2.0 ** (1 - apart.sum()))
    assert row["p_stories"] == pytest.approx(p)
    assert row["rate_difference"] == pytest.approx((wide["A"] - wide["B"]).mean())
    welch = stats.ttest_ind(wide["A"], wide["B"], equal_var=False)
    assert row["p_articles"] == pytest.approx(welch.pvalue)
    assert row["n_shared_stories"] == 12
    assert row["p_stories"] <= row["p_stories_adjusted"] <= 1


def test_the_rest_of_three_outlets_counts_each_once():
    given = stories(8, extra=1)
    third = given[given["outlet"] == "B"].assign(outlet="C", article_id=lambda f: "C" + f["article_id"])
    twice = pd.concat([given, third, third.assign(article_id=lambda f: "D" + f["article_id"])])
    one, two = (distinctive_terms(g).query("outlet == 'A'").set_index("term") for g in (given, twice))
    assert one.loc["storm", "rate_difference"] == pytest.approx(two.loc["storm", "rate_difference"])


def test_few_stories_are_not_tested_and_rare_words_cannot_be_significant():
    assert distinctive_terms(stories(5))["p_stories"].isna().all()
    given = stories(10)
    given.loc[given["outlet"] == "A", "text"] += np.where(np.arange(10) < 4, " gale gale", "")
    row = distinctive_terms(given).query("outlet == 'A' and term == 'gale'").iloc[0]
    assert pd.isna(row["p_stories"])  # four stories that differ cannot give a p below .125
    given.loc[given["outlet"] == "A", "text"] += np.where(np.arange(10) < 6, " squall squall", "")
    row = distinctive_terms(given).query("outlet == 'A' and term == 'squall'").iloc[0]
    assert row["p_stories"] >= 2.0 ** (1 - 6)


def test_stances_are_described_not_tested():
    out = distinctive_terms(stories(8).assign(stance=lambda f: f["outlet"]), by="stance")
    assert out[["p_stories", "p_articles"]].isna().all(axis=None)
    assert out["z"].notna().all()


def test_ranks_and_their_intervals():
    out = distinctive_terms(stories(12, extra=3)).query("outlet == 'A'").set_index("term")
    assert out.loc["storm", ["rank", "rank_low", "rank_high"]].tolist() == [1, 1, 1]
    assert (out["rank_low"] <= out["rank_high"]).all()
    assert out["rank"].is_monotonic_increasing
    assert distinctive_terms(stories(12), resamples=0)["rank_low"].isna().all()
    assert distinctive_terms(stories(5))["rank_low"].isna().all()


def test_dispersion_tells_one_article_from_many():
    given = sentences(
        a=["storm storm storm storm storm rain", *["rain rain rain rain rain calm"] * 5], b=["rain"]
    )
    out = distinctive_terms(given, min_articles=1).query("outlet == 'A'").set_index("term")
    assert out.loc["storm", "dispersion"] == pytest.approx(5 / 6)
    assert out.loc["rain", "dispersion"] < 0.2
    counts = np.array([5.0, 0, 0, 0, 0, 0])
    assert out.loc["storm", "dispersion"] == pytest.approx(dispersion(counts, np.full(6, 6.0)))


def test_doubling_every_word_keeps_rates_and_doubles_the_likelihood():
    given = stories(8, extra=1)
    doubled = given.assign(text=given["text"] + " " + given["text"])
    one, two = (distinctive_terms(g).sort_values(["outlet", "term"]).reset_index() for g in (given, doubled))
    assert two["count"].tolist() == (2 * one["count"]).tolist()
    assert two["rate"].to_numpy() == pytest.approx(one["rate"].to_numpy())
    assert two["log_likelihood"].to_numpy() == pytest.approx(2 * one["log_likelihood"].to_numpy())
    assert two["p_stories"].to_numpy() == pytest.approx(one["p_stories"].to_numpy())


def test_bigrams_stay_within_sentences():
    given = sentences(a=["calm sea", "calm sea", "sea calm"], b=["calm sea", "wind rose", "rose 12"])
    out = distinctive_terms(given, ngrams=2, min_count=1, min_articles=1)
    assert set(out["term"]) == {"calm sea", "sea calm", "wind rose"}
    assert out.set_index(["outlet", "term"]).loc[("A", "calm sea"), "count"] == 2


def test_groups_and_top():
    given = stories(8, extra=2)
    whole = distinctive_terms(given)
    part = distinctive_terms(given, groups=["A"], top=2)
    assert part["outlet"].tolist() == ["A", "A"]
    same = ["term", "z", "rank", "rank_low", "p_stories"]
    pd.testing.assert_frame_equal(part[same], whole.query("outlet == 'A'")[same].head(2))
    with pytest.raises(OptionError, match="no group Z; it has 2: A, B"):
        distinctive_terms(given, groups=["Z"])
    with pytest.raises(OptionError, match="ngrams"):
        distinctive_terms(given, ngrams=3)


def test_one_outlet_has_no_others():
    out = distinctive_terms(sentences(a=["calm storm rain"] * 5))
    assert out["p_articles"].isna().all()
    assert out["p_stories"].isna().all()


def test_keyword_in_context_leads_back_to_the_text():
    text = "The strike began. “Strikers’ pay” fell, and the strikers’ pay rose."
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [text]})
    out = keyword_in_context(ss.split_sentences(articles), "strik*")
    assert out["match"].tolist() == ["strike", "Strikers’", "strikers’"]
    for row in out.itertuples():
        assert text[row.start : row.end] == row.match
        assert row.left + row.match + row.right in text
    assert keyword_in_context(ss.split_sentences(articles), "strikers' pay")["match"].size == 2
    assert keyword_in_context(ss.split_sentences(articles), "walkout").empty
    with pytest.raises(OptionError, match="every word"):
        keyword_in_context(ss.split_sentences(articles), "*")
    with pytest.raises(OptionError, match="width"):
        keyword_in_context(ss.split_sentences(articles), "strike", width=-1)


def test_names_are_terms():
    said = "On Monday Ada Holm met the Harbour Board. Rain fell on Ada Holm's hat at the Harbour Board."
    other = "Rain fell. The Board of Trade met on Monday. The board sang in the rain."
    articles = pd.DataFrame(
        {
            "article_id": [f"{o}{i}" for o in "ab" for i in range(4)],
            "outlet": ["A"] * 4 + ["B"] * 4,
            "text": [said] * 4 + [other] * 4,
        }
    )
    parts = ss.split_sentences(articles)
    out = distinctive_terms(parts, names=True)
    counts = out.set_index(["outlet", "term"])["count"]
    assert counts["A", "ada holm"] == 8  # with and without 's
    assert counts["A", "harbour board"] == 8
    assert counts["A", "board"] == 8  # words stay words
    listed = set(out["term"])
    assert not {"on monday", "monday ada holm", "the board", "board of trade"} & listed  # the last: 4 times
    assert "board of trade" in set(distinctive_terms(parts, names=True, min_count=4)["term"])
    assert "ada holm" not in set(distinctive_terms(parts)["term"])
    plain = distinctive_terms(parts, names=True, exclude=["Holm"])
    assert not any("holm" in t.split() for t in plain["term"])
    pairs = distinctive_terms(parts, names=True, ngrams=2).set_index(["outlet", "term"])
    assert pairs.index.is_unique
    assert pairs.loc[("A", "harbour board"), "count"] == 8
    assert len(keyword_in_context(parts, "harbour board")) == 8


def test_ranks_are_given_for_the_first_thousand_terms(monkeypatch):
    whole = distinctive_terms(stories(12, extra=3))
    monkeypatch.setattr(weighing, "MOST_RANKED", 3)
    part = distinctive_terms(stories(12, extra=3))
    first = part["rank"] <= 3
    assert part.loc[~first, "rank_low"].isna().all()
    pd.testing.assert_frame_equal(part[first], whole[first])


def test_function_words_are_listed_on_request_and_always_counted():
    given = sentences(
        a=["The storm of the bill wasn't theirs."] * 5, b=["A calm bill in the Board of Trade may pass."] * 5
    )
    brief, whole = distinctive_terms(given), distinctive_terms(given, function_words=True)
    assert set(brief["term"]) == {"storm", "bill", "calm", "board", "trade", "pass"}
    assert set(whole["term"]) - set(brief["term"]) == {"the", "of", "wasn't", "theirs", "a", "in", "may"}
    # What is listed changes no number of another term but its rank and what is adjusted.
    same = ["outlet", "term", "count", "rate", "log_odds", "z", "log_ratio", "log_likelihood", "dispersion"]
    kept = whole[whole["term"].isin(brief["term"])]
    pd.testing.assert_frame_equal(brief[same], kept[same].reset_index(drop=True))
    pairs = set(distinctive_terms(given, ngrams=2, min_count=4)["term"])
    assert pairs == {"calm bill"}
    assert "board of trade" in set(distinctive_terms(given, names=True, min_count=4)["term"])


def test_a_dateline_is_no_text_of_the_report():
    given = sentences(
        a=["AMSEL, March 3 (Talnews) – The ferry met the Amsel pilot."] * 5, b=["The ferry sank."] * 5
    )
    bare = sentences(a=["The ferry met the Amsel pilot."] * 5, b=["The ferry sank."] * 5)
    with_lines, without = distinctive_terms(given), distinctive_terms(bare)
    pd.testing.assert_frame_equal(with_lines, without)
    row = with_lines.query("outlet == 'A' and term == 'amsel'").iloc[0]
    lines = keyword_in_context(given, "amsel")
    assert len(lines) == row["count"] == 5
    assert all(given["text"][0][s:e] == "Amsel" for s, e in zip(lines["start"], lines["end"], strict=True))
    assert keyword_in_context(given, "March").empty


def test_function_words_are_lower_case_once_and_of_a_known_class():
    source = resources.files("samestory").joinpath("lexicons/function_words.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in source.splitlines() if not line.startswith("#")][1:]
    listed = [word for word, _ in rows]
    assert len(listed) == len(set(listed)) == len(function_words())
    assert all(text.words(w) == [w] for w in listed)
    assert {c for _, c in rows} == {
        "determiner", "pronoun", "preposition", "conjunction", "auxiliary", "negation", "adverb", "numeral"
    }  # fmt: skip
    codebook = ss.read_codebook()
    assert not set(codebook["term"]) & function_words()  # no topic is made of what is not listed


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"top": 0}, "top is a number from 1 on; 0 was found"),
        ({"min_count": -3}, "min_count is a number from 1 on"),
        ({"resamples": -1}, "resamples"),
        ({"exclude": "Herald"}, "exclude is a list, the text 'Herald'"),
        ({"groups": ["Z"]}, "no group Z; it has 2: A, B. To do: "),
    ],
)
def test_options_out_of_range_are_told(options, why):
    with pytest.raises(OptionError, match=why):
        distinctive_terms(sentences(a=["calm"] * 5, b=["storm"] * 5), **options)


def _by_batch(parts, size):
    """The words of the articles, counted in batches of some articles each."""
    ids = sorted(parts["article_id"].unique())
    batches = [parts[parts["article_id"].isin(ids[a : a + size])] for a in range(0, len(ids), size)]
    tables = [article_words(b.reset_index(drop=True), text.encode_words(b["text"])) for b in batches]
    return lambda columns: (t[list(columns)] for t in tables)


WORDS = [
    "storm",
    "Storm’s",
    "the",
    "of",
    "12",
    "ex-mayor",
    "AMSEL, March 3 (Talnews) – Rain",
    "…",
    "— ",
    "calm",
]


@given(
    st.lists(st.lists(st.lists(st.sampled_from(WORDS), max_size=5), min_size=1, max_size=3), max_size=9),
    st.integers(1, 4),
)
def test_words_summed_over_batches_are_the_counts_of_the_sentences(articles, size):
    rows = [
        (f"a{i}", 200 * j, 200 * j + 9, " ".join(words), None if i == 4 else "AB"[i % 2], f"s{i // 2}")
        for i, article in enumerate(articles)
        for j, words in enumerate(article)
    ]
    columns = ["article_id", "start", "end", "text", "outlet", "story_id"]
    parts = pd.DataFrame(rows, columns=columns).astype({"text": "str", "article_id": "str", "outlet": "str"})
    about = parts[["article_id", "outlet", "story_id"]].drop_duplicates()
    about.columns = ["article_id", "group", "story"]
    options = {"min_count": 2, "min_articles": 2, "unlisted": {"the"}}
    known = parts[parts["outlet"].notna()]
    whole = count_terms(known, by="outlet", ngrams=1, **options)
    summed = sum_words(_by_batch(parts, size), about[::-1], **options)
    assert summed.terms.tolist() == whole.terms.tolist()
    assert (summed.matrix != whole.matrix).nnz == 0
    assert summed.units.astype("str").equals(whole.units[summed.units.columns].astype("str"))
    assert summed.words.tolist() == whole.words.tolist() == summed.totals.tolist()


@pytest.mark.parametrize(("entries", "cells"), [(1, 1), (60, 200), (7, 1000)])
def test_blocks_of_terms_change_nothing(monkeypatch, entries, cells):
    many = stories(12, extra=2)
    many["text"] += [f" w{i % 7} w{i % 5} w{i % 3}" for i in range(len(many))]
    whole = distinctive_terms(many)
    monkeypatch.setattr(counting, "_AT_ONCE", entries)
    monkeypatch.setattr(ranks, "_CELLS", cells)
    monkeypatch.setattr(ranks, "_ENTRIES", entries)
    monkeypatch.setattr(weighing, "_GROUPS", 1)
    pd.testing.assert_frame_equal(distinctive_terms(many), whole, check_exact=True)


def test_lines_are_of_the_first_articles_that_hold_the_term():
    parts = sentences(a=["Calm sea.", "Storm’s end.", "Storm rose.", "A storm. A storm."], b=["Rain."] * 4)
    about = parts[["article_id", "outlet", "story_id"]].set_axis(["article_id", "group", "story"], axis=1)
    counts = sum_words(_by_batch(parts, 3), about, min_count=1, min_articles=1, unlisted=set())
    assert counts.holders("storm", "A", 1) == ["a2"]
    assert counts.holders("storm", "A", 5) == ["a2", "a3"]
    assert counts.holders("storm", "B", 5) == []
    found = lines_of(parts, {"A": ["storm"]}, holders={("A", "storm"): ["a2", "a3"]})
    assert found["article_id"].tolist() == ["a2", "a3"]
    everywhere = term_lines(parts, pd.DataFrame({"outlet": ["A"], "term": ["storm"], "z": [1.0]}))
    assert everywhere["article_id"].tolist() == ["a1", "a2", "a3"]
