#!/usr/bin/env python3
"""Time and memory of emphasis on a file of articles.

python bench/measure_emphasis.py ARTICLES.jsonl[.gz]            topic shares and distinctive terms
python bench/measure_emphasis.py ARTICLES.jsonl[.gz] --more     pairs of words and names too
python bench/measure_emphasis.py ARTICLES.jsonl[.gz] --model    topic model: 2,000 articles evenly from the
                                                                file, 4 numbers of topics × 20 seeds, 20 refits
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import samestory as ss

MODEL_ARTICLES = 2_000


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read(path: Path) -> pd.DataFrame:
    opened = gzip.open if path.suffix == ".gz" else open
    columns = ("article_id", "outlet", "stance", "text", "story_id")
    with opened(path, "rt", encoding="utf-8") as lines:
        rows = [{k: r[k] for k in columns if k in r} for r in map(json.loads, lines)]
    return pd.DataFrame(rows).dropna(subset=["outlet"]).fillna({"text": ""})


def calls(sentences: pd.DataFrame, *, more: bool) -> dict[str, Callable[[], pd.DataFrame]]:
    by_stance = {"by": "stance", "resamples": 0}
    first = {
        "topic shares, starter codebook": lambda: ss.topic_share(sentences, ss.read_codebook()),
        "terms by stance, 200 rank resamples": lambda: ss.distinctive_terms(sentences, by="stance"),
    }
    further = {
        "terms by stance, no resamples": lambda: ss.distinctive_terms(sentences, **by_stance),
        "pairs of words by stance, top 100": lambda: ss.distinctive_terms(
            sentences, ngrams=2, top=100, **by_stance
        ),
        "words and names by stance": lambda: ss.distinctive_terms(sentences, names=True, **by_stance),
    }
    return first | (further if more else {})


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--more", action="store_true")
    parser.add_argument("--model", action="store_true")
    args = parser.parse_args()
    articles = read(args.articles)
    if args.model:
        articles = articles.iloc[:: max(1, len(articles) // MODEL_ARTICLES)].head(MODEL_ARTICLES)
    start, n = time.perf_counter(), len(articles)
    sentences = ss.split_sentences(articles)
    print(f"{n} articles, {len(sentences)} sentences in {time.perf_counter() - start:.1f} s", flush=True)
    del articles
    steps = (
        {"topic model": lambda: ss.fit_topics(sentences).grid}
        if args.model
        else calls(sentences, more=args.more)
    )
    spent = 0.0
    for name, call in steps.items():
        start, used = time.perf_counter(), time.process_time()
        found = call()
        wall, used = time.perf_counter() - start, time.process_time() - used
        spent += wall
        rows = found.round(3).to_string(index=False) if args.model else f"{len(found)} rows"
        print(f"{name}: {used:.1f} s CPU, {wall:.1f} s wall, peak {peak():.0f} MB; {rows}", flush=True)
    print(f"together {spent:.1f} s wall")


if __name__ == "__main__":
    main()
