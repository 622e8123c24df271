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
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from samestory.measures.quotes import find_quotes
from samestory.measures.quotes.detection import read_by_model


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


def whole_walk(articles: pd.DataFrame, least: float) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {i: [] for i in articles["article_id"]}
    for q in find_quotes(articles, min_confidence=least).itertuples():
        found[q.article_id].append(
            {"source": q.speaker_spans, "cue": q.cue_spans, "content": q.spans, "confidence": q.confidence}
        )
    return found


def model_alone(articles: pd.DataFrame) -> dict[str, list[dict[str, object]]]:
    modelled = read_by_model(articles["text"])
    return {i: list(map(asdict, m)) for i, m in zip(articles["article_id"], modelled, strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--min-confidence", type=float, default=0.0)
    parser.add_argument("--model-only", action="store_true", help="the trained model without the rules")
    options = parser.parse_args()
    articles = read_articles(options.gold)
    began = time.perf_counter()
    found = model_alone(articles) if options.model_only else whole_walk(articles, options.min_confidence)
    seconds = time.perf_counter() - began
    with options.predicted.open("w", encoding="utf-8") as out:
        for article, attributions in found.items():
            out.write(json.dumps({"id": article, "attributions": attributions}) + "\n")
    words, n = int(articles["text"].str.split().str.len().sum()), sum(map(len, found.values()))
    print(f"{n} attributions in {len(articles)} articles; {words / seconds:,.0f} words a second")


if __name__ == "__main__":
    main()
