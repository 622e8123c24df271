"""Attributions, and who is heard."""

from __future__ import annotations

from samestory.tables.declaration import ID, OUTLET_TRAVELS, STORY, Column, table

QUOTES = table(
    "quotes",
    "attribution",
    ("article_id", "start", "end"),
    {
        "article_id": ID,
        "start": Column("number", "first character of the content in articles.text"),
        "end": Column("number", "one past the last character of the content in articles.text"),
        "spans": Column("spans", "the parts of the content"),
        "kind": Column("text", "direct, mixed or indirect"),
        "text": Column("text", "the parts of the content, joined by a blank"),
        "quoted_words": Column("number", "words inside quotation marks"),
        "speaker": Column("text", "the speaker as written", True, True),
        "speaker_spans": Column("spans", "where the speaker is written"),
        "speaker_resolved": Column("text", "one name per speaker within the article", True, True),
        "cue": Column("text", "the words that attribute", True, True),
        "cue_spans": Column("spans", "where the cue is written"),
        "confidence": Column("number", "0 to 1"),
        "in_headline": Column("truth", "the content stands in the headline", False),
        "outlet": OUTLET_TRAVELS,
        "story_id": STORY,
    },
)

SPEAKERS = table(
    "speakers",
    "outlet × speaker",
    ("outlet", "speaker"),
    {
        "outlet": Column("text", "the group, by default the news outlet", False),
        "speaker": Column("text", "resolved speaker", True, True),
        "n_quotes": Column("number", "attributions"),
        "quoted_words": Column("number", "words inside quotation marks"),
        "share": Column("number", "share of the group's attributions with a speaker, 0 to 1", True, True),
        "n_articles": Column("number", "articles in which the speaker is heard"),
        "low": Column("number", "lower end of the 95 % interval of the share (Wilson)", False, True),
        "high": Column("number", "upper end of the 95 % interval of the share (Wilson)", False, True),
    },
)
