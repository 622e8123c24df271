"""Sentences and their scores."""

from __future__ import annotations

from samestory.tables.declaration import END, ID, OUTLET_TRAVELS, START, STORY, Column, table

SENTENCES = table(
    "sentences",
    "sentence",
    ("article_id", "start"),
    {
        "article_id": ID,
        "start": START,
        "end": END,
        "text": Column("text", "articles.text[start:end]"),
        "outlet": OUTLET_TRAVELS,
        "story_id": STORY,
        "voice": Column("text", "own, quoted or mixed", False, False),
        "quoted_share": Column(
            "number", "share of the sentence's letters that are attributed content", False
        ),
    },
)

SCORES = table(
    "scores",
    "sentence",
    ("article_id", "start"),
    {
        **SENTENCES.columns,
        "compound": Column("number", "VADER compound, -1 to 1", True, True),
        "neg": Column("number", "VADER share of negative words, 0 to 1", True, True),
        "neu": Column("number", "VADER share of neutral words, 0 to 1", True, True),
        "pos": Column("number", "VADER share of positive words, 0 to 1", True, True),
        "n_hits": Column("number", "words that VADER's lexicon knows", False),
        "coverage": Column("number", "n_hits / words as VADER counts them, 0 to 1", False, True),
        "not_scored": Column("text", "why there is no score: no_words or not_english", False, True),
    },
)
