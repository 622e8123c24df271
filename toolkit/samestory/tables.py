"""Every table of the toolkit: what one row is, its key, its columns with units, and ``check``.

All tables are plain DataFrames. Columns beyond the ones listed here are allowed and travel along.
Unknown is missing (``NA`` / ``NaT``), never ``"Unknown"`` and never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from samestory.errors import TableError

__all__ = [
    "ARTICLES",
    "CODEBOOK",
    "CORRECTIONS",
    "COVERAGE",
    "DESCRIPTIONS",
    "ESTIMATES",
    "FLAGS",
    "GROUPS",
    "LINKS",
    "MENTIONS",
    "PAIRS",
    "PROMINENCE",
    "QUOTES",
    "SCORES",
    "SENTENCES",
    "SENTIMENT",
    "SENTIMENT_WARNINGS",
    "SPEAKERS",
    "TABLES",
    "TARGETS",
    "TERMS",
    "TOPIC_SHARES",
    "WORD_SHIFT",
    "Column",
    "Table",
    "add_flag",
    "check",
    "describe_columns",
    "has_flag",
]


@dataclass(frozen=True)
class Column:
    """One column: kind of value, unit or meaning, and whether it may be absent or hold missing values.

    ``kind`` is one of ``text``, ``number``, ``time`` (UTC), ``truth``, ``spans`` (a list of
    ``[start, end]`` character offsets) and ``any``.
    """

    kind: str
    meaning: str
    required: bool = True
    nullable: bool = False


@dataclass(frozen=True)
class Table:
    """What one row is, which columns identify it, and which columns there are."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]


def _table(name: str, row: str, key: tuple[str, ...], columns: dict[str, Column]) -> Table:
    return Table(name, row, key, MappingProxyType(columns))


_ID = Column("text", "identifies the article in the corpus")
_OUTLET = Column("text", "the news outlet")
_OUTLET_OF = Column("text", "the news outlet; missing when nothing names it", nullable=True)
_OUTLET_TRAVELS = Column("text", "the news outlet, copied from the article", required=False, nullable=True)
_STORY = Column("text", "the story (one event) that the article tells", required=False, nullable=True)
_START = Column("number", "first character in articles.text, counted from 0")
_END = Column("number", "one past the last character in articles.text")

ARTICLES = _table(
    "articles",
    "article",
    ("article_id",),
    {
        "article_id": _ID,
        "outlet": _OUTLET_OF,
        "stance": Column("text", "editorial stance of the outlet, as claimed by the corpus", False, True),
        "published": Column("time", "publication time, UTC; NaT when unknown", False, True),
        "title": Column("text", "headline", False, True),
        "text": Column("text", "body; all offsets count characters of this column"),
        "url": Column("text", "web address", False, True),
        "flags": Column("text", "reason codes, blank-separated; see FLAGS", False, False),
        "byline": Column("text", "author line taken out of the body by cleaning", False, True),
        "credit": Column("text", "agency or co-author credit taken out of the body by cleaning", False, True),
        "story_id": _STORY,
        "story_probability": Column("number", "chance that the article belongs to its story", False, True),
        "storyline_id": Column("text", "the developing affair that the story is part of", False, True),
        "reprint_of": Column("text", "article_id that this one reprints", False, True),
    },
)
LINKS = _table(
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
CORRECTIONS = _table(
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
SENTENCES = _table(
    "sentences",
    "sentence",
    ("article_id", "start"),
    {
        "article_id": _ID,
        "start": _START,
        "end": _END,
        "text": Column("text", "articles.text[start:end]"),
        "outlet": _OUTLET_TRAVELS,
        "story_id": _STORY,
        "voice": Column("text", "own, quoted or mixed", False, False),
        "quoted_share": Column(
            "number", "share of the sentence's letters that are attributed content", False
        ),
    },
)
SCORES = _table(
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
SENTIMENT = _table(
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
WORD_SHIFT = _table(
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
MENTIONS = _table(
    "mentions",
    "mention of an actor",
    ("article_id", "start", "end", "actor"),
    {
        "article_id": _ID,
        "start": _START,
        "end": _END,
        "actor": Column("text", "the actor meant"),
        "text": Column("text", "articles.text[start:end]", False),
        "kind": Column("text", "name, short (part of the name), variant or pronoun", False),
        "outlet": _OUTLET_TRAVELS,
        "story_id": _STORY,
    },
)
TARGETS = _table(
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
QUOTES = _table(
    "quotes",
    "attribution",
    ("article_id", "start", "end"),
    {
        "article_id": _ID,
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
        "outlet": _OUTLET_TRAVELS,
        "story_id": _STORY,
    },
)
SPEAKERS = _table(
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
    },
)
CODEBOOK = _table(
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
TOPIC_SHARES = _table(
    "topic_shares",
    "article × topic",
    ("article_id", "topic"),
    {
        "article_id": _ID,
        "topic": Column("text", "topic of the codebook"),
        "n_sentences": Column("number", "sentences of the article"),
        "n_hits": Column("number", "sentences with at least one term of the topic"),
        "share": Column("number", "n_hits / n_sentences, 0 to 1", True, True),
        "word_share": Column("number", "words matched / words of the article, 0 to 1", True, True),
        "outlet": _OUTLET_TRAVELS,
        "story_id": _STORY,
    },
)
PROMINENCE = _table(
    "prominence",
    "article × topic",
    ("article_id", "topic"),
    {
        "article_id": _ID,
        "topic": Column("text", "topic of the codebook"),
        "in_headline": Column("number", "1 when the headline holds a term, else 0", True, True),
        "in_lede": Column("number", "1 when the lede holds a term, else 0"),
        "body_share": Column("number", "share of the sentences after the lede that hold a term", True, True),
        "first_mention": Column("number", "share of the sentences before the first that does", True, True),
        "n_sentences": Column("number", "sentences of the article, lede and body"),
        "n_hits": Column("number", "sentences of lede and body that hold a term"),
        "outlet": _OUTLET_TRAVELS,
        "story_id": _STORY,
    },
)
TERMS = _table(
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
DESCRIPTIONS = _table(
    "descriptions",
    "mention × description",
    ("article_id", "start", "actor", "kind", "description"),
    {
        "article_id": _ID,
        "start": Column("number", "first character of the mention in articles.text"),
        "end": Column("number", "one past the last character of the mention"),
        "actor": Column("text", "the actor, as named by the user"),
        "kind": Column("text", "title, apposition, adjective or noun"),
        "description": Column("text", "the words, lower case; for a noun the mention itself"),
        "sentence_start": Column("number", "first character of the sentence in articles.text"),
        "sentence": Column("text", "the sentence"),
        "outlet": _OUTLET_TRAVELS,
        "story_id": _STORY,
    },
)
COVERAGE = _table(
    "coverage",
    "story × outlet",
    ("story_id", "outlet"),
    {
        "story_id": Column("text", "the story"),
        "outlet": _OUTLET,
        "n_articles": Column("number", "articles; 0 where the outlet did not tell the story in this corpus"),
        "words": Column("number", "words over those articles"),
        "first_published": Column("time", "first article, UTC", True, True),
        "lag_hours": Column("number", "hours after the first article of any outlet", True, True),
        "reason": Column("text", "why a story not told is not to be read as selection", False, True),
    },
)
ESTIMATES = _table(
    "estimates",
    "measure × pair of groups",
    ("measure", "group", "reference"),
    {
        "measure": Column("text", "the column compared, or its label"),
        "group": Column("text", "the group whose mean comes first in the difference"),
        "reference": Column("text", "the group whose mean is subtracted"),
        "estimate": Column(
            "number", "mean over stories of group - reference, in the measure's unit", True, True
        ),
        "low": Column("number", "lower end of the interval", True, True),
        "high": Column("number", "upper end of the interval", True, True),
        "level": Column("number", "coverage of the interval, 0 to 1"),
        "p": Column("number", "two-sided p", True, True),
        "p_adjusted": Column("number", "p adjusted within the family", True, True),
        "effect_size": Column(
            "number", "d_z: mean over standard deviation of the paired differences", True, True
        ),
        "minimum_detectable": Column("number", "difference found with 80 % power at this n", False, True),
        "n_stories": Column("number", "stories told by both groups"),
        "family_size": Column("number", "tests in the family", False, True),
        "method": Column("text", "interval, test and adjustment"),
        "tier": Column("text", "what this number of stories allows"),
        "reason": Column("text", "why a number is missing or not informative", True, True),
        "reason_code": Column(
            "text", "the reason as one word; see samestory.comparison.REASONS", False, True
        ),
        "family": Column("text", "name of the family of tests that p was adjusted in", False, True),
        "cliffs_delta": Column("number", "dominance of the group's story means, -1 to 1", False, True),
        "bootstrap_low": Column(
            "number", "lower end, bootstrap of stories, 20 stories and more", False, True
        ),
        "bootstrap_high": Column("number", "upper end, bootstrap of stories", False, True),
        "without_one_low": Column("number", "smallest estimate with one story left out", False, True),
        "without_one_high": Column("number", "largest estimate with one story left out", False, True),
        "equivalence_bound": Column("number", "largest difference that was to count as none", False, True),
        "p_equivalence": Column("number", "p of the two one-sided tests against the bound", False, True),
        "p_equivalence_adjusted": Column("number", "p_equivalence adjusted within its family", False, True),
        "seed": Column("number", "seed of random steps", True, True),
    },
)
GROUPS = _table(
    "groups",
    "measure × group",
    ("measure", "group"),
    {
        "measure": Column("text", "the column described, or its label"),
        "group": Column("text", "the group, by default the news outlet"),
        "mean": Column("number", "mean of the article means, in the measure's unit", True, True),
        "sd": Column("number", "standard deviation of the article means", True, True),
        "n_articles": Column("number", "articles with a value"),
        "n_stories": Column("number", "stories of these articles"),
    },
)
PAIRS = _table(
    "pairs",
    "measure × pair of groups × story",
    ("measure", "group", "reference", "story_id"),
    {
        "measure": Column("text", "the column compared, or its label"),
        "group": Column("text", "the group whose mean comes first in the difference"),
        "reference": Column("text", "the group whose mean is subtracted"),
        "story_id": Column("text", "the story"),
        "group_mean": Column("number", "mean of the group's articles in this story"),
        "reference_mean": Column("number", "mean of the reference's articles in this story"),
        "difference": Column("number", "group_mean - reference_mean"),
    },
)
TABLES: Mapping[str, Table] = MappingProxyType(
    {
        t.name: t
        for t in (
            ARTICLES,
            LINKS,
            CORRECTIONS,
            SENTENCES,
            SCORES,
            SENTIMENT,
            WORD_SHIFT,
            MENTIONS,
            TARGETS,
            QUOTES,
            SPEAKERS,
            CODEBOOK,
            TOPIC_SHARES,
            PROMINENCE,
            TERMS,
            DESCRIPTIONS,
            COVERAGE,
            GROUPS,
            PAIRS,
            ESTIMATES,
        )
    }
)

#: Reason codes of ``articles.flags``: what is wrong with an article, and what follows.
FLAGS: Mapping[str, str] = MappingProxyType(
    {
        "unreadable": "the file is not text in UTF-8; it is listed and measured nowhere",
        "no_text": "the article has no text; it is listed and measured nowhere",
        "furniture_only": "cleaning left no text; the article is listed and measured nowhere",
        "no_date": "no publication date; aligned by its words alone",
        "bad_date": "the publication date could not be read; treated as unknown",
        "no_outlet": "no outlet is named; the article is in no comparison",
        "duplicate_id": "another article has the same id; a number was added to this one",
    }
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

_KINDS: Mapping[str, Callable[[pd.Series], bool]] = {
    "number": lambda s: pd.api.types.is_numeric_dtype(s) and not pd.api.types.is_bool_dtype(s),
    "truth": pd.api.types.is_bool_dtype,
    "time": lambda s: str(s.dtype).startswith("datetime64[") and str(s.dtype).endswith(", UTC]"),
    "text": lambda s: all(isinstance(v, str) for v in s.dropna()),
    "spans": lambda s: all(isinstance(v, list) and all(len(p) == 2 for p in v) for v in s),
    "any": lambda s: True,
}
_KIND_NAMES = {
    "number": "numbers",
    "truth": "True/False",
    "time": "times in UTC",
    "text": "text",
    "spans": "lists of [start, end]",
    "any": "anything",
}


def check(frame: pd.DataFrame, table: Table, *, need: Iterable[str] = ()) -> pd.DataFrame:
    """Check that a DataFrame is the table it should be, and return it unchanged.

    Parameters
    ----------
    frame : DataFrame
        The table to check; its rows are not copied.
    table : Table
        What it should be, such as ``samestory.tables.ARTICLES``.
    need : iterable of str
        Columns that are optional in general but needed here.

    Returns
    -------
    DataFrame
        ``frame`` itself.

    Raises
    ------
    TableError
        A column is absent, holds values of the wrong kind or missing values, or the key is not unique.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": ["Rain fell."]})
    >>> check(articles, ARTICLES) is articles
    True
    """
    if not isinstance(frame, pd.DataFrame):
        raise TableError(
            f"a table of {table.name} was needed (a pandas DataFrame), {type(frame).__name__} was found"
        )
    wanted = [c for c, column in table.columns.items() if column.required] + list(need)
    absent = [c for c in dict.fromkeys(wanted) if c not in frame.columns]
    if absent:
        raise TableError(
            f"the {table.name} table needs the columns {', '.join(absent)}; "
            f"it has {', '.join(map(str, frame.columns)) or 'none'}",
            hint=f"one row is one {table.row}; rename or add the columns",
        )
    for name, column in table.columns.items():
        if name not in frame.columns:
            continue
        values = frame[name]
        if not column.nullable and values.isna().any():
            raise TableError(
                f"{table.name}.{name} has {int(values.isna().sum())} missing values, "
                f"the first in row {values.isna().to_numpy().argmax()}",
                hint="fill them in or leave these rows out",
            )
        if not values.isna().all() and not _KINDS[column.kind](values):
            raise TableError(
                f"{table.name}.{name} should hold {_KIND_NAMES[column.kind]}, its dtype is {values.dtype}"
            )
    if frame.duplicated(list(table.key)).any():
        first = frame.loc[frame.duplicated(list(table.key)), list(table.key)].iloc[0].tolist()
        raise TableError(
            f"two rows of the {table.name} table have the same {', '.join(table.key)}: {first}",
            hint=f"one row is one {table.row}",
        )
    return frame


def describe_columns() -> pd.DataFrame:
    """List every column of every table: a data dictionary to travel with results.

    Returns
    -------
    DataFrame
        One row per table and column: ``table``, ``row`` (what one row is), ``column``, ``kind``, ``in_key``,
        ``always_there``, ``may_be_missing``, ``meaning`` (with unit).

    Examples
    --------
    >>> columns = describe_columns()
    >>> columns.loc[columns["in_key"] & (columns["table"] == "coverage"), "column"].tolist()
    ['story_id', 'outlet']
    """
    return pd.DataFrame(
        [
            {
                "table": table.name,
                "row": table.row,
                "column": name,
                "kind": column.kind,
                "in_key": name in table.key,
                "always_there": column.required,
                "may_be_missing": column.nullable,
                "meaning": column.meaning,
            }
            for table in TABLES.values()
            for name, column in table.columns.items()
        ]
    )


def has_flag(articles: pd.DataFrame, *codes: str) -> pd.Series[bool]:
    """Say for each article whether it carries at least one of the reason codes.

    Examples
    --------
    >>> has_flag(pd.DataFrame({"flags": ["no_date", ""]}), "no_date", "no_text").tolist()
    [True, False]
    """
    if "flags" not in articles.columns:
        return pd.Series(False, index=articles.index)
    return articles["flags"].map(lambda f: not set(codes).isdisjoint(f.split())).astype(bool)


def add_flag(articles: pd.DataFrame, rows: pd.Series[bool], code: str) -> pd.DataFrame:
    """Return the articles with a reason code added to some rows.

    Examples
    --------
    >>> articles = pd.DataFrame({"text": ["", "Rain."], "flags": ["no_date", ""]})
    >>> add_flag(articles, articles["text"] == "", "no_text")["flags"].tolist()
    ['no_date no_text', '']
    """
    if code not in FLAGS:
        raise TableError(f"'{code}' is no reason code; there are {', '.join(FLAGS)}")
    old = (
        articles["flags"] if "flags" in articles.columns else pd.Series("", index=articles.index, dtype="str")
    )
    new = [
        f"{f} {code}".strip() if r and code not in f.split() else f for f, r in zip(old, rows, strict=True)
    ]
    return articles.assign(flags=pd.Series(new, index=articles.index, dtype="str"))
