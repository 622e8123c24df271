"""Sentiment towards an actor: not how positive a sentence is, but what it says about one mentioned in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, Protocol

import numpy as np
import pandas as pd

from samestory import tables
from samestory.errors import OptionError
from samestory.measures.sentiment.language import foreign_sentences
from samestory.measures.sentiment.news import mask_news
from samestory.measures.sentiment.scoring import engine
from samestory.measures.sentiment.target_model import load_model
from samestory.text import normalise_typography

__all__ = ["TargetScorer", "score_targets"]

_CUT = 0.05  # VADER's own: what is between -.05 and .05 is neutral
_OFF = 1e-3  # how far from 1 probabilities may add up


class TargetScorer(Protocol):
    """What a model must do: give probabilities for the mention at ``sentence[start:end]``.

    A neural model from one's own environment is a function of these three arguments; nothing else is asked
    of it.
    """

    def __call__(self, sentence: str, start: int, end: int) -> tuple[float, float, float]:
        """Return the probabilities that the sentence is negative, neutral, positive towards the mention."""


def _lexicon_only(sentence: str, start: int, end: int) -> tuple[float, float, float]:
    """Judge by VADER's score of the whole sentence, names of the news masked."""
    compound = engine(None).polarity_scores(mask_news(normalise_typography(sentence)))["compound"]
    return float(compound <= -_CUT), float(-_CUT < compound < _CUT), float(compound >= _CUT)


def score_targets(
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    model: Literal["linear", "lexicon"] | TargetScorer = "linear",
) -> pd.DataFrame:
    """Score the sentiment of sentences towards the actors they mention.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table.
    mentions : DataFrame
        Mentions table; see :func:`samestory.find_mentions`.
    model : {"linear", "lexicon"} or callable
        "linear" is the model that comes with the toolkit (``models/targets.md`` is its card). "lexicon" takes
        VADER's score of the sentence, whoever is mentioned, with names of the news masked; its probabilities
        are 0 or 1. A callable ``score(sentence, start, end)``
        returns the probabilities ``(neg, neu, pos)`` for the mention at ``sentence[start:end]``.

    Returns
    -------
    DataFrame
        Targets table: the mentions, same rows and order, with ``polarity`` (-1, 0, 1), the likeliest class,
        and ``neg``, ``neu``, ``pos``, probabilities that add up to 1. A mention outside all sentences, or in
        one that is not English, has missing scores, and ``not_scored`` says why.

    Raises
    ------
    TableError
        A table is not what it should be.
    OptionError
        ``model`` is none of these, or what it returns are no probabilities.

    Notes
    -----
    The task and the labels the model learned from are those of NewsMTSC [1]_. A mention's polarity is what
    the sentence implies about the actor, whoever says it: take the voice of the sentence into account.

    References
    ----------
    .. [1] Hamborg, F., & Donnay, K. (2021). NewsMTSC: A dataset for (multi-)target-dependent sentiment
       classification in political news articles. Proceedings of EACL, 1663-1675.

    Examples
    --------
    >>> text = "Critics called Ada Orlan a corrupt liar."
    >>> sentences = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [40], "text": [text]})
    >>> mentions = pd.DataFrame({"article_id": ["a"], "start": [15], "end": [24], "actor": ["Ada Orlan"]})
    >>> score_targets(sentences, mentions)["polarity"].tolist()
    [-1]
    """
    tables.check(sentences, tables.SENTENCES)
    tables.check(_once(mentions), tables.MENTIONS)
    score = _scorer(model)
    foreign = foreign_sentences(sentences["article_id"].tolist(), sentences["text"].tolist())
    rows: list[tuple[object, ...]] = []
    for place, start, end in _places(sentences, mentions):
        if place is None or foreign[place]:
            rows.append((pd.NA, np.nan, np.nan, np.nan, "no_sentence" if place is None else "not_english"))
        else:
            rows.append((*_scored(score, sentences["text"].iloc[place], start, end), None))
    out = pd.DataFrame(rows, columns=["polarity", "neg", "neu", "pos", "not_scored"], index=mentions.index)
    types = {"polarity": "Int64", "neg": "float64", "neu": "float64", "pos": "float64", "not_scored": "str"}
    out = out.astype(types)
    out = mentions.assign(**{c: out[c] for c in types})
    tables.check(_once(out), tables.TARGETS)
    return out


def _once(mentions: pd.DataFrame) -> pd.DataFrame:
    """Leave out repeated mentions for a check; each of them gets its score."""
    key = list(tables.MENTIONS.key)
    known = isinstance(mentions, pd.DataFrame) and set(key) <= set(mentions.columns)
    return mentions.drop_duplicates(key) if known else mentions


def _scorer(model: object) -> Callable[[str, int, int], tuple[float, float, float]]:
    if model == "linear":
        return load_model()
    if model == "lexicon":
        return _lexicon_only
    if callable(model):
        return model
    raise OptionError(f"model is 'linear', 'lexicon' or score(sentence, start, end); {model!r} was found")


def _places(sentences: pd.DataFrame, mentions: pd.DataFrame) -> Iterator[tuple[int | None, int, int]]:
    """Yield the row of the sentence in which each mention begins, and its offsets there."""
    starts: dict[str, list[tuple[int, int]]] = {}
    for row, (article, start) in enumerate(zip(sentences["article_id"], sentences["start"], strict=True)):
        starts.setdefault(article, []).append((int(start), row))
    ordered = {article: sorted(pairs) for article, pairs in starts.items()}
    lengths = sentences["text"].str.len().tolist()
    for article, start, end in zip(mentions["article_id"], mentions["start"], mentions["end"], strict=True):
        pairs = ordered.get(article, [])
        at = int(np.searchsorted([s for s, _ in pairs], start, side="right")) - 1
        first, row = pairs[at] if at >= 0 else (0, -1)
        inside = row >= 0 and 0 <= start - first < lengths[row] and end > start
        yield (row, int(start) - first, min(int(end) - first, lengths[row])) if inside else (None, 0, 0)


def _scored(
    score: Callable[[str, int, int], tuple[float, float, float]], sentence: str, start: int, end: int
) -> tuple[int, float, float, float]:
    try:
        neg, neu, pos = map(float, score(sentence, start, end))
    except (TypeError, ValueError) as error:
        raise OptionError(f"a model returns three numbers (neg, neu, pos): {error}") from error
    if not (min(neg, neu, pos) >= -_OFF and abs(neg + neu + pos - 1) <= _OFF):
        raise OptionError(
            f"the model returned {neg}, {neu}, {pos} for '{sentence[:60]}'",
            hint="return probabilities (neg, neu, pos) that add up to 1",
        )
    # A tie goes to neutral, which claims least.
    polarity = 0 if neu >= max(neg, pos) else -1 if neg > pos else 1 if pos > neg else 0
    return polarity, neg, neu, pos
