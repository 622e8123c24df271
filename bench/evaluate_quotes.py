"""Write the attributions that ``find_quotes`` finds, in the form of a gold file, for a scorer.

    python bench/evaluate_quotes.py GOLD.jsonl[.gz] PREDICTED.jsonl [--min-confidence 0.5]

Each line of GOLD holds an article ("id", "text", perhaps "title"); each line of PREDICTED its "id" and
"attributions": source, cue and content as lists of [start, end] into the text.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from pathlib import Path

import pandas as pd

from samestory.measures.quotes import find_quotes


def read_articles(path: Path) -> pd.DataFrame:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    table = pd.DataFrame(
        {
            "article_id": [r["id"] for r in records],
            "outlet": [r.get("publisher") or "unknown" for r in records],
            "title": [r.get("title") for r in records],
            "text": [r["text"] for r in records],
        }
    )
    return table.astype("str")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--min-confidence", type=float, default=0.0)
    options = parser.parse_args()
    articles = read_articles(options.gold)
    began = time.perf_counter()
    quotes = find_quotes(articles, min_confidence=options.min_confidence)
    seconds = time.perf_counter() - began
    found: dict[str, list[dict[str, object]]] = {i: [] for i in articles["article_id"]}
    for q in quotes.itertuples():
        found[q.article_id].append({"source": q.speaker_spans, "cue": q.cue_spans, "content": q.spans})
    with options.predicted.open("w", encoding="utf-8") as out:
        for article, attributions in found.items():
            out.write(json.dumps({"id": article, "attributions": attributions}) + "\n")
    words = int(articles["text"].str.split().str.len().sum())
    print(f"{len(quotes)} attributions in {len(articles)} articles; {words / seconds:,.0f} words a second")


if __name__ == "__main__":
    main()
