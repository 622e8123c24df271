import math

import numpy as np
import pandas as pd
import pytest

from samestory.errors import OptionError, TableError
from samestory.measures.terms import distinctive_terms, log_odds


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
    given = sentences(a=["calm 2025 rain Herald's", *["calm rain 2025 herald"] * 5], b=["rain only"] * 6)
    terms = set(distinctive_terms(given, exclude=["Herald"])["term"])
    assert terms == {"calm", "rain", "only"}


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
