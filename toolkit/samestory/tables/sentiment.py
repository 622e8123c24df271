"""Summaries of tone, and sentiment towards actors."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from samestory.tables.declaration import END, ID, OUTLET_TRAVELS, START, STORY, Column, table

SENTIMENT = table(
    "sentiment",
    "group × part × voice",
    ("group", "part", "voice"),
    {
        "group": Column("text", "the group, by default the news outlet"),
        "part": Column("text", "body or headline"),
        "voice": Column("text", "all, or own, quoted, mixed"),
        "mean": Column("number", "mean over articles of their mean compound, -1 to 1", True, True),
        "low": Column("number", "lower end of the interval of the mean", True, True),
        "high": Column("number", "upper end of the interval of the mean", True, True),
        "level": Column("number", "coverage of the interval, 0 to 1"),
        "positive": Column(
            "number", "share of sentences with compound >= .05, mean over articles", True, True
        ),
        "neutral": Column("number", "share of sentences in between, mean over articles", True, True),
        "negative": Column(
            "number", "share of sentences with compound <= -.05, mean over articles", True, True
        ),
        "intensity": Column("number", "mean over articles of their mean |compound|, 0 to 1", True, True),
        "coverage": Column("number", "mean share of words that the lexicon knows, 0 to 1", True, True),
        "n_sentences": Column("number", "sentences with a score"),
        "n_not_scored": Column("number", "sentences without a score"),
        "n_articles": Column("number", "articles with a score"),
        "warnings": Column("text", "reason codes, blank-separated; see SENTIMENT_WARNINGS"),
        "method": Column("text", "how the interval was made"),
        "seed": Column("number", "seed of the bootstrap"),
    },
)

WORD_SHIFT = table(
    "word_shift",
    "pair of groups × word",
    ("group", "reference", "word"),
    {
        "group": Column("text", "the group whose mean comes first in the difference"),
        "reference": Column("text", "the group whose mean is subtracted"),
        "word": Column("text", "word of the lexicon, lower case; '! ?' for exclamation and question marks"),
        "contribution": Column("number", "what the word adds to the difference of mean compound"),
        "by_frequency": Column("number", "the part of it that is due to how often the word stands"),
        "by_context": Column("number", "the part of it that is due to negation, degree and words beside it"),
        "rate_group": Column("number", "times per sentence in the group"),
        "rate_reference": Column("number", "times per sentence in the reference"),
        "score_group": Column("number", "mean part of the word in a sentence's compound", True, True),
        "score_reference": Column("number", "mean part of the word in a sentence's compound", True, True),
        "n_group": Column("number", "times in the group"),
        "n_reference": Column("number", "times in the reference"),
    },
)

MENTIONS = table(
    "mentions",
    "mention of an actor",
    ("article_id", "start", "end", "actor"),
    {
        "article_id": ID,
        "start": START,
        "end": END,
        "actor": Column("text", "the actor meant"),
        "text": Column("text", "articles.text[start:end]", False),
        "kind": Column("text", "name, short (part of the name), variant or pronoun", False),
        "outlet": OUTLET_TRAVELS,
        "story_id": STORY,
    },
)

TARGETS = table(
    "targets",
    "mention of an actor",
    ("article_id", "start", "end", "actor"),
    {
        **MENTIONS.columns,
        "polarity": Column("number", "likeliest sentiment towards the mention: -1, 0 or 1", True, True),
        "neg": Column("number", "probability that it is negative, 0 to 1", True, True),
        "neu": Column("number", "probability that it is neutral, 0 to 1", True, True),
        "pos": Column("number", "probability that it is positive, 0 to 1", True, True),
        "not_scored": Column("text", "why there is none: no_sentence or not_english", False, True),
    },
)

#: Reason codes of ``sentiment.warnings``: what to keep in mind when reading a row.
SENTIMENT_WARNINGS: Mapping[str, str] = MappingProxyType(
    {
        "few_sentences": "fewer than 10 sentences have a score; the mean says next to nothing",
        "one_article": "a single article has a score; there is no interval",
        "few_articles": "fewer than 20 articles have a score; a bootstrap interval is too narrow",
        "low_coverage": "the lexicon knows less than 3 % of the words; most text has no part in the score",
        "length_correlation": "tone goes with length (|Spearman| of at least .3 over 20 articles or more)",
        "typography": "groups differ in curly marks; scores made with strict=True are not comparable",
        "not_scored": "more than a tenth of the sentences has no score",
    }
)
