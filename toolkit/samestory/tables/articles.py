"""Articles, how they are linked to stories, and which outlet covers what."""

from __future__ import annotations

from samestory.tables.declaration import ID, OUTLET, OUTLET_OF, STORY, Column, table

ARTICLES = table(
    "articles",
    "article",
    ("article_id",),
    {
        "article_id": ID,
        "outlet": OUTLET_OF,
        "stance": Column("text", "editorial stance of the outlet, as claimed by the corpus", False, True),
        "published": Column("time", "publication time, UTC; NaT when unknown", False, True),
        "title": Column("text", "headline", False, True),
        "text": Column("text", "body; all offsets count characters of this column"),
        "url": Column("text", "web address", False, True),
        "flags": Column("text", "reason codes, blank-separated; see FLAGS", False, False),
        "byline": Column("text", "author line taken out of the body by cleaning", False, True),
        "credit": Column("text", "agency or co-author credit taken out of the body by cleaning", False, True),
        "story_id": STORY,
        "story_probability": Column("number", "chance that the article belongs to its story", False, True),
        "storyline_id": Column("text", "the developing affair that the story is part of", False, True),
        "reprint_of": Column("text", "article_id that this one reprints", False, True),
        "file": Column("text", "file below the corpus that the article was read from", False, True),
        "encoding": Column("text", "encoding that the file was read in", False, True),
        "outlet_from": Column("text", "rule that gave the outlet: column, header, folder …", False, True),
        "published_from": Column("text", "rule that gave the publication time", False, True),
        "note": Column(
            "text", "what the reader has to say of the article, such as why it is flagged", False, True
        ),
    },
)

FILES = table(
    "files",
    "file of the corpus, members of archives included",
    ("file",),
    {
        "file": Column("text", "path below the corpus; a member of a ZIP has the name of the ZIP in front"),
        "format": Column("text", "suffix that says how the file is read"),
        "status": Column(
            "text",
            "read; unreadable; refused (unsafe in an archive); beside (belongs to the corpus and holds no "
            "articles); not_read (no reader for it)",
        ),
        "n_articles": Column("number", "rows of the articles table that come from the file"),
        "encoding": Column("text", "encoding that it was read in", True, True),
        "note": Column("text", "why it was not read, or what was left out of it", True, True),
    },
)

LINKS = table(
    "links",
    "pair of articles",
    ("article_id", "other_id"),
    {
        "article_id": Column("text", "the article whose id comes first by alphabet"),
        "other_id": Column("text", "the other article"),
        "score": Column("number", "likeness, 0 to 1"),
        "probability": Column("number", "chance that both tell one event, 0 to 1"),
        "terms": Column("text", "the words that carry the likeness, the heaviest first, blank-separated"),
        "days_apart": Column("number", "days between the publications", True, True),
    },
)

CORRECTIONS = table(
    "corrections",
    "pair of articles, decided by hand",
    ("article_id", "other_id", "link"),
    {
        "link": Column("text", "must (be in one story) or cannot"),
        "article_id": Column("text", "an article"),
        "other_id": Column("text", "another article"),
        "line": Column("number", "line in the file, counted from 1", False),
    },
)

COVERAGE = table(
    "coverage",
    "story × outlet",
    ("story_id", "outlet"),
    {
        "story_id": Column("text", "the story"),
        "outlet": OUTLET,
        "n_articles": Column("number", "articles; 0 where the outlet did not tell the story in this corpus"),
        "words": Column("number", "words over those articles"),
        "first_published": Column("time", "first article, UTC", True, True),
        "lag_hours": Column("number", "hours after the first article of any outlet", True, True),
        "reason": Column("text", "why a story not told is not to be read as selection", False, True),
    },
)
