"""The words that set outlets apart, summed over the batches, and the lines in which the foremost stand."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from samestory import text
from samestory.measures.terms import no_terms
from samestory.measures.terms.by_article import sum_words
from samestory.measures.terms.concordance import foremost, lines_of
from samestory.measures.terms.function_words import function_words
from samestory.measures.terms.weighing import weigh
from samestory.study.batches.memory import give_back
from samestory.study.batches.parted import part_of
from samestory.study.batches.pieces import Pieces

__all__ = ["terms_of"]

#: What terms are shown with.
_OF_SENTENCES = ["article_id", "start", "end", "text", "outlet", "story_id", "voice"]
_MOST_LINES = 20


def terms_of(words: Pieces, scores: Pieces, articles: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Weigh the words of the outlets, and show the foremost ones in their lines.

    Parameters
    ----------
    words : Pieces
        The words of each article (:func:`~samestory.measures.terms.by_article.article_words`).
    scores : Pieces
        The sentences; only those of articles that are shown are read.
    articles : DataFrame
        ``article_id``, ``outlet`` and ``story_id`` of the articles measured.

    Yields
    ------
    (str, DataFrame)
        Names and tables: the parts of ``terms``, as :func:`samestory.distinctive_terms` gives it, one for
        each outlet, and ``term_lines``.
    """
    names = {w for outlet in articles["outlet"].dropna().unique() for w in text.words(outlet)}
    counts = sum_words(
        words.each,
        articles.rename(columns={"outlet": "group", "story_id": "story"}),
        min_count=5,
        min_articles=3,
        unlisted=names | function_words(),
    )
    give_back()  # what it took to count
    ahead: dict[str, list[str]] = {}
    for number, frame in enumerate(weigh(counts, sorted(counts.units["group"].unique()))):
        yield part_of("terms", number), frame
        ahead[frame["outlet"].iloc[0]] = foremost(frame)
    if not ahead:
        yield "terms", no_terms("outlet")
    holders = {
        (outlet, term): counts.holders(term, outlet, _MOST_LINES)
        for outlet, mine in ahead.items()
        for term in mine
    }
    del counts
    shown = scores.of_articles(sorted({a for some in holders.values() for a in some}), _OF_SENTENCES)
    yield "term_lines", lines_of(shown, ahead, holders=holders, most_lines=_MOST_LINES)
