#!/usr/bin/env python3
"""Time and memory of topic shares and distinctive terms on a file of articles.

python bench/measure_emphasis.py ARTICLES.jsonl[.gz]
"""

from __future__ import annotations

import gzip
import json
import resource
import sys
import time
from pathlib import Path

import pandas as pd

import samestory as ss


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(path: Path) -> None:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        rows = [
            {k: r.get(k) for k in ("article_id", "outlet", "stance", "text")} for r in map(json.loads, lines)
        ]
    articles = pd.DataFrame(rows).dropna(subset=["outlet"])
    articles["text"] = articles["text"].fillna("")
    start = time.perf_counter()
    sentences = ss.split_sentences(articles)
    print(f"{len(articles)} articles, {len(sentences)} sentences in {time.perf_counter() - start:.1f} s")
    del articles, rows
    print(f"peak so far {peak():.0f} MB")
    for name, call in (
        ("topic_share", lambda: ss.topic_share(sentences, ss.read_codebook())),
        ("terms by stance, 200 resamples", lambda: ss.distinctive_terms(sentences, by="stance")),
        ("terms by stance, no resamples", lambda: ss.distinctive_terms(sentences, by="stance", resamples=0)),
        (
            "bigrams by stance, top 100, no resamples",
            lambda: ss.distinctive_terms(sentences, by="stance", resamples=0, ngrams=2, top=100),
        ),
    ):
        start, used = time.perf_counter(), time.process_time()
        found = call()
        wall, used = time.perf_counter() - start, time.process_time() - used
        print(
            f"{name}: {wall:.1f} s ({used:.1f} s of CPU), {len(found)} rows, peak {peak():.0f} MB", flush=True
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
