"""Check on every article what must always hold of find_quotes.

    python bench/check_quotes.py ARTICLES.jsonl[.gz] [--sample 500]

Counts articles, quotes and breaches: an exception, a span outside its article or empty, a text that its spans do not
cut out, a cue that overlaps its own content, parts of one content that overlap or stand out of order. A sample of the
articles is then read alone and in reverse order: the rows must be the same.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pandas as pd

from samestory import find_quotes

#: Which spans spell which text.
SPELT = (("spans", "text"), ("speaker_spans", "speaker"), ("cue_spans", "cue"))
BLOCK = 500


def read_articles(path: Path) -> pd.DataFrame:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return pd.DataFrame(
        {
            "article_id": [str(number) for number in range(len(records))],
            "outlet": [r.get("outlet") or r.get("publisher") or "unknown" for r in records],
            "title": [r.get("title") for r in records],
            "text": [r["text"] or "" for r in records],
        }
    ).astype("str")


def breaches(text: str, row: object) -> Iterator[str]:
    """Names of what does not hold of one quote."""
    for spans, spelt in SPELT:
        found = getattr(row, spans)
        if any(not 0 <= a < b <= len(text) for a, b in found):
            yield f"{spans} outside or empty"
        written = getattr(row, spelt)
        if " ".join(text[a:b] for a, b in found) != (written if isinstance(written, str) else ""):
            yield f"{spelt} not what its spans say"
        if any(second[0] < first[1] for first, second in pairwise(found)):
            yield f"{spans} overlap or out of order"
    if any(a < d and c < b for a, b in row.cue_spans for c, d in row.spans):
        yield "cue inside own content"
    if row.start != row.spans[0][0] or row.end != max(b for _, b in row.spans):
        yield "start and end are not those of the spans"


def as_text(quotes: pd.DataFrame) -> dict[str, str]:
    """Rows of each article, as text to compare."""
    return {i: rows.to_json(orient="records") for i, rows in quotes.groupby("article_id")}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--sample", type=int, default=500)
    options = parser.parse_args()
    articles = read_articles(options.articles)
    found: Counter[str] = Counter()
    tables = []
    began = time.process_time()
    for start in range(0, len(articles), BLOCK):
        block = articles.iloc[start : start + BLOCK].reset_index(drop=True)
        try:
            tables.append(find_quotes(block))
        except Exception as error:
            found[f"exception: {error!r:.200}"] += 1
    seconds = time.process_time() - began
    quotes = pd.concat(tables, ignore_index=True)
    texts = dict(zip(articles["article_id"], articles["text"]))
    for row in quotes.itertuples():
        found.update(breaches(texts[row.article_id], row))
    words = int(articles["text"].str.split().str.len().sum())
    print(f"{len(articles)} articles, {words} words, {len(quotes)} quotes, {seconds:.0f} s of CPU")
    whole = as_text(quotes)
    step = max(len(articles) // options.sample, 1)
    sample = articles.iloc[::step]
    reverse = as_text(find_quotes(sample.iloc[::-1].reset_index(drop=True)))
    for number in sample.index:
        one = articles.loc[[number]].reset_index(drop=True)
        alone, key = as_text(find_quotes(one)), str(number)
        found["differs when read alone"] += alone.get(key) != whole.get(key)
        found["differs in another order"] += reverse.get(key) != whole.get(key)
    print(f"{len(sample)} articles read alone and in reverse order")
    wrong = {name: count for name, count in found.items() if count}
    print("\n".join(f"{count} × {name}" for name, count in wrong.items()) or "no breach")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
