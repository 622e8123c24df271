"""A measure over time: means of article means by period, with intervals from three articles on."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import samestory as ss
from samestory import tables
from samestory.errors import OptionError, TableError


def table():
    rows = []
    for i, (outlet, day, values) in enumerate(
        [
            ("Herald", "2031-03-03", [0.1, 0.3]),
            ("Herald", "2031-03-05", [0.4]),
            ("Herald", "2031-03-09", [-0.2, 0.0, 0.2]),
            ("Herald", "2031-03-17", [0.5]),
            ("Ledger", "2031-03-10", [0.6]),
            ("Ledger", None, [0.9]),
        ]
    ):
        when = pd.to_datetime(day, utc=True) if day else pd.NaT
        rows += [
            {"article_id": f"a{i}", "outlet": outlet, "story_id": f"s{i}", "published": when, "compound": v}
            for v in values
        ]
    return pd.DataFrame(rows)


def test_weeks_are_means_of_article_means():
    out = ss.describe_over_time(table(), "compound", label="tone")
    tables.check(out, tables.OVER_TIME)
    herald = out[out["group"] == "Herald"]
    assert herald["start"].dt.strftime("%Y-%m-%d").tolist() == ["2031-03-03", "2031-03-10", "2031-03-17"]
    means = [0.2, 0.4, 0.0]
    np.testing.assert_allclose(herald["mean"], [np.mean(means), np.nan, 0.5])
    assert herald["n_articles"].tolist() == [3, 0, 1]
    low, high = stats.t.interval(0.95, 2, np.mean(means), stats.sem(means))
    assert (herald["low"].iloc[0], herald["high"].iloc[0]) == pytest.approx((low, high))
    assert herald["low"].iloc[1:].isna().all()


def test_an_article_without_a_date_has_no_period():
    out = ss.describe_over_time(table(), "compound")
    assert out.loc[out["group"] == "Ledger", "n_articles"].sum() == 1


def test_dates_come_from_the_articles():
    given = table()
    articles = given.drop_duplicates("article_id").assign(text="Rain.")
    out = ss.describe_over_time(given.drop(columns="published"), "compound", articles=articles)
    pd.testing.assert_frame_equal(out, ss.describe_over_time(given, "compound"))


def test_row_order_does_not_matter():
    shuffled = table().sample(frac=1, random_state=4)
    pd.testing.assert_frame_equal(
        ss.describe_over_time(shuffled, "compound"), ss.describe_over_time(table(), "compound")
    )


def test_no_dates_give_an_empty_table():
    nothing = pd.Series(pd.NaT, index=table().index, dtype="datetime64[us, UTC]")
    out = ss.describe_over_time(table().assign(published=nothing), "compound")
    assert out.empty
    assert list(out.columns) == list(tables.OVER_TIME.columns)
    ss.plot_over_time(out)


def test_what_cannot_be_used_is_told():
    with pytest.raises(OptionError, match="day, week, month, year"):
        ss.describe_over_time(table(), "compound", every="fortnight")
    with pytest.raises(TableError, match="no column 'tone'"):
        ss.describe_over_time(table(), "tone")
    with pytest.raises(TableError, match="no dates"):
        ss.describe_over_time(table().drop(columns="published"), "compound")
