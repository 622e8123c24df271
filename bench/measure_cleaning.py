"""Measure cleaning on a corpus: speed, and how many articles hold a paragraph that recurs in their outlet.

    python bench/measure_cleaning.py ARTICLES.jsonl[.gz] [--n 2000] [--sheet SHEET.csv]
    python bench/measure_cleaning.py --html PAGES.jsonl[.gz] PREDICTED.jsonl

A paragraph recurs where at least three articles of an outlet hold it. SHEET gets ten removed lines of each of
the five outlets with most of them, to be read by eye. With --html, trafilatura's title and text of each page are
cleaned and written for the page scorer, and as it was to PREDICTED.raw.jsonl.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from pathlib import Path

import pandas as pd

from samestory.cleaning import clean_articles, clean_with_lines
from samestory.cleaning.lexicon import plain_line

_SAMPLE = 2_000  # articles that the speed is measured on


def recurring_share(articles: pd.DataFrame, least: int) -> float:
    """Share of articles with a paragraph of at least so many characters in three articles of the outlet."""
    paragraphs = [
        {p for p in map(plain_line, t.split("\n")) if p and len(p) >= least} for t in articles["text"]
    ]
    seen = Counter(
        (o, p) for o, held in zip(articles["outlet"], paragraphs) if isinstance(o, str) for p in held
    )
    held = [
        any(seen[o, p] >= 3 for p in h) if isinstance(o, str) else False
        for o, h in zip(articles["outlet"], paragraphs)
    ]
    return sum(held) / len(held)


def measure(file: Path, n: int | None, sheet: Path | None) -> None:
    articles = pd.read_json(file, lines=True, nrows=n)[["article_id", "outlet", "title", "text"]].astype(
        "str"
    )
    clean_articles(articles.head(20))
    sample = articles.head(_SAMPLE)
    began = time.process_time()
    clean_articles(sample)
    print(f"{len(sample) / (time.process_time() - began):.0f} articles/s of CPU time, n = {len(sample)}")
    began = time.process_time()
    cleaned, lines = clean_with_lines(articles)
    print(f"{len(articles) / (time.process_time() - began):.0f} with the table of lines, n = {len(articles)}")
    print(f"{articles['text'].str.len().mean():.0f} characters on average")
    for least in (1, 80):
        before, after = (recurring_share(t, least) for t in (articles, cleaned))
        print(
            f"with a recurring paragraph of at least {least} characters: {before:.3f} before, {after:.3f} after"
        )
    gone = lines[~lines["kept"]]
    kept = len(cleaned["text"].str.cat()) / len(articles["text"].str.cat())
    print(f"{len(gone)} lines removed, {kept:.4f} of the characters stay; by reason:")
    print(gone["reason"].value_counts().to_string())
    if sheet is not None:
        rows = gone.merge(articles[["article_id", "outlet"]], on="article_id")
        most = rows["outlet"].value_counts().head(5).index
        drawn = [rows[rows["outlet"] == o].sample(10, random_state=2026) for o in most]
        pd.concat(drawn)[["outlet", "reason", "text", "article_id"]].to_csv(sheet, index=False)


def clean_extracted(pages: Path, predicted: Path) -> None:
    import trafilatura

    opened = gzip.open if pages.suffix == ".gz" else open
    with opened(pages, "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    articles = pd.DataFrame(
        {
            "article_id": [p["page_id"] for p in found],
            "outlet": [p.get("domain") or "" for p in found],
            "title": [trafilatura.extract_metadata(p["html"]).title for p in found],
            "text": [trafilatura.extract(p["html"], include_comments=False) or "" for p in found],
        }
    ).astype({"title": "str"})
    for table, file in (
        (articles, predicted.with_suffix(".raw.jsonl")),
        (clean_articles(articles), predicted),
    ):
        with file.open("w", encoding="utf-8") as out:
            for name, text in zip(table["article_id"], table["text"]):
                out.write(json.dumps({"page_id": name, "text": text}, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("predicted", type=Path, nargs="?")
    parser.add_argument("--html", action="store_true")
    parser.add_argument("--n", type=int)
    parser.add_argument("--sheet", type=Path)
    args = parser.parse_args()
    if args.html:
        clean_extracted(args.file, args.predicted)
    else:
        measure(args.file, args.n, args.sheet)


if __name__ == "__main__":
    main()
