"""Sentiment of sentences and towards actors: the only door to vaderSentiment."""

from samestory.measures.sentiment.news import mask_news, news_neutral
from samestory.measures.sentiment.scoring import score_sentiment
from samestory.measures.sentiment.shift import explain_sentiment
from samestory.measures.sentiment.summary import summarise_sentiment
from samestory.measures.sentiment.user_lexicon import read_sentiment_lexicon
from samestory.measures.sentiment.vader import Lexicon, Vader

__all__ = [
    "Lexicon",
    "Vader",
    "explain_sentiment",
    "mask_news",
    "news_neutral",
    "read_sentiment_lexicon",
    "score_sentiment",
    "summarise_sentiment",
]
