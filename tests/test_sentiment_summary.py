"""Summaries and word shifts against simpler computations."""

import pandas as pd
import pytest

import samestory as ss
from samestory.errors import OptionError, TableError
from samestory.tables import SENTIMENT_WARNINGS

GLAD = ["The brave crews saved the harbour.", "A wonderful day for the town!", "Guests were happy and safe."]
GRIM = [
    "The plan was a disaster.",
    "Angry crowds blamed the mayor!!",
    "It was not good, but a cruel failure.",
]
FLAT = ["The council met on Monday.", "Trains run until midnight."]


def scores(n=12, **more):
    """Herald writes glad, Ledger grim sentences; story s0 to s3, and one story of Herald alone."""
    rows = []
    for i in range(n):
        for outlet, pool in (("Herald", GLAD), ("Ledger", GRIM)):
            texts = [pool[i % 3], FLAT[i % 2], pool[(i + 1) % 3]][: 1 + i % 3]
            rows += [(f"{outlet}{i}", outlet, f"s{i % 4}", t) for t in texts]
    rows.append(("Herald-alone", "Herald", "alone", "A terrible, terrible night."))
    frame = pd.DataFrame(rows, columns=["article_id", "outlet", "story_id", "text"])
    frame["start"] = frame.groupby("article_id").cumcount() * 100
    frame["end"] = frame["start"] + frame["text"].str.len()
    frame["voice"] = ["own", "quoted"] * (len(frame) // 2) + ["own"] * (len(frame) % 2)
    return ss.score_sentiment(frame, **more)


def test_the_mean_is_that_of_article_means():
    table = scores()
    out = ss.summarise_sentiment(table).set_index(["group", "voice"])
    plain = table.groupby(["outlet", "article_id"])["compound"].mean().groupby("outlet").mean()
    for outlet in ("Herald", "Ledger"):
        assert out.loc[(outlet, "all"), "mean"] == pytest.approx(plain[outlet])
    shares = out[["positive", "neutral", "negative"]]
    assert shares.sum(axis=1).to_numpy() == pytest.approx(1)
    assert ((out["low"] <= out["mean"]) & (out["mean"] <= out["high"])).all()
    assert (out["intensity"] >= out["mean"].abs()).all()
    assert set(out.reset_index()["voice"]) == {"all", "own", "quoted"}


def test_the_groups_agree_with_describe_groups():
    table = scores()
    ours = ss.summarise_sentiment(table).query("voice == 'all'").set_index("group")
    theirs = ss.describe_groups(table, "compound").set_index("group")
    assert ours["mean"].to_dict() == pytest.approx(theirs["mean"].to_dict())
    assert ours["n_articles"].to_dict() == theirs["n_articles"].to_dict()


def test_rows_may_come_in_any_order_and_the_seed_decides():
    table = scores()
    one, two = ss.summarise_sentiment(table), ss.summarise_sentiment(table.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(one, two)
    assert ss.summarise_sentiment(table, seed=7)["low"].tolist() != one["low"].tolist()


def test_warnings_are_reason_codes():
    out = ss.summarise_sentiment(scores(2)).set_index(["group", "voice"])
    for codes in out["warnings"]:
        assert set(codes.split()) <= SENTIMENT_WARNINGS.keys()
    assert "few_sentences" in out.loc[("Ledger", "all"), "warnings"]
    one = ss.summarise_sentiment(scores(1)[:1])
    assert "one_article" in one.loc[0, "warnings"]
    assert one[["low", "high"]].isna().all(axis=None)


def test_low_coverage_and_missing_scores_are_told():
    flat = scores(4).assign(text="The council met on Monday at the hall.")
    odd = flat.copy()
    odd.loc[odd.index[:9], "text"] = "***"
    assert "low_coverage" in ss.summarise_sentiment(ss.score_sentiment(flat)).loc[0, "warnings"]
    out = ss.summarise_sentiment(ss.score_sentiment(odd))
    assert out["n_not_scored"].sum() >= 9
    assert "not_scored" in out.loc[0, "warnings"]


def test_tone_that_goes_with_length_is_told():
    frame = pd.DataFrame({"article_id": [f"a{i}" for i in range(24)], "outlet": "Herald", "start": 0})
    frame["text"] = [f"A {'very ' * (i % 2)}good {'day ' * (1 + i)}" + "bad " * (i // 6) for i in range(24)]
    frame["end"] = frame["text"].str.len()
    assert "length_correlation" in ss.summarise_sentiment(ss.score_sentiment(frame)).loc[0, "warnings"]


def test_typography_that_differs_between_outlets_is_told():
    table = scores()
    assert not ss.summarise_sentiment(table)["warnings"].str.contains("typography").any()
    mixed = table.assign(
        text=[
            f"It’s {t}" if o == "Herald" else f"It's {t}"
            for t, o in zip(table.text, table.outlet, strict=True)
        ]
    )
    assert ss.summarise_sentiment(ss.score_sentiment(mixed))["warnings"].str.contains("typography").all()


def test_headlines_stand_apart():
    table = scores()
    articles = table.drop_duplicates("article_id")[["article_id", "outlet", "text"]].assign(
        title="Joy at last"
    )
    articles.loc[articles.index[0], "title"] = None
    out = ss.summarise_sentiment(table, articles=articles)
    assert set(out["part"]) == {"body", "headline"}
    heads = out[out["part"] == "headline"].set_index("group")
    assert heads["n_sentences"].sum() == len(articles) - 1
    assert (heads["mean"] > 0).all()


def test_a_summary_of_nothing_is_an_empty_table():
    assert len(ss.summarise_sentiment(scores()[:0])) == 0
    assert len(ss.explain_sentiment(scores()[:0])) == 0


@pytest.mark.parametrize("option", [{"level": 1.0}, {"level": 0}, {"n_resamples": 0}])
def test_options_that_cannot_be_used_are_told(option):
    with pytest.raises(OptionError):
        ss.summarise_sentiment(scores(1), **option)


def test_a_group_that_is_not_there_is_told():
    with pytest.raises(TableError, match="paper"):
        ss.summarise_sentiment(scores(1), by="paper")
    with pytest.raises(OptionError, match="Gazette"):
        ss.explain_sentiment(scores(1), reference="Gazette")


def test_the_shift_adds_up_to_the_difference_of_means():
    table = scores()
    shift = ss.explain_sentiment(table)
    means = ss.describe_groups(table, "compound").set_index("group")["mean"]
    assert shift["contribution"].sum() == pytest.approx(means["Herald"] - means["Ledger"], abs=1e-9)
    parts = shift["by_frequency"] + shift["by_context"]
    assert parts.to_numpy() == pytest.approx(shift["contribution"].to_numpy(), abs=1e-12)
    assert shift["contribution"].abs().is_monotonic_decreasing


def test_within_stories_the_shift_adds_up_to_the_estimate():
    table = scores()
    shift = ss.explain_sentiment(table, within="story_id")
    estimate = ss.compare_groups(table, "compound", by="outlet", seed=1).loc[0, "estimate"]
    assert shift["contribution"].sum() == pytest.approx(estimate, abs=1e-9)
    assert "terrible" not in set(shift["word"])  # that story is told by one outlet only


def test_words_and_marks_stand_in_the_shift_with_their_counts():
    shift = ss.explain_sentiment(scores()).set_index("word")
    assert shift.loc["disaster", "n_group"] == 0
    assert shift.loc["disaster", "n_reference"] > 0
    assert shift.loc["disaster", "contribution"] > 0
    assert "! ?" in shift.index
    assert "council" not in shift.index


def test_a_negated_word_shows_as_context():
    frame = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Herald", "Ledger"], "start": 0, "end": 9})
    frame["text"] = ["The road was safe.", "The road was not safe."]
    row = ss.explain_sentiment(ss.score_sentiment(frame)).loc[0]
    assert (row["word"], row["by_frequency"]) == ("safe", 0)
    assert row["by_context"] == row["contribution"] > 0


def test_turning_the_pair_round_turns_the_signs():
    table = scores()
    one = ss.explain_sentiment(table, group="Herald").set_index("word")["contribution"]
    two = ss.explain_sentiment(table, group="Ledger").set_index("word")["contribution"]
    assert one.sort_index().to_numpy() == pytest.approx(-two.sort_index().to_numpy(), abs=1e-12)


def test_the_index_of_the_table_does_not_matter():
    table = scores()
    again = table.sample(frac=1, random_state=5)
    one, two = ss.explain_sentiment(table), ss.explain_sentiment(again)
    pd.testing.assert_frame_equal(one, two, atol=1e-12)


def test_scores_made_with_other_options_are_told():
    frame = scores().assign(text="The deal wasn’t great.")
    strict = ss.score_sentiment(frame, strict=True)
    with pytest.raises(OptionError, match="strict"):
        ss.explain_sentiment(strict)
    assert len(ss.explain_sentiment(strict, strict=True))


def test_the_shift_is_drawn():
    ax = ss.plot_word_shift(ss.explain_sentiment(scores()), top=4)
    assert len(ax.get_yticklabels()) == 5  # and the rest
    assert "Herald" in ax.get_xlabel()
    three = scores()
    three.loc[three.index[:6], "outlet"] = "Third"
    shift = ss.explain_sentiment(three)
    with pytest.raises(OptionError, match="pair"):
        ss.plot_word_shift(shift)


def test_an_empty_shift_says_why():
    ax = ss.plot_word_shift(ss.explain_sentiment(scores()[:0]))
    assert "No word" in ax.texts[0].get_text()
