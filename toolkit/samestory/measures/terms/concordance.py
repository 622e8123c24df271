"""Concordance: every place where a term stands, with the words around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

import numpy as np
import pandas as pd

from samestory import tables, text
from samestory.errors import OptionError

__all__ = ["foremost", "keyword_in_context", "lines_of", "term_lines"]


def keyword_in_context(sentences: pd.DataFrame, term: str, *, width: int = 60) -> pd.DataFrame:
    """List every place where a term stands: the sentences behind a count.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table.
    term : str
        A word, a word with ``*`` for any run of letters, or a phrase; case and typography do not count.
        Datelines are not searched, as :func:`distinctive_terms` does not count them.
    width : int, default 60
        Characters of the sentence to show on either side.

    Returns
    -------
    DataFrame
        Concordance table: one row per place, by article and place: ``article_id``, ``start`` and ``end`` (in
        characters of ``articles.text``), ``left``, ``match`` and ``right`` as printed, ``sentence_start``,
        and outlet, story and voice where the sentences have them.

    Raises
    ------
    OptionError
        The term matches every word, or ``width`` is below 0.

    Examples
    --------
    >>> sentences = pd.DataFrame({"article_id": ["a"], "start": [10], "end": [35],
    ...                           "text": ["The strike hit the harbour."]})
    >>> keyword_in_context(sentences, "strik*")[["start", "left", "match", "right"]]
       start  left   match             right
    0     14  The   strike   hit the harbour.
    """
    tables.check(sentences, tables.SENTENCES)
    found = _lines(sentences, _searched(sentences), term, width=width)
    return found.sort_values(["article_id", "start"], ignore_index=True)


def term_lines(
    sentences: pd.DataFrame,
    terms: pd.DataFrame,
    *,
    most_terms: int = 10,
    most_lines: int = 20,
    width: int = 60,
) -> pd.DataFrame:
    """List lines of the foremost terms of each outlet: a first look behind :func:`distinctive_terms`.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table with ``outlet``.
    terms : DataFrame
        Terms table by outlet.
    most_terms, most_lines : int
        Terms per outlet, by ``z``, and lines per term. The lines are the first of each article, by article,
        so that one long article does not fill the list; :func:`keyword_in_context` lists all.
    width : int, default 60
        Characters of the sentence to show on either side.

    Returns
    -------
    DataFrame
        ``term_lines`` table: a concordance with the ``outlet`` and the ``term`` in front.

    Examples
    --------
    >>> sentences = pd.DataFrame({"article_id": ["a", "b"], "start": 0, "end": 9,
    ...                           "outlet": ["Herald", "Post"],
    ...                           "text": ["Strike on!", "Walkout on!"]})
    >>> terms = pd.DataFrame({"outlet": ["Herald"], "term": ["strike"], "z": [2.1]})
    >>> term_lines(sentences, terms)[["outlet", "term", "article_id", "match", "right"]]
       outlet    term article_id   match right
    0  Herald  strike          a  Strike  on!
    """
    tables.check(sentences, tables.SENTENCES, need=["outlet"])
    ahead = {str(outlet): foremost(mine, most_terms) for outlet, mine in terms.groupby("outlet")}
    return lines_of(sentences, ahead, most_lines=most_lines, width=width)


def foremost(terms: pd.DataFrame, most: int = 10) -> list[str]:
    """Return the terms of one group that it uses more than the others, the foremost first."""
    mine = terms[terms["z"] > 0].sort_values(["z", "term"], ascending=[False, True])
    return mine["term"].head(most).tolist()


def lines_of(
    sentences: pd.DataFrame,
    terms: Mapping[str, Iterable[str]],
    *,
    holders: Mapping[tuple[str, str], Collection[str]] | None = None,
    most_lines: int = 20,
    width: int = 60,
) -> pd.DataFrame:
    """List lines of some terms of each outlet.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table with ``outlet``.
    terms : mapping of str to iterable of str
        The terms of each outlet, in order.
    holders : mapping of (str, str) to collection of str, optional
        By outlet and term, the articles to look in; by default all.
    most_lines, width : int
        As in :func:`term_lines`.

    Returns
    -------
    DataFrame
        ``term_lines`` table.
    """
    found = []
    for name, mine in sentences.sort_values(["article_id", "start"]).groupby("outlet"):
        outlet = str(name)
        if outlet not in terms:
            continue
        searched = _searched(mine)
        for term in terms[outlet]:
            some, plain = mine, searched
            if holders is not None:
                places = np.flatnonzero(mine["article_id"].isin(list(holders[outlet, term])))
                some, plain = mine.iloc[places], [searched[i] for i in places]
            lines = _lines(some, plain, term, width=width, most=most_lines)
            if len(lines):
                found.append(lines.assign(outlet=outlet, term=term))
    columns = ["outlet", "term", "article_id", *_PLACE, *(c for c in ("story_id", "voice") if c in sentences)]
    if not found:
        return pd.DataFrame(columns=columns).astype(
            {c: "str" if c not in _OFFSETS else "int64" for c in columns}
        )
    return pd.concat(found, ignore_index=True)[columns]


_WILD = re.compile(r"[*?\s]+")
_OFFSETS = ("start", "end", "sentence_start")
_PLACE = ["start", "end", "left", "match", "right", "sentence_start"]


def _searched(sentences: pd.DataFrame) -> list[str]:
    """Give the sentences as terms are sought in them: without datelines, plain and in lower case."""
    masked = text.mask_datelines(sentences)
    # One long text is made plain faster than many short ones; the mark between them occurs in hardly any.
    plain = text.normalise_typography("\x00".join(masked)).lower().split("\x00")
    if len(plain) == len(masked):
        return plain
    return [text.normalise_typography(s).lower() for s in masked]


def _lines(
    sentences: pd.DataFrame, searched: list[str], term: str, *, width: int, most: int | None = None
) -> pd.DataFrame:
    """Find the places in the order of the sentences; with ``most``, so many, and one of each article."""
    if width < 0:
        raise OptionError(f"width is a number of characters; {width} was found")
    pattern = text.term_pattern([term])
    travels = [c for c in ("outlet", "story_id", "voice") if c in sentences.columns]
    rows: list[dict[str, object]] = []
    seen: set[str] = set()
    # Most sentences lack even a part of the term, which is told many times as fast as a pattern is tried.
    part = max(_WILD.split(text.normalise_typography(term).lower()), key=len)
    places = [place for place, plain in enumerate(searched) if part in plain]
    held = sentences[["article_id", "text", "start"]].iloc[places]
    columns = (held["article_id"], held["text"], held["start"])
    for place, article, sentence, start in zip(places, *columns, strict=True):
        if most is not None and len(rows) >= most:
            break
        if most is not None and article in seen:
            continue
        for m in pattern.finditer(searched[place]):
            seen.add(article)
            rows.append(
                {
                    "place": place,
                    "start": int(start) + m.start(),
                    "end": int(start) + m.end(),
                    "left": sentence[max(0, m.start() - width) : m.start()],
                    "match": sentence[m.start() : m.end()],
                    "right": sentence[m.end() : m.end() + width],
                    "sentence_start": int(start),
                }
            )
            if most is not None:
                break
    found = pd.DataFrame(rows, columns=["place", *_PLACE]).astype(
        {**dict.fromkeys(["place", *_OFFSETS], "int64"), **dict.fromkeys(["left", "match", "right"], "str")}
    )
    context = sentences[["article_id", *travels]].iloc[found.pop("place")].reset_index(drop=True)
    return pd.concat([context[["article_id"]], found, context[travels]], axis=1)
