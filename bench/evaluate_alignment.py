#!/usr/bin/env python3
"""Align a file of articles and write the stories for scoring; print time and memory.

    python bench/evaluate_alignment.py ARTICLES.jsonl[.gz] PREDICTED.csv [--no-dates] [--first N]
                                       [--embeddings MODEL_FOLDER]

For time and memory at a fixed daily rate, --first N takes the first N dated articles by date: a shorter
time, as many articles a day. Without it, undated articles are there too. PREDICTED gets the columns article_id and story_id. A story_id in ARTICLES is not looked at.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import time
from pathlib import Path

import pandas as pd

from samestory.stories import align_stories


def read(path: Path, *, dates: bool) -> pd.DataFrame:
    """Read articles, one JSON object a line; dates that pandas cannot hold count as unknown."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        frame = pd.DataFrame([json.loads(line) for line in lines])
    published = pd.to_datetime(frame["published"], utc=True, errors="coerce", format="ISO8601")
    kept = frame[["article_id", "outlet", "title", "text"]]
    return kept.assign(published=published.astype("datetime64[us, UTC]")) if dates else kept


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--no-dates", action="store_true")
    parser.add_argument("--first", type=int, help="only so many articles, the first by date")
    parser.add_argument("--embeddings", type=Path, help="folder of a sentence-transformers model")
    args = parser.parse_args()
    articles = read(args.gold, dates=not args.no_dates)
    if args.first:
        dated = articles[articles["published"].notna()]
        articles = dated.sort_values(["published", "article_id"])[: args.first]
    start, busy = time.perf_counter(), time.process_time()
    aligned = align_stories(articles, embeddings=args.embeddings)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    aligned[["article_id", "story_id"]].to_csv(args.out, index=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sizes = aligned["story_id"].value_counts()
    print(f"{len(aligned)} articles, {len(sizes)} stories, the largest of {sizes.max()} articles")
    print(f"{seconds:.1f} s, {busy:.1f} s of processor time, peak memory of the process {peak:.0f} MB")


if __name__ == "__main__":
    main()
