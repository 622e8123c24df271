"""Topics of a topic model."""

from __future__ import annotations

from samestory.tables.declaration import ID, OUTLET_TRAVELS, STORY, Column, table

TOPIC_GRID = table(
    "topic_grid",
    "number of topics tried",
    ("n_topics",),
    {
        "n_topics": Column("number", "topics of the model"),
        "agreement": Column("number", "mean share of top words that two runs have in common, 0 to 1"),
        "coherence": Column("number", "mean normalised PMI of the top words, -1 to 1"),
        "not_converged": Column("number", "share of the runs that did not end by themselves"),
        "chosen": Column("truth", "the number that is shown"),
    },
)

MODEL_TOPICS = table(
    "model_topics",
    "topic of the model × top word",
    ("topic", "place"),
    {
        "topic": Column("text", "number of the topic; its words say what it is about"),
        "place": Column("number", "place of the word, from 1"),
        "term": Column("text", "the word, lower case"),
        "weight": Column("number", "weight of the word in the topic"),
        "agreement": Column("number", "mean overlap with the match in resampled runs", True, True),
        "coherence": Column("number", "normalised PMI of the topic's top words, -1 to 1"),
    },
)

TOPIC_PREVALENCE = table(
    "topic_prevalence",
    "article × topic of the model",
    ("article_id", "topic"),
    {
        "article_id": ID,
        "topic": Column("text", "topic of the model"),
        "share": Column("number", "share of the article's topic weights, adding up to 1"),
        "outlet": OUTLET_TRAVELS,
        "story_id": STORY,
    },
)

TOPIC_INTRUSION = table(
    "topic_intrusion",
    "topic of the model",
    ("topic",),
    {
        "topic": Column("text", "topic of the model"),
        "words": Column("text", "its first words and one that does not belong, shuffled"),
        "intruder": Column("text", "the one that does not belong; hide it from those who answer"),
    },
)
