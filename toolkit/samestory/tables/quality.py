"""What a corpus looks like before it is measured."""

from __future__ import annotations

from samestory.tables.declaration import OUTLET, Column, table

OUTLET_QUALITY = table(
    "outlet_quality",
    "outlet",
    ("outlet",),
    {
        "outlet": OUTLET,
        "n_articles": Column("number", "articles"),
        "n_measured": Column("number", "articles with text, in English"),
        "first": Column("time", "first publication, UTC", True, True),
        "last": Column("time", "last publication, UTC", True, True),
        "n_undated": Column("number", "articles without publication date"),
        "n_guessed": Column("number", "articles dated by file name or web address"),
        "words_low": Column("number", "words in the shortest article with text", True, True),
        "words_median": Column("number", "median of the words in articles with text", True, True),
        "words_high": Column("number", "words in the longest article", True, True),
        "n_short": Column("number", "articles of fewer than 50 words, empty ones included"),
        "n_not_english": Column("number", "articles in another language"),
        "n_duplicates": Column("number", "articles that repeat the words or the address of an earlier one"),
        "furniture_share": Column("number", "share of characters that cleaning takes out", True, True),
        "curly_share": Column("number", "share of articles with curly quotation marks, 0 to 1", True, True),
        "straight_share": Column("number", "share of articles with straight marks, 0 to 1", True, True),
        "stance": Column("text", "editorial stance, as claimed by the corpus", True, True),
        "stance_source": Column("text", "who says so", True, True),
        "stance_date": Column("text", "when it was said", True, True),
    },
)

MONTHS = table(
    "months",
    "outlet × month",
    ("outlet", "month"),
    {
        "outlet": OUTLET,
        "month": Column("text", "month of publication, UTC, as YYYY-MM"),
        "n_articles": Column("number", "articles; 0 where the outlet has none in a month of the corpus"),
    },
)

QUALITY_COUNTS = table(
    "quality_counts",
    "kind × value",
    ("kind", "value"),
    {
        "kind": Column("text", "date rule, date precision, language, encoding, flag or removed line"),
        "value": Column("text", "what was counted"),
        "n": Column("number", "articles, or lines where lines were removed"),
        "meaning": Column("text", "what a flag means", True, True),
    },
)

DUPLICATES = table(
    "duplicates",
    "article that repeats an earlier one",
    ("article_id",),
    {
        "article_id": Column("text", "the later article in the table"),
        "duplicate_of": Column("text", "the first article with the same words or address"),
        "reason": Column("text", "text or url"),
    },
)

QUALITY_WARNINGS = table(
    "quality_warnings",
    "remark",
    ("code", "subject"),
    {
        "code": Column("text", "kind of remark"),
        "subject": Column("text", "the outlet, or the whole corpus"),
        "remark": Column("text", "what to look at before measuring"),
    },
)
