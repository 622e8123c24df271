"""Articles of which nothing true can be said: two of each story, dealt at random to groups A and B."""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

import samestory as ss
from samestory.measures.terms.counting import Counts, count_terms

CORPORA = ("demo", "BASIL dev", "AllSides halves")


@dataclass(frozen=True)
class Corpus:
    """Article-level values and counts, and the articles of each story that can be dealt."""

    name: str
    tone: np.ndarray
    topics: np.ndarray
    counts: Counts
    stories: list[np.ndarray]
    pool: bool  # the stories are pairs of one outlet, drawn anew each time

    def deal(self, n: int, run: int, seed: int) -> np.ndarray | None:
        """Deal n stories: an array of n × 2 articles, A first; the same for the same run in any company."""
        rng = np.random.default_rng([seed, zlib.crc32(self.name.encode()), n, run])
        if self.pool:
            return rng.permutation(self.stories[0])[: 2 * n].reshape(n, 2)
        if n > len(self.stories):
            return None
        chosen = rng.choice(len(self.stories), n, replace=False)
        return np.array([rng.permutation(self.stories[i])[:2] for i in chosen])


def read_corpus(name: str, shared: Path) -> Corpus:
    """Read and measure one of the three corpora."""
    if name == "demo":
        return _measured(name, _demo(), pool=False)
    if name == "BASIL dev":
        return _measured(name, read_articles(shared / "alignment" / "basil_dev.jsonl.gz"), pool=False)
    many = read_articles(shared / "alignment" / "allsides_18k.jsonl.gz")
    many = many[many["outlet"] == many["outlet"].value_counts().index[0]].fillna({"text": ""})
    return _measured(name, many.assign(story_id="one").reset_index(drop=True), pool=True)


def read_articles(path: Path) -> pd.DataFrame:
    """Read the articles of a .jsonl.gz file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        frame = pd.DataFrame([json.loads(line) for line in lines])
    return frame[[c for c in ("article_id", "outlet", "title", "text", "story_id") if c in frame.columns]]


def _demo() -> pd.DataFrame:
    key = ss.demo_corpus() / "key"
    with (key / "stories.csv").open(encoding="utf-8", newline="") as file:
        story = {r["article_id"]: r["story_id"] for r in csv.DictReader(file)}
    with (key / "reprints.csv").open(encoding="utf-8", newline="") as file:
        reprints = {r["article_id"] for r in csv.DictReader(file)}
    articles = ss.clean_articles(ss.read_corpus(ss.demo_corpus()))
    articles = articles[~articles["article_id"].isin(reprints)].reset_index(drop=True)
    return articles.assign(story_id=articles["article_id"].map(story))


def _measured(name: str, articles: pd.DataFrame, *, pool: bool) -> Corpus:
    sentences = ss.split_sentences(articles)
    scores = ss.score_sentiment(sentences)
    ids = sorted(sentences["article_id"].unique())
    tone = scores.groupby("article_id")["compound"].mean().reindex(ids).to_numpy()
    shares = ss.topic_share(sentences, ss.read_codebook())
    topics = shares.pivot(index="article_id", columns="topic", values="share").reindex(ids).to_numpy()
    one = sentences.assign(side="all")
    counts = count_terms(one, by="side", ngrams=1, min_count=5, min_articles=3, unlisted=set())
    place = {a: i for i, a in enumerate(ids)}
    groups = articles[articles["article_id"].isin(ids)].groupby("story_id")["article_id"]
    stories = [np.array([place[a] for a in g]) for _, g in groups if len(g) > 1]
    return Corpus(name, tone, topics, counts, [np.arange(len(ids))] if pool else stories, pool)
