"""The language of each article: the measures read English, so other articles are marked and counted."""

from __future__ import annotations

import pandas as pd

from samestory import tables
from samestory.text import words

__all__ = ["mark_language"]

# The commonest words of English, about half of any running text in it.
_ENGLISH = frozenset(
    "the of and to a in that is was for it with as his on be at by had not are but from or have an they "
    "which you were her she there would their been has when who will no more said "
    "what about into than them".split()
)
_SURELY = 0.3  # share of them from which on a text is English, whatever names it holds
_READ = 2_000  # characters of a text that are looked at
_FEWEST = 40  # letters below which nobody can tell


def mark_language(articles: pd.DataFrame) -> pd.DataFrame:
    """Say in which language each article is, and flag those that are not in English.

    Parameters
    ----------
    articles : DataFrame
        Articles table. A ``language`` that is given there is taken as it stands.

    Returns
    -------
    DataFrame
        The articles with ``language`` (ISO 639-1; missing for a text of fewer than 40 letters) and the flag
        ``not_english``. Such articles are aligned with the others and in no measure.

    Raises
    ------
    TableError
        ``articles`` is not an articles table.

    Notes
    -----
    A text of whose words 30 % are among the commonest of English is English; any other is given to py3langid
    [1]_, which needs no network. Only the first 2,000 characters are read.

    References
    ----------
    .. [1] Lui, M., & Baldwin, T. (2012). langid.py: an off-the-shelf language identification tool.
       Proceedings of the ACL 2012 System Demonstrations, 25-30. py3langid is its maintained fork (BSD).

    Examples
    --------
    >>> texts = ["The ferry left the harbour at noon, and the crews said that they would not be back.",
    ...          "Die Fähre hat den Hafen am Mittag verlassen, und die Mannschaft kommt nicht zurück."]
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": "Herald", "text": texts})
    >>> mark_language(articles)[["language", "flags"]].to_numpy().tolist()
    [['en', ''], ['de', 'not_english']]
    """
    tables.check(articles, tables.ARTICLES)
    given = (
        articles["language"].astype("str")
        if "language" in articles.columns
        else pd.Series(None, index=articles.index, dtype="str")
    )
    found = [
        known.strip().lower() if isinstance(known, str) and known.strip() else _language(text)
        for known, text in zip(given, articles["text"], strict=True)
    ]
    language = pd.Series(found, index=articles.index, dtype="str")
    other = language.notna() & ~language.str.match(r"en\b", na=False)
    return tables.check(
        tables.add_flag(articles.assign(language=language), other, "not_english"), tables.ARTICLES
    )


def _language(text: str) -> str | None:
    start = text[:_READ]
    if sum(map(str.isalpha, start)) < _FEWEST:
        return None
    found = words(start)
    if sum(w in _ENGLISH for w in found) >= _SURELY * len(found):
        return "en"
    from py3langid import classify  # its model takes a second to load, and English corpora never need it

    return str(classify(start)[0])
