"""A topic model that says how far it can be trusted: NMF on TF-IDF, many seeds, resampled stories.

What comes out are topics, words that occur together; they are no frames, and a person has to read them. A
model is fitted with many seeds for each number of topics; how well the runs agree is part of the result, and
the run that agrees best with all others (the medoid) is the one that is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from samestory import tables
from samestory.errors import CorpusError, OptionError
from samestory.measures.topic_model.agreement import coherence, matched, medoid, pairwise_agreement
from samestory.measures.topic_model.fitting import Fit, Weights, fit, resampled, weighted_words

__all__ = ["MIN_ARTICLES", "TopicModel", "fit_topics", "intrusion_sheet"]

MIN_ARTICLES = 100
_TRAVELS = ("outlet", "stance", "story_id", "reprint_of")


@dataclass(frozen=True, eq=False)
class TopicModel:
    """The result of :func:`fit_topics`.

    Attributes
    ----------
    grid : DataFrame
        One row per number of topics tried: ``n_topics``, ``agreement`` (mean share of top words that two runs
        with other seeds have in common, topics matched one to one), ``coherence``, ``not_converged`` (share
        of the runs), ``chosen``.
    topics : DataFrame
        One row per topic and top word: ``topic``, ``place``, ``term``, ``weight``; ``agreement`` is the
        topic's mean overlap with its match in the resampled runs, ``coherence`` its mean normalised PMI.
    prevalence : DataFrame
        One row per article and topic: ``share`` (of the article's topic weights, adding up to 1), with outlet
        and story; a measure for :func:`samestory.compare_groups`.
    refits : DataFrame
        The same for every run on resampled stories (``run``), topics matched to those shown, with how often
        the article's story was drawn (``drawn``): :func:`samestory.compare_topics` puts the model's own
        uncertainty into the interval of a difference.
    """

    grid: pd.DataFrame
    topics: pd.DataFrame
    prevalence: pd.DataFrame
    refits: pd.DataFrame


def fit_topics(
    sentences: pd.DataFrame,
    *,
    n_topics: Sequence[int] = (5, 10, 15, 20),
    seeds: int = 20,
    resamples: int = 20,
    top: int = 10,
    min_articles: int = 5,
    seed: int = 2026,
) -> TopicModel:
    """Fit topics to articles, and say how stable they are.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table of at least 100 articles.
    n_topics : sequence of int, default (5, 10, 15, 20)
        Numbers of topics to try; the one whose runs agree best is chosen, the smaller one of equals.
    seeds : int, default 20
        Runs for each number of topics.
    resamples : int, default 20
        Runs on stories drawn with replacement (on articles where no story is known).
    top : int, default 10
        Words that stand for a topic.
    min_articles : int, default 5
        Articles that a word must occur in; words of more than half of the articles are left out too.
    seed : int, default 2026
        First of the seeds.

    Returns
    -------
    TopicModel
        Tables ``grid``, ``topics``, ``prevalence`` and ``refits``.

    Raises
    ------
    CorpusError
        Fewer than 100 articles, or too few words.
    OptionError
        An option cannot be used.

    Notes
    -----
    Non-negative matrix factorisation of TF-IDF weights [1]_, scikit-learn's coordinate descent. Runs are
    matched by the assignment that maximises the overlap of top words (Hungarian method) [2]_.

    References
    ----------
    .. [1] Lee, D. D., & Seung, H. S. (1999). Learning the parts of objects by non-negative matrix
       factorization. Nature, 401, 788-791.
    .. [2] Greene, D., O'Callaghan, D., & Cunningham, P. (2014). How many topics? Stability analysis for topic
       models. ECML PKDD, 498-513.
    """
    tables.check(sentences, tables.SENTENCES)
    if seeds < 2 or resamples < 0 or top < 2 or not n_topics or min(n_topics) < 2:
        raise OptionError("needed are seeds ≥ 2, resamples ≥ 0, top ≥ 2 and numbers of topics ≥ 2")
    found = sentences["article_id"].nunique()
    if found < MIN_ARTICLES:
        raise CorpusError(
            f"a topic model needs at least {MIN_ARTICLES} articles, {found} were found",
            hint="use a codebook (topic_share), which does not have to learn its topics",
        )
    weights = weighted_words(sentences, min_articles=min_articles)
    if weights.matrix.shape[1] < max(n_topics) + top:
        raise CorpusError(f"{weights.matrix.shape[1]} words in enough articles are too few for topics")
    tried = {k: [fit(weights, k, seed + i, top) for i in range(seeds)] for k in sorted(set(n_topics))}
    grid = pd.DataFrame([_grid_row(weights, k, runs) for k, runs in tried.items()])
    grid = grid.assign(chosen=grid.index == grid["agreement"].idxmax())
    runs = tried[int(grid.loc[grid["chosen"], "n_topics"].iloc[0])]
    shown = runs[medoid([r.top for r in runs])]
    refitted = [_refit(weights, shown, seed + i, top) for i in range(resamples)]
    agreement = np.mean([a for a, _, _ in refitted], axis=0) if refitted else np.full(len(shown.top), np.nan)
    refits = [
        _prevalence(weights, s, sentences).assign(run=i).join(n.rename("drawn"), on="article_id")
        for i, (_, s, n) in enumerate(refitted)
    ]
    return TopicModel(
        grid=grid,
        topics=_topics(weights, shown, agreement),
        prevalence=_prevalence(weights, shown.shares, sentences),
        refits=pd.concat(refits, ignore_index=True) if refits else pd.DataFrame({"run": [], "drawn": []}),
    )


def _grid_row(weights: Weights, k: int, runs: list[Fit]) -> dict[str, object]:
    return {
        "n_topics": k,
        "agreement": pairwise_agreement([r.top for r in runs]),
        "coherence": float(np.mean([coherence(weights.present, t) for r in runs for t in r.top])),
        "not_converged": float(np.mean([not r.converged for r in runs])),
    }


def _refit(
    weights: Weights, shown: Fit, seed: int, top: int
) -> tuple[np.ndarray, np.ndarray, pd.Series[int]]:
    """Fit on resampled stories: overlap with each topic shown, all articles' shares, and who was drawn."""
    rows, times = resampled(weights, seed)
    again = fit(weights, len(shown.top), seed, top, rows=rows)
    order, overlap = matched(shown.top, again.top)
    return overlap, again.shares[:, order], pd.Series(times, index=weights.articles)


def _topics(weights: Weights, shown: Fit, agreement: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "topic": f"topic {k + 1:02d}",
                "place": place,
                "term": weights.terms[term],
                "weight": shown.words[k, term],
                "agreement": agreement[k],
                "coherence": coherence(weights.present, terms),
            }
            for k, terms in enumerate(shown.top)
            for place, term in enumerate(terms, 1)
        ]
    )


def _prevalence(weights: Weights, shares: np.ndarray, sentences: pd.DataFrame) -> pd.DataFrame:
    travels = [c for c in _TRAVELS if c in sentences.columns]
    first = sentences.drop_duplicates("article_id").set_index("article_id")[travels]
    wide = pd.DataFrame(
        shares.astype("float64"),
        index=weights.articles,
        columns=[f"topic {k + 1:02d}" for k in range(shares.shape[1])],
    )
    long = (
        wide.rename_axis("article_id").reset_index().melt("article_id", var_name="topic", value_name="share")
    )
    return long.join(first, on="article_id").sort_values(["topic", "article_id"], ignore_index=True)


def intrusion_sheet(model: TopicModel, *, words: int = 5, seed: int = 2026) -> pd.DataFrame:
    """Make a sheet for people to check the topics by finding the word that does not belong.

    Parameters
    ----------
    model : TopicModel
        As :func:`fit_topics` returns it.
    words : int, default 5
        Top words of the topic to show beside the intruder.
    seed : int, default 2026
        Seed of the order and of the intruders.

    Returns
    -------
    DataFrame
        One row per topic: ``topic``, ``words`` (shuffled, joined by a comma) and ``intruder``, a top word of
        another topic. Hide the last column from those who answer; a topic is coherent to people when they
        find the intruder.

    References
    ----------
    Chang, J., et al. (2009). Reading tea leaves: How humans interpret topic models. NeurIPS 22.
    """
    rng = np.random.default_rng(seed)
    lists = {t: part.sort_values("place")["term"].tolist() for t, part in model.topics.groupby("topic")}
    rows = []
    for topic, terms in lists.items():
        others = sorted({w for t, ws in lists.items() if t != topic for w in ws[:words]} - set(terms))
        if not others:
            continue
        intruder = str(rng.choice(others))
        shown = [str(w) for w in rng.permutation([*terms[:words], intruder])]
        rows.append({"topic": topic, "words": ", ".join(shown), "intruder": intruder})
    return pd.DataFrame(rows, columns=["topic", "words", "intruder"])
