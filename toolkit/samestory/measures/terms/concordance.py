"""Concordance: every place where a term stands, with the words around it."""

from __future__ import annotations

import pandas as pd

from samestory import tables, text
from samestory.errors import OptionError

__all__ = ["keyword_in_context"]


def keyword_in_context(sentences: pd.DataFrame, term: str, *, width: int = 60) -> pd.DataFrame:
    """List every place where a term stands: the sentences behind a count.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table.
    term : str
        A word, a word with ``*`` for any run of letters, or a phrase; case and typography do not count.
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
    if width < 0:
        raise OptionError(f"width is a number of characters; {width} was found")
    pattern = text.term_pattern([term])
    travels = [c for c in ("outlet", "story_id", "voice") if c in sentences.columns]
    rows = []
    for place, (sentence, start) in enumerate(zip(sentences["text"], sentences["start"], strict=True)):
        for m in pattern.finditer(text.normalise_typography(sentence).lower()):
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
    columns = ["place", "start", "end", "left", "match", "right", "sentence_start"]
    found = pd.DataFrame(rows, columns=columns).astype(
        {
            **dict.fromkeys(["place", "start", "end", "sentence_start"], "int64"),
            **dict.fromkeys(columns[3:6], "str"),
        }
    )
    context = sentences[["article_id", *travels]].iloc[found.pop("place")].reset_index(drop=True)
    out = pd.concat([context[["article_id"]], found, context[travels]], axis=1)
    return out.sort_values(["article_id", "start"], ignore_index=True)
