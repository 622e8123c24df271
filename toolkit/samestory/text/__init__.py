"""Sentences, words and offsets.

Everything here keeps offsets: character ``i`` of a normalised text stands for character ``i`` of the
text as given, so that ``text[start:end]`` is always the sentence, the word or the quote itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pandas as pd

from samestory import tables
from samestory.errors import OptionError
from samestory.punkt import Span, punkt_spans
from samestory.text.datelines import mask_datelines
from samestory.text.tokens import WordTable, count_words, encode_words, total_words, word_spans, words
from samestory.text.typography import normalise_typography

__all__ = [
    "Span",
    "WordTable",
    "count_words",
    "encode_words",
    "mask_datelines",
    "normalise_typography",
    "sentence_spans",
    "split_sentences",
    "term_pattern",
    "term_pieces",
    "total_words",
    "word_spans",
    "words",
]

# Signs that only a regular expression has: "tax(es)?", "tax.*", "/tax/", but not the initials of "u.s.*".
_REGEX = re.compile(r"[\[\](){}\\|^$+]|(?:^|\s|[^\W\d_]{2})\.[*?]|^/.*/$")
_CLOSERS = "\"'”’»)]"


def sentence_spans(text: str) -> list[Span]:
    """Find the sentences of a text; a line break always ends a sentence.

    Parameters
    ----------
    text : str
        Any text, cleaned or not.

    Returns
    -------
    list of (int, int)
        Start and end of each sentence in ``text``, in order, without blanks at the edges.

    Notes
    -----
    Punkt [1]_ with a fixed list of abbreviations, run on each paragraph after typography is normalised.
    Nothing is trained or downloaded, so the same text always gives the same sentences.

    References
    ----------
    .. [1] Kiss, T., & Strunk, J. (2006). Unsupervised multilingual sentence boundary detection.
       Computational Linguistics, 32(4), 485-525.

    Examples
    --------
    >>> text = "Mr. Dole left. “It was late,” he said."
    >>> [text[a:b] for a, b in sentence_spans(text)]
    ['Mr. Dole left.', '“It was late,” he said.']
    """
    plain = normalise_typography(text)
    spans: list[Span] = []
    for found in punkt_spans(plain):
        whole: list[Span] = []
        for start, end in _closed(plain, found):
            sentence = plain[start:end].strip()
            if sentence:
                begin = plain.find(sentence, start)
                whole.append((begin, begin + len(sentence)))
        spans.extend(_continued(plain, whole) if len(whole) > 1 else whole)
    return spans


def _closed(text: str, spans: list[Span]) -> Iterator[Span]:
    """Give closing marks that Punkt left at the head of a sentence back to the sentence before."""
    for i, (start, end) in enumerate(spans):
        stop = end
        if i + 1 < len(spans):
            follow = spans[i + 1][0]
            while follow < spans[i + 1][1] and text[follow] in _CLOSERS and text[follow - 1] != " ":
                follow += 1
            if follow > spans[i + 1][0]:
                stop = follow
                spans[i + 1] = (follow, spans[i + 1][1])
        yield start, stop


def _continued(text: str, spans: list[Span]) -> list[Span]:
    """Join '"Who pays?" she asked': Punkt ends a sentence at every ? and !, even inside a quote."""
    out: list[Span] = []
    for start, end in spans:
        if out and text[start].islower() and text[out[-1][1] - 1] in _CLOSERS:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def term_pieces(term: str) -> list[str]:
    """Split a term into its words in plain lower case, or say why it is none.

    Raises
    ------
    OptionError
        The term matches every word, or is written as a regular expression.

    Examples
    --------
    >>> term_pieces("Interest  rate*")
    ['interest', 'rate*']
    """
    pieces = normalise_typography(term).lower().split()
    if _REGEX.search(term):
        raise OptionError(
            f"the term '{term}' looks like a regular expression, and terms are words",
            hint="use * for any run of letters, ? for one letter, and one row per variant",
        )
    if not pieces or any(not w.strip("*?") for w in pieces):
        raise OptionError(
            f"the term '{term}' matches every word", hint="write at least one letter beside the *"
        )
    return pieces


def term_pattern(terms: Iterable[str]) -> re.Pattern[str]:
    r"""Compile terms to one pattern for plain lower-case text, longest terms first.

    Parameters
    ----------
    terms : iterable of str
        Whole words, with ``*`` for any run of letters and ``?`` for one, or phrases of such words.

    Returns
    -------
    Pattern
        Matches whole words of ``normalise_typography(text).lower()``.

    Raises
    ------
    OptionError
        A term matches every word, or is written as a regular expression.

    Examples
    --------
    >>> term_pattern(["tax*", "interest rate*"]).findall("taxis, a syntax and interest rates")
    ['taxis', 'interest rates']
    """
    parts = []
    for term in sorted(dict.fromkeys(terms), key=lambda t: (-len(t), t)):
        pieces = term_pieces(term)
        globbed = [re.escape(w).replace(r"\*", r"[\w'-]*").replace(r"\?", r"\w") for w in pieces]
        parts.append(r"\s+".join(globbed))
    if not parts:
        raise OptionError("at least one term was needed, none was found")
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(parts)})(?![\w-])")


def split_sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """Split every article into sentences.

    Parameters
    ----------
    articles : DataFrame
        Articles table; it need not have been cleaned.

    Returns
    -------
    DataFrame
        Sentences table: one row per sentence in the order of the articles, with ``start`` and ``end`` in
        characters of ``articles.text``, and the article's outlet, stance, story and publication time.
        An article without text has no sentence.

    Raises
    ------
    TableError
        ``articles`` is not an articles table.

    Examples
    --------
    >>> text = "Rain fell. It was cold."
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [text]})
    >>> split_sentences(articles)[["article_id", "start", "end", "text"]]
      article_id  start  end          text
    0          a      0   10    Rain fell.
    1          a     11   23  It was cold.
    """
    articles = tables.whole_characters(tables.check(articles, tables.ARTICLES))
    rows = [
        (i, start, end, text[start:end])
        for i, text in enumerate(articles["text"])
        for start, end in sentence_spans(text)
    ]
    found = pd.DataFrame(rows, columns=["row", "start", "end", "text"]).astype(
        {"row": "int64", "start": "int64", "end": "int64", "text": "str"}
    )
    travels = ["article_id", "outlet", "stance", "published", "story_id", "reprint_of"]
    context = (
        articles[[c for c in travels if c in articles.columns]].iloc[found.pop("row")].reset_index(drop=True)
    )
    out = pd.concat([context[["article_id"]], found, context.drop(columns="article_id")], axis=1)
    return tables.check(out, tables.SENTENCES)
