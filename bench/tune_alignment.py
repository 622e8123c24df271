#!/usr/bin/env python3
"""Choose the constants of the likeness on silver stories.

    python bench/tune_alignment.py DATA_FOLDER [--confirm]

Two silver tasks: 150 triples of silver_triples.jsonl each, hidden among 4,000 other dated articles of
allsides_18k.jsonl.gz whose dates are shifted by 35 days, so that none can tell a triple's event. Strict F1 over
pairs, as the alignment scorer counts it, for a grid of shares of names and numbers, size power and threshold.
--confirm puts hidden_dev.jsonl.gz beside them: for a look, not for a choice. The clusters are those of
align_stories but for pairs of a likeness below 0.001, which count as 0.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import scipy.sparse as sp
from evaluate_alignment import read
from scipy.cluster import hierarchy
from scipy.sparse import csgraph
from scipy.spatial.distance import squareform
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer

from samestory.stories.background import scaled_by_background
from samestory.stories.likeness import MOST_NEEDED, decay, reach_of
from samestory.stories.linkage import neighbourhoods
from samestory.stories.vectors import BODY_WORDS, _first_words, _weighted, article_vectors

SHIFT, DISTRACTORS, LEAST = pd.Timedelta(days=35), 4000, 0.001
SHARES = ((0.0, 0.0), (0.0, 0.05), (0.1, 0.05), (0.15, 0.0), (0.15, 0.05), (0.15, 0.1), (0.25, 0.05))
POWERS, THRESHOLDS = (0.2, 0.25, 0.3), tuple(np.arange(0.084, 0.1081, 0.004).round(4))


@dataclass(frozen=True)
class Task:
    """Pairs of dated articles with their three likenesses; ``gold`` is the story of each article, -1 for none."""

    gold: np.ndarray
    one: np.ndarray
    other: np.ndarray
    words: np.ndarray
    names: np.ndarray
    numbers: np.ndarray


def silver(folder: Path) -> Iterator[tuple[pd.DataFrame, dict[str, str]]]:
    """Make the two tasks: articles, and the stories of those that have one."""
    articles = read(folder / "allsides_18k.jsonl.gz", dates=True)
    articles = articles[articles["published"].notna()]
    lines = (folder / "silver_triples.jsonl").read_text(encoding="utf-8").splitlines()
    triples = sorted((json.loads(line) for line in lines), key=lambda t: t["triple_id"])
    for half in (0, 1):
        known = {a: t["triple_id"] for t in triples[half::2] for a in t["article_ids"]}
        gold = articles[articles["article_id"].isin(known)]
        rest = articles[~articles["article_id"].isin(known)].sample(DISTRACTORS, random_state=half)
        rest = rest.assign(published=rest["published"] + SHIFT * (1 - 2 * half))
        yield pd.concat([gold, rest], ignore_index=True), known


def bag(bodies: list[str], pattern: str) -> sp.csr_matrix:
    """Weigh the words of a pattern as the body's words are."""
    stop = sorted({form for word in ENGLISH_STOP_WORDS for form in (word.capitalize(), word.upper())})
    counter = CountVectorizer(lowercase=False, stop_words=stop, token_pattern=pattern, dtype=np.float32)
    return _weighted(counter.fit_transform(bodies))


def task(articles: pd.DataFrame, known: dict[str, str]) -> Task:
    """Compare the articles of a task; an undated one (there are few) is left out."""
    articles = articles[articles["published"].notna()].sort_values("published", kind="stable")
    days = ((articles["published"] - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)).to_numpy()
    titles, texts = articles["title"].fillna("").tolist(), articles["text"].tolist()
    words = article_vectors(titles, texts).rows
    # Rows have the length 1, so scaled ones have that of their factor.
    factor = np.sqrt(np.asarray(scaled_by_background(words, days).power(2).sum(axis=1)).ravel())
    bodies = [_first_words(f"{a} {b}", BODY_WORDS) for a, b in zip(titles, texts, strict=True)]
    kinds = (words, bag(bodies, r"\b[A-Z]\w+\b"), bag(bodies, r"\b\d\w+\b"))
    found: list[tuple[np.ndarray, ...]] = []
    for block, chunk in neighbourhoods(days, reach_of(LEAST)):
        near = decay(days[block], days[chunk]) * factor[block][:, None] * factor[chunk][None, :]
        parts = [(rows[block] @ rows[chunk].T).toarray() * near for rows in kinds]
        later = np.arange(block.start, block.stop)[:, None] < np.arange(chunk.start, chunk.stop)[None, :]
        a, b = np.nonzero((sum(parts) >= LEAST) & later)
        found.append((a + block.start, b + chunk.start, *(part[a, b] for part in parts)))
    stories = articles["article_id"].map(known)
    gold = pd.factorize(stories)[0]
    return Task(
        gold,
        *(np.concatenate([part[i] for part in found]) for i in range(5)),
    )


def likeness(task: Task, names: float, numbers: float) -> np.ndarray:
    """Likeness of the pairs with these shares of names and numbers."""
    score = (1 - names - numbers) * task.words + names * task.names + numbers * task.numbers
    return np.asarray(np.minimum(score, 1.0))


def clustered(task: Task, score: np.ndarray, power: float, threshold: float) -> np.ndarray:
    """Cluster by average linkage, component by component."""
    n = len(task.gold)
    matrix = sp.csr_matrix((score, (task.one, task.other)), shape=(n, n))
    linked = score >= threshold
    graph = sp.csr_matrix((score[linked], (task.one[linked], task.other[linked])), shape=(n, n))
    part = csgraph.connected_components(graph, directed=False)[1]
    labels = part.copy()
    order = np.argsort(part, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(part[order])) + 1):
        if len(members) > 2:
            members = np.sort(members)
            inside = matrix[members][:, members].toarray()
            distance = 1.0 - (inside + inside.T)
            np.fill_diagonal(distance, 0.0)
            tree = hierarchy.average(squareform(distance, checks=False))
            need = threshold * np.minimum((tree[:, 3] / 2) ** power, MOST_NEEDED)
            tree[:, 2] = np.where(1 - tree[:, 2] >= need - 1e-12, 0.0, 1.0)
            labels[members] = hierarchy.fcluster(tree, 0.5, criterion="distance") + labels.max()
    return labels


def strict_f1(gold: np.ndarray, labels: np.ndarray) -> float:
    """F1 over pairs with at least one article of a known story."""
    known = pd.DataFrame({"gold": gold, "label": labels})

    def pairs(sizes: pd.Series) -> float:
        return float((sizes * (sizes - 1) / 2).sum())

    told = known[known["gold"] >= 0]
    right = pairs(told.value_counts())
    found = pairs(known["label"].value_counts()) - pairs(known.loc[known["gold"] < 0, "label"].value_counts())
    return 2 * right / (found + pairs(told["gold"].value_counts()))


def main() -> None:
    """Run the grid, and print it as a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--confirm", action="store_true", help="hidden_dev beside the silver tasks")
    args = parser.parse_args()
    tasks = [task(*made) for made in silver(args.folder)]
    if args.confirm:
        path = args.folder / "hidden_dev.jsonl.gz"
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            stories = {a["article_id"]: a["story_id"] for a in map(json.loads, lines) if a["story_id"]}
        tasks.append(task(read(path, dates=True), stories))
    print("names numbers power threshold  silver", " hidden" if args.confirm else "")
    for names, numbers in SHARES:
        scores = [likeness(t, names, numbers) for t in tasks]
        for power, threshold in itertools.product(POWERS, THRESHOLDS):
            f1 = [
                strict_f1(t.gold, clustered(t, score, power, threshold))
                for t, score in zip(tasks, scores, strict=True)
            ]
            after = "".join(f"  {value:.3f}" for value in f1[2:])
            cell = f"{names:5.2f} {numbers:7.2f} {power:5.2f} {threshold:9.3f}"
            print(f"{cell}   {np.mean(f1[:2]):.4f} {after}", flush=True)


if __name__ == "__main__":
    main()
