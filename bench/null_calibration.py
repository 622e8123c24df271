#!/usr/bin/env python3
"""Calibration in the open: how often each method calls a difference where there is none.

    python bench/null_calibration.py SHARED_DATA_FOLDER [--runs 1000] [--parts variance terms means]

Within each drawn story two articles are dealt at random to groups A and B, so that no difference is true:
articles of different outlets on one story (demo corpus, BASIL), or two articles of one outlet (AllSides: the
outlet with most articles, split in halves). Printed are the share of p < .05, the share of intervals that
hold zero, and the same for token-level keyness, which is what the story-level tests are there to replace. The
first table is the variance of the paired over that of the unpaired estimate between the outlets of BASIL.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

import samestory as ss
from samestory.comparison.inference import estimate_difference
from samestory.measures.terms import dunning, log_odds
from samestory.measures.terms.counting import Counts, count_terms
from samestory.measures.terms.evidence import article_test, story_differences, story_test

SIZES = (3, 6, 12, 20, 50)
G2_AT_05, Z_AT_05 = 3.841459, 1.959964
SPARE_MEANS = 4  # beyond 40 stories the test draws 99,999 patterns
SPARE = 40  # one draw of terms tests hundreds of words, so fewer draws are needed


@dataclass(frozen=True)
class Corpus:
    """Article-level values and counts, and the articles of each story that can be dealt."""

    name: str
    tone: np.ndarray
    topics: np.ndarray
    counts: Counts
    stories: list[np.ndarray]
    pool: bool  # the stories are pairs of one outlet, drawn anew each time


def measured(name: str, articles: pd.DataFrame, *, pool: bool) -> Corpus:
    sentences = ss.split_sentences(articles)
    scores = ss.score_sentiment(sentences)
    ids = sorted(sentences["article_id"].unique())
    tone = scores.groupby("article_id")["compound"].mean().reindex(ids).to_numpy()
    shares = ss.topic_share(sentences, ss.read_codebook())
    topics = shares.pivot(index="article_id", columns="topic", values="share").reindex(ids).to_numpy()
    one = sentences.assign(side="all")
    counts = count_terms(one, by="side", ngrams=1, min_count=5, min_articles=3, exclude=set())
    place = {a: i for i, a in enumerate(ids)}
    groups = articles[articles["article_id"].isin(ids)].groupby("story_id")["article_id"]
    stories = [np.array([place[a] for a in g]) for _, g in groups if len(g) > 1]
    return Corpus(name, tone, topics, counts, [np.arange(len(ids))] if pool else stories, pool)


def deal(corpus: Corpus, n: int, rng: np.random.Generator) -> np.ndarray | None:
    """Deal n stories: an array of n × 2 articles, A first."""
    if corpus.pool:
        return rng.permutation(corpus.stories[0])[: 2 * n].reshape(n, 2)
    if n > len(corpus.stories):
        return None
    chosen = rng.choice(len(corpus.stories), n, replace=False)
    return np.array([rng.permutation(corpus.stories[i])[:2] for i in chosen])


def estimates(values: np.ndarray, dealt: np.ndarray, seed: int) -> dict[str, object] | None:
    """One row of the engine; nothing where the measure is the same in every article dealt."""
    pairs = pd.DataFrame({"group_mean": values[dealt[:, 0]], "reference_mean": values[dealt[:, 1]]})
    pairs["difference"] = pairs["group_mean"] - pairs["reference_mean"]
    if not pairs["difference"].any():
        return None
    return estimate_difference(pairs, level=0.95, seed=[seed], stance=False)


def share(values: list[bool]) -> str:
    return f"{np.mean(values):.3f}" if values else "–"


def paired(corpus: Corpus, n: int, runs: int, seed: int) -> list[list[str]]:
    rng, out = np.random.default_rng([seed, n]), []
    columns = {"tone": corpus.tone[:, None], "topic shares": corpus.topics}
    for measure, values in columns.items():
        found: dict[str, list[bool]] = {k: [] for k in ("exact", "mid", "t", "held", "bootstrap")}
        for run in range(max(1, (runs if n < 50 else runs // SPARE_MEANS) // values.shape[1])):
            dealt = deal(corpus, n, rng)
            if dealt is None:
                return []
            for column in values.T:
                row = estimates(column, dealt, run)
                if row is None:
                    continue
                found["held"].append(bool(row["low"] <= 0 <= row["high"]))
                if "p" in row:
                    found["exact"].append(bool(row["p"] < 0.05))
                    found["mid"].append(bool(row["p_mid"] < 0.05))
                    found["t"].append(not found["held"][-1])
                if "bootstrap_low" in row:
                    found["bootstrap"].append(bool(row["bootstrap_low"] <= 0 <= row["bootstrap_high"]))
        sizes = [str(n), str(len(found["held"])), str(len(found["exact"]))]
        out.append([corpus.name, measure, *sizes, *(share(found[k]) for k in found)])
    return out


def terms(corpus: Corpus, n: int, runs: int, seed: int) -> list[str] | None:
    rng = np.random.default_rng([seed, n, 1])
    found: dict[str, list[float]] = {k: [] for k in ("stories", "common", "articles", "G2", "z")}
    tested = 0
    for _ in range(max(20, runs // SPARE)):
        dealt = deal(corpus, n, rng)
        if dealt is None:
            return None
        units = pd.DataFrame(
            {"group": ["A"] * n + ["B"] * n, "story": [f"s{i:03d}" for i in range(n)] * 2}, dtype="str"
        )
        rows = dealt.T.ravel()
        matrix = corpus.counts.matrix[rows]
        keep = np.flatnonzero(
            (np.asarray(matrix.sum(axis=0)).ravel() >= 5)
            & (np.asarray((matrix > 0).sum(axis=0)).ravel() >= 3)
        )
        counts = Counts(
            corpus.counts.terms[keep],
            matrix[:, keep],
            units,
            corpus.counts.words[rows],
            corpus.counts.totals[rows],
        )
        own = np.asarray(counts.matrix[:n].sum(axis=0), dtype=float).ravel()
        other, a, b = counts.pooled - own, counts.totals[:n].sum(), counts.totals[n:].sum()
        prior = 1000.0 * counts.pooled / (a + b)
        value, error = log_odds(own, other, prior, totals=(a, b, 1000.0))
        found["G2"] += (dunning(own, a, other, b) > G2_AT_05).tolist()
        found["z"] += (np.abs(value / error) > Z_AT_05).tolist()
        p = article_test(counts, "A")
        found["articles"] += (p[~np.isnan(p)] < 0.05).tolist()
        p = story_test(story_differences(counts, "A"))[1]
        found["stories"] += (p[~np.isnan(p)] < 0.05).tolist()
        common = np.asarray((counts.matrix > 0).sum(axis=0)).ravel() >= n
        found["common"] += (p[common & ~np.isnan(p)] < 0.05).tolist()
        tested += keep.size
    cells = [share(found[k]) for k in ("stories", "common", "articles", "G2", "z")]
    return [corpus.name, str(n), str(tested), *cells]


def print_table(head: list[str], rows: Iterable[list[str]]) -> None:
    """Print row by row: a long run shows how far it is."""
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)
    print(flush=True)


def demo() -> pd.DataFrame:
    key = ss.demo_corpus() / "key"
    with (key / "stories.csv").open(encoding="utf-8", newline="") as file:
        story = {r["article_id"]: r["story_id"] for r in csv.DictReader(file)}
    with (key / "reprints.csv").open(encoding="utf-8", newline="") as file:
        reprints = {r["article_id"] for r in csv.DictReader(file)}
    articles = ss.clean_articles(ss.read_corpus(ss.demo_corpus()))
    articles = articles[~articles["article_id"].isin(reprints)].reset_index(drop=True)
    return articles.assign(story_id=articles["article_id"].map(story))


def jsonl(path: Path) -> pd.DataFrame:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        frame = pd.DataFrame([json.loads(line) for line in lines])
    return frame[[c for c in ("article_id", "outlet", "title", "text", "story_id") if c in frame.columns]]


def variances(articles: pd.DataFrame) -> list[list[str]]:
    sentences = ss.label_voice(ss.split_sentences(articles), ss.find_quotes(articles))
    scores = ss.score_sentiment(sentences)
    shares = ss.topic_share(sentences, ss.read_codebook())
    words = scores.assign(words=scores["text"].str.split().map(len))
    totals = words.groupby(["article_id", "outlet", "story_id"], as_index=False)["words"].sum()
    measures = [
        ("tone, all sentences", scores, "compound"),
        ("tone, own voice", scores[scores["voice"] == "own"], "compound"),
        ("share of quoted voice", scores, "quoted_share"),
        *((f"emphasis, {t}", shares[shares["topic"] == t], "share") for t in ("economy", "security")),
        ("words", totals, "words"),
    ]
    rows = []
    for name, table, column in measures:
        pairs = ss.pair_stories(table, column)
        ratios = []
        for one, other in combinations(sorted(articles["outlet"].unique()), 2):
            part = pairs[(pairs["group"] == one) & (pairs["reference"] == other)]
            apart = part["group_mean"].var() + part["reference_mean"].var()
            ratios.append(part["difference"].var() / apart)
        rows.append([name, str(len(part)), *(f"{r:.2f}" for r in ratios), f"{np.mean(ratios):.2f}"])
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--parts", nargs="+", default=["variance", "terms", "means"])
    args = parser.parse_args()
    basil = jsonl(args.shared / "alignment" / "basil_dev.jsonl.gz")
    outlets = sorted(basil["outlet"].unique())
    head = ["measure", "stories", *(f"{a} v {b}" for a, b in combinations(outlets, 2)), "mean"]
    if "variance" in args.parts:
        print_table(head, variances(basil))
    many = jsonl(args.shared / "alignment" / "allsides_18k.jsonl.gz")
    many = many[many["outlet"] == many["outlet"].value_counts().index[0]].fillna({"text": ""})
    corpora = [
        measured("demo", demo(), pool=False),
        measured("BASIL dev", basil, pool=False),
        measured("AllSides halves", many.assign(story_id="one").reset_index(drop=True), pool=True),
    ]
    runs = [(c, n) for n in SIZES for c in corpora]
    print_table(
        ["corpus", "stories", "words", "paired on stories", "common words", "Welch on articles", "G²", "z"],
        (row for c, n in runs if "terms" in args.parts and (row := terms(c, n, args.runs, args.seed))),
    )
    head = ["corpus", "measure", "stories", "draws", "tested", "exact p < .05", "mid-p < .05", "t test"]
    head += ["t interval holds 0", "bootstrap holds 0"]
    print_table(
        head, (row for c, n in runs if "means" in args.parts for row in paired(c, n, args.runs, args.seed))
    )


if __name__ == "__main__":
    main()
