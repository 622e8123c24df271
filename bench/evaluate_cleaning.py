"""Clean the plain-text copies of gold pages and write PREDICTED.jsonl for the scorer.

    python bench/evaluate_cleaning.py GOLD.jsonl[.gz] PREDICTED.jsonl
    python ../shared/eval/score_cleaning.py GOLD.jsonl[.gz] PREDICTED.jsonl

GOLD has one page a line with "page_id", "domain" and "lines" (a list of {"text": …}); no label is looked at.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

import pandas as pd

from samestory.cleaning import clean_articles


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    args = parser.parse_args()
    opened = gzip.open if args.gold.suffix == ".gz" else open
    with opened(args.gold, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    articles = pd.DataFrame(
        {
            "article_id": [p["page_id"] for p in pages],
            "outlet": [p.get("domain") or "" for p in pages],
            "title": pd.Series([None] * len(pages), dtype="str"),
            "text": ["\n".join(line["text"] for line in p["lines"]) for p in pages],
        }
    )
    cleaned = clean_articles(articles)
    with args.predicted.open("w", encoding="utf-8") as out:
        for name, text in zip(cleaned["article_id"], cleaned["text"], strict=True):
            out.write(json.dumps({"page_id": name, "text": text}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
