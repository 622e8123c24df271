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
        "published_raw": Column("text", "the publication date as it stood in the file", False, True),
        "published_precision": Column("text", "how exact it is: second, minute or day", False, True),
        "published_from": Column(
            "text", "where it stood: header, file name, url (a last resort) …", False, True
        ),
        "title": Column("text", "headline", False, True),
        "text": Column("text", "body; all offsets count characters of this column"),
        "url": Column("text", "web address", False, True),
        "flags": Column("text", "reason codes, blank-separated; see FLAGS", False, False),
        "language": Column("text", "language as ISO 639-1; missing when too short to tell", False, True),
        "byline": Column("text", "author line taken out of the body by cleaning", False, True),
        "credit": Column("text", "agency or co-author credit taken out of the body by cleaning", False, True),
        "story_id": STORY,
        "story_probability": Column("number", "chance that the article belongs to its story", False, True),
        "storyline_id": Column("text", "the developing affair that the story is part of", False, True),
        "reprint_of": Column("text", "article_id that this one reprints", False, True),
        "reprint_share": Column(
            "number", "share of the text's runs of five words that stand in the original, 0 to 1", False, True
        ),
        "reprint_kind": Column(
            "text", "copy (of another outlet's text) or version (of the outlet's own)", False, True
        ),
        "agency": Column("text", "news agency that the article credits", False, True),
        "section": Column("text", "part of the paper or site it stood in, as the corpus has it", False, True),
        "page": Column("any", "page of the printed paper, as the corpus has it", False, True),
        "position": Column("any", "place on the home page, as the corpus has it", False, True),
        "file": Column("text", "file below the corpus that the article was read from", False, True),
        "encoding": Column("text", "encoding that the file was read in", False, True),
        "outlet_from": Column("text", "rule that gave the outlet: column, header, folder …", False, True),
        "note": Column(
            "text", "what the reader has to say of the article, such as why it is flagged", False, True
        ),
    },
)

LINES = table(
    "lines",
    "line of an article as it was read, blank ones left out",
    ("article_id", "line"),
    {
        "article_id": ID,
        "line": Column("number", "which line of the text as read, counted from 1, blank ones included"),
        "text": Column("text", "the line in plain characters"),
        "kept": Column("truth", "whether the line is part of the cleaned text"),
        "reason": Column("text", "why it went: a reason of the furniture list or a step", True, True),
        "start": Column("number", "first character in the cleaned text, where kept", True, True),
        "end": Column("number", "one past its last character in the cleaned text", True, True),
        "raw_start": Column("number", "first character in the text as read, counted from 0"),
        "raw_end": Column("number", "one past its last character in the text as read"),
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
        "covered": Column("truth", "whether the outlet told the story in this corpus", False),
        "placement": Column("text", "page, position and section of the outlet's articles", False, True),
        "placement_reason": Column("text", "why the placement is not known", False, True),
        "reason": Column("text", "why a story not told is not to be read as selection", False, True),
    },
)
