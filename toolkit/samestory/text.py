"""Sentences, words and offsets.

Everything here keeps offsets: character ``i`` of a normalised text stands for character ``i`` of the
text as given, so that ``text[start:end]`` is always the sentence, the word or the quote itself.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain, count, islice

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory import tables
from samestory.errors import OptionError
from samestory.punkt import Span, punkt_spans

__all__ = [
    "Span",
    "WordTable",
    "encode_words",
    "normalise_typography",
    "sentence_spans",
    "split_sentences",
    "term_pattern",
    "word_spans",
    "words",
]

# One character for one character: offsets stay what they were.
_TYPOGRAPHY = (
    *((c, '"') for c in "“”„‟«»〝〞＂"),
    *((c, "'") for c in "‘’‚‛′＇ʼ"),
    *((c, "-") for c in "‐‑‒–—―−"),
    *((chr(c), " ") for c in (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)),
)

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_CLOSERS = "\"'”’»)]"
_TEXTS_AT_ONCE = 40_000
_NONE = np.zeros(0, dtype=np.int32)


def normalise_typography(text: str) -> str:
    r"""Replace curly quotation marks, apostrophes, dashes and odd blanks by plain ones, one for one.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        A text of the same length, so that offsets hold in both.

    Notes
    -----
    VADER's negation list and most tokenisers know the straight apostrophe only; outlets differ in
    typography, so measuring the text as typeset would make an outlet effect of it.

    Examples
    --------
    >>> normalise_typography("It wasn’t “great” – at all")
    'It wasn\'t "great" - at all'
    """
    if not text.isascii():
        for curly, plain in _TYPOGRAPHY:  # forty times faster than str.translate
            text = text.replace(curly, plain)
    return text


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
        whole = [_trimmed(plain, s) for s in _closed(plain, found) if plain[s[0] : s[1]].strip()]
        spans.extend(_continued(plain, whole))
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


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def word_spans(text: str) -> list[Span]:
    """Find the words of a text: runs of letters and digits, joined by inner apostrophes, dots and hyphens.

    Examples
    --------
    >>> text = "The ex-minister’s 2.5 crowns"
    >>> [text[a:b] for a, b in word_spans(text)]
    ['The', 'ex-minister’s', '2.5', 'crowns']
    """
    return [m.span() for m in _WORD.finditer(text)]


def words(text: str) -> list[str]:
    """Return the words of a text in lower case with straight apostrophes.

    Examples
    --------
    >>> words("The ex-minister’s 2.5 crowns")
    ['the', "ex-minister's", '2.5', 'crowns']
    """
    return _WORD.findall(normalise_typography(text).lower())


@dataclass(frozen=True)
class WordTable:
    """All words of many texts as numbers: ``vocabulary[ids[i]]`` is word i, it stands in text ``rows[i]``."""

    ids: NDArray[np.int32]
    rows: NDArray[np.int32]
    vocabulary: list[str]


def encode_words(texts: Iterable[str]) -> WordTable:
    """Give each word of many texts a number, to count words by the million.

    Examples
    --------
    >>> table = encode_words(["Rain on rain", "No rain"])
    >>> table.vocabulary, table.ids.tolist(), table.rows.tolist()
    (['rain', 'on', 'no'], [0, 1, 0, 2, 0], [0, 0, 0, 1, 1])
    """
    # A word never reaches over a blank, so each distinct run between blanks is searched for words once only.
    number: defaultdict[str, int] = defaultdict(count().__next__)
    known: dict[str, int] = {}
    inside, sizes = array("i"), array("i")
    ids, rows, given, n = [_NONE], [_NONE], iter(texts), 0
    while some := list(islice(given, _TEXTS_AT_ONCE)):
        of_run, lengths, runs = _runs(some)
        new = [r for r in runs if r not in known]
        known.update(zip(new, count(len(known))))
        # No run holds a line break, so all are made plain in one go.
        plain = normalise_typography("\n".join(new)).lower()
        for found in map(_WORD.findall, plain.split("\n") if new else ()):
            inside.extend(map(number.__getitem__, found))
            sizes.append(len(found))
        code = np.fromiter(map(known.__getitem__, runs), dtype=np.int32, count=len(runs))[of_run]
        size = np.array(sizes, dtype=np.int32)
        many = size[code]
        # Word j of a run stands at the run's first place in `inside`, plus j.
        first = (np.cumsum(size, dtype=np.int32) - size)[code] - np.cumsum(many, dtype=np.int32) + many
        place = np.repeat(first, many)
        place += np.arange(place.size, dtype=np.int32)
        ids.append(np.array(inside, dtype=np.int32)[place])
        rows.append(np.repeat(np.repeat(np.arange(n, n + len(some), dtype=np.int32), lengths), many))
        n += len(some)
    return WordTable(np.concatenate(ids), np.concatenate(rows), list(number))


def _runs(texts: list[str]) -> tuple[NDArray[np.int32], NDArray[np.int32], list[str]]:
    """Split at blanks: the numbers of the runs in a row, how many each text has, and what each run is.

    PyArrow, where it is installed, takes a quarter of the time for the same words.
    """
    if find_spec("pyarrow") is not None:
        import pyarrow as pa
        from pyarrow import compute

        # Half a surrogate pair is a str and no text; Arrow refuses it.
        with suppress(UnicodeEncodeError):
            split = compute.utf8_split_whitespace(pa.array(texts, type=pa.large_string()))
            coded = split.flatten().dictionary_encode()
            lengths = np.asarray(compute.list_value_length(split), dtype=np.int32)
            return np.asarray(coded.indices, dtype=np.int32), lengths, coded.dictionary.to_pylist()
    run: defaultdict[str, int] = defaultdict(count().__next__)
    parts = [text.split() for text in texts]
    lengths = np.fromiter(map(len, parts), dtype=np.int32, count=len(parts))
    return np.fromiter(map(run.__getitem__, chain.from_iterable(parts)), dtype=np.int32), lengths, list(run)


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
        pieces = normalise_typography(term).lower().split()
        if not pieces or any(not w.strip("*?") for w in pieces):
            raise OptionError(
                f"the term '{term}' matches every word", hint="write at least one letter beside the *"
            )
        if re.search(r"[\[\](){}\\|^$+]", term):
            raise OptionError(
                f"the term '{term}' looks like a regular expression, and terms are words",
                hint="use * for any run of letters, ? for one letter, and one row per variant",
            )
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
    tables.check(articles, tables.ARTICLES)
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
