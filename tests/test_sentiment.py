import pandas as pd
import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from samestory.errors import TableError
from samestory.measures.sentiment import score_sentiment


def sentences(*texts):
    return pd.DataFrame(
        {"article_id": "a", "start": range(len(texts)), "end": range(1, len(texts) + 1), "text": list(texts)}
    )


def test_scores_are_vader_s_own():
    texts = ["A bitter, shameful failure!", "The committee meets on Monday.", "Crews were VERY happy :)"]
    scores = score_sentiment(sentences(*texts))
    for text, row in zip(texts, scores.itertuples(), strict=True):
        expected = SentimentIntensityAnalyzer().polarity_scores(text)
        assert {k: getattr(row, k) for k in expected} == expected


def test_typography_makes_no_tone():
    curly, straight = "The deal wasn’t great.", "The deal wasn't great."
    scores = score_sentiment(sentences(curly, straight))["compound"]
    assert scores[0] == scores[1] < 0
    strict = score_sentiment(sentences(curly, straight), strict=True)["compound"]
    assert strict[0] > 0 > strict[1]


def test_a_sentence_without_words_has_no_score():
    scores = score_sentiment(sentences("***", "…", "Good."))
    assert scores["compound"].isna().tolist() == [True, True, False]


def test_other_columns_travel_and_the_input_stays():
    given = sentences("Good news.").assign(outlet="Herald", mine=7)
    before = given.copy()
    out = score_sentiment(given)
    assert out.loc[0, ["outlet", "mine"]].tolist() == ["Herald", 7]
    pd.testing.assert_frame_equal(given, before)


def test_an_empty_table_stays_empty():
    assert list(score_sentiment(sentences())[["compound", "neg", "neu", "pos"]].dtypes) == ["float64"] * 4


def test_a_wrong_table_is_told():
    with pytest.raises(TableError, match="start"):
        score_sentiment(pd.DataFrame({"article_id": ["a"], "text": ["x"]}))
