"""Sentiment of sentences and towards actors: the only door to vaderSentiment."""

from samestory.measures.sentiment.mentions import find_mentions, propose_actors
from samestory.measures.sentiment.news import mask_news, news_neutral
from samestory.measures.sentiment.scoring import score_plain_and_masked, score_sentiment
from samestory.measures.sentiment.shift import explain_sentiment
from samestory.measures.sentiment.summary import (
    averages,
    headlines,
    sentence_values,
    summarise_articles,
    summarise_sentiment,
    tone_of_articles,
)
from samestory.measures.sentiment.targets import TargetScorer, score_targets
from samestory.measures.sentiment.user_lexicon import read_sentiment_lexicon
from samestory.measures.sentiment.vader import Lexicon, Vader

__all__ = [
    "Lexicon",
    "TargetScorer",
    "Vader",
    "averages",
    "explain_sentiment",
    "find_mentions",
    "headlines",
    "mask_news",
    "news_neutral",
    "propose_actors",
    "read_sentiment_lexicon",
    "score_plain_and_masked",
    "score_sentiment",
    "score_targets",
    "sentence_values",
    "summarise_articles",
    "summarise_sentiment",
    "tone_of_articles",
]
