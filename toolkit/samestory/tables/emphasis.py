"""Topics, terms and what actors are called."""

from __future__ import annotations

from samestory.tables.declaration import ID, OUTLET_TRAVELS, STORY, Column, table

CODEBOOK = table(
    "codebook",
    "topic × term",
    ("topic", "term"),
    {
        "topic": Column("text", "name of the topic"),
        "term": Column("text", "word, word with * for any ending, or phrase"),
        "exclude": Column("truth", "the words of the term do not count for the topic", False),
        "licence": Column("text", "licence of the codebook", False),
    },
)

TOPIC_SHARES = table(
    "topic_shares",
    "article × topic",
    ("article_id", "topic"),
    {
        "article_id": ID,
        "topic": Column("text", "topic of the codebook"),
        "n_sentences": Column("number", "sentences of the article"),
        "n_hits": Column("number", "sentences with at least one term of the topic"),
        "share": Column("number", "n_hits / n_sentences, 0 to 1", True, True),
        "word_share": Column("number", "words matched / words of the article, 0 to 1", True, True),
        "outlet": OUTLET_TRAVELS,
        "story_id": STORY,
    },
)

PROMINENCE = table(
    "prominence",
    "article × topic",
    ("article_id", "topic"),
    {
        "article_id": ID,
        "topic": Column("text", "topic of the codebook"),
        "in_headline": Column("number", "1 when the headline holds a term, else 0", True, True),
        "in_lede": Column("number", "1 when the lede holds a term, else 0"),
        "body_share": Column("number", "share of the sentences after the lede that hold a term", True, True),
        "first_mention": Column("number", "share of the sentences before the first that does", True, True),
        "n_sentences": Column("number", "sentences of the article, lede and body"),
        "n_hits": Column("number", "sentences of lede and body that hold a term"),
        "outlet": OUTLET_TRAVELS,
        "story_id": STORY,
    },
)

TERMS = table(
    "terms",
    "outlet × term",
    ("outlet", "term"),
    {
        "outlet": Column("text", "the group, by default the news outlet", False),
        "term": Column("text", "word, lower case"),
        "count": Column("number", "occurrences in the group"),
        "rate": Column("number", "occurrences per 1,000 words"),
        "log_odds": Column("number", "log-odds against all other groups, informative Dirichlet prior"),
        "z": Column("number", "log_odds over its standard error; a description, not a test"),
        "low": Column("number", "log_odds - 1.96 standard errors"),
        "high": Column("number", "log_odds + 1.96 standard errors"),
        "n_articles": Column("number", "articles of the group that hold the term"),
        "n_stories": Column("number", "stories of the group that hold the term", False, True),
        "log_ratio": Column("number", "binary logarithm of the ratio of the rates", False, True),
        "log_likelihood": Column("number", "two-cell G2 against all others; a description", False, True),
        "dispersion": Column("number", "Gries's DP over the group's articles, 0 even to 1", False, True),
        "rank": Column("number", "place by z within the group, from 1", False),
        "rank_low": Column("number", "lower end of the rank, bootstrap of stories, 95 %", False, True),
        "rank_high": Column("number", "upper end of the rank", False, True),
        "n_shared_stories": Column("number", "stories told by the group and another", False),
        "rate_difference": Column(
            "number", "mean over these stories, group - others, per 1,000", False, True
        ),
        "p_articles": Column("number", "Welch's t test on the articles' rates", False, True),
        "p_articles_adjusted": Column("number", "the same, adjusted over the table (BH)", False, True),
        "p_stories": Column("number", "paired t test on shared stories", False, True),
        "p_stories_adjusted": Column("number", "the same, adjusted over the table (BH)", False, True),
    },
)

ACTORS = table(
    "actors",
    "actor × term",
    ("actor", "term"),
    {
        "actor": Column("text", "the actor, as it is to be called in results"),
        "term": Column("text", "a name or noun it goes by: word, word with *, or phrase"),
    },
)

DESCRIPTIONS = table(
    "descriptions",
    "mention × description",
    ("article_id", "start", "actor", "kind", "description"),
    {
        "article_id": ID,
        "start": Column("number", "first character of the mention in articles.text"),
        "end": Column("number", "one past the last character of the mention"),
        "actor": Column("text", "the actor, as named by the user"),
        "kind": Column("text", "title, apposition, adjective or noun"),
        "description": Column("text", "the words, lower case; for a noun the mention itself"),
        "sentence_start": Column("number", "first character of the sentence in articles.text"),
        "sentence": Column("text", "the sentence"),
        "outlet": OUTLET_TRAVELS,
        "story_id": STORY,
    },
)
TERM_LINES = table(
    "term_lines",
    "outlet × term × place",
    ("outlet", "term", "article_id", "start"),
    {
        "outlet": Column("text", "the outlet that the term sets apart"),
        "term": Column("text", "word, lower case"),
        "article_id": ID,
        "start": Column("number", "first character of the term in articles.text"),
        "end": Column("number", "one past the last character of the term"),
        "left": Column("text", "the sentence before the term"),
        "match": Column("text", "the term as written"),
        "right": Column("text", "the sentence after the term"),
        "sentence_start": Column("number", "first character of the sentence in articles.text"),
        "story_id": STORY,
        "voice": Column("text", "own, quoted or mixed", False, False),
    },
)

DESCRIPTION_SHARES = table(
    "description_shares",
    "actor × description × article",
    ("actor", "kind", "description", "article_id"),
    {
        "actor": Column("text", "the actor"),
        "kind": Column("text", "title, apposition, adjective or noun"),
        "description": Column("text", "the words, lower case"),
        "article_id": ID,
        "n_mentions": Column("number", "mentions of the actor in the article"),
        "count": Column("number", "mentions described this way"),
        "share": Column("number", "count / n_mentions"),
        "outlet": OUTLET_TRAVELS,
        "story_id": STORY,
    },
)
